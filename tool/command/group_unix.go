//go:build unix

package command

import (
	"os/exec"
	"syscall"
)

// ownGroup gives the program a process group of its own, so that what it starts can be killed with it.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func killGroup(c *exec.Cmd) error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
