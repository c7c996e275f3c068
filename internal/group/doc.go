// Package group runs a command in a process group of its own, so that what it starts in turn ends with it, and Ctrl-C at
// the terminal is the caller's alone. Where the system has no groups only the command itself is ended.
//
//	group.Own(cmd)
//	cmd.Cancel = func() error { return group.Kill(cmd) }
package group
