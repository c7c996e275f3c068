package azimuth_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

type nothing struct{}

// A run with tools that state prices, or times, or one of both, weighs them; with free ones it does not.
func TestPricedTools(t *testing.T) {
	for name, c := range map[string]struct {
		price tool.Price
		parts []string
	}{
		"free":    {tool.Price{}, nil},
		"dollars": {tool.Price{USD: 0.02}, []string{"price"}},
		"seconds": {tool.Price{Latency: time.Second}, []string{"latency"}},
		"both":    {tool.Price{USD: 0.02, Latency: time.Second}, []string{"price", "latency"}},
	} {
		look := func(context.Context, nothing) (string, error) { return "sunny", nil }
		tools := []tool.Tool{
			tool.Func("weather", "The weather today.", look, &tool.FuncOptions{Effect: tool.Read, Price: c.price}),
			tool.Func("forecast", "The weather tomorrow.", look, &tool.FuncOptions{Effect: tool.Read}),
		}
		var parts []string
		a, err := azimuth.New(tools, &azimuth.Options{Events: &engine.Events{Told: func(tr *search.Tree, _ journal.Told) { parts = tr.PartNames() }}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Run(t.Context(), "What is the weather today?"); err != nil {
			t.Fatal(err)
		}
		for _, p := range []string{"price", "latency"} {
			if slices.Contains(parts, p) != slices.Contains(c.parts, p) {
				t.Errorf("%s: the parts of a node are %v", name, parts)
			}
		}
	}
}
