//go:build !unix

package command

import "os/exec"

// Without process groups only the program itself is killed.
func ownGroup(*exec.Cmd) {}

func killGroup(c *exec.Cmd) error { return c.Process.Kill() }
