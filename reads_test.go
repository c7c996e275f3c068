package azimuth_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/search"
)

// read is a setting with a value that is not the default, what has to be set beside it, and who reads it.
type read struct {
	name, value, beside string
	by                  []string // nil for all
}

var (
	everyone []string
	best     = []string{"astar", "uniform", "qstar"}
	costs    = []string{"astar", "qstar"}
	trees    = []string{"mcts", "rap", "lats", "cpl"}
	choosers = []string{"bestofn", "majority", "tts"}
)

// read by all but greedy, as far as base is vote
var sampling = []string{
	"astar", "uniform", "qstar", "vote", "bestofn", "majority", "beam", "dfs", "adaplanner", "reflexion", "mcts", "rap", "lats", "cpl", "vgps", "tts", "costa",
}

// reading is the whole of [azimuth.Settings].
var reading = []read{
	{"strategy", "", "", everyone},
	{"preset", `"paper"`, "", costs}, {"preset", `"azimuth"`, "", costs}, {"preset", `"outline"`, "", []string{"astar"}},
	{"samples", "4", "", slices.DeleteFunc(slices.Clone(sampling), func(n string) bool { return n == "majority" })},
	{"samples", "4", `"base":"vote"`, []string{"bestofn", "majority", "tts"}}, {"samples", "4", `"base":"greedy"`, []string{"tts"}},
	{"alpha", "0.25", "", []string{"costa"}}, {"alpha", "0.25", `"preset":"paper"`, costs}, {"beta", "0.25", `"preset":"paper"`, costs},
	{"tau", "2", "", costs}, {"n0", "2", "", costs}, {"s", "2", "", costs}, {"omega", "2", "", costs}, {"rho", "0.2", "", costs}, {"w", "2", "", costs},
	{"phi", "5", "", costs}, {"tp", "0.7", "", costs}, {"fp", "0.4", "", costs}, {"price", "2", "", costs}, {"latency", "2", "", costs},
	{"health", "2", "", costs}, {"length", "3", "", costs}, {"step", "2", "", costs}, {"evidence", `"share"`, "", costs},
	{"gate", "0.6", "", best}, {"reopen_max", "9", "", []string{"astar"}}, {"min_support", "2", "", []string{"astar"}}, {"margin", "4", "", []string{"astar"}},
	{"max_support", "20", "", []string{"astar"}}, {"patience", "2", "", []string{"astar"}}, {"first_accepted", "true", "", costs},
	{"budget", `"calls=7"`, "", everyone}, {"parallel", "3", "", everyone}, {"parallelism", `"batch"`, "", everyone}, {"seed", "9", "", everyone},
	{"temperature", "0.5", "", everyone}, {"max_tokens", "99", "", everyone}, {"shortlist", "3", "", everyone}, {"tool_tokens", "999", "", everyone},
	{"demos", "1", "", everyone}, {"demo_tokens", "50", "", everyone}, {"demo_controller", `"1"`, `"demos":"auto"`, everyone}, {"reason", "true", "", everyone},
	{"shuffle", "2", "", []string{"astar", "uniform", "qstar", "vote", "bestofn", "majority", "beam", "dfs", "mcts", "rap", "lats", "cpl", "vgps", "tts"}},
	{"shuffle", "2", `"samples":3`, []string{"astar", "uniform", "qstar", "vote", "bestofn", "beam", "dfs", "adaplanner", "reflexion", "mcts", "rap", "lats", "cpl", "vgps", "tts"}},
	{"repairs", "2", "", everyone}, {"imagine", "true", "", []string{"astar", "qstar", "tts"}}, {"merge", "true", "", slices.DeleteFunc(search.Names(), func(n string) bool { return n == "costa" })},
	{"no_answer", "true", "", everyone}, {"adaptive", "true", "", []string{"astar", "uniform", "qstar", "vote"}},
	{"base", `"greedy"`, "", choosers}, {"plans", "2", "", choosers}, {"select", `"weighted"`, "", choosers}, {"table", `"medium 40 bestofn 61/100"`, "", []string{"tts"}},
	{"width", "2", "", []string{"beam", "tts"}}, {"diverse", "true", "", []string{"beam"}}, {"value_beta", "3", "", []string{"vgps"}},
	{"threshold", "0.5", "", []string{"dfs", "costa"}}, {"trials", "2", "", []string{"reflexion", "adaplanner", "costa"}},
	{"iterations", "3", "", trees}, {"explore", "9", "", trees}, {"lambda", "0.9", "", []string{"lats", "cpl"}}, {"lambda", "0.9", `"rollout":"value"`, trees},
	{"lambda", "0.9", `"rollout":"real"`, []string{"lats"}}, {"rollout", `"real"`, "", trees}, {"no_reflection", "true", "", []string{"lats"}},
	{"weight", "0.5", "", []string{"qstar"}}, {"batch", "2", "", []string{"qstar"}}, {"eager", "true", "", []string{"costa"}},
	{"decode", `"vas"`, "", everyone}, {"decode_beta", "2", `"decode":"vas"`, everyone}, {"decode_by", `"bias"`, `"decode":"vas"`, everyone},
	{"exact_memory", "true", "", costs}, {"exact_memory", "true", `"decode":"vas"`, everyone},
}

