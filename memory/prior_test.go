package memory

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/azimuthdev/azimuth/cost"
)

// next asks for the probabilities of tools; "." is the finish.
func next(t testing.TB, ix *Index, after string, tools ...string) []float64 {
	t.Helper()
	var cs []cost.Candidate
	for _, name := range tools {
		c := cost.Candidate{Call: call(name)}
		if name == "." {
			c = cost.Candidate{Finish: true}
		}
		cs = append(cs, c)
	}
	got, err := ix.Prior().Next(t.Context(), &cost.State{Path: path(after)}, cs)
	if err != nil || len(got) != len(tools) {
		t.Fatalf("%v, %v", got, err)
	}
	return got
}

func TestPrior(t *testing.T) {
	// The weight of a plan that has nothing in common, against one that is followed to the letter.
	floor := priorFloor / (1 + 2*priorFloor)
	for _, tt := range []struct {
		name  string
		plans []string
		after string
		tools []string
		want  []float64
	}{
		{"at the start the first call", []string{"g: A; B; C"}, "", []string{"A", "B", "C", ".", "X"}, []float64{.6 + .4/3, .4 / 3, .4 / 3, 0, 0}},
		{"then the call that follows", []string{"g: A; B; C"}, "A", []string{"A", "B", "C", "."}, []float64{0, .6 + .2, .2, 0}},
		{"at the end the finish", []string{"g: A; B; C"}, "A; B; C", []string{"A", "C", "."}, []float64{0, 0, 1}},
		{"a call in between costs nothing", []string{"g: A; B; C"}, "A; X", []string{"B", "C"}, []float64{.8, .2}},
		{"no skipping ahead", []string{"g: A; B; C"}, "C", []string{"A", "B", "."}, []float64{.2, .2, .6}},
		{"arguments do not matter", []string{"g: A k=1; B k=1"}, "A k=2", []string{"B k=3", "B k=4"}, []float64{1, 1}},
		{"plans that fit weigh more", []string{"g: A; B", "g: C; D"}, "A", []string{"B", "C", "D"},
			[]float64{1 - floor, .8 * floor, .2 * floor}},
		{"equal plans weigh more", []string{"g: A; B", "h: A; B", "i: A; C"}, "A", []string{"B", "C"}, []float64{2. / 3, 1. / 3}},
		{"repeats count once", []string{"g: A; B; A; C"}, "A; B", []string{"A", "C"}, []float64{.6, .4}},
		{"nothing in common is not known", []string{"g: A; B"}, "X", []string{"A", "."}, []float64{-1, -1}},
		{"no memory is not known", nil, "", []string{"A", "."}, []float64{-1, -1}},
	} {
		for i, got := range next(t, index(t, nil, tt.plans...), tt.after, tt.tools...) {
			if math.Abs(got-tt.want[i]) > 1e-9 {
				t.Errorf("%s: %s after %q: %v, want %v", tt.name, tt.tools[i], tt.after, got, tt.want[i])
			}
		}
	}
}

func TestPriorGoesByNamesInAnExactIndex(t *testing.T) {
	ix := index(t, &IndexOptions{Exact: true}, "g: A k=1; B k=1")
	if got := next(t, ix, "A k=2", "B k=3"); got[0] != 1 {
		t.Errorf("prior %v, want 1", got)
	}
}

// priorOracle is the definition for one path and all symbols; the last is the finish.
func priorOracle(seqs [][]uint32, path []uint32) (out [6]float64) {
	row := make([]int, 100)
	on := map[uint32]bool{}
	for _, sym := range path {
		on[sym] = true
	}
	total := 0.0
	for _, m := range seqs {
		cut, q := 0, 0.0
		for c := range len(m) + 1 {
			x := 1.0
			if d := len(path); d > 0 {
				// score is LCS over the shorter one; undo that.
				x = 2 * score([][]uint32{m[:c]}, path, row) * float64(min(d, c)) / float64(d+c)
			} else if c > 0 {
				x = 0
			}
			if x > 0 && x >= q-1e-12 {
				cut, q = c, x
			}
		}
		w := q*q*q + 1e-4
		total += w
		follows := uint32(5)
		if cut < len(m) {
			follows = m[cut]
		}
		out[follows] += .6 * w
		open := map[uint32]bool{}
		for _, sym := range m {
			if !on[sym] {
				open[sym] = true
			}
		}
		if len(open) == 0 {
			open[5] = true
		}
		for sym := range open {
			out[sym] += .4 * w / float64(len(open))
		}
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

func TestPriorIsTheDefinition(t *testing.T) {
	names := append(append([]string{}, letters...), ".")
	rapid.Check(t, func(rt *rapid.T) {
		seqs, plans := drawPlans(rt)
		p := drawSeq(rt, 0, 12, "path")
		ix, err := NewIndex(plans, nil)
		if err != nil {
			rt.Fatal(err)
		}
		var after string
		for i, c := range toCalls(p) {
			if i > 0 {
				after += "; "
			}
			after += c.Tool
		}
		got := next(t, ix, after, names...)
		if got[0] < 0 {
			return
		}
		want, sum := priorOracle(seqs, p), 0.0
		for i := range got {
			sum += got[i]
			if math.Abs(got[i]-want[i]) > 1e-9 {
				rt.Fatalf("%s after %q: %v, want %v", names[i], after, got[i], want[i])
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			rt.Fatalf("probabilities sum to %v", sum)
		}
	})
}
