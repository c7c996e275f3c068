//go:build !unix

package group

import "os/exec"

// Own does nothing here.
func Own(*exec.Cmd) {}

// Terminate kills the command.
func Terminate(c *exec.Cmd) error { return Kill(c) }

// Kill kills the command.
func Kill(c *exec.Cmd) error { return c.Process.Kill() }
