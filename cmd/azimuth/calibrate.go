package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/cost"
)

// calibrateCmd fits constants of the costs to journals.
type calibrateCmd struct {
	IDs []string `arg:"" optional:"" name:"run" help:"Ids of runs, or their beginnings (default all)."`
	All bool     `help:"Runs whose plan no judge accepted, too." name:"all"`
	storeFlags
}

// fitted is what the command prints with --json.
type fitted struct {
	*azimuth.Calibration
	Enough bool   `json:"enough"`          // the interval is narrow enough
	Costs  string `json:"costs,omitempty"` // for --costs
}

func (c *calibrateCmd) Run(ctx context.Context, e *env, g *Globals) error {
	s, err := lookStore(ctx, c.Store, e)
	if err != nil {
		return usage(err)
	}
	fit, err := azimuth.Calibrate(ctx, s, &azimuth.CalibrateOptions{Runs: c.IDs, Unjudged: c.All})
	err = errors.Join(err, s.Close())
	if errors.Is(err, cost.ErrEvidence) && fit != nil {
		return fmt.Errorf("%w; left out: %s", err, leftOut(fit, c.All))
	}
	if err != nil {
		return missing(err)
	}
	out := newFitted(fit)
	if g.JSON {
		return writeJSON(e.out, out)
	}
	return out.print(e.out, c.All)
}

func newFitted(c *azimuth.Calibration) fitted {
	f := fitted{Calibration: c, Enough: c.Sure()}
	if f.Enough {
		f.Costs = constants(c)
	}
	return f
}

// usualTau is the default of the presets for single steps.
const usualTau = 0.8

// constants are what was fitted, as --costs takes it. A tau above the usual one is left out: plans that failed are not seen, so
// that it comes out too steep, and votes that weigh more found fewer plans in four of four simulated measurements, in two beyond chance.
func constants(c *azimuth.Calibration) string {
	text := "length=" + rounded(c.Length)
	if c.Tau < usualTau {
		text = "tau=" + rounded(c.Tau) + "," + text
	}
	if c.Step >= 0.01 {
		text += ",step=" + rounded(c.Step)
	}
	return text
}

func rounded(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

func (f *fitted) print(w io.Writer, all bool) error {
	fmt.Fprintf(w, "tau %.2f, 95 %% interval %.2f to %.2f (standard error %.2f), intercept %.2f\n", f.Tau, f.Lo, f.Hi, f.SE, f.Intercept)
	fmt.Fprintf(w, "from %d calls at %d places of %d runs; left out: %s\n", f.Calls, f.Places, f.Runs, leftOut(f.Calibration, all))
	fmt.Fprintf(w, "length %.1f calls a plan, step %.2f\n", f.Length, f.Step)
	if !f.Enough {
		_, err := fmt.Fprintf(w, "not enough evidence: the interval has 0 in it or is wider than %.1f; keep tau %.1f\n", cost.Widest(), usualTau)
		return err
	}
	if f.Tau >= usualTau {
		fmt.Fprintf(w, "a tau above %.1f finds fewer plans, where it was measured: keep %.1f\n", usualTau, usualTau)
	}
	_, err := fmt.Fprintf(w, "flag:          --costs %s\nconfiguration: costs: %q\nMeasure what it brings before you keep it.\n", f.Costs, f.Costs)
	return err
}

// leftOut says which runs did not count.
func leftOut(c *azimuth.Calibration, all bool) string {
	text := fmt.Sprintf("%d that did not succeed, %d of strategies that only follow the most votes", c.Unfinished, c.Unweighed)
	if all {
		return text
	}
	return fmt.Sprintf("%s, %d whose plan no judge accepted (--all takes them)", text, c.Unaccepted)
}
