// Command azimuth plans before it acts: it searches for the cheapest plan that reaches a goal with the tools it is
// given, shows it, has its effects approved, carries it out, and keeps a journal of everything.
//
//	azimuth run --world trip "Book a flight and a hotel …"
//	azimuth plan --mcp-config servers.json "Tidy up my notes" -o plan.json
//	azimuth apply plan.json
//	azimuth tree last
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(execute(ctx, os.Args[1:], system()))
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // failed, or no plan
	exitUsage  = 2
	exitBudget = 3
	exitDenied = 4
)

// env is the process as the command sees it, so that tests can run the command without one.
type env struct {
	in       *os.File
	out, err io.Writer
	getenv   func(string) string
	environ  func() []string
	terminal bool // in and err are one: questions can be asked, progress can be redrawn
	width    int  // of out, in characters
}

func system() *env {
	for _, pair := range os.Environ() { // an empty variable says nothing
		if name, value, _ := strings.Cut(pair, "="); value == "" && strings.HasPrefix(name, "AZIMUTH_") {
			_ = os.Unsetenv(name)
		}
	}
	return &env{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv, environ: os.Environ,
		terminal: isTerminal(os.Stdin) && isTerminal(os.Stderr), width: widthOf(os.Stdout),
	}
}

// usageError is a mistake in how the command was called, or in a file that it was given.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

func usagef(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

// exitError ends the command with a code after everything was printed.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// execute runs one command line and returns the exit code.
func execute(ctx context.Context, args []string, e *env) int {
	var c cli
	code := -1
	parser, err := newParser(&c, e, func(n int) { code = n })
	if err != nil {
		fmt.Fprintln(e.err, "azimuth:", err)
		return exitUsage
	}
	k, err := parse(parser, args)
	if code >= 0 { // help or version was printed
		return code
	}
	if err != nil {
		fmt.Fprintf(e.err, "azimuth: %v\n", explained(err, parser.Model, &c.Globals))
		return exitUsage
	}
	k.BindTo(ctx, (*context.Context)(nil))
	return exitCode(k.Run(e, &c.Globals), e)
}

// explained adds to what the parser says where a value of the configuration stands, and where to read on.
func explained(err error, app *kong.Application, g *Globals) string {
	text := err.Error()
	if g.file != nil && g.file.flags[g.taken] != nil && strings.HasPrefix(text, "--"+g.taken+":") {
		text += " (it stands in " + g.file.path + ")"
	}
	var wrong configError
	if errors.As(err, &wrong) {
		return wrong.Error()
	}
	var pe *kong.ParseError
	if !errors.As(err, &pe) {
		return text
	}
	if pe.Context.Selected() == nil {
		if name, ok := strings.CutPrefix(text, "unknown flag --"); ok && slices.Contains(flagNames(app), name) {
			return text + " here; it belongs after the command"
		}
		return text + "; azimuth --help lists the commands"
	}
	return text + "; see " + pe.Context.Selected().FullPath() + " --help"
}

func exitCode(err error, e *env) int {
	var code exitError
	var wrong usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &wrong):
		fmt.Fprintln(e.err, "azimuth:", err)
		return exitUsage
	}
	fmt.Fprintln(e.err, "azimuth:", err)
	return exitFailed
}

// helped is how kong's help flag gets out of parsing without ending the process.
type helped struct{}

func parse(p *kong.Kong, args []string) (k *kong.Context, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helped); !ok {
				panic(r)
			}
		}
	}()
	return p.Parse(joined(args))
}

// joined writes --flag -1 as --flag=-1: the parser takes what begins with a dash for a flag, and no flag here is a number.
func joined(args []string) []string {
	var out []string
	for i, a := range args {
		if a == "--" {
			return append(out, args[i:]...)
		}
		if n := len(out); n > 0 && strings.HasPrefix(out[n-1], "--") && !strings.Contains(out[n-1], "=") && negative(a) {
			out[n-1] += "=" + a
			continue
		}
		out = append(out, a)
	}
	return out
}

func negative(text string) bool {
	v, err := strconv.ParseFloat(text, 64)
	return err == nil && v < 0
}
