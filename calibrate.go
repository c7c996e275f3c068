package azimuth

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model/demos"
	"github.com/azimuthdev/azimuth/search"
)

// CalibrateOptions say which runs [Calibrate] reads. Nil reads all that a judge accepted.
type CalibrateOptions struct {
	// Runs are ids, or their beginnings; all of the store by default.
	Runs []string
	// Unjudged takes all runs that succeeded, whether a judge accepted their plans or there was none.
	Unjudged bool
}

// Calibration is what the journals say of constants, with what was left out of it.
type Calibration struct {
	cost.Calibration
	// Demonstrations is how many demonstrations requests need; nil where NoDemonstrations says why not.
	Demonstrations   *demos.Calibration `json:"demonstrations,omitempty"`
	NoDemonstrations error              `json:"-"` // wraps [demos.ErrEvidence]

	Unfinished int `json:"unfinished"` // runs that did not succeed
	Unaccepted int `json:"unaccepted"` // whose plan no judge accepted
	Unweighed  int `json:"unweighed"`  // of strategies that follow the most votes, or none: they can't tell
	// Unreadable are the runs whose journals could not be read.
	Unreadable []Unreadable `json:"unreadable,omitempty"`
}

// Unreadable is a run that was left out because its journal can't be read.
type Unreadable struct {
	Run string `json:"run"`
	Why string `json:"why"`
}

// ErrUnreadable says that not one of the runs can be read.
var ErrUnreadable = errors.New("no run can be read")

// Calibrate fits to the journals of runs the scale of evidence, Tau, and what a run should expect of its length and steps before
// it has seen any ([cost.Calibrate]: of runs that succeeded); and how many demonstrations requests need ([demos.Calibrate]: of
// runs of the same goals with other numbers, all else being equal, that were judged). A run that can't be read is left out.
//
// Errors wrap [cost.ErrEvidence] where there is too little for Tau, even if there is enough for demonstrations: the calibration
// has then only these. They wrap [ErrUnreadable] where nothing is left, else they are the store's.
func Calibrate(ctx context.Context, s journal.Store, o *CalibrateOptions) (*Calibration, error) {
	if o == nil {
		o = &CalibrateOptions{}
	}
	runs, err := calibrated(ctx, s, o.Runs)
	if err != nil {
		return nil, err
	}
	c := &Calibration{}
	var traces []cost.Trace
	var shows showings
	for _, r := range runs {
		v, err := OpenView(ctx, s, r.ID, nil)
		switch {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case err != nil:
			c.Unreadable = append(c.Unreadable, Unreadable{r.ID, err.Error()})
			continue
		}
		if tr := c.observe(v, o); tr != nil {
			traces = append(traces, *tr)
		}
		shows.add(v, o.Unjudged)
	}
	if n := len(c.Unreadable); n > 0 && n == len(runs) {
		return c, fmt.Errorf("%w: %d of %d; %s: %s", ErrUnreadable, n, n, c.Unreadable[0].Run, c.Unreadable[0].Why)
	}
	c.Demonstrations, c.NoDemonstrations = demos.Calibrate(shows.trials())
	fit, err := cost.Calibrate(traces)
	if fit != nil {
		c.Calibration = *fit
	}
	return c, err
}

// observe returns what a run says of its votes, nil where it is left out, and counts why.
func (c *Calibration) observe(v *View, o *CalibrateOptions) *cost.Trace {
	accepted, _ := v.verdict()
	switch {
	case v.Run.Status != string(engine.Succeeded):
		c.Unfinished++
	case !slices.Contains([]string{search.AStar, search.Uniform, search.QStar}, v.Settings.strategy()):
		c.Unweighed++
	case !o.Unjudged && !accepted:
		c.Unaccepted++
	default:
		tr := cost.Observe(v.Tree, v.Path(), or(v.Settings.S, 0))
		return &tr
	}
	return nil
}

// calibrated returns the runs by their ids, each once, or all of them.
func calibrated(ctx context.Context, s journal.Store, ids []string) ([]journal.Run, error) {
	if len(ids) == 0 {
		return s.Runs(ctx, 0)
	}
	var runs []journal.Run
	for _, id := range ids {
		r, err := s.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(runs, func(o journal.Run) bool { return o.ID == r.ID }) {
			runs = append(runs, r)
		}
	}
	return runs, nil
}

// verdict says whether the judge accepted the run's plan, while it was searched for or after it was carried out, and whether it
// was asked at all.
func (v *View) verdict() (accepted, judged bool) {
	if r := v.Result.Verdict; r != nil {
		return r.Accepted, true
	}
	path := v.Path()
	if len(path) == 0 {
		return false, false
	}
	verdict, judged := v.Tree.Verdict(path[len(path)-1])
	return judged && verdict == search.Accepted, judged && verdict != search.Unjudged
}
