package azimuth_test

import (
	"context"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
)

// TestTTSKeepsItsChoice: what tts chose, and why, is in the journal; a run that is taken up with more to spend goes on with
// what its first budget chose, and is the run that it was.
func TestTTSKeepsItsChoice(t *testing.T) {
	ctx := context.Background()
	m, err := noisy.Open("home", 7, 2, noisy.Params{P: .9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tasks, err := world.Tasks("home", 7, 2)
	if err != nil {
		t.Fatal(err)
	}
	w, err := world.Open(tasks[0].ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := search.ParseTable("easy 6 beam 2/2; hard 6 beam 1/2; medium 900 bestofn 1/2; easy 900 diverse 1/2; medium 6 beam 1/2")
	if err != nil {
		t.Fatal(err)
	}
	store := journal.NewMemory()
	a, err := azimuth.New(nil, &azimuth.Options{
		Settings: azimuth.Settings{Strategy: search.ComputeOptimal, Table: table, Budget: budget.Limits{ModelCalls: 6}}, World: w, Model: m, Store: store,
	})
	if err != nil {
		t.Fatal(err)
	}
	look := func(id string) (why string, digest uint64) {
		v, err := azimuth.OpenView(ctx, store, id, nil)
		if err != nil {
			t.Fatal(err)
		}
		return v.Why(), v.Tree.Digest()
	}
	r, err := a.Run(ctx, tasks[0].Goal)
	if err != nil {
		t.Fatal(err)
	}
	first, before := look(r.RunID)
	if !strings.HasPrefix(first, "beam, ") || !strings.Contains(first, "6 requests: beam") {
		t.Errorf("6 requests: %s", first)
	}
	if _, err := a.Resume(ctx, r.RunID, &budget.Limits{ModelCalls: 900}); err != nil {
		t.Fatal(err)
	}
	if again, after := look(r.RunID); again != first || after == before {
		t.Errorf("taken up with more to spend: %s; did the tree grow: %v", again, after != before)
	}
	if v, err := azimuth.OpenView(ctx, store, r.RunID, nil); err != nil || v.Settings.Table.String() != table.String() {
		t.Errorf("the journal has the table %v, %v", v.Settings.Table, err)
	}
}
