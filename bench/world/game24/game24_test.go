package game24

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

func call(args string) tool.Call { return tool.Call{Tool: "combine", Args: []byte(args)} }

func board3388(t *testing.T) tool.World {
	w, err := New([]int64{8, 3, 8, 3}, Options{Distractors: 3})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWorldKeepsItsPromises(t *testing.T) {
	tooltest.World(t, func() tool.World { return board3388(t) }, call(`{"a":"8","b":"3","op":"/"}`), call(`{"a":"3","b":"8/3","op":"-"}`))
}

func TestGame(t *testing.T) {
	w := board3388(t)
	for _, c := range []struct{ args, says, state string }{
		{`{"a":"8","b":"3","op":"/"}`, "8 / 3 = 8/3. Left: 8/3, 3, 8.", `{"numbers":["8/3","3","8"]}`},
		{`{"a":"8","b":"8","op":"+"}`, "not both on the board; there are 8/3, 3, 8", ""},
		{`{"a":"16/2","b":"3","op":"+"}`, "as they stand on the board", ""},
		{`{"a":"3","b":"8/3","op":"-"}`, "Left: 1/3, 8.", `{"numbers":["1/3","8"]}`},
		{`{"a":"8","b":"1/3","op":"^"}`, "not one of", ""},
		{`{"a":"8","b":"1/3","op":"/"}`, "= 24.", `{"numbers":["24"]}`},
		{`{"a":"24","b":"24","op":"-"}`, "the game is over", ""},
	} {
		before := string(w.State())
		if c.state == "" {
			c.state = before
		}
		res, err := w.Call(t.Context(), call(c.args))
		if err != nil || !strings.Contains(res.Content, c.says) || string(w.State()) != c.state || res.IsError != (c.state == before) {
			t.Errorf("%s: got %+v, %v, state %s", c.args, res, err, w.State())
		}
	}
	zero, _ := New([]int64{3, 3, 8}, Options{})
	_, _ = zero.Call(t.Context(), call(`{"a":"3","b":"3","op":"-"}`))
	if res, _ := zero.Call(t.Context(), call(`{"a":"8","b":"0","op":"/"}`)); !strings.Contains(res.Content, "division by zero") {
		t.Errorf("got %+v", res)
	}
}

// What is listed as a move works, and leads to a state of its own kind.
func TestMoves(t *testing.T) {
	w := board3388(t)
	list := w.(interface{ Moves() []tool.Call }).Moves()
	if len(list) != 14 { // 3+3 3-3 3*3 3/3, the same of 8, 3+8 3*8 and both ways of - and /
		t.Errorf("there are %d moves: %v", len(list), list)
	}
	for _, c := range list {
		if res, err := w.Fork().Call(t.Context(), c); err != nil || res.IsError {
			t.Errorf("%v: %+v, %v", c, res, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, n := range [][]int64{nil, {1}, {1, 2, 3, 4, 5}, {0, 1}, {101, 1}} {
		if _, err := New(n, Options{}); err == nil {
			t.Errorf("%v is accepted", n)
		}
	}
	if _, err := New([]int64{1, 2}, Options{Distractors: -1}); err == nil {
		t.Error("bad options are accepted")
	}
}
