//go:build unix

package judge

import (
	"os/exec"
	"syscall"
)

// killGroup gives the command a process group of its own, so that a time limit ends its children too.
func killGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
