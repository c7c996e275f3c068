//go:build unix

package group

import (
	"os/exec"
	"syscall"
)

// Own gives a command that has not started a group of its own.
func Own(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// Terminate asks the group of a started command to end. An error means that nobody is left in it.
func Terminate(c *exec.Cmd) error { return signal(c, syscall.SIGTERM) }

// Kill ends the group of a started command. An error means that nobody is left in it.
func Kill(c *exec.Cmd) error { return signal(c, syscall.SIGKILL) }

// A group's id is its first process's.
func signal(c *exec.Cmd, s syscall.Signal) error { return syscall.Kill(-c.Process.Pid, s) }
