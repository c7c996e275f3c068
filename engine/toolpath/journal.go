package toolpath

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Strategy is the name of this planner in journals.
const Strategy = "costa"

// Journal says where a run is written to. Each attempt is an intent, what came of it is done as much later as it took,
// and what it was worth is the score of a verdict. The keys are toolpath/step/attempt/kind of subtask.
type Journal struct {
	Store journal.Store
	ID    string // of the run; must be new in the store
	seq   uint64
}

func (j *Journal) write(ctx context.Context, at time.Time, kind journal.Kind, payload any) error {
	if j == nil {
		return nil
	}
	r, err := journal.New(j.seq+1, at, kind, payload)
	if err != nil {
		return err
	}
	if err := j.Store.Append(ctx, j.ID, r); err != nil {
		return err
	}
	j.seq++
	return nil
}

// begin registers the run.
func (r *runner) begin(ctx context.Context) error {
	j := r.o.Journal
	if j == nil {
		return nil
	}
	now := r.o.Now()
	if err := j.Store.Create(ctx, journal.Run{ID: j.ID, Goal: r.Goal, Started: now, Version: journal.Version}); err != nil {
		return err
	}
	config, err := json.Marshal(struct {
		Subtasks []Subtask           `json:"subtasks"`
		Search   search.CostaOptions `json:"search"`
	}{r.Subtasks, r.o.Search})
	if err != nil {
		return err
	}
	return j.write(ctx, now, journal.KindStarted, journal.Started{Goal: r.Goal, Strategy: Strategy, Config: config, Tools: r.World.Specs()})
}

// attempt writes one attempt at a step.
func (j *Journal) attempt(ctx context.Context, s Step, step int, o Output, ran search.Ran, start time.Time) error {
	if j == nil {
		return nil
	}
	node := search.NodeID(step)
	key := fmt.Sprintf("toolpath/%d/%d/%s", step, s.Attempt, s.Subtask.Kind)
	end := start.Add(time.Duration(ran.Cost * float64(time.Second)))
	if err := j.write(ctx, start, journal.KindIntent, journal.Intent{Node: node, Call: o.Call, Key: key}); err != nil {
		return err
	}
	if err := j.write(ctx, end, journal.KindDone, journal.Done{Node: node, Key: key, Result: o.Result}); err != nil {
		return err
	}
	if ran.Failed {
		return nil
	}
	return j.write(ctx, end, journal.KindTold, journal.Told{
		Request: search.Request{Kind: search.Judge, Node: node},
		Outcome: search.Outcome{Failed: search.None, Score: ran.Quality},
	})
}

func (j *Journal) end(ctx context.Context, res Result, err error, now time.Time) error {
	if j == nil {
		return nil
	}
	e := journal.Ended{Status: "no_plan", Answer: string(res.World.State())}
	if res.Complete {
		e.Status = "succeeded"
	}
	if err != nil {
		e.Status, e.Error = "failed", err.Error()
	}
	ctx = context.WithoutCancel(ctx)
	if err := j.write(ctx, now, journal.KindEnded, e); err != nil {
		return err
	}
	return j.Store.SetStatus(ctx, j.ID, e.Status)
}

// Learn adds to the table what the records of a run show. Of runs of this package that is what [Run] adds by itself;
// threshold is what passed the check there. Of other runs it is the effects: how long each took, and a quality of 1, or 0
// where it failed, for the only kind of subtask that its tool does by the catalog; other tools are left out, and so are
// effects of which nobody knows what came of them.
func (t *Table) Learn(recs iter.Seq2[journal.Record, error], c Catalog, threshold float64) error {
	l := lesson{began: map[string]journal.Record{}, steps: map[search.NodeID]*learnt{}}
	for r, err := range recs {
		if err != nil {
			return err
		}
		if err := l.read(r, c); err != nil {
			return err
		}
	}
	for _, s := range l.order {
		t.Add(s.tool, s.kind, s.seconds, s.quality, s.failed || s.quality < threshold)
	}
	return nil
}

// lesson is what was read so far.
type lesson struct {
	began map[string]journal.Record // by key
	steps map[search.NodeID]*learnt
	order []*learnt
}

// learnt is what the attempts at a step came to.
type learnt struct {
	tool, kind       string
	seconds, quality float64
	failed           bool
}

func (l *lesson) read(r journal.Record, c Catalog) error {
	switch r.Kind {
	case journal.KindIntent:
		i, err := journal.Decode[journal.Intent](r)
		if err != nil {
			return err
		}
		l.began[i.Key] = r
	case journal.KindDone:
		return l.done(r, c)
	case journal.KindTold:
		told, err := journal.Decode[journal.Told](r)
		if err != nil {
			return err
		}
		if s := l.steps[told.Request.Node]; s != nil && told.Request.Kind == search.Judge {
			s.quality = told.Outcome.Score
		}
	}
	return nil
}

func (l *lesson) done(r journal.Record, c Catalog) error {
	d, err := journal.Decode[journal.Done](r)
	if err != nil {
		return err
	}
	began, ok := l.began[d.Key]
	if !ok || d.Unknown {
		return nil
	}
	delete(l.began, d.Key)
	i, err := journal.Decode[journal.Intent](began)
	if err != nil {
		return err
	}
	s := l.step(d, i.Call, c)
	if s == nil {
		return nil
	}
	s.seconds += max(r.At.Sub(began.At).Seconds(), 0)
	s.failed = d.Result.IsError || d.Error != ""
	if s.quality = 1; s.failed {
		s.quality = 0
	}
	return nil
}

// step finds the step that an attempt belongs to, nil where its kind is not known.
func (l *lesson) step(d journal.Done, call tool.Call, c Catalog) *learnt {
	kind, attempts := keyKind(d.Key)
	if !attempts {
		i := c.tool(call.Tool)
		if i < 0 || len(c.Tools[i].Solves) != 1 {
			return nil
		}
		kind = c.Tools[i].Solves[0]
	}
	if s := l.steps[d.Node]; s != nil && attempts {
		return s
	}
	s := &learnt{tool: call.Tool, kind: kind}
	l.order = append(l.order, s)
	if attempts {
		l.steps[d.Node] = s
	}
	return s
}

// keyKind reads the kind of subtask from a key of [Journal].
func keyKind(key string) (kind string, ok bool) {
	parts := strings.SplitN(key, "/", 4)
	number := func(s string) bool { _, err := strconv.Atoi(s); return err == nil }
	if len(parts) != 4 || parts[0] != "toolpath" || slices.ContainsFunc(parts[1:3], func(s string) bool { return !number(s) }) {
		return "", false
	}
	return parts[3], true
}
