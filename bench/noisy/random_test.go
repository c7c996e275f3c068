package noisy

import (
	"math"
	"testing"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

func TestBetaMoments(t *testing.T) {
	for _, c := range []struct{ a, b float64 }{{1.625, 0.875}, {2, 0.5}, {0.3, 0.4}, {5, 5}} {
		r := source("moments")
		var xs []float64
		for range 20_000 {
			xs = append(xs, beta(r, c.a, c.b))
		}
		mean := c.a / (c.a + c.b)
		sd := math.Sqrt(mean * (1 - mean) / (c.a + c.b + 1))
		if math.Abs(average(xs)-mean) > 0.01 || math.Abs(deviation(xs)-sd) > 0.01 {
			t.Errorf("beta(%v, %v): mean %.3f and deviation %.3f, want %.3f and %.3f", c.a, c.b, average(xs), deviation(xs), mean, sd)
		}
	}
	if beta(source("x"), 1, 0) != 1 || beta(source("x"), 0, 1) != 0 {
		t.Error("the limits are wrong")
	}
}

func TestSourceSeparatesItsParts(t *testing.T) {
	if source("a", "bc").Uint64() == source("ab", "c").Uint64() {
		t.Error("parts run together")
	}
}

// A call that is changed is as canonical as one that was parsed.
func TestChangedCallsAreCanonical(t *testing.T) {
	c := tool.Call{Tool: "set", Args: []byte(`{"b":[1,"<x>"],"c":"é\"\\"}`)}
	for _, v := range []any{"z<&>", 2.0, 0.5, []string{"a", "b"}} {
		got, ok := with(c, "a", v)
		want, err := canon.JSON(got.Args)
		if !ok || err != nil || string(got.Args) != string(want) || len(values(got)) != 3 {
			t.Errorf("%v: %s, want %s", v, got.Args, want)
		}
	}
}
