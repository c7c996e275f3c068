package azimuth_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal/sqlite"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// fan proposes five calls that were proposed nowhere else.
type fan struct{}

func (fan) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "fan", N: 5, Seed: true, Prices: &model.Prices{}}
}

func (fan) Propose(_ context.Context, r model.Request) (model.Response, error) {
	resp := model.Response{Usage: model.Usage{Requests: 1, Samples: r.N, Prompt: 1800, Completion: 140}}
	for i := range r.N {
		args := fmt.Sprintf(`{"city":"Springfield","limit":%d,"sort":"price","page":%d}`, r.Seed>>24+uint64(i), len(r.Steps))
		resp.Samples = append(resp.Samples, model.Sample{Calls: []model.RawCall{{Tool: "search_homes", Args: args}}})
	}
	return resp, nil
}

func (fan) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{}, model.ErrGarbage
}

type homesIn struct {
	City  string `json:"city"`
	Limit int    `json:"limit"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type homesOut struct {
	Homes []string `json:"homes"`
}

// BenchmarkResume10k rebuilds a run of 10,000 nodes (2,000 expansions) from its SQLite file, as resume, tree and show do.
// Hold: 100 ms.
func BenchmarkResume10k(b *testing.B) {
	for strategy, preset := range map[string]string{search.Uniform: "", search.AStar: search.Azimuth} {
		b.Run(strategy, func(b *testing.B) {
			ctx := context.Background()
			store, err := sqlite.Open(ctx, filepath.Join(b.TempDir(), "runs.db"), nil)
			if err != nil {
				b.Fatal(err)
			}
			defer store.Close()
			look := func(_ context.Context, in homesIn) (homesOut, error) {
				return homesOut{[]string{"Elm Street 12, 3 rooms, 450000", "Oak Lane 3, 4 rooms, 390000", in.City}}, nil
			}
			a, err := azimuth.New([]tool.Tool{tool.Func("search_homes", "Searches homes.", look, &tool.FuncOptions{Effect: tool.Read})}, &azimuth.Options{
				Model: fan{}, Store: store,
				Settings: azimuth.Settings{Strategy: strategy, Preset: preset, Budget: budget.Limits{Expansions: 2000}},
			})
			if err != nil {
				b.Fatal(err)
			}
			_, r, err := a.Plan(ctx, "find a home")
			if err != nil || r.Status != engine.Exhausted || r.Usage.Nodes < 9_900 {
				b.Fatalf("%v %s %+v", err, r.Status, r.Usage)
			}
			b.ReportAllocs()
			for b.Loop() {
				v, err := azimuth.OpenView(ctx, store, r.RunID, nil)
				if err != nil || v.Tree.Len()-1 != r.Usage.Nodes {
					b.Fatal(v, err)
				}
			}
			b.ReportMetric(float64(r.Usage.Nodes), "nodes")
		})
	}
}
