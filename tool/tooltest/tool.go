package tooltest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/azimuthdev/azimuth/tool"
)

// patience is how long a call may take to notice that its context was cancelled. It is long, because the machines
// that run tests are slow; no test waits for it unless it is about to fail.
const patience = 20 * time.Second

// Sample is a call and what is to come of it.
type Sample struct {
	Args    string // as a model would write them
	Refused bool   // the schema does not accept Args
	Fails   bool   // the tool runs and fails
	// Check looks at the result, nil if there is nothing to look at.
	Check func(tool.Result) error
	// Started makes the sample one that hangs until its context is cancelled: it receives, or is closed, when the
	// call is under way.
	Started <-chan struct{}
}

// Run checks a tool; newTool is called once for each promise. Promises that need a call are only checked with
// samples that are accepted.
func Run(t *testing.T, newTool func(testing.TB) tool.Tool, samples ...Sample) {
	t.Helper()
	for _, p := range []struct {
		name  string
		check func(context.Context, tool.Tool, []Sample) error
	}{
		{"the specification is valid and constant", specConstant},
		{"bad arguments are refused", refusesBadArguments},
		{"samples do what they say", samplesHold},
		{"foreign arguments don't panic", survivesForeignArguments},
		{"a cancelled call returns", returnsWhenCancelled},
		{"calls may run at once", safeAtOnce},
	} {
		t.Run(p.name, func(t *testing.T) {
			if err := p.check(t.Context(), newTool(t), samples); err != nil {
				t.Error(err)
			}
		})
	}
}

func specConstant(ctx context.Context, tl tool.Tool, samples []Sample) error {
	before := tl.Spec()
	if err := before.Validate(); err != nil {
		return err
	}
	for _, s := range samples {
		if !s.Refused && s.Started == nil {
			_, _ = tl.Call(ctx, json.RawMessage(s.Args))
		}
	}
	if d := cmp.Diff(before, tl.Spec()); d != "" {
		return fmt.Errorf("what Spec returns changed after calls:\n%s", d)
	}
	return nil
}

func refusesBadArguments(_ context.Context, tl tool.Tool, samples []Sample) error {
	set, err := tool.NewSet(tl)
	if err != nil {
		return err
	}
	var errs []error
	for _, bad := range []string{"null", "[]", `"{}"`, "{", "1", "{} {}"} {
		if c, err := set.Parse(tl.Spec().Name, bad); err == nil {
			errs = append(errs, fmt.Errorf("%s is accepted as %v", bad, c))
		}
	}
	for _, s := range samples {
		_, err := set.Parse(tl.Spec().Name, s.Args)
		if s.Refused != (err != nil) {
			errs = append(errs, fmt.Errorf("%s: refused should be %v: %v", s.Args, s.Refused, err))
		}
	}
	return errors.Join(errs...)
}

func samplesHold(ctx context.Context, tl tool.Tool, samples []Sample) error {
	var errs []error
	for _, s := range samples {
		if s.Refused || s.Started != nil {
			continue
		}
		res, err := tl.Call(ctx, json.RawMessage(s.Args))
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: an error, want a result: %w", s.Args, err))
			continue
		}
		if res.IsError != s.Fails {
			errs = append(errs, fmt.Errorf("%s: IsError is %v: %s", s.Args, res.IsError, res.Content))
		}
		if err := valueFits(tl.Spec(), res); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.Args, err))
		}
		if s.Check != nil {
			if err := s.Check(res); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", s.Args, err))
			}
		}
	}
	return errors.Join(errs...)
}

// valueFits checks a successful answer against the output schema.
func valueFits(sp tool.Spec, res tool.Result) error {
	if res.IsError && res.Content == "" {
		return errors.New("a failure without a word of what failed")
	}
	if len(res.Value) > 0 && !json.Valid(res.Value) {
		return fmt.Errorf("the value is not JSON: %s", tool.Clip(string(res.Value), 200))
	}
	if res.IsError || len(sp.Output) == 0 {
		return nil
	}
	if len(res.Value) == 0 {
		return errors.New("there is an output schema but no value")
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(sp.Output))
	if err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema:output", schema); err != nil {
		return err
	}
	compiled, err := c.Compile("schema:output")
	if err != nil {
		return err
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(res.Value))
	if err != nil {
		return err
	}
	return compiled.Validate(v)
}

// survivesForeignArguments leaves out tools with a sample that hangs: what they do with any arguments is to wait.
func survivesForeignArguments(ctx context.Context, tl tool.Tool, samples []Sample) (err error) {
	if slices.ContainsFunc(samples, func(s Sample) bool { return s.Started != nil }) {
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	for _, args := range []string{"", "{", "[]", "null", `{"\u0000":[[[]]]}`} {
		if res, err := tl.Call(ctx, json.RawMessage(args)); err == nil && !res.IsError && args == "{" {
			return fmt.Errorf("%s is not JSON, and was answered with %s", args, tool.Clip(res.Content, 200))
		}
	}
	return nil
}

// returnsWhenCancelled calls with a context that is cancelled already, which may be answered all the same, and
// cancels under way what hangs, which must be an error.
func returnsWhenCancelled(ctx context.Context, tl tool.Tool, samples []Sample) error {
	for _, s := range samples {
		if s.Refused {
			continue
		}
		ctx, cancel := context.WithCancel(ctx)
		if s.Started == nil {
			cancel()
		}
		err := cancelled(ctx, cancel, tl, s)
		cancel()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Args, err)
		}
	}
	return nil
}

func cancelled(ctx context.Context, cancel func(), tl tool.Tool, s Sample) error {
	done := make(chan error, 1)
	go func() {
		_, err := tl.Call(ctx, json.RawMessage(s.Args))
		done <- err
	}()
	late := time.NewTimer(patience)
	defer late.Stop()
	if s.Started != nil {
		select {
		case <-s.Started:
			cancel()
		case err := <-done:
			return fmt.Errorf("returned before it was under way: %v", err)
		case <-late.C:
			return fmt.Errorf("not under way after %v", patience)
		}
	}
	select {
	case err := <-done:
		if s.Started != nil && err == nil {
			return errors.New("cancelled under way, and yet no error")
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			return fmt.Errorf("the error does not wrap context.Canceled: %w", err)
		}
		return nil
	case <-late.C:
		return fmt.Errorf("still not back %v after it was cancelled", patience)
	}
}

func safeAtOnce(ctx context.Context, tl tool.Tool, samples []Sample) error {
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() {
			_ = tl.Spec()
			errs[i] = samplesHold(ctx, tl, samples)
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
