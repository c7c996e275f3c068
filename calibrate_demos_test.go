package azimuth_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// pupil is a model that has the answer where it is shown enough: nothing for a ticket to a town, which it knows, and three
// demonstrations for anything else.
type pupil struct{ shown int }

func (p *pupil) Propose(_ context.Context, r model.Request) (model.Response, error) {
	p.shown = len(r.Demos)
	s := model.Sample{Answer: "no"}
	if p.shown >= needs(r.Goal) {
		s.Answer = "yes"
	}
	return model.Response{Samples: []model.Sample{s}, Usage: model.Usage{Requests: 1, Samples: 1}}, nil
}

func needs(goal string) int {
	if strings.HasPrefix(goal, "book a train ticket to") {
		return 0
	}
	return 3
}

func (p *pupil) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{}, errors.New("no words")
}

func (p *pupil) Capabilities() model.Capabilities { return model.Capabilities{Name: "pupil", N: 1} }

// school runs goals with a memory of tickets to towns, which forgets.
func school(t *testing.T, store journal.Store, s azimuth.Settings, judged bool) (*pupil, *azimuth.Agent) {
	t.Helper()
	var plans []memory.Plan
	for _, town := range []string{"Leeds", "Oxford", "York", "Bath", "Hull", "Derby"} {
		plans = append(plans, memory.Plan{Goal: "book a train ticket to " + town, Calls: []tool.Call{{Tool: "look", Args: json.RawMessage(`{}`)}}, Source: memory.SourceDemo})
	}
	m, err := memory.New(plans...)
	if err != nil {
		t.Fatal(err)
	}
	p := &pupil{}
	s.Strategy = "greedy"
	o := &azimuth.Options{Settings: s, Model: p, Memory: m, Store: store}
	if judged {
		if o.Judge, err = judge.Parse(`cel:answer == "yes"`, nil); err != nil {
			t.Fatal(err)
		}
	}
	look := tool.Func("look", "looks", func(context.Context, struct{}) (string, error) { return "", nil }, nil)
	a, err := azimuth.New([]tool.Tool{look}, o)
	if err != nil {
		t.Fatal(err)
	}
	return p, a
}

var lessons = []azimuth.Demos{-1, 1, 3, 5}

