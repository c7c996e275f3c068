package blocks

import (
	"errors"
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/worldtest"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

func three(t *testing.T) tool.World {
	w, err := New([]Block{{"red", "table"}, {"blue", "red"}, {"green", "table"}}, Options{Distractors: 5, Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func call(name, args string) tool.Call { return tool.Call{Tool: name, Args: []byte(args)} }

var script = []tool.Call{
	call("unstack", `{"block":"blue","from":"red"}`), call("stack", `{"block":"blue","on":"green"}`),
	call("pick_up", `{"block":"red"}`), call("put_down", `{"block":"red"}`), call("look", `{}`),
}

func TestWorldKeepsItsPromises(t *testing.T) {
	tooltest.World(t, func() tool.World { return three(t) }, script...)
}

func TestScript(t *testing.T) {
	w := three(t)
	worldtest.Run(t, w, script...)
	if got, want := string(w.State()), `{"blue":"green","green":"table","red":"table"}`; got != want {
		t.Errorf("the state is %s, want %s", got, want)
	}
}

func TestRules(t *testing.T) {
	for _, c := range []struct {
		before int // calls of the script made first
		c      tool.Call
		says   string
	}{
		{0, call("pick_up", `{"block":"red"}`), "something is on red"},
		{0, call("pick_up", `{"block":"blue"}`), "on red; use unstack"},
		{0, call("unstack", `{"block":"blue","from":"green"}`), "not on green but on red"},
		{0, call("unstack", `{"block":"green","from":"red"}`), "not on red but on table"},
		{0, call("put_down", `{"block":"red"}`), "does not hold red"},
		{1, call("pick_up", `{"block":"green"}`), "the hand holds blue"},
		{1, call("stack", `{"block":"green","on":"red"}`), "does not hold green"},
		{1, call("stack", `{"block":"blue","on":"blue"}`), "nothing can be put on blue"},
		{3, call("stack", `{"block":"red","on":"green"}`), "nothing can be put on green"},
		{0, call("pick_up", `{"block":"pink"}`), "there are red, blue, green"},
		{1, call("stack", `{"block":"the blue block","on":"x"}`), `no block "x"`},
	} {
		worldtest.Refuses(t, three(t), c.says, append(slices.Clone(script[:c.before]), c.c)...)
	}
}

// What is listed as a move works, and nothing else does.
func TestMoves(t *testing.T) {
	w := three(t)
	for i, want := range []int{2, 3, 2, 2, 2} {
		list := w.(interface{ Moves() []tool.Call }).Moves()
		if len(list) != want {
			t.Errorf("after %d calls there are %d moves, want %d: %v", i, len(list), want, list)
		}
		for _, c := range list {
			if res, err := w.Fork().Call(t.Context(), c); err != nil || res.IsError {
				t.Errorf("%v: %+v, %v", c, res, err)
			}
		}
		_, _ = w.Call(t.Context(), script[i])
	}
}

func TestBadTables(t *testing.T) {
	for _, bs := range [][]Block{nil, {{"a", "a"}}, {{"a", "b"}, {"b", "a"}}, {{"a", "x"}}, {{"a", "table"}, {"a", "table"}}, {{"table", "table"}},
		{{"a", "table"}, {"b", "a"}, {"c", "a"}}, {{"a", "table"}, {"b", "table"}, {"c", "table"}, {"d", "table"}, {"e", "table"}, {"f", "table"}, {"g", "table"}}} {
		if _, err := New(bs, Options{}); !errors.Is(err, ErrTable) {
			t.Errorf("%v: %v", bs, err)
		}
	}
}
