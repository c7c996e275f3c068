package lexical

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// ErrNoText says that free text was asked of the lexical model, which has none to give.
var ErrNoText = errors.New("the lexical model can't write text; choose another model for what needs it")

// maxSamples is how many samples one request returns at most.
const maxSamples = 1024

// maxGoal is how many bytes of a goal, or of an answer in which paths are looked for, are read; the work grows with
// the square of it.
const maxGoal = 1 << 14

// Options of the model. Nil is fine.
type Options struct {
	// Now gives a year to dates in the goal that name none ("March 3") and a day to "today" and "tomorrow". Without
	// it such dates are not understood, so that equal requests have equal answers on any day.
	Now func() time.Time
}

// Model is the lexical model. It may be used from several goroutines at once; all it keeps is what it has worked out
// about the last few tool sets and goals.
type Model struct {
	now clock

	mu    sync.Mutex
	known []*reading // the last used first
}

// reading is a tool set and a goal as they were read; nothing changes it.
type reading struct {
	key  [sha256.Size]byte
	cat  *catalog
	goal *goal

	fits   []pair
	chosen map[*slot][]chosen
}

// maxReadings is how many readings are kept.
const maxReadings = 8

var _ model.Model = (*Model)(nil)

// New returns the model.
func New(o *Options) *Model {
	if o == nil {
		o = &Options{}
	}
	return &Model{now: o.Now}
}

// Capabilities says: many samples a request, seeded, with outlines, free of charge, no log-probabilities, no text.
func (m *Model) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "lexical", N: maxSamples, Seed: true, Outline: true, Prices: &model.Prices{}}
}

// Propose plans once for each sample and returns the next call of each plan. At temperature 0 all samples are equal.
// The only error is the context's.
func (m *Model) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	read := m.read(r.Tools, cut(r.Goal))
	h := habitsOf(r.Demos)
	n := min(max(r.N, 1), maxSamples)
	out := model.Response{Usage: model.Usage{Requests: 1, Samples: n}}
	for i := range n {
		if err := ctx.Err(); err != nil {
			return model.Response{}, err
		}
		if i > 0 && !(r.Temperature > 0) {
			out.Samples = append(out.Samples, out.Samples[0])
			continue
		}
		p := newPlanner(read, h, r, newNoise(r.Seed, i, r.Temperature))
		out.Samples = append(out.Samples, p.sampleOf(p.plan(), r.Outline))
	}
	return out, nil
}

// read returns what is known of the tools and the goal, from memory where it has been worked out before.
func (m *Model) read(tools []tool.Spec, text string) *reading {
	key := keyOf(tools, text+m.today())
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.known, func(r *reading) bool { return r.key == key })
	if i >= 0 {
		r := m.known[i]
		m.known = slices.Insert(slices.Delete(m.known, i, i+1), 0, r)
		return r
	}
	cat := newCatalog(tools)
	r := &reading{key: key, cat: cat, goal: parseGoal(text, m.now, cat)}
	r.fits, r.chosen = setterPairs(cat, r.goal), setterChoices(cat, r.goal)
	m.known = append([]*reading{r}, m.known[:min(len(m.known), maxReadings-1)]...)
	return r
}

// today is the day by the clock, "" without one: what days mean is known for that long.
func (m *Model) today() string {
	if m.now == nil {
		return ""
	}
	return m.now().Format(time.DateOnly)
}

func keyOf(tools []tool.Spec, text string) [sha256.Size]byte {
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, t := range tools {
		if err := e.Encode(t); err != nil { // a schema that is no JSON
			h.Write(t.Input)
			h.Write(t.Output)
			h.Write([]byte(t.Name + t.Description))
		}
	}
	h.Write([]byte(text))
	return [sha256.Size]byte(h.Sum(nil))
}

func cut(s string) string {
	if len(s) > maxGoal {
		return s[:maxGoal]
	}
	return s
}

// Complete returns [ErrNoText], whatever is asked.
func (m *Model) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{}, ErrNoText
}
