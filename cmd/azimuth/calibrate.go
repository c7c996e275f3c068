package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/model/demos"
)

// calibrateCmd fits constants of the costs, and how many demonstrations to show, to journals.
type calibrateCmd struct {
	IDs []string `arg:"" optional:"" name:"run" help:"Ids of runs, or their beginnings (default all)."`
	All bool     `help:"Runs whose plan no judge accepted, too." name:"all"`
	Out string   `short:"o" env:"-" help:"Write how many demonstrations requests need to a file, for --demo-controller." placeholder:"FILE" type:"path"`
	storeFlags
}

// fitted is what the command prints with --json.
type fitted struct {
	*azimuth.Calibration
	Enough bool   `json:"enough"`          // the interval is narrow enough
	Costs  string `json:"costs,omitempty"` // for --costs
	// Why there are no figures of one kind; tau, length and step are 0 then.
	NoTau            string `json:"no_tau,omitempty"`
	NoDemonstrations string `json:"no_demonstrations,omitempty"`

	noTau error
}

func (c *calibrateCmd) Run(ctx context.Context, e *env, g *Globals) error {
	s, err := lookStore(ctx, c.Store, e)
	if err != nil {
		return usage(err)
	}
	fit, err := azimuth.Calibrate(ctx, s, &azimuth.CalibrateOptions{Runs: c.IDs, Unjudged: c.All})
	err = errors.Join(err, s.Close())
	if fit != nil && !errors.Is(err, azimuth.ErrUnreadable) {
		warnUnreadable(e.err, fit.Unreadable)
	}
	noTau := fit != nil && errors.Is(err, cost.ErrEvidence)
	switch {
	case noTau && fit.Demonstrations == nil:
		return fmt.Errorf("%w; left out: %s\n%w", err, leftOut(fit, c.All), fit.NoDemonstrations)
	case err != nil && !noTau:
		return missing(err)
	}
	if c.Out == "-" {
		e = e.aside()
	}
	out := newFitted(fit, err)
	if g.JSON {
		err = writeJSON(e.out, out)
	} else {
		err = out.print(e.out, c.All)
	}
	if err != nil || c.Out == "" {
		return err
	}
	if fit.Demonstrations == nil {
		return fmt.Errorf("%s is not written: %w", c.Out, fit.NoDemonstrations)
	}
	return writeFile(c.Out, func(w io.Writer) error { return writeController(w, fit.Demonstrations) })
}

// warnUnreadable says on standard error which runs were left out, whatever else is quiet.
func warnUnreadable(w io.Writer, runs []azimuth.Unreadable) {
	for i, r := range runs {
		if i == mostWarned {
			fmt.Fprintf(w, "left out: %d more runs that can't be read; azimuth calibrate --json lists them\n", len(runs)-i)
			return
		}
		fmt.Fprintf(w, "left out: run %s can't be read: %s\n", r.Run, strings.ReplaceAll(r.Why, "\n", "; "))
	}
}

// mostWarned is how many runs are named that were left out.
const mostWarned = 20

// writeController writes what --demo-controller reads.
func writeController(w io.Writer, c *demos.Calibration) error {
	_, err := fmt.Fprintf(w, "# How many demonstrations a request needs: fitted by azimuth calibrate to %d runs of %d requests.\n# Take it with --demos auto --demo-controller FILE.\n%s\n",
		c.Runs, c.Requests, c.Controller)
	return err
}

func newFitted(c *azimuth.Calibration, noTau error) fitted {
	f := fitted{Calibration: c, Enough: c.Sure(), noTau: noTau}
	if noTau != nil {
		f.NoTau = noTau.Error()
	}
	if c.Demonstrations == nil && c.NoDemonstrations != nil {
		f.NoDemonstrations = c.NoDemonstrations.Error()
	}
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
	if f.noTau != nil {
		fmt.Fprintf(w, "tau: %v; left out: %s\n", f.noTau, leftOut(f.Calibration, all))
	} else {
		f.printCosts(w, all)
	}
	return f.printDemonstrations(w)
}

// printDemonstrations shows what each number reached, and what to set.
func (f *fitted) printDemonstrations(w io.Writer) error {
	d := f.Demonstrations
	if d == nil {
		_, err := fmt.Fprintln(w, f.Calibration.NoDemonstrations)
		return err
	}
	fmt.Fprintf(w, "demonstrations, from %d runs of %d requests; left out: %d that were not run with each number\n", d.Runs, d.Requests, d.Partial)
	for i, k := range d.Counts {
		word := ""
		if !k.Kept {
			word = ", not clearly more: never chosen"
		} else if i == 0 && len(d.Controller.Counts()) == 1 {
			word = ", always chosen"
		}
		fmt.Fprintf(w, "  %2d shown: %.0f %% reached%s\n", k.K, 100*k.Reached, word)
	}
	fmt.Fprintf(w, "  chosen: %.1f on the mean, %.0f %% reached (of the runs that it was fitted to, so rather too good)\n", d.Mean, 100*d.Reached)
	_, err := fmt.Fprintf(w, "controller:    %s\nflag:          --demos auto --demo-controller FILE, which azimuth calibrate -o FILE writes\nMeasure what it brings before you keep it.\n", d.Controller)
	return err
}

// printCosts shows the constants of the costs.
func (f *fitted) printCosts(w io.Writer, all bool) {
	fmt.Fprintf(w, "tau %.2f, 95 %% interval %.2f to %.2f (standard error %.2f), intercept %.2f\n", f.Tau, f.Lo, f.Hi, f.SE, f.Intercept)
	fmt.Fprintf(w, "from %d calls at %d places of %d runs; left out: %s\n", f.Calls, f.Places, f.Runs, leftOut(f.Calibration, all))
	fmt.Fprintf(w, "length %.1f calls a plan, step %.2f\n", f.Length, f.Step)
	if !f.Enough {
		fmt.Fprintf(w, "not enough evidence: the interval has 0 in it or is wider than %.1f; keep tau %.1f\n", cost.Widest(), usualTau)
		return
	}
	if f.Tau >= usualTau {
		fmt.Fprintf(w, "a tau above %.1f finds fewer plans, where it was measured: keep %.1f\n", usualTau, usualTau)
	}
	fmt.Fprintf(w, "flag:          --costs %s\nconfiguration: costs: %q\nMeasure what it brings before you keep it.\n", f.Costs, f.Costs)
}

// leftOut says which runs did not count.
func leftOut(c *azimuth.Calibration, all bool) string {
	text := fmt.Sprintf("%d that did not succeed, %d of strategies that only follow the most votes", c.Unfinished, c.Unweighed)
	if all {
		return text
	}
	return fmt.Sprintf("%s, %d whose plan no judge accepted (--all takes them)", text, c.Unaccepted)
}
