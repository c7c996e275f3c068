package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/tool"
)

// asker is the person at the terminal.
type asker struct {
	e    *env
	p    *printer
	all  bool // the rest of this plan is approved
	read *bufio.Reader
}

const approveHelp = `y  carry it out
a  carry this and the following steps of the plan out
n  not this call: search on without it
e  edit the arguments
q  stop; nothing more is done`

// Approve implements [effect.Approver].
func (a *asker) Approve(ctx context.Context, s effect.Step) (effect.Answer, error) {
	if a.all {
		return effect.Answer{Decision: effect.Approve, By: "terminal"}, nil
	}
	a.p.clear()
	fmt.Fprintf(a.e.err, "\nStep %d changes the world (%s):\n  %s\n  %s\n", s.Number, s.Spec.Effect, s.Call.Tool, short(string(s.Call.Args), 2000))
	if d := short(s.Spec.Description, 300); d != "" {
		fmt.Fprintf(a.e.err, "  %s\n", d)
	}
	for {
		word, err := a.line(ctx, "Carry it out? [y/a/n/e/q/?] ")
		if err != nil {
			return effect.Answer{}, err
		}
		switch word {
		case "y", "yes":
			return effect.Answer{Decision: effect.Approve, By: "terminal"}, nil
		case "a", "all":
			a.all = true
			return effect.Answer{Decision: effect.Approve, By: "terminal"}, nil
		case "n", "no":
			return effect.Answer{Decision: effect.Reject, By: "terminal"}, nil
		case "q", "quit":
			return effect.Answer{Decision: effect.Deny, By: "terminal"}, nil
		case "e", "edit":
			args, err := a.line(ctx, "Arguments as JSON: ")
			if err != nil {
				return effect.Answer{}, err
			}
			return effect.Answer{Decision: effect.Edit, By: "terminal", Call: tool.Call{Tool: s.Call.Tool, Args: []byte(args)}}, nil
		default:
			fmt.Fprintln(a.e.err, approveHelp)
		}
	}
}

// line asks for one line. An interrupt ends the question.
func (a *asker) line(ctx context.Context, prompt string) (string, error) {
	fmt.Fprint(a.e.err, prompt)
	if a.read == nil {
		a.read = bufio.NewReader(a.e.in)
	}
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	// A read from a terminal can't be interrupted; the goroutine ends with the line, or with the process.
	go func() {
		text, err := a.read.ReadString('\n')
		got <- answer{text, err}
	}()
	select {
	case x := <-got:
		return strings.TrimSpace(x.text), x.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// unknown decides about effects whose outcome nobody knows: as the flag says, else by asking, else not at all.
func (f *approveFlags) unknown(e *env, p *printer) func(context.Context, engine.Unfinished) (engine.Resolution, error) {
	switch f.Unknown {
	case "retry", "done", "abort":
		return func(context.Context, engine.Unfinished) (engine.Resolution, error) {
			return engine.Resolution(f.Unknown), nil
		}
	}
	if !e.terminal {
		return nil
	}
	a := &asker{e: e, p: p}
	return func(ctx context.Context, u engine.Unfinished) (engine.Resolution, error) {
		p.clear()
		fmt.Fprintf(e.err, "\nNobody knows whether step %d took place:\n  %s\n  %s\n", u.Number, short(u.Call.String(), 2000), u.Why)
		if u.Keyed {
			fmt.Fprintln(e.err, "  The tool was given an idempotency key; making the call again should have no second effect.")
		}
		for {
			word, err := a.line(ctx, "Make it again (retry), take it as done (done), or stop (abort)? ")
			if err != nil {
				return engine.Abort, err
			}
			switch r := engine.Resolution(word); r {
			case engine.Retry, engine.Assume, engine.Abort:
				return r, nil
			}
		}
	}
}
