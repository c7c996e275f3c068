// Package scene draws the requests of the tool-path world: a picture, how it was spoilt, and what is asked for. The
// picture as it was is the answer; only the grader hands it out.
package scene

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
)

// Name of the world.
const Name = "toolpath"

// The shortest and the longest chain of edits.
const (
	MinEdits = 2
	MaxEdits = 8
)

// Request is a drawn request.
type Request struct {
	ID, Goal string
	// Edits are what is to be done, in this order. Each undoes the last damage that is left.
	Edits []Edit
	// Ideal[k] is the picture after k edits that went perfectly: Ideal[0] is what is handed out, the last one the
	// target.
	Ideal []*pixels.Image
}

// Start is the picture that is to be edited.
func (q Request) Start() *pixels.Image { return q.Ideal[0] }

// Target is the picture as it was.
func (q Request) Target() *pixels.Image { return q.Ideal[len(q.Ideal)-1] }

// Draw returns request i of a seed with so many edits, from [MinEdits] to [MaxEdits]; 0 draws their number.
func Draw(space draw.Space, seed uint64, i, edits int) Request {
	rng := draw.New(fmt.Sprintf("%s/%d", Name, edits), space, seed, i)
	if edits == 0 {
		edits = MinEdits + rng.IntN(MaxEdits-MinEdits+1)
	}
	q := Request{ID: draw.ID(Name, space, seed, i)}
	m := picture(rng)
	q.Ideal = []*pixels.Image{m}
	for _, kind := range kinds(rng, edits) {
		d := damages[kind](rng, m)
		m = d.spoil(m)
		d.Kind = kind
		q.Edits = append([]Edit{d.Edit}, q.Edits...)
		q.Ideal = append([]*pixels.Image{m}, q.Ideal...)
	}
	q.Goal = goal(m, q.Edits)
	return q
}

func goal(m *pixels.Image, edits []Edit) string {
	asks := make([]string, len(edits))
	for i, e := range edits {
		asks[i] = e.Ask
	}
	return fmt.Sprintf("First %s, and deliver the result. The picture is %s.", strings.Join(asks, ", then "), Handle(m))
}

// Handle names a picture by its content.
func Handle(m *pixels.Image) string { return "img-" + m.Hash() }

// kinds draws what is done to a picture: each kind once before those that can be told apart a second time come again.
func kinds(rng *rand.Rand, n int) []string {
	out := draw.Shuffled(rng, []string{Denoise, Sharpen, Resize, Recolour, Crop, Erase})
	out = append(out, draw.Shuffled(rng, []string{Recolour, Crop, Erase})...)
	return draw.Shuffled(rng, out[:n])
}

// picture draws a gradient with rectangles and discs on it.
func picture(rng *rand.Rand) *pixels.Image {
	w, h := 48+8*rng.IntN(3), 48+8*rng.IntN(3)
	from, to := colour(rng), colour(rng)
	m := pixels.New(w, h)
	m = m.Map(func(x, y, c int) float64 {
		t := float64(x+y) / float64(w+h)
		return from[c] + t*(to[c]-from[c])
	})
	for range 5 + rng.IntN(4) {
		x, y, r, fill, round := rng.IntN(w), rng.IntN(h), 4+rng.IntN(9), colour(rng), rng.IntN(2) == 0
		last := m
		m = last.Map(func(i, j, c int) float64 {
			dx, dy := i-x, j-y
			if round && dx*dx+dy*dy <= r*r || !round && max(dx, -dx) <= r && max(dy, -dy) <= r {
				return fill[c]
			}
			return last.At(i, j, c)
		})
	}
	return m
}

// colour draws one that is not taken for ink.
func colour(rng *rand.Rand) [3]float64 {
	return [3]float64{20 + float64(rng.IntN(200)), 20 + float64(rng.IntN(180)), 60 + float64(rng.IntN(180))}
}
