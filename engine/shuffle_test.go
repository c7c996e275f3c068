package engine_test

import (
	"context"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// firstShown is a model that likes a position: it calls whatever tool it is shown first, and ends after one call.
type firstShown struct {
	*script
	orders map[string]bool
	sizes  []int
}

func (m *firstShown) Propose(_ context.Context, r model.Request) (model.Response, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var names []string
	for _, t := range r.Tools {
		names = append(names, t.Name)
	}
	m.orders[strings.Join(names, " ")] = true
	m.sizes = append(m.sizes, r.N)
	resp := model.Response{Usage: model.Usage{Requests: 1, Samples: r.N}}
	for range r.N {
		s := model.Sample{Answer: "done"}
		if len(r.Steps) == 0 {
			s = model.Sample{Calls: []model.RawCall{{Tool: r.Tools[0].Name, Args: "{}"}}}
		}
		resp.Samples = append(resp.Samples, s)
	}
	return resp, nil
}

// TestShuffleCancelsALikingForAPosition: in one order all samples are for the tool that stands first; in as many groups as
// there are orders each tool has its share. Every width draws the same, and so does the run that is rebuilt.
func TestShuffleCancelsALikingForAPosition(t *testing.T) {
	var digest uint64
	for _, c := range []struct{ shuffle, parallel, requests, leader, children int }{{0, 1, 1, 7, 1}, {1, 1, 1, 7, 1}, {2, 1, 2, 4, 2}, {2, 4, 2, 4, 2}} {
		b := newBench(t, "look:read find:read", nil)
		m := &firstShown{script: b.model, orders: map[string]bool{}}
		b.strategy, b.search.Samples, b.opts.Shuffle, b.opts.Parallel = search.Vote, 7, c.shuffle, c.parallel
		cfg := b.config("r", false)
		cfg.Model = m
		e, err := engine.New(cfg, &b.opts)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		tree, leader, children := e.Tree(), 0, 0
		for n := range tree.Children(search.Root) {
			leader = max(leader, tree.Votes(n))
			children++
		}
		if leader != c.leader || children != c.children || tree.Samples(search.Root) != 7 || len(m.orders) != children {
			t.Errorf("shuffle %d: %d calls, the first with %d of %d votes, %d orders", c.shuffle, children, leader, tree.Samples(search.Root), len(m.orders))
		}
		if c.shuffle < 2 {
			continue
		}
		if m.sizes[0]+m.sizes[1] != 7 || m.sizes[0]-m.sizes[1] > 1 || m.sizes[1]-m.sizes[0] > 1 {
			t.Errorf("7 samples are drawn as %v", m.sizes)
		}
		if digest == 0 {
			digest = tree.Digest()
		}
		if tree.Digest() != digest || b.engine("r", true).Tree().Digest() != digest {
			t.Errorf("shuffle %d, width %d: another tree", c.shuffle, c.parallel)
		}
	}
}