// term is the runs of twelve goals that are like what is known, and of twelve that are not, with each number of demonstrations.
func term(t *testing.T, store journal.Store, s azimuth.Settings, judged bool) {
	t.Helper()
	for i := range 12 {
		for _, k := range lessons {
			s.Demos = k
			_, a := school(t, store, s, judged)
			for _, goal := range []string{"book a train ticket to Town%d", "paint the %dth train in a colour that goes with its doors"} {
				if _, err := a.Run(context.Background(), fmt.Sprintf(goal, i)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// TestCalibratedDemonstrations: what a goal needs is found out from journals, and shown to runs that leave the number open,
// as far as their tokens go.
func TestCalibratedDemonstrations(t *testing.T) {
	store := journal.NewMemory()
	term(t, store, azimuth.Settings{}, true)
	c, _ := azimuth.Calibrate(context.Background(), store, nil)
	if c == nil || c.Demonstrations == nil {
		t.Fatalf("%+v", c)
	}
	d := c.Demonstrations
	if d.Requests != 24 || d.Runs != 96 || d.Mean != 1.5 || d.Reached != 1 || fmt.Sprint(d.Counts) != "[{0 0.5 true} {1 0.5 false} {3 1 true} {5 1 false}]" {
		t.Errorf("%+v", d)
	}
	for goal, want := range map[string]int{"book a train ticket to Rome": 0, "paint the old train in a colour of its doors": 3} {
		for _, tokens := range []int{0, 60} {
			p, a := school(t, store, azimuth.Settings{Demos: azimuth.AutoDemos, DemoController: d.Controller, DemoTokens: tokens}, true)
			if tokens > 0 {
				want = min(want, 1)
			}
			r, err := a.Run(context.Background(), goal)
			if err != nil {
				t.Fatal(err)
			}
			v, err := azimuth.OpenView(context.Background(), store, r.RunID, nil)
			if err != nil {
				t.Fatal(err)
			}
			if shown, of := v.Demonstrations(); p.shown != want || shown != want || of != 6 {
				t.Errorf("%s, %d tokens: %d shown, %d of %d in the journal; want %d of 6", goal, tokens, p.shown, shown, of, want)
			}
			if v.Settings.DemoController.String() != d.Controller.String() {
				t.Errorf("the run keeps %v, want %v", v.Settings.DemoController, d.Controller)
			}
		}
	}
}

// TestRunsAreComparedLikeWithLike: runs that differ in more than demonstrations say nothing; nor do runs that nobody judged, if
// they are not taken at their word.
func TestRunsAreComparedLikeWithLike(t *testing.T) {
	ctx := context.Background()
	apart := journal.NewMemory()
	for i := range 24 {
		for j, k := range lessons {
			_, a := school(t, apart, azimuth.Settings{Demos: k, Temperature: 1 + float64(j)/10}, true)
			if _, err := a.Run(ctx, fmt.Sprint("book a train ticket to Town", i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if c, _ := azimuth.Calibrate(ctx, apart, nil); c.Demonstrations != nil || !strings.Contains(c.NoDemonstrations.Error(), "0 requests were run with each of [0 1 3 5]") {
		t.Errorf("%+v, %v", c.Demonstrations, c.NoDemonstrations)
	}
	unjudged := journal.NewMemory()
	term(t, unjudged, azimuth.Settings{}, false)
	if c, _ := azimuth.Calibrate(ctx, unjudged, nil); c.Demonstrations != nil {
		t.Errorf("nobody judged: %+v", c.Demonstrations)
	}
	c, _ := azimuth.Calibrate(ctx, unjudged, &azimuth.CalibrateOptions{Unjudged: true})
	if d := c.Demonstrations; d == nil || d.Controller.String() != "0" || d.Reached != 1 {
		t.Errorf("every run says that it succeeded: %+v", d)
	}
}

// TestCalibrateGoesOn: a run that can't be read is named and left out; only where nothing is left that is an error.
func TestCalibrateGoesOn(t *testing.T) {
	store, ctx := journal.NewMemory(), context.Background()
	wreck := func(id string, rec journal.Record) {
		t.Helper()
		if err := errors.Join(store.Create(ctx, journal.Run{ID: id, Goal: "g", Version: journal.Version}), store.Append(ctx, id, rec), store.SetStatus(ctx, id, "succeeded")); err != nil {
			t.Fatal(err)
		}
	}
	wreck("broken", journal.Record{Version: journal.Version, Seq: 1, Kind: journal.KindStarted, Data: json.RawMessage(`{"config":7}`)})
	wreck("strange", journal.Record{Version: journal.Version, Seq: 1, Kind: "what", Data: json.RawMessage(`{}`)})
	c, err := azimuth.Calibrate(ctx, store, nil)
	if !errors.Is(err, azimuth.ErrUnreadable) || len(c.Unreadable) != 2 || !strings.Contains(err.Error(), "2 of 2; ") {
		t.Errorf("%v, %+v", err, c)
	}
	term(t, store, azimuth.Settings{}, true)
	c, err = azimuth.Calibrate(ctx, store, nil)
	if errors.Is(err, azimuth.ErrUnreadable) || len(c.Unreadable) != 2 || c.Demonstrations == nil || c.Demonstrations.Requests != 24 {
		t.Errorf("%v, %+v", err, c)
	}
	for _, u := range c.Unreadable {
		if u.Run != "broken" && u.Run != "strange" || u.Why == "" {
			t.Errorf("%+v", u)
		}
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := azimuth.Calibrate(gone, store, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}
