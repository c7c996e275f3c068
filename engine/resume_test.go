package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

var errKilled = errors.New("killed")

// dying is a store that stops working after so many records, as if the process had been killed then.
type dying struct {
	*journal.Memory
	left int
}

func (d *dying) Append(ctx context.Context, run string, recs ...journal.Record) error {
	if d.left -= len(recs); d.left < 0 {
		return errKilled
	}
	return d.Memory.Append(ctx, run, recs...)
}

var errand = map[string][]string{
	"":                       {"look x4", "= nothing"},
	"look":                   {"send x3", "post x2"},
	"look send":              {"post x5"},
	"look post":              {"send x5"},
	"look send post":         {"check x5"},
	"look post send":         {"check x5"},
	"look send post check":   {"= all done x5"},
	"look post send check":   {"= all done x5"},
	"look (send)":            {"post x5"},
	"look (send) post":       {"send x5"},
	"look (send) post send":  {"check x5"},
	"look send (post)":       {"= half done x5"},
	"look send post (check)": {"= all done x5"},
}

// TestKilledAnywhereNothingHappensTwice kills a run at every record, resumes it, and counts effects.
func TestKilledAnywhereNothingHappensTwice(t *testing.T) {
	whole := newBench(t, "look:read send:destructive post:reversible check:read", errand)
	if _, r := whole.run(); r.Status != engine.Succeeded {
		t.Fatalf("undisturbed: %s %v", r.Status, r.Err)
	}
	info, err := whole.store.Get(context.Background(), "r")
	if err != nil {
		t.Fatal(err)
	}
	questions := 0
	for cut := 1; cut < int(info.Records); cut++ {
		b := newBench(t, "look:read send:destructive post:reversible check:read", errand)
		ctx := context.Background()
		e := killedAfter(b, cut)
		if _, err := e.Run(ctx); !errors.Is(err, errKilled) {
			t.Fatalf("cut %d: %v", cut, err)
		}
		asked := 0
		b.opts.Unknown = func(_ context.Context, u engine.Unfinished) (engine.Resolution, error) {
			asked++
			if b.box.count(u.Call.Tool) > 0 {
				return engine.Assume, nil
			}
			return engine.Retry, nil
		}
		r, err := b.engine("r", true).Run(ctx)
		if err != nil || r.Status != engine.Succeeded {
			t.Errorf("cut %d: resumed to %s, %v %v", cut, r.Status, r.Err, err)
		}
		for _, name := range []string{"send", "post"} {
			if n := b.box.count(name); n != 1 {
				t.Errorf("cut %d: %s happened %d times (%d questions)", cut, name, n, asked)
			}
		}
		if asked > 1 {
			t.Errorf("cut %d: asked %d times", cut, asked)
		}
		questions += asked
	}
	if questions != 2 { // once for each effect: killed between its intent and the note of what came of it
		t.Errorf("%d unknown outcomes in all cuts, want 2", questions)
	}
}

// killedAfter is the engine of a new run whose journal takes so many records and then no more.
func killedAfter(b *bench, records int) *engine.Engine {
	mem := b.store
	b.wrap = func(s journal.Store) journal.Store { return &dying{mem, records} }
	defer func() { b.wrap = nil }()
	return b.engine("r", false)
}

func TestUnknownOutcomeIsNeverRepeatedSilently(t *testing.T) {
	b := newBench(t, "send:destructive", map[string][]string{"": {"send x5"}, "send": {"= sent x5"}})
	b.box.reply = func(string, string) (tool.Result, error) { return tool.Result{}, errors.New("the line went dead") }
	_, r := b.run()
	if r.Status != engine.Denied || b.box.count("send") != 1 || !strings.Contains(r.Err.Error(), "outcome unknown") {
		t.Fatalf("status %s, %d calls, %v", r.Status, b.box.count("send"), r.Err)
	}
	b.box.reply = nil
	e := b.engine("r", true)
	if r, err := e.Run(context.Background()); err != nil || r.Status != engine.Denied || b.box.count("send") != 1 {
		t.Fatalf("resumed with nobody to ask: %s, %d calls, %v", r.Status, b.box.count("send"), err)
	}
	b.opts.Unknown = func(_ context.Context, u engine.Unfinished) (engine.Resolution, error) { return engine.Retry, nil }
	if r, err := b.engine("r", true).Run(context.Background()); err != nil || r.Status != engine.Succeeded || b.box.count("send") != 2 {
		t.Fatalf("resumed with a retry: %s, %d calls, %v %v", r.Status, b.box.count("send"), r.Err, err)
	}
}

