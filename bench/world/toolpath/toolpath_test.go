package toolpath_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/bench/world/toolpath"
	"github.com/azimuthdev/azimuth/bench/world/toolpath/grade"
	planner "github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

// open returns a request, its world and its answer.
func open(t *testing.T, seed uint64, i int, o *toolpath.Options) (toolpath.Task, *toolpath.World, grade.Label) {
	t.Helper()
	tasks, err := toolpath.Generate(seed, i+1, o)
	if err != nil {
		t.Fatal(err)
	}
	w, err := toolpath.Open(tasks[i].ID, o)
	if err != nil {
		t.Fatal(err)
	}
	return tasks[i], w, grade.Gold(seed, i, o)
}

func call(t *testing.T, w tool.World, name, args string) (tool.Result, toolpath.Answer) {
	t.Helper()
	r, err := w.Call(t.Context(), tool.Call{Tool: name, Args: json.RawMessage(args)})
	if err != nil {
		t.Fatal(err)
	}
	var a toolpath.Answer
	if len(r.Value) > 0 {
		if err := json.Unmarshal(r.Value, &a); err != nil {
			t.Fatal(err)
		}
	}
	return r, a
}

func TestRequests(t *testing.T) {
	seen := map[string]bool{}
	for edits := toolpath.MinEdits; edits <= toolpath.MaxEdits; edits++ {
		for i := range 4 {
			task, w, gold := open(t, 3, i, &toolpath.Options{Edits: edits})
			subtasks, err := planner.Clauses(task.Goal, toolpath.Catalog().Kinds)
			if err != nil {
				t.Fatal(err)
			}
			var kinds []string
			for _, s := range subtasks {
				kinds = append(kinds, s.Kind)
			}
			if len(gold.Kinds) != edits || !slices.Equal(kinds, gold.Kinds) {
				t.Errorf("%q asks for %v and is read as %v", task.Goal, gold.Kinds, kinds)
			}
			m, ok := w.Image(task.Image)
			if near, err := gold.After(0, m); !ok || err != nil || near.SSIM < 1-1e-9 {
				t.Errorf("what is handed out is not the start: %v, %v", near, err)
			}
			if near, _ := gold.After(edits, m); near.SSIM > .999 {
				t.Errorf("%s is spoilt by nothing: likeness %v", task.ID, near.SSIM)
			}
			seen[task.Image] = true
		}
	}
	if len(seen) != 4*7 {
		t.Errorf("%d pictures differ", len(seen))
	}
	a, _ := toolpath.Generate(3, 1, nil)
	if b, _ := toolpath.Generate(3, 5, nil); a[0] != b[0] {
		t.Errorf("request 0 depends on how many there are: %v, %v", a[0], b[0])
	}
}

// The first tool of each kind undoes what it is for, better than doing nothing.
func TestToolsHelp(t *testing.T) {
	better := map[string]int{}
	catalog := toolpath.Catalog()
	for i := range 24 {
		task, w, gold := open(t, 11, i, &toolpath.Options{Edits: 2})
		subtasks, err := planner.Clauses(task.Goal, catalog.Kinds)
		if err != nil {
			t.Fatal(err)
		}
		start, _ := w.Image(task.Image)
		idle, err := gold.After(1, start)
		if err != nil {
			t.Fatal(err)
		}
		for _, tl := range catalog.Tools {
			if len(tl.Needs) > 0 || !slices.Contains(tl.Solves, gold.Kinds[0]) {
				continue
			}
			c, err := toolpath.Call(task.Image)(planner.Step{Tool: tl.Name, Subtask: subtasks[0]})
			if err != nil {
				t.Fatal(err)
			}
			r, a := call(t, w, c.Tool, string(c.Args))
			m, ok := w.Image(a.Image)
			if r.IsError || !ok || a.Seconds <= 0 {
				t.Fatalf("%v: %s", c, r.Content)
			}
			if near, err := gold.After(1, m); err == nil && near.SSIM > idle.SSIM {
				better[gold.Kinds[0]]++
			}
		}
	}
	if len(better) != 6 {
		t.Errorf("only these kinds were ever done better than by doing nothing: %v", better)
	}
}

func TestPurityAndDelivery(t *testing.T) {
	task, w, gold := open(t, 4, 0, &toolpath.Options{Edits: 2})
	fork := w.Fork().(*toolpath.World)
	args := fmt.Sprintf(`{"image":%q,"strength":1}`, task.Image)
	one, a := call(t, w, "median_filter", args)
	two, b := call(t, fork, "median_filter", args)
	if one.Content != two.Content || a.Image != b.Image || a.Image == task.Image {
		t.Errorf("the same call gives %s, then %s", one.Content, two.Content)
	}
	if near, err := gold.Result(w); err != nil || near != (grade.Closeness{}) {
		t.Errorf("nothing was delivered, which is graded %v, %v", near, err)
	}
	if r, _ := call(t, w, "deliver", fmt.Sprintf(`{"image":%q}`, a.Image)); r.IsError || string(w.State()) != fmt.Sprintf(`{"image":%q}`, a.Image) {
		t.Errorf("%s; the state is %s", r.Content, w.State())
	}
	if string(fork.State()) != "{}" {
		t.Errorf("a fork knows of it: %s", fork.State())
	}
	if near, err := gold.Result(w); err != nil || near.SSIM <= 0 || near.PSNR <= 0 {
		t.Errorf("the result is graded %v, %v", near, err)
	}
	for _, s := range w.Specs() {
		if s.Name != "deliver" && (s.Effect != tool.Pure || s.Price.Latency <= 0) {
			t.Errorf("%s is %v and takes %v", s.Name, s.Effect, s.Price.Latency)
		}
	}
}

