package engine_test

import (
	"encoding/json"
	"testing"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// merged has a bench share votes between orders, and returns its engines' maker.
func merged(b *bench) func(id string, again bool) *engine.Engine {
	return func(id string, again bool) *engine.Engine {
		var e *engine.Engine
		b.search.Commutes = func(x, y search.ActionID) bool { return e.Commutes(x, y) }
		var err error
		if e, err = engine.New(b.config(id, again), &b.opts); err != nil {
			b.t.Fatal(err)
		}
		if again {
			if err := e.Rebuild(b.t.Context(), b.store.Records(b.t.Context(), id, 1)); err != nil {
				b.t.Fatal(err)
			}
		}
		return e
	}
}

// TestAGivenPlanKeepsItsOrder: a plan that somebody approved is carried out as it stands, though its calls commute.
func TestAGivenPlanKeepsItsOrder(t *testing.T) {
	b := newBench(t, "look:read find:read", nil)
	b.opts.Given = &engine.Given{Plan: true, Answer: "seen"}
	for _, name := range []string{"look", "find", "look"} {
		b.opts.Given.Steps = append(b.opts.Given.Steps, model.Step{Call: tool.Call{Tool: name, Args: json.RawMessage(`{}`)}, Status: model.Deferred})
	}
	r, err := merged(b)("r", false).Run(t.Context())
	if err != nil || r.Status != engine.Succeeded || names(r.Plan.Steps) != "look find look" {
		t.Errorf("%v %v: %s", r, err, names(r.Plan.Steps))
	}
}

// TestAMergedRunIsRebuiltByItsOwnTools: what commutes is what the tools said when the run began, whatever they say now.
func TestAMergedRunIsRebuiltByItsOwnTools(t *testing.T) {
	b := newBench(t, "wash:reversible dry:reversible", map[string][]string{"": {"wash > dry done x2", "dry > wash done x3"}})
	b.preset, b.opts.Outline, b.opts.PlanOnly = search.Outline, true, true
	slots := func(on bool) {
		var tools []tool.Tool
		for _, sp := range b.set.Specs() {
			if sp.Slots = nil; on {
				sp.Slots = &tool.Slots{Sets: []string{sp.Name}}
			}
			tools = append(tools, boxTool{b.box, sp})
		}
		var err error
		if b.set, err = tool.NewSet(tools...); err != nil {
			t.Fatal(err)
		}
	}
	slots(true)
	live := merged(b)("r", false)
	if _, err := live.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := live.Tree().Len(); n != 4 {
		t.Errorf("%d nodes, want one order", n)
	}
	slots(false)
	if merged(b)("r", true).Tree().Digest() != live.Tree().Digest() {
		t.Error("the rebuilt tree differs")
	}
}
