// Package grade holds what the pictures of the tool-path world's requests were like before they were spoilt, and says
// how close an edit comes. It is for graders, and for the simulated judges of the bench; a run never imports it.
package grade

import (
	"encoding/json"
	"fmt"
	"image"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
	"github.com/azimuthdev/azimuth/bench/world/internal/scene"
	"github.com/azimuthdev/azimuth/bench/world/toolpath"
)

// Label is the answer to one request.
type Label struct {
	ID    string
	Kinds []string // of the edits, in the order of the request
	ideal []*pixels.Image
}

// Gold returns the answer to request i of [toolpath.Generate] with this seed and these options.
func Gold(seed uint64, i int, o *toolpath.Options) Label {
	edits := 0
	if o != nil {
		edits = o.Edits
	}
	q := scene.Draw(draw.Task, seed, i, edits)
	l := Label{ID: q.ID, ideal: q.Ideal}
	for _, e := range q.Edits {
		l.Kinds = append(l.Kinds, e.Kind)
	}
	return l
}

// Closeness is how close an image is to what it should be.
type Closeness struct {
	SSIM float64 // mean structural similarity, from 0 to 1
	PSNR float64 // decibels
}

// After compares an image with what it would be after the first k edits, had all gone perfectly, for k from 0 to the
// number of edits. An image of another size is resized first, which costs it likeness.
func (l Label) After(k int, m *image.NRGBA) (Closeness, error) {
	if k < 0 || k >= len(l.ideal) {
		return Closeness{}, fmt.Errorf("edit: %d is not from 0 to %d", k, len(l.ideal)-1)
	}
	got, want := pixels.From(m), l.ideal[k]
	if got.W != want.W || got.H != want.H {
		got = pixels.Bilinear(got, want.W, want.H)
	}
	return Closeness{SSIM: pixels.SSIM(got, want), PSNR: pixels.PSNR(got, want)}, nil
}

// Result compares what a session delivered with the target: nothing delivered is [Closeness]{}.
func (l Label) Result(w *toolpath.World) (Closeness, error) {
	var state struct{ Image string }
	if err := json.Unmarshal(w.State(), &state); err != nil {
		return Closeness{}, fmt.Errorf("state: %w", err)
	}
	m, ok := w.Image(state.Image)
	if !ok {
		return Closeness{}, nil
	}
	return l.After(len(l.ideal)-1, m)
}
