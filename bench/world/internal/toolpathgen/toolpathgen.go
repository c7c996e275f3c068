// Package toolpathgen draws the requests of the tool-path world for the register, with a gold plan for each.
package toolpathgen

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
	"github.com/azimuthdev/azimuth/bench/world/internal/scene"
	"github.com/azimuthdev/azimuth/bench/world/toolpath"
	"github.com/azimuthdev/azimuth/tool"
)

// Name of the world.
const Name = toolpath.Name

// Request is a drawn request.
type Request struct{ scene.Request }

// Draw returns request i of a seed.
func Draw(space draw.Space, seed uint64, i int) Request {
	return Request{scene.Draw(space, seed, i, 0)}
}

// Task returns the request without its answer.
func (q Request) Task() (id, goal string) { return q.ID, q.Goal }

// Tolerance is how much of a gold plan's likeness to the target a success has.
const Tolerance = 0.95

// gold are the tools that a careful editor takes for each kind of edit: those whose results were the likest on average, of
// all that the world has, over 80 requests (seed 77); of nearly equal ones the cheapest. All at strength 1.
var gold = map[string][]string{
	scene.Denoise: {"median_filter"}, scene.Erase: {"find_text", "median_fill"}, scene.Crop: {"find_frame", "crop_box"},
	scene.Recolour: {"white_patch"}, scene.Resize: {"resize_bicubic"}, scene.Sharpen: {"unsharp_mask"},
}

// Label returns the answer. The plan's calls are carried out, since images are named by their content.
func (q Request) Label() label.Label {
	w, err := toolpath.Open(q.ID, nil)
	if err != nil { // the id was drawn here
		return label.Label{ID: q.ID, Goal: q.Goal}
	}
	p := planner{world: w, image: scene.Handle(q.Start()), at: -1}
	var parts []label.Part
	for i, e := range q.Edits {
		parts = append(parts, label.Part{Kind: e.Kind, About: e.Ask})
		for _, name := range gold[e.Kind] {
			p.add(name, q.Ideal[i+1])
		}
	}
	p.add("deliver", nil)
	l := p.b.Done()
	l.ID, l.Goal, l.Rule, l.Looks = q.ID, q.Goal, label.Likeness, q.looks
	l.Parts = append(parts, label.Part{Kind: toolpath.Deliver})
	l.Least = Tolerance * q.looks(w, "", -1)
	return l
}

// looks implements [label.Label.Looks].
func (q Request) looks(w tool.World, handle string, edits int) float64 {
	images, ok := w.(*toolpath.World)
	if !ok {
		return 0
	}
	if handle == "" {
		var state struct{ Image string }
		if json.Unmarshal(w.State(), &state) != nil {
			return 0
		}
		handle = state.Image
	}
	m, ok := images.Image(handle)
	if !ok {
		return 0
	}
	if edits < 0 || edits >= len(q.Ideal) {
		edits = len(q.Ideal) - 1
	}
	got, want := pixels.From(m), q.Ideal[edits]
	if got.W != want.W || got.H != want.H {
		got = pixels.Bilinear(got, want.W, want.H)
	}
	return max(0, pixels.SSIM(got, want))
}

// planner writes a plan down while it carries it out.
type planner struct {
	b     label.Builder
	world *toolpath.World
	image string
	at    int // the call that made the image, -1 for none
	last  toolpath.Answer
}

// add appends a call that makes an image of the size of to.
func (p *planner) add(name string, to *pixels.Image) {
	n := p.b.Len()
	args, form := map[string]string{"image": quote(p.image)}, map[string]string{}
	if p.at >= 0 {
		form["image"] = quote(fmt.Sprintf("{%d}", p.at))
	}
	if name != "deliver" {
		args["strength"] = "1"
	}
	switch name {
	case "resize_bicubic":
		args["width"], args["height"] = fmt.Sprint(to.W), fmt.Sprint(to.H)
	case "median_fill":
		args["mask"], form["mask"] = quote(p.last.Mask), quote(fmt.Sprintf("{%d}", n-1))
	case "crop_box":
		if b := p.last.Box; b != nil {
			args["x"], args["y"], args["w"], args["h"] = fmt.Sprint(b.X), fmt.Sprint(b.Y), fmt.Sprint(b.W), fmt.Sprint(b.H)
		}
	}
	raw := object(args)
	r, err := p.world.Call(context.Background(), tool.Call{Tool: name, Args: raw})
	p.last = toolpath.Answer{}
	if err != nil || len(r.Value) > 0 && json.Unmarshal(r.Value, &p.last) != nil {
		p.last = toolpath.Answer{}
	}
	var needs []int
	if n > 0 {
		needs = []int{n - 1}
	}
	p.b.Make(name, raw, p.last.Image+p.last.Mask, needs...)
	if len(form) > 0 {
		maps.Copy(args, form)
		p.b.Form(n, string(object(args)))
	} else {
		p.b.Form(n, "")
	}
	if p.last.Image != "" {
		p.image, p.at = p.last.Image, n
	}
}

func quote(s string) string { return `"` + s + `"` }

// object writes arguments in canonical order.
func object(args map[string]string) json.RawMessage {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(args)) {
		parts = append(parts, quote(k)+":"+args[k])
	}
	return json.RawMessage("{" + strings.Join(parts, ",") + "}")
}
