package azimuth

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/tool"
)

func TestDemosAsText(t *testing.T) {
	for text, want := range map[string]Demos{"0": 0, `"auto"`: AutoDemos, "-1": -1, "7": 7, `"7"`: 7, "null": 0} {
		var s Settings
		if err := json.Unmarshal([]byte(`{"demos":`+text+`}`), &s); err != nil || s.Demos != want {
			t.Errorf("%s: %v, %v", text, s.Demos, err)
		}
		raw, err := json.Marshal(s)
		var again Settings
		if err != nil || json.Unmarshal(raw, &again) != nil || again.Demos != want {
			t.Errorf("%s is written as %s, %v", text, raw, err)
		}
	}
	for _, text := range []string{`"many"`, "1.5", "{}", "99999999999", "-2147483648"} {
		if err := json.Unmarshal([]byte(`{"demos":`+text+`}`), &Settings{}); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

// TestDemosOfARun: a number shows so many of the nearest, auto those that are like the goal, and neither more than fits.
func TestDemosOfARun(t *testing.T) {
	call := []tool.Call{{Tool: "look", Args: json.RawMessage(`{}`)}}
	var plans []memory.Plan
	for _, goal := range []string{"book a train ticket to Oxford", "book a train ticket to Leeds", "paint a house", "book a boat"} {
		plans = append(plans, memory.Plan{Goal: goal, Calls: call, Source: memory.SourceDemo})
	}
	store, err := memory.New(plans...)
	if err != nil {
		t.Fatal(err)
	}
	all, err := store.List(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ix, err := memory.NewIndex(all, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		s    Settings
		want int
	}{
		{Settings{}, 3}, {Settings{Demos: 1}, 1}, {Settings{Demos: -1}, 0}, {Settings{Demos: 9}, 3}, {Settings{Demos: AutoDemos}, 2},
		{Settings{Demos: AutoDemos, DemoTokens: 60}, 1}, {Settings{Demos: 4, DemoTokens: 60}, 1}, {Settings{DemoTokens: 1}, 0},
	} {
		got := (&header{Settings: c.s}).demos("book a train ticket to York", ix)
		if len(got) != c.want || len(got) > 1 && got[1].Goal != "book a train ticket to Leeds" && got[1].Goal != "book a train ticket to Oxford" {
			t.Errorf("%v, %d tokens: %v, want %d", c.s.Demos, c.s.DemoTokens, got, c.want)
		}
	}
}
