package toolpath

import (
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// maxSide is the greatest width and height of an image.
const maxSide = 256

// nominal is the number of pixels for which specs give a price.
const nominal = 64 * 64

// Answer is the structured answer of a tool.
type Answer struct {
	Image   string  `json:"image,omitempty"` // of a tool that edits
	Mask    string  `json:"mask,omitempty"`  // of one that finds text
	Box     *Box    `json:"box,omitempty"`   // of one that finds a frame
	Seconds float64 `json:"seconds"`         // that the call took
}

// Box is a part of an image, in pixels from its upper left corner.
type Box struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

const answerSchema = `{"properties":{"box":{"type":"object"},"image":{"type":"string"},"mask":{"type":"string"},` +
	`"seconds":{"type":"number"}},"required":["seconds"],"type":"object"}`

func ops(s *store, o *Options) []sandbox.Op[desk] {
	var out []sandbox.Op[desk]
	for _, g := range mixed(o) {
		out = append(out, g.op(s))
	}
	return append(out, sandbox.Op[desk]{
		Name: "deliver", Doc: "Hands an image in as the result. Call it last; a later one replaces it.", Effect: tool.Reversible,
		Args:   []sandbox.Arg{imageArg("image", "Handle of the image that is the result.")},
		Slots:  &tool.Slots{Sets: []string{"result"}, Uses: []string{"picture {image}"}},
		Solves: []tool.Job{{Name: Deliver, Doc: "deliver the result, hand it in", Rank: len(kinds()) + 1}},
		Do: func(d desk, v []sandbox.Value) (desk, tool.Result, error) {
			if _, err := s.read("image", v[0].Text); err != nil {
				return d, tool.Result{}, err
			}
			d.delivered = v[0].Text
			return d, sandbox.Say("%s is delivered.", d.delivered), nil
		},
	})
}

// handles are what images are named.
var handles = regexp.MustCompile("^img-[0-9a-f]{16}$")

func imageArg(name, doc string) sandbox.Arg {
	return sandbox.Arg{Name: name, Doc: doc, Type: sandbox.Text, Regexp: handles}
}

func (g gear) op(s *store) sandbox.Op[desk] {
	whole := func(name, doc string, lo, hi float64) sandbox.Arg {
		return sandbox.Arg{Name: name, Doc: doc, Type: sandbox.Integer, Min: lo, Max: hi}
	}
	args := []sandbox.Arg{
		imageArg("image", "Handle of the image to work on."),
		whole("strength", "How strongly, from 0 to 2; 1 is usual.", 0, Strengths-1),
	}
	switch g.takes {
	case "size":
		args = append(args, whole("width", "Width of the result in pixels.", 1, maxSide), whole("height", "Height of the result in pixels.", 1, maxSide))
	case "mask":
		args = append(args, imageArg("mask", "Handle of the mask, as "+g.needs[0]+" gives it."))
	case "box":
		for _, name := range []string{"x", "y", "w", "h"} {
			args = append(args, whole(name, "As in the box that find_frame gives.", 0, maxSide))
		}
	}
	price := time.Duration(g.perPixel[1] * nominal)
	return sandbox.Op[desk]{
		Name: g.name, Doc: g.doc, Effect: tool.Pure, Price: tool.Price{Latency: price}, Args: args, Output: json.RawMessage(answerSchema),
		Needs: g.needs, Solves: g.jobs(), Slots: &tool.Slots{Sets: []string{"picture"}, Uses: []string{"picture {image}"}},
		Do: func(d desk, v []sandbox.Value) (desk, tool.Result, error) {
			res, err := s.once(g.key(v), func() (tool.Result, error) {
				in, err := g.read(s, v)
				if err != nil {
					return tool.Result{}, err
				}
				return g.run(s, in)
			})
			return d, res, err
		},
	}
}

// jobs are the kind of edit as the spec declares it.
func (g gear) jobs() []tool.Job {
	for _, k := range kinds() {
		if k.Name == g.solves {
			return []tool.Job{tool.Job(k)}
		}
	}
	return nil
}

// key names a call.
func (g gear) key(v []sandbox.Value) string {
	key := g.name
	for _, x := range v {
		key += "\x00" + string(x.Raw)
	}
	return key
}

func (s *store) read(name, handle string) (*pixels.Image, error) {
	m, ok := s.get(handle)
	if !ok {
		return nil, fmt.Errorf("%s: there is no image %q; give the handle of the request, or one that a tool answered", name, tool.Clip(handle, 40))
	}
	return m, nil
}

func (g gear) read(s *store, v []sandbox.Value) (in input, err error) {
	if in.m, err = s.read("image", v[0].Text); err != nil {
		return in, err
	}
	in.strength = int(v[1].Int)
	switch g.takes {
	case "size":
		in.w, in.h = int(v[2].Int), int(v[3].Int)
	case "mask":
		in.mask, err = s.read("mask", v[2].Text)
	case "box":
		in.box = pixels.Rect{X: int(v[2].Int), Y: int(v[3].Int), W: int(v[4].Int), H: int(v[5].Int)}
	}
	return in, err
}

// run does the work and says what came of it and how long it took.
func (g gear) run(s *store, in input) (tool.Result, error) {
	start := time.Time{}
	if s.now != nil {
		start = s.now()
	}
	a := Answer{Seconds: g.seconds(in)}
	var made *pixels.Image
	if g.makes == "box" {
		r := g.find(in)
		a.Box = &Box{r.X, r.Y, r.W, r.H}
	} else {
		var err error
		if made, err = g.work(in); err != nil {
			return tool.Result{}, err
		}
	}
	if s.now != nil {
		a.Seconds = s.now().Sub(start).Seconds()
	}
	switch {
	case made == nil:
	case g.makes == "mask":
		a.Mask = s.put(made)
	default:
		a.Image = s.put(made)
	}
	raw, err := canon.Marshal(a)
	return tool.Result{Content: string(raw), Value: raw}, err
}

// seconds is what a call takes by the constants.
func (g gear) seconds(in input) float64 {
	n := in.m.W * in.m.H
	if g.takes == "size" {
		n = in.w * in.h
	}
	return g.perPixel[in.strength] * float64(n) / 1e9
}
