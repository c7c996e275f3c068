package engine_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// wide proposes the same five calls everywhere, at once.
type wide struct{ resp model.Response }

func newWide(k int) *wide {
	w := &wide{model.Response{Usage: model.Usage{Requests: 1, Samples: k}}}
	for i := range k {
		w.resp.Samples = append(w.resp.Samples, model.Sample{Calls: []model.RawCall{{Tool: "look", Args: fmt.Sprintf(`{"x":%d}`, i)}}})
	}
	return w
}

func (w *wide) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "wide", N: 100, Seed: true, Prices: &model.Prices{}}
}
func (w *wide) Propose(context.Context, model.Request) (model.Response, error) { return w.resp, nil }
func (w *wide) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{}, model.ErrGarbage
}

// BenchmarkEngine is the engine's own share of a node: model and tool answer at once, the journal is in memory. Nodes
// are proposed calls; every expansion proposes five and makes one.
func BenchmarkEngine(b *testing.B) {
	for _, strategy := range []string{"uniform", "astar"} {
		for _, nodes := range []int{1_000, 100_000} {
			b.Run(fmt.Sprintf("%s/nodes=%d", strategy, nodes), func(b *testing.B) {
				b.ReportAllocs()
				total := 0
				start := time.Now()
				for b.Loop() {
					total += grow(b, strategy, nodes)
				}
				b.ReportMetric(float64(time.Since(start).Nanoseconds())/float64(total), "ns/node")
				b.ReportMetric(float64(total)/float64(b.N), "nodes/op")
			})
		}
	}
}

func grow(b *testing.B, strategy string, nodes int) int {
	ctx := context.Background()
	box := &box{}
	look := boxTool{box, tool.Spec{Name: "look", Effect: tool.Pure, Input: []byte(`{"type":"object","properties":{"x":{}}}`)}}
	set, err := tool.NewSet(look)
	if err != nil {
		b.Fatal(err)
	}
	w, err := journal.Begin(ctx, journal.NewMemory(), journal.Run{ID: "b", Goal: "goal", Version: journal.Version}, nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	ledger := budget.New(budget.Limits{Expansions: int64(nodes / 5)}, nil)
	gate, err := effect.NewGate(set, ledger, w, nil)
	if err != nil {
		b.Fatal(err)
	}
	sc, err := cost.New("azimuth", nil)
	if err != nil {
		b.Fatal(err)
	}
	st, err := search.New(strategy, &search.Options{Preset: "azimuth", Scorer: sc, MaxDepth: 1000})
	if err != nil {
		b.Fatal(err)
	}
	e, err := engine.New(engine.Config{
		Goal: "goal", Tools: set, Model: newWide(5), Strategy: st, Ledger: ledger, Gate: gate, Log: w,
	}, nil)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := e.Run(ctx); err != nil {
		b.Fatal(err)
	}
	return e.Tree().Len()
}