func (r read) settings(t *testing.T, strategy string, with bool) azimuth.Settings {
	t.Helper()
	words := []string{`"strategy":"` + strategy + `"`}
	if r.beside != "" {
		words = append(words, r.beside)
	}
	if with && r.value != "" {
		words = append(words, `"`+r.name+`":`+r.value)
	}
	var s azimuth.Settings
	if err := json.Unmarshal([]byte("{"+strings.Join(words, ",")+"}"), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestNothingIsIgnored: every setting is read by the strategy that it is given with, or refused with the names of those that
// read it.
func TestNothingIsIgnored(t *testing.T) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[azimuth.Settings]()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && !slices.ContainsFunc(reading, func(r read) bool { return r.name == name }) {
			t.Errorf("%s: nobody said here who reads it", name)
		}
	}
	for _, r := range reading {
		for _, strategy := range search.Names() {
			plain, s := r.settings(t, strategy, false), r.settings(t, strategy, true)
			if plain.Validate() != nil { // what is beside it is not for this one
				continue
			}
			err := s.Validate()
			if r.by == nil || slices.Contains(r.by, strategy) {
				if err != nil {
					t.Errorf("%s with %s=%s: %v", strategy, r.name, r.value, err)
				}
				continue
			}
			if !errors.Is(err, azimuth.ErrSetting) || !strings.Contains(err.Error(), r.name) {
				t.Errorf("%s with %s=%s %s: %v", strategy, r.name, r.value, r.beside, err)
				continue
			}
			if rest, gone := s.Read(); !reflect.DeepEqual(rest, plain) || !slices.Equal(gone, []string{r.name}) {
				t.Errorf("%s with %s=%s: %v: of what is read %v are left out", strategy, r.name, r.value, err, gone)
			}
			if !strings.Contains(err.Error(), "choose") && !strings.Contains(err.Error(), "set ") && !strings.Contains(err.Error(), "only") {
				t.Errorf("%s with %s=%s: %v: want the remedy", strategy, r.name, r.value, err)
			}
			if _, list, ok := strings.Cut(err.Error(), "does not read it; choose "); ok {
				for _, reader := range r.by {
					if !strings.Contains(list, reader) && r.beside == "" {
						t.Errorf("%s with %s=%s: %v: want %s among those that read it", strategy, r.name, r.value, err, reader)
					}
				}
			}
		}
	}
}

// unmeasured are settings that are refused though the search would go by them: rules that were measured with astar only, and
// requests that are made and whose answers nobody reads.
var unmeasured = []string{"imagine", "reopen_max", "first_accepted"}

// TestWhatIsRefusedWouldBeIgnored: a setting that is refused because the strategy does not read it changes nothing, where
// it is smuggled in.
func TestWhatIsRefusedWouldBeIgnored(t *testing.T) {
	f := fair(t, "home")
	for _, strategy := range search.Names() {
		was := map[string]string{}
		for _, r := range reading {
			plain, s := r.settings(t, strategy, false), r.settings(t, strategy, true)
			if plain.Validate() != nil || s.Validate() == nil || slices.Contains(unmeasured, r.name) {
				continue
			}
			if was[r.beside] == "" {
				was[r.beside] = f.run(t, plain)
			}
			if got := f.run(t, s); got != was[r.beside] {
				t.Errorf("%s: %s=%s %s is refused, and makes a difference: %s, without it %s", strategy, r.name, r.value, r.beside, got, was[r.beside])
			}
		}
	}
}

// ground is requests of a world with a simulated model and judge.
type ground struct {
	world string
	tasks []noisy.Task
	goals []string
}

func fair(t *testing.T, name string) ground {
	t.Helper()
	const n = 1
	tasks, err := noisy.Tasks(name, 11, n)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := world.Tasks(name, 11, n)
	if err != nil {
		t.Fatal(err)
	}
	f := ground{world: name, tasks: tasks}
	for _, x := range asked {
		f.goals = append(f.goals, x.Goal)
	}
	return f
}

// run is what comes of the settings, whatever their own word on them is.
func (f ground) run(t *testing.T, s azimuth.Settings) string {
	t.Helper()
	m, err := noisy.New(f.tasks, noisy.Params{P: .6, E: .3, Errors: noisy.Skewed}, nil)
	if err != nil {
		t.Fatal(err)
	}
	j, err := noisy.NewJudge(f.tasks, nil)
	if err != nil {
		t.Fatal(err)
	}
	demos, err := world.Demos(f.world, 3, 5)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for i, task := range f.tasks {
		store := journal.NewMemory()
		var plans []memory.Plan
		for _, d := range demos {
			plans = append(plans, memory.Plan{Goal: d.Goal, Calls: d.Calls, Source: memory.SourceDemo})
		}
		known, err := memory.New(plans...)
		if err != nil {
			t.Fatal(err)
		}
		a, err := azimuth.New(nil, &azimuth.Options{Model: m, Judge: j, World: task.World, Memory: known, Store: store})
		if err != nil {
			t.Fatal(err)
		}
		if s.Budget == (budget.Limits{}) {
			s.Budget = budget.Limits{ModelCalls: 8}
		}
		a.Smuggle(s)
		r, err := a.Run(context.Background(), f.goals[i])
		if err != nil {
			return err.Error()
		}
		v, err := azimuth.OpenView(context.Background(), store, r.RunID, nil)
		if err != nil {
			t.Fatal(err)
		}
		text += fmt.Sprintf("%s by %d calls, %d samples, %d tokens, %d nodes: %v; ", r.Status, r.Usage.ModelCalls, r.Usage.Samples, r.Usage.PromptTokens, v.Tree.Len(), v.Path())
	}
	return text
}