func TestRebuiltTreeEqualsTheLiveOne(t *testing.T) {
	for _, preset := range []string{"paper", "azimuth", "outline", "auto"} {
		b := newBench(t, "look:read send:destructive post:reversible check:read", errand)
		b.preset = preset
		b.box.fail["send"] = 1
		live, r := b.run()
		again := b.engine("r", true)
		if live.Tree().Digest() != again.Tree().Digest() {
			t.Errorf("%s: the rebuilt tree differs (run ended %s)", preset, r.Status)
		}
	}
}

// TestEveryWidthGivesTheSameTree is the promise of exact parallelism: whatever the width and however long each answer
// takes, the records are those of a serial run.
func TestEveryWidthGivesTheSameTree(t *testing.T) {
	lines := map[string][]string{"": {`a{"x":1} x2`, `a{"x":2} x2`, `b{"x":1}`}}
	for _, p := range []string{"a", "b", "a a", "a b", "b a", "b b"} {
		lines[p] = []string{`a{"x":3} x2`, `b{"x":4} x2`, "= early"}
	}
	for _, p := range []string{"a a a", "a a b", "a b a", "b a a", "b b a", "a b b", "b a b", "b b b"} {
		lines[p] = []string{"= end x5"}
	}
	var want uint64
	for _, width := range []int{1, 2, 4, 16} {
		for seed := range uint64(3) {
			b := newBench(t, "a:read b:read", lines)
			b.opts.Parallel = width
			rng := rand.New(rand.NewPCG(seed, 1))
			b.model.delay = func(ctx context.Context, _ string) error {
				b.model.mu.Lock()
				d := time.Duration(rng.IntN(300)) * time.Microsecond
				b.model.mu.Unlock()
				timer := time.NewTimer(d)
				defer timer.Stop()
				select {
				case <-timer.C:
				case <-ctx.Done():
				}
				return ctx.Err()
			}
			e, r := b.run()
			if r.Status != engine.Succeeded {
				t.Fatalf("width %d: %s %v", width, r.Status, r.Err)
			}
			if want == 0 {
				want = e.Tree().Digest()
			}
			if got := e.Tree().Digest(); got != want {
				t.Errorf("width %d, timing %d: another tree", width, seed)
			}
		}
	}
}

// TestARecordedGraphIsForeign: a graph that leads nowhere is refused when the journal is read, not met when it is followed.
func TestARecordedGraphIsForeign(t *testing.T) {
	for name, next := range map[string][]int{"beyond it": {7}, "backwards": {0}, "below it": {-1}} {
		b := newBench(t, "look:read", map[string][]string{})
		b.strategy, b.model.lesson = search.CoSTA, "."
		e := b.engine("r", false)
		records := []journal.Record{}
		for i, x := range []struct {
			kind journal.Kind
			v    any
		}{
			{journal.KindStarted, journal.Started{Goal: "goal", Tools: b.set.Specs()}},
			{journal.KindTold, journal.Told{
				Request: search.Request{Kind: search.Expand},
				Outcome: search.Outcome{Failed: search.None, Graph: &search.ToolGraph{Nodes: []search.ToolNode{{Tool: -1, Subtask: -1, Quality: 1, Next: []int{1}}, {Quality: 1, Next: next}}}},
			}},
		} {
			body, err := json.Marshal(x.v)
			if err != nil {
				t.Fatal(err)
			}
			records = append(records, journal.Record{Seq: uint64(i + 1), Kind: x.kind, Data: body})
		}
		err := e.Rebuild(t.Context(), func(yield func(journal.Record, error) bool) {
			for _, r := range records {
				if !yield(r, nil) {
					return
				}
			}
		})
		if !errors.Is(err, search.ErrToolGraph) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
