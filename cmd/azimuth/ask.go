package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/tool"
)

// asker is the person at the terminal. A session has one: it owns what was typed ahead.
type asker struct {
	e    *env
	p    *printer
	all  bool // the rest of this plan is approved
	quit bool // nothing more is done
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
	if a.quit {
		return effect.Answer{Decision: effect.Deny, By: "terminal"}, nil
	}
	a.p.clear()
	fmt.Fprintf(a.e.err, "\nStep %d changes the world (%s):\n  %s\n  %s\n", s.Number, s.Spec.Effect, s.Call.Tool, short(string(s.Call.Args), 2000))
	if d := short(s.Spec.Description, 300); d != "" {
		fmt.Fprintf(a.e.err, "  %s\n", d)
	}
	for {
		word, err := a.line(ctx, "Carry it out? [y/a/n/e/q/?] ")
		if errors.Is(err, io.EOF) { // the terminal is gone, or nobody wants to say anything
			word, err = "q", nil
			fmt.Fprintln(a.e.err)
		}
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
			a.quit = true
			return effect.Answer{Decision: effect.Deny, By: "terminal"}, nil
		case "e", "edit":
			call, err := a.edit(ctx, s)
			if err != nil {
				return effect.Answer{}, err
			}
			if call.Tool != "" {
				return effect.Answer{Decision: effect.Edit, By: "terminal", Call: call}, nil
			}
		default:
			fmt.Fprintln(a.e.err, approveHelp)
		}
	}
}

// edit asks for other arguments; no tool in the call means that they were not usable, which was said.
func (a *asker) edit(ctx context.Context, s effect.Step) (tool.Call, error) {
	args, err := a.line(ctx, "Arguments as JSON: ")
	if err != nil && !errors.Is(err, io.EOF) {
		return tool.Call{}, err
	}
	set, err := tool.NewSpecSet([]tool.Spec{s.Spec})
	if err != nil {
		return tool.Call{}, err
	}
	call, err := set.Parse(s.Call.Tool, args)
	if err != nil {
		fmt.Fprintln(a.e.err, clean(err.Error()))
		return tool.Call{}, nil
	}
	return call, nil
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
func (f *approveFlags) unknown(a *asker) func(context.Context, engine.Unfinished) (engine.Resolution, error) {
	switch f.Unknown {
	case "retry", "done", "abort":
		return func(context.Context, engine.Unfinished) (engine.Resolution, error) {
			return engine.Resolution(f.Unknown), nil
		}
	}
	if !a.e.terminal {
		return nil
	}
	return func(ctx context.Context, u engine.Unfinished) (engine.Resolution, error) {
		a.p.clear()
		fmt.Fprintf(a.e.err, "\nNobody knows whether step %d took place:\n  %s\n  %s\n", u.Number, short(u.Call.String(), 2000), u.Why)
		if u.Keyed {
			fmt.Fprintln(a.e.err, "  The tool was given an idempotency key; making the call again should have no second effect.")
		}
		for {
			word, err := a.line(ctx, "Make it again (retry), take it as done (done), or stop (abort)? ")
			if errors.Is(err, io.EOF) {
				return engine.Abort, nil
			}
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
