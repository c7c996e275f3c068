package memory

import (
	"math"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/tool"
)

func index(t testing.TB, o *IndexOptions, plans ...string) *Index {
	t.Helper()
	var all []Plan
	for _, p := range plans {
		all = append(all, plan(p))
	}
	ix, err := NewIndex(all, o)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// path reads "A; B k=v" as calls; the empty text is the empty path.
func path(text string) []tool.Call {
	if text == "" {
		return nil
	}
	return plan("g: " + text).Calls
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-12 }

func TestScore(t *testing.T) {
	for _, tt := range []struct {
		plans []string
		path  string
		want  float64
	}{
		{nil, "A", 0},
		{[]string{"g: A; X; B"}, "", 0},
		{[]string{"g: A; X; B"}, "A; B", 1},
		{[]string{"g: A; B"}, "A; X", .5},
		{[]string{"g: A; B", "g: C; A; X; D"}, "A; X", 1},
		{[]string{"g: A; B; C"}, "C", 1}, // a plan's last call alone: the formula allows it
		{[]string{"g: A; B; C"}, "C; B; A; Z", 1. / 3},
		{[]string{"g: A k=1; B k=1"}, "A k=2; B k=1", 1},
	} {
		if got := index(t, nil, tt.plans...).Score(path(tt.path)); !near(got, tt.want) {
			t.Errorf("score of %q against %v = %v, want %v", tt.path, tt.plans, got, tt.want)
		}
	}
}

func TestExactComparesArguments(t *testing.T) {
	ix := index(t, &IndexOptions{Exact: true}, "g: A k=1; B k=1")
	if got := ix.Score(path("A k=2; B k=1")); got != .5 {
		t.Errorf("score %v, want .5", got)
	}
	if got := ix.Position(call("B k=2")); got != 1 {
		t.Errorf("position of the call closest to the last one: %v, want 1", got)
	}
}

// score is the definition, a table a plan; also what BenchmarkScoreNaive100k measures.
func score(plans [][]uint32, path []uint32, row []int) float64 {
	best := 0.0
	for _, m := range plans {
		clear(row[:len(m)+1])
		for _, x := range path {
			diagonal := 0
			for j, y := range m {
				above := row[j+1]
				if x == y {
					row[j+1] = diagonal + 1
				} else {
					row[j+1] = max(above, row[j])
				}
				diagonal = above
			}
		}
		if shorter := min(len(path), len(m)); shorter > 0 {
			best = max(best, float64(row[len(m)])/float64(shorter))
		}
	}
	return best
}

var letters = []string{"a", "b", "c", "d", "e"}

// toCalls names symbols by letters.
func toCalls(seq []uint32) []tool.Call {
	calls := make([]tool.Call, len(seq))
	for i, sym := range seq {
		calls[i] = call(letters[sym])
	}
	return calls
}

func drawSeq(t *rapid.T, shortest, longest int, label string) []uint32 {
	n := rapid.IntRange(shortest, longest).Draw(t, label)
	return rapid.SliceOfN(rapid.Uint32Range(0, 4), n, n).Draw(t, label)
}

func drawPlans(t *rapid.T) (seqs [][]uint32, plans []Plan) {
	for range rapid.IntRange(0, 6).Draw(t, "plans") {
		seq := drawSeq(t, 1, 70, "plan")
		seqs = append(seqs, seq)
		plans = append(plans, Plan{Goal: "g", Calls: toCalls(seq)})
	}
	return seqs, plans
}

// Paths are scored in any order, with a cache that is too small, and always as the definition says.
func TestScoreIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seqs, plans := drawPlans(t)
		ix, err := NewIndex(plans, &IndexOptions{CacheBytes: 1})
		if err != nil {
			t.Fatal(err)
		}
		row := make([]int, 100)
		for range 5 {
			p := drawSeq(t, 1, 40, "path")
			want, calls := score(seqs, p, row), toCalls(p)
			if got := ix.Score(calls); got != want {
				t.Fatalf("score %v, want %v", got, want)
			}
			last := len(calls) - 1
			if got := ix.ScoreNext(calls[:last], calls[last]); got != want {
				t.Fatalf("score of the candidate %v, want %v", got, want)
			}
		}
	})
}

func TestPosition(t *testing.T) {
	ix := index(t, nil, "g: find; sort; find; book", "g: find; book", "g: sort")
	for _, tt := range []struct {
		call string
		want float64
	}{
		{"book", 1},
		{"find", (3./4 + 1./2) / 2},
		{"sort", (2./4 + 1) / 2},
		{"booking", 1},                  // all of "book" is in it
		{"fin", (3./4 + 1./2) / 2},      // and it in "find"
		{"zzz", (3./4 + 1./2) / 2},      // nothing in common: the edit distance, 4 for all, then memory order
		{"so", (2./4 + 1) / 2},          // in "sort"
		{"ok", 1},                       // in "book"
		{"o", (2./4 + 1) / 2},           // in "sort" and "book", 3 edits each: memory order
		{"findbook", (3./4 + 1./2) / 2}, // both are in it, 4 edits each: memory order
	} {
		if got := ix.Position(call(tt.call)); !near(got, tt.want) {
			t.Errorf("position of %s = %v, want %v", tt.call, got, tt.want)
		}
	}
	if got := index(t, nil).Position(call("x")); got != 0 {
		t.Errorf("position without memory: %v", got)
	}
}

