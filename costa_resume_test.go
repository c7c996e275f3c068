package azimuth_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// mortal takes goals apart and rates steps; the run is cut off within one of the requests. What it says depends on the request alone.
type mortal struct {
	proposer
	twice
	lists int // in each answer; of several the first half disagrees for some seeds
	made  []string
	cut   int // the request in which the run ends, from 1
	kill  context.CancelFunc
}

func (m *mortal) ask(what string) error {
	if m.cut--; m.cut == 0 {
		m.kill()
		return context.Canceled
	}
	m.made = append(m.made, what)
	return nil
}

func (m *mortal) Decompose(_ context.Context, r model.DecomposeRequest) (model.DecomposeResponse, error) {
	what, long := "list", 1
	if r.Rejected != nil {
		what, long = "second list", 2
	}
	if err := m.ask(what); err != nil {
		return model.DecomposeResponse{}, err
	}
	out := model.DecomposeResponse{Usage: model.Usage{Requests: 1, Samples: m.lists}}
	for i := range m.lists {
		var list []model.Subtask
		for j := range long {
			s := model.Subtask{ID: strconv.Itoa(j), Kind: "wash"}
			if j > 0 {
				s.Parents = []string{list[j-1].ID}
			}
			if 2*i+1 < m.lists && r.Seed%2 == 0 {
				s.Kind = "dry"
			}
			list = append(list, s)
		}
		out.Samples = append(out.Samples, list)
	}
	return out, nil
}

func (m *mortal) Step(context.Context, judge.Part) (judge.Verdict, error) {
	return judge.Verdict{Score: .9, Usage: model.Usage{Requests: 1}}, m.ask("rating")
}

// TestCostaCutOffAnywhere: a run that is cut off within any of its requests for lists and ratings comes to the same tree when it is
// resumed. What was told is not asked for again; only requests for lists that were to be voted on together are.
func TestCostaCutOffAnywhere(t *testing.T) {
	for lists, twice := range map[int]int{1: 0, 10: 2} { // at most so many requests are made twice
		whole, want, _ := cutOff(t, journal.NewMemory(), lists, 0)
		for cut := 1; cut <= len(whole); cut++ {
			store := journal.NewMemory()
			before, _, err := cutOff(t, store, lists, cut)
			if err == nil {
				t.Fatalf("%d lists, cut %d: the run came to its end", lists, cut)
			}
			after, v, err := cutOff(t, store, lists, 0)
			if err != nil || v.Tree.Digest() != want.Tree.Digest() || v.Result.Answer != want.Result.Answer {
				t.Errorf("%d lists, cut %d: another tree, or %q, %v; want %q", lists, cut, v.Result.Answer, err, want.Result.Answer)
			}
			if n := len(before) + len(after) - len(whole); n < 0 || n > twice || !slices.Equal(whole[len(whole)-len(after):], after) {
				t.Errorf("%d lists, cut %d: %q before and %q after it; want %q", lists, cut, before, after, whole)
			}
		}
	}
}

// cutOff begins a run, or takes the one in the store up, and returns what was asked.
func cutOff(t *testing.T, store *journal.Memory, lists, cut int) ([]string, *azimuth.View, error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	m := &mortal{lists: lists, cut: cut, kill: cancel}
	o := &azimuth.Options{Store: store, Approve: effect.Policy{Mode: effect.AllMode}, Model: m, Judge: m, NewID: func() string { return "r" }}
	o.Strategy, o.Samples, o.Now = search.CoSTA, lists, func() time.Time { return time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC) }
	a, err := azimuth.New((&laundry{broken: "quick"}).tools(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, e := store.Get(ctx, "r"); e == nil {
		_, err = a.Resume(ctx, "r", nil)
	} else {
		_, err = a.Run(ctx, "wash the shirt, then hang it up")
	}
	v, e := azimuth.OpenView(t.Context(), store, "r", nil)
	if e != nil {
		t.Fatal(e)
	}
	return m.made, v, err
}
