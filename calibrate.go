package azimuth

import (
	"context"
	"slices"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
)

// CalibrateOptions say which runs [Calibrate] reads. Nil reads all that a judge accepted.
type CalibrateOptions struct {
	// Runs are ids, or their beginnings; all of the store by default.
	Runs []string
	// Unjudged takes all runs that succeeded, whether a judge accepted their plans or there was none.
	Unjudged bool
}

// Calibration is a [cost.Calibration] with what was left out of it.
type Calibration struct {
	cost.Calibration
	Unfinished int `json:"unfinished"` // runs that did not succeed
	Unaccepted int `json:"unaccepted"` // whose plan no judge accepted
	Unweighed  int `json:"unweighed"`  // of strategies that follow the most votes, or none: they can't tell
}

// Calibrate fits the scale of evidence, Tau, and what a run should expect of its length and steps before it has seen any, to
// the journals of runs that succeeded: see [cost.Calibrate]. Errors wrap [cost.ErrEvidence] where there is too little, else they
// are the store's.
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
	for _, r := range runs {
		if r.Status != string(engine.Succeeded) {
			c.Unfinished++
			continue
		}
		v, err := OpenView(ctx, s, r.ID, nil)
		if err != nil {
			return nil, err
		}
		switch {
		case !slices.Contains([]string{search.AStar, search.Uniform, search.QStar}, v.Settings.strategy()):
			c.Unweighed++
		case !o.Unjudged && !v.accepted():
			c.Unaccepted++
		default:
			traces = append(traces, cost.Observe(v.Tree, v.Path(), or(v.Settings.S, 0)))
		}
	}
	fit, err := cost.Calibrate(traces)
	if fit != nil {
		c.Calibration = *fit
	}
	return c, err
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

// accepted says that the judge accepted the run's plan, while it was searched for or after it was carried out.
func (v *View) accepted() bool {
	if r := v.Result.Verdict; r != nil {
		return r.Accepted
	}
	path := v.Path()
	if len(path) == 0 {
		return false
	}
	verdict, judged := v.Tree.Verdict(path[len(path)-1])
	return judged && verdict == search.Accepted
}
