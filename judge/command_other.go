//go:build !unix

package judge

import "os/exec"

// killGroup leaves it at killing the command itself.
func killGroup(*exec.Cmd) {}
