package toolpath

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/azimuthdev/azimuth/bench/world/internal/scene"
	planner "github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// Catalog returns the tools and the kinds of edit as the planner of tool paths takes them. Latencies are those of a
// picture of 64 by 64 pixels.
func Catalog() planner.Catalog {
	c := planner.Catalog{Kinds: kinds()}
	for _, g := range gears() {
		t := planner.Tool{Name: g.name, Needs: g.needs, Latency: time.Duration(g.perPixel[1] * nominal)}
		if g.solves != "" {
			t.Solves = []string{g.solves}
		}
		c.Tools = append(c.Tools, t)
	}
	return c
}

// Deliver is the kind of subtask that hands the result in. It is declared by its tool and no part of [Catalog].
const Deliver = "deliver"

// kinds are the kinds of edit.
func kinds() []planner.Kind {
	return []planner.Kind{
		{Name: scene.Denoise, Doc: "remove noise, take grain out", Rank: 1},
		{Name: scene.Erase, Doc: "erase text, remove writing, take yellow letters away", Rank: 2},
		{Name: scene.Crop, Doc: "crop a frame off, cut a border away, trim", Rank: 3},
		{Name: scene.Recolour, Doc: "remove a colour cast, correct colours, recolour to neutral light", Rank: 4},
		{Name: scene.Resize, Doc: "resize, enlarge, scale up to width x height", Rank: 5},
		{Name: scene.Sharpen, Doc: "sharpen, make less blurred, bring blurred edges back", Rank: 6},
	}
}

// order of strengths, by attempt.
var order = [Strengths]int{1, 2, 0}

var size = regexp.MustCompile(`(\d+)\s*x\s*(\d+)`)

// Call returns how steps are called on the image with this handle and on what comes of it: the first attempt at
// strength 1, the second at 2, the third at 0, and so on in a circle.
func Call(start string) func(planner.Step) (tool.Call, error) {
	return func(s planner.Step) (tool.Call, error) {
		image, last, err := latest(start, s.Before)
		if err != nil {
			return tool.Call{}, err
		}
		args := map[string]any{"image": image, "strength": order[s.Attempt%Strengths]}
		for _, g := range gears() {
			if g.name == s.Tool {
				if err := g.fill(args, s, last); err != nil {
					return tool.Call{}, err
				}
			}
		}
		raw, err := canon.Marshal(args)
		return tool.Call{Tool: s.Tool, Args: raw}, err
	}
}

// latest returns the last image on the way, and the last answer.
func latest(start string, before []planner.Output) (image string, last Answer, err error) {
	image = start
	for _, o := range before {
		last = Answer{}
		if err := json.Unmarshal(o.Result.Value, &last); err != nil {
			return "", last, fmt.Errorf("%s: answer: %w", o.Tool, err)
		}
		if last.Image != "" {
			image = last.Image
		}
	}
	return image, last, nil
}

// fill adds what the tool takes beside the image.
func (g gear) fill(args map[string]any, s planner.Step, last Answer) error {
	switch {
	case g.takes == "size":
		m := size.FindStringSubmatch(s.Subtask.About)
		if m == nil {
			return fmt.Errorf("%s: %q names no size such as 64x48", g.name, s.Subtask.About)
		}
		args["width"], args["height"] = json.Number(m[1]), json.Number(m[2])
	case g.takes == "mask" && last.Mask != "":
		args["mask"] = last.Mask
	case g.takes == "box" && last.Box != nil:
		args["x"], args["y"], args["w"], args["h"] = last.Box.X, last.Box.Y, last.Box.W, last.Box.H
	case g.takes != "":
		return fmt.Errorf("%s: the step before it made no %s", g.name, g.takes)
	}
	return nil
}

// Seconds is the price of a call, as its answer states it; what failed is priced by the time it took.
func Seconds(r tool.Result, took time.Duration) float64 {
	var a Answer
	if r.IsError || json.Unmarshal(r.Value, &a) != nil {
		return took.Seconds()
	}
	return a.Seconds
}

// Delivered returns the call that hands in the last image of a way that began at start.
func Delivered(start string, way []planner.Output) (tool.Call, error) {
	image, _, err := latest(start, way)
	return tool.Call{Tool: "deliver", Args: []byte(`{"image":` + strconv.Quote(image) + `}`)}, err
}