func TestPositionTakesTheSmallerEditDistance(t *testing.T) {
	// All of both is in the candidate, so both have ratio 1; "list_file" is one edit away, "list" six.
	ix := index(t, nil, "g: list; x", "g: y; list_file")
	if got := ix.Position(call("list_files")); got != 1 {
		t.Errorf("position %v, want that of list_file, 1", got)
	}
}

func TestPositionLooksAtABoundedPart(t *testing.T) {
	huge := strings.Repeat("x", 1<<20)
	ix, err := NewIndex([]Plan{{Goal: "g", Calls: []tool.Call{{Tool: huge, Args: []byte("{}")}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := ix.Position(tool.Call{Tool: huge + "y"}); got != 1 {
		t.Errorf("position %v", got)
	}
}

func TestPositionIsARatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, plans := drawPlans(t)
		ix, err := NewIndex(plans, nil)
		if err != nil {
			t.Fatal(err)
		}
		name := rapid.StringOfN(rapid.RuneFrom([]rune("abcdef")), 1, 3, -1).Draw(t, "name")
		if got := ix.Position(tool.Call{Tool: name}); got < 0 || got > 1 {
			t.Fatalf("position of %s = %v", name, got)
		}
	})
}

func TestCostComponents(t *testing.T) {
	ix := index(t, nil, "g: A; B; C")
	for _, tt := range []struct {
		path, next    string
		step, remains float64
	}{
		{"", "A", 0, 2. / 3},
		{"", "C", 0, 0}, // the skip-ahead that the paper's formulas allow
		{"A", "X", .5, 2. / 3},
		{"A; B", "C", 0, 0},
		{"A; B; C", "finish", 0, 0},
		{"X", "finish", 1, 0},
		{"", "finish", 1, 0}, // answering at once is not free
	} {
		s, c := &cost.State{Path: path(tt.path)}, &cost.Candidate{Call: call(tt.next)}
		if tt.next == "finish" {
			c = &cost.Candidate{Finish: true}
		}
		step, err := ix.Step().Cost(t.Context(), s, c)
		if err != nil || !near(step, tt.step) {
			t.Errorf("%q then %s: step cost %v, %v; want %v", tt.path, tt.next, step, err, tt.step)
		}
		remains, err := ix.Heuristic().Remaining(t.Context(), s, c)
		if err != nil || !near(remains, tt.remains) {
			t.Errorf("%q then %s: remaining %v, %v; want %v", tt.path, tt.next, remains, err, tt.remains)
		}
	}
	if ix.Step().Name() != "memory" || ix.Heuristic().Name() != "position" {
		t.Error("names changed: they are on nodes in journals")
	}
}

// What was learned costs nothing the next time, at every prefix.
func TestALearnedPlanIsFree(t *testing.T) {
	store, err := New(plan("other: X; Y; Z"))
	if err != nil {
		t.Fatal(err)
	}
	learned := plan("g: A; B; A; C")
	if _, err := store.Learn(t.Context(), learned, Evidence{Accepted: true, CarriedOut: true}); err != nil {
		t.Fatal(err)
	}
	ix, err := NewIndex(stored(t, store), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range learned.Calls {
		got, err := ix.Step().Cost(t.Context(), &cost.State{Path: learned.Calls[:i]}, &cost.Candidate{Call: c})
		if err != nil || got != 0 {
			t.Errorf("step %d costs %v, %v", i, got, err)
		}
	}
}

func TestDemosAndKnownTools(t *testing.T) {
	plans := []string{"book a hotel in Oslo: find; book", "book a flight to Oslo: fly; book", "read a file: cat"}
	if got := index(t, nil, plans...).Demos("a hotel for Oslo", 0); len(got) != 2 || got[0].Goal != "book a hotel in Oslo" {
		t.Errorf("demos %v", got)
	}
	noHotels := &IndexOptions{Known: func(name string) bool { return name != "find" }}
	ix := index(t, noHotels, plans...)
	if got := ix.Demos("a hotel for Oslo", 1); ix.Len() != 2 || len(got) != 1 || got[0].Goal != "book a flight to Oslo" {
		t.Errorf("%d plans, demos %v", ix.Len(), got)
	}
	if got := ix.MeanLen(); got != 1.5 {
		t.Errorf("mean length %v", got)
	}
	if got := index(t, nil); got.MeanLen() != 0 || got.Demos("x", 1) != nil {
		t.Error("an empty memory has plans")
	}
}

func TestOptionsAreChecked(t *testing.T) {
	if _, err := NewIndex(nil, &IndexOptions{CacheBytes: -1}); err == nil {
		t.Error("a negative cache was taken")
	}
}

func TestIndexIsSafeForConcurrentUse(t *testing.T) {
	ix := index(t, &IndexOptions{CacheBytes: 1}, "g: a; b; c; d; e", "g: e; d; c; b; a")
	want := map[string]float64{}
	for _, p := range letters {
		for _, q := range letters {
			want[p+"; "+q] = ix.Score(path(p + "; " + q))
		}
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for p, score := range want {
				if got := ix.Score(path(p)); got != score {
					t.Errorf("score of %s = %v, want %v", p, got, score)
				}
				ix.Position(call(p))
				if _, err := ix.Prior().Next(t.Context(), &cost.State{Path: path(p)}, nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
