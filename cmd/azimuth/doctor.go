package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/decode"
)

// doctorCmd tries every part of the set-up and says what is wrong.
type doctorCmd struct {
	sourceFlags
	modelFlags
	storeFlags
	MemoryFile string `name:"memory" group:"Storage" help:"Plans that succeeded." placeholder:"FILE"`
	Ask        bool   `help:"Ask the model for one sample, which may cost something."`
}

// finding is what doctor says of one part.
type finding struct {
	Part   string `json:"part"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

func (c *doctorCmd) Run(ctx context.Context, e *env, g *Globals) error {
	var all []finding
	for _, check := range []struct {
		part string
		f    func(context.Context, *env, *Globals) (string, error)
	}{{"config", c.config}, {"journal", c.journal}, {"memory", c.memory}, {"tools", c.tools}, {"model", c.model}} {
		detail, err := check.f(ctx, e, g)
		if err != nil {
			detail = err.Error()
		}
		all = append(all, finding{check.part, err == nil, detail})
	}
	bad := 0
	for _, f := range all {
		mark := "ok   "
		if !f.OK {
			mark, bad = "wrong", bad+1
		}
		if !g.JSON {
			fmt.Fprintf(e.out, "%-8s %s  %s\n", f.Part, mark, strings.ReplaceAll(clean(f.Detail), "\n", "\n                "))
		}
	}
	if g.JSON {
		if err := writeJSON(e.out, all); err != nil {
			return err
		}
	}
	if bad > 0 {
		return exitError(exitUsage)
	}
	return nil
}

func (c *doctorCmd) config(_ context.Context, e *env, g *Globals) (string, error) {
	if err := runnable(e, g); err != nil {
		return "", err
	}
	if p := g.path(); p != "" {
		return p, nil
	}
	return "none; the default is " + defaultConfig(e), nil
}

// runnable says what keeps azimuth run from starting with what the file and the environment say of a search.
func runnable(e *env, g *Globals) error {
	var c cli
	parser, err := newParser(&c, e, func(int) {})
	if err != nil {
		return err
	}
	args := []string{"run", "goal"}
	if p := g.path(); p != "" {
		args = append(args, "--config", p)
	}
	if _, err := parse(parser, args); err != nil {
		return errors.New(explained(err, parser.Model, &c.Globals))
	}
	s := c.Run.settings()
	return c.Run.said.explain(s.Validate())
}

func (c *doctorCmd) journal(ctx context.Context, e *env, _ *Globals) (string, error) {
	s, err := lookStore(ctx, c.Store, e)
	if err != nil {
		return "", err
	}
	runs, err := s.Runs(ctx, 0)
	return count(len(runs), "run"), errors.Join(err, s.Close())
}

func (c *doctorCmd) memory(ctx context.Context, e *env, _ *Globals) (string, error) {
	m, err := openPlans(c.MemoryFile, e)
	if err != nil {
		return "", err
	}
	plans, err := m.List(ctx)
	return count(len(plans), "plan"), err
}

func (c *doctorCmd) tools(ctx context.Context, e *env, g *Globals) (string, error) {
	conn, err := connect(ctx, &c.sourceFlags, g.file, e)
	if err != nil {
		return "", err
	}
	set, err := conn.set()
	if err != nil {
		return "", errors.Join(err, conn.close())
	}
	byEffect := map[string]int{}
	for _, s := range set.Specs() {
		byEffect[s.Effect.String()]++
	}
	text := count(set.Len(), "tool")
	for _, k := range []string{"pure", "read", "idempotent", "reversible", "destructive", "unknown"} {
		if byEffect[k] > 0 {
			text += fmt.Sprintf(", %d %s", byEffect[k], k)
		}
	}
	for _, s := range conn.servers {
		text += fmt.Sprintf("\n%s (%s): %s", s.Name, s.Kind, count(s.Tools, "tool"))
	}
	return text, conn.close()
}

func (c *doctorCmd) model(ctx context.Context, e *env, _ *Globals) (string, error) {
	m, err := openModel(ctx, &c.modelFlags, e)
	if err != nil {
		return "", err
	}
	caps := m.Capabilities()
	text := fmt.Sprintf("%s: %s a request", caps.Name, count(caps.N, "sample"))
	switch {
	case caps.Prices == nil:
		text += "; its price is not known, so a usd budget is refused: give --prices FILE"
	case *caps.Prices == (model.Prices{}):
		text += "; free"
	default:
		text += fmt.Sprintf("; $%g prompt, $%g completion a million tokens", caps.Prices.Prompt, caps.Prices.Completion)
	}
	if caps.TopTokens > 0 {
		text += fmt.Sprintf("; is taken to show its %d likeliest next tokens, for --decode", caps.TopTokens)
	}
	if caps.Bias {
		text += "; is taken to draw under a bias, for --decode-by bias"
	}
	if err := c.checkAligned(decode.ByTransferQ); err != nil {
		return "", err
	}
	if c.Aligned != "" {
		a, err := openModel(ctx, c.second(), e)
		if err != nil {
			return "", fmt.Errorf("aligned %w", err)
		}
		text += "; aligned: " + a.Capabilities().Name
	}
	if !c.Ask {
		return text, nil
	}
	r, err := m.Propose(ctx, model.Request{Goal: "Say hello.", N: 1, MaxTokens: 32, Temperature: 1})
	if err != nil && !errors.Is(err, model.ErrGarbage) {
		return "", err
	}
	return fmt.Sprintf("%s; answered with %s", text, count(r.Usage.Completion, "token")), nil
}
