//go:build !unix

package mcp

import "os/exec"

// Without process groups only the process itself is ended.
func ownGroup(*exec.Cmd)         {}
func terminateGroup(c *exec.Cmd) { _ = c.Process.Kill() }
func killGroup(c *exec.Cmd)      { _ = c.Process.Kill() }
