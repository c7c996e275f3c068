package cost_test

import (
	"sync"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/tool"
)

func TestPriceAndLatency(t *testing.T) {
	price, err := cost.NewPrice(0.01)
	if err != nil {
		t.Fatal(err)
	}
	latency, err := cost.NewLatency(time.Second)
	if err != nil {
		t.Fatal(err)
	}
	at := func(usd float64, l time.Duration) *cost.Candidate {
		return &cost.Candidate{Spec: &tool.Spec{Price: tool.Price{USD: usd, Latency: l}}}
	}
	for _, c := range []struct {
		step cost.Step
		c    *cost.Candidate
		want float64
	}{
		{price, at(0, 0), 0}, {price, at(0.01, 0), 0.5}, {price, at(0.09, 0), 0.9}, {price, at(-1, 0), 0},
		{price, &cost.Candidate{Finish: true}, 0},
		{latency, at(0, 3*time.Second), 0.75}, {latency, &cost.Candidate{Finish: true}, 0},
	} {
		if got, err := c.step.Cost(t.Context(), nil, c.c); err != nil || !near(got, c.want, 1e-12) {
			t.Errorf("%s of %+v is %v, %v; want %v", c.step.Name(), c.c.Spec, got, err, c.want)
		}
	}
	if _, err := cost.NewPrice(0); err == nil {
		t.Error("a price scale of 0 was taken")
	}
	if _, err := cost.NewLatency(-1); err == nil {
		t.Error("a negative latency scale was taken")
	}
}

func TestHealth(t *testing.T) {
	var h cost.Health
	var wg sync.WaitGroup
	for i := range 90 {
		wg.Go(func() {
			h.Observe("flaky", i%3 == 0)
			h.Observe("solid", true)
		})
	}
	wg.Wait()
	if got := h.Failures("flaky"); !near(got, 0.61, 1e-12) {
		t.Errorf("flaky: %v", got)
	}
	if solid, unseen := h.Failures("solid"), h.Failures("new"); solid >= unseen || !near(unseen, .1, 1e-12) {
		t.Errorf("solid: %v, never seen: %v", solid, unseen)
	}
	got, err := h.Cost(t.Context(), nil, &cost.Candidate{Call: tool.Call{Tool: "flaky"}})
	if err != nil || !near(got, 0.61, 1e-12) {
		t.Errorf("cost %v, %v", got, err)
	}
}
