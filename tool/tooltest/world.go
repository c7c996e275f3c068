package tooltest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// World checks a world: newWorld must return a fresh one in the same state each time. The calls are made in this
// order; without any, each tool is called once without arguments, which checks little more than that nothing
// breaks.
func World(t *testing.T, newWorld func() tool.World, calls ...tool.Call) {
	t.Helper()
	if len(calls) == 0 {
		for _, sp := range newWorld().Specs() {
			calls = append(calls, tool.Call{Tool: sp.Name, Args: json.RawMessage("{}")})
		}
	}
	for _, p := range []struct {
		name  string
		check func(context.Context, func() tool.World, []tool.Call) error
	}{
		{"specifications are valid and constant", worldSpecs},
		{"the state is canonical", worldCanonical},
		{"the same calls give the same state", worldDeterministic},
		{"forks are independent", worldForks},
		{"forks may run at once", worldAtOnce},
		{"unknown tools change nothing", worldUnknown},
	} {
		t.Run(p.name, func(t *testing.T) {
			if err := p.check(t.Context(), newWorld, calls); err != nil {
				t.Error(err)
			}
		})
	}
}

// walk makes the calls and returns what was answered, and the states on the way.
func walk(ctx context.Context, w tool.World, calls []tool.Call) (results []tool.Result, states []string, err error) {
	for _, c := range calls {
		res, err := w.Call(ctx, c)
		if err != nil {
			return nil, nil, fmt.Errorf("%v: an error, want a result: %w", c, err)
		}
		results = append(results, res)
		states = append(states, string(w.State()))
	}
	return results, states, nil
}

func worldSpecs(ctx context.Context, newWorld func() tool.World, calls []tool.Call) error {
	w := newWorld()
	before := w.Specs()
	if err := sameSet(w); err != nil {
		return err
	}
	if _, _, err := walk(ctx, w, calls); err != nil {
		return err
	}
	if d := cmp.Diff(before, w.Specs()); d != "" {
		return fmt.Errorf("what Specs returns changed after calls:\n%s", d)
	}
	return nil
}

// sameSet says that the set a world gives away is that of its specifications.
func sameSet(w tool.World) error {
	want, err := tool.NewSpecSet(w.Specs())
	if err != nil {
		return err
	}
	got, err := tool.SetOf(w)
	if err != nil {
		return fmt.Errorf("tools: %w", err)
	}
	if d := cmp.Diff(want.Specs(), got.Specs()); d != "" {
		return fmt.Errorf("the set differs from what Specs returns:\n%s", d)
	}
	return nil
}

func worldCanonical(ctx context.Context, newWorld func() tool.World, calls []tool.Call) error {
	w := newWorld()
	states := []string{string(w.State())}
	_, more, err := walk(ctx, w, calls)
	if err != nil {
		return err
	}
	for i, s := range append(states, more...) {
		c, err := canon.JSON([]byte(s))
		if err != nil {
			return fmt.Errorf("after %d calls the state is not JSON: %w", i, err)
		}
		if string(c) != s {
			return fmt.Errorf("after %d calls the state is not canonical:\n%s", i, cmp.Diff(string(c), s))
		}
	}
	return nil
}

func worldDeterministic(ctx context.Context, newWorld func() tool.World, calls []tool.Call) error {
	a, b := newWorld(), newWorld()
	if d := cmp.Diff(string(a.State()), string(b.State())); d != "" {
		return fmt.Errorf("fresh worlds differ:\n%s", d)
	}
	results, states, err := walk(ctx, a, calls)
	if err != nil {
		return err
	}
	again, statesAgain, err := walk(ctx, b, calls)
	if err != nil {
		return err
	}
	if d := cmp.Diff(results, again); d != "" {
		return fmt.Errorf("the same calls were answered otherwise:\n%s", d)
	}
	if d := cmp.Diff(states, statesAgain); d != "" {
		return fmt.Errorf("the same calls led to another state:\n%s", d)
	}
	return nil
}

// worldForks forks before each call: the fork goes the rest of the way, which must not be seen in the original,
// and must be the way that the original goes after it.
func worldForks(ctx context.Context, newWorld func() tool.World, calls []tool.Call) error {
	w := newWorld()
	var errs []error
	for i, c := range calls {
		before := string(w.State())
		f := w.Fork()
		if string(f.State()) != before {
			return fmt.Errorf("before call %d a fork is not in the state of its original", i)
		}
		_, states, err := walk(ctx, f, calls[i:])
		if err != nil {
			return err
		}
		if d := cmp.Diff(before, string(w.State())); d != "" {
			return fmt.Errorf("calls on a fork changed the original before call %d:\n%s", i, d)
		}
		kept := string(f.State())
		if _, err := w.Call(ctx, c); err != nil {
			return err
		}
		if d := cmp.Diff(states[0], string(w.State())); d != "" {
			errs = append(errs, fmt.Errorf("call %d leads the original elsewhere than its fork:\n%s", i, d))
		}
		if d := cmp.Diff(kept, string(f.State())); d != "" {
			errs = append(errs, fmt.Errorf("a call on the original changed a fork before call %d:\n%s", i, d))
		}
	}
	return errors.Join(errs...)
}

func worldAtOnce(ctx context.Context, newWorld func() tool.World, calls []tool.Call) error {
	w := newWorld()
	var wg sync.WaitGroup
	ends, errs := make([]string, 4), make([]error, 4)
	for i := range ends {
		f := w.Fork()
		wg.Go(func() {
			_, _, errs[i] = walk(ctx, f, calls)
			ends[i] = string(f.State())
		})
	}
	wg.Wait()
	for _, end := range ends[1:] {
		if d := cmp.Diff(ends[0], end); d != "" {
			errs = append(errs, fmt.Errorf("forks that ran at once differ:\n%s", d))
		}
	}
	return errors.Join(errs...)
}

func worldUnknown(ctx context.Context, newWorld func() tool.World, _ []tool.Call) error {
	w := newWorld()
	before := string(w.State())
	res, err := w.Call(ctx, tool.Call{Tool: "no such tool", Args: json.RawMessage("{}")})
	if err == nil && !res.IsError {
		return fmt.Errorf("an unknown tool answered %q", res.Content)
	}
	if string(w.State()) != before {
		return errors.New("a call of an unknown tool changed the state")
	}
	return nil
}