func TestWorldKeepsItsPromises(t *testing.T) {
	task, w, _ := open(t, 4, 0, nil)
	_, a := call(t, w, "box_blur", fmt.Sprintf(`{"image":%q,"strength":1}`, task.Image))
	tooltest.World(t, w.Fork,
		tool.Call{Tool: "box_blur", Args: fmt.Appendf(nil, `{"image":%q,"strength":1}`, task.Image)},
		tool.Call{Tool: "find_frame", Args: fmt.Appendf(nil, `{"image":%q,"strength":2}`, a.Image)},
		tool.Call{Tool: "deliver", Args: fmt.Appendf(nil, `{"image":%q}`, a.Image)})
}

func TestClockedPrices(t *testing.T) {
	now := time.Unix(0, 0)
	o := &toolpath.Options{Edits: 2, Now: func() time.Time {
		now = now.Add(time.Second)
		return now
	}}
	task, w, _ := open(t, 4, 0, o)
	if r, a := call(t, w, "box_blur", fmt.Sprintf(`{"image":%q,"strength":0}`, task.Image)); a.Seconds != 1 || toolpath.Seconds(r, 0) != 1 {
		t.Errorf("by the clock it took %v", a.Seconds)
	}
}

func TestBadCalls(t *testing.T) {
	task, w, gold := open(t, 4, 0, nil)
	image := fmt.Sprintf(`"image":%q`, task.Image)
	for _, c := range []struct{ tool, args, want string }{
		{"box_blur", `{"image":"img-0","strength":1}`, `there is no image "img-0"`},
		{"box_blur", `{` + image + `,"strength":3}`, "strength: want a number from 0 to 2"},
		{"resize_nearest", `{` + image + `,"strength":1,"width":0,"height":5}`, "width: want a number from 1"},
		{"resize_nearest", `{` + image + `,"strength":1,"width":100000,"height":5}`, "from 1 to 256"},
		{"crop_box", `{` + image + `,"strength":1,"x":9,"y":0,"w":256,"h":9}`, "is not in the image"},
		{"median_fill", `{` + image + `,"strength":1,"mask":"no"}`, "mask: there is no image"},
		{"deliver", `{"image":"no"}`, "there is no image"},
	} {
		if r, _ := call(t, w, c.tool, c.args); !r.IsError || !strings.Contains(r.Content, c.want) {
			t.Errorf("%s(%s) answers %q, want %q", c.tool, c.args, r.Content, c.want)
		}
	}
	_, small := call(t, w, "resize_nearest", `{`+image+`,"strength":1,"width":5,"height":5}`)
	if r, _ := call(t, w, "inpaint", fmt.Sprintf(`{%s,"strength":1,"mask":%q}`, image, small.Image)); !strings.Contains(r.Content, "size of the image") {
		t.Errorf("a mask of another size: %s", r.Content)
	}
	if _, err := gold.After(99, nil); err == nil {
		t.Error("edit 99 is compared")
	}
	for _, id := range []string{"toolpath", "home-1-2", ""} {
		if _, err := toolpath.Open(id, nil); err == nil {
			t.Errorf("%q is opened", id)
		}
	}
	if _, err := toolpath.Generate(1, 1, &toolpath.Options{Edits: 9}); err == nil || !strings.Contains(err.Error(), "from 2 to 8") {
		t.Errorf("nine edits: %v", err)
	}
	if _, err := toolpath.Generate(1, -1, nil); err == nil {
		t.Error("-1 requests are drawn")
	}
}

func TestCallsOfSteps(t *testing.T) {
	step := func(name, about string, before ...planner.Output) planner.Step {
		return planner.Step{Tool: name, Subtask: planner.Subtask{About: about}, Attempt: 1, Before: before}
	}
	made := func(value string) planner.Output { return planner.Output{Result: tool.Result{Value: []byte(value)}} }
	calls := toolpath.Call("img-1")
	for want, s := range map[string]planner.Step{
		`{"image":"img-1","strength":2}`:                         step("box_blur", ""),
		`{"height":48,"image":"img-1","strength":2,"width":64}`:  step("resize_nearest", "resize it to 64x48"),
		`{"image":"img-2","mask":"img-3","strength":2}`:          step("inpaint", "", made(`{"image":"img-2"}`), made(`{"mask":"img-3"}`)),
		`{"h":4,"image":"img-1","strength":2,"w":3,"x":1,"y":2}`: step("crop_box", "", made(`{"box":{"x":1,"y":2,"w":3,"h":4}}`)),
		"names no size":     step("resize_nearest", "resize it"),
		"made no mask":      step("inpaint", "", made(`{"image":"img-2"}`)),
		"made no box":       step("crop_box", ""),
		"find_text: answer": step("inpaint", "", planner.Output{Tool: "find_text"}),
	} {
		c, err := calls(s)
		if got := string(c.Args) + fmt.Sprint(err); !strings.Contains(got, want) {
			t.Errorf("got %s, %v, want %s", c.Args, err, want)
		}
	}
}
