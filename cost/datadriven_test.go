package cost_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
	"github.com/cockroachdb/datadriven"
)

// TestTrees runs the scripts in testdata and shows the trees that come of them. Commands:
//
//	model [parts=(a,b)]            the script (see package searchtest)
//	run NAME [preset=] [samples=] [...] [limit=]   a fresh search, run to its end
//	tell KIND PATH [failed] [changed]      tell what no one asked for, and run on
//	why PATH                       the named parts of a node
func TestTrees(t *testing.T) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		e := &env{t: t}
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			e.t = t
			switch d.Cmd {
			case "model":
				return e.model(d)
			case "run":
				return e.run(d)
			case "tell":
				return e.tell(d)
			case "why":
				return e.why(d)
			}
			d.Fatalf(t, "unknown command %s", d.Cmd)
			return ""
		})
	})
}

type env struct {
	t      *testing.T
	script *searchtest.Script
	parts  []string
	scorer search.Scorer
	s      search.Strategy
	tree   *search.Tree
	limit  int
}

func (e *env) model(d *datadriven.TestData) string {
	e.parts = nil
	if arg, ok := d.Arg("parts"); ok {
		e.parts = arg.Vals
	}
	s, err := searchtest.Parse(d.Input, e.parts...)
	if err != nil {
		return err.Error()
	}
	e.script = s
	return ""
}

func (e *env) run(d *datadriven.TestData) string {
	name, so, co := d.CmdArgs[0].Key, search.Options{}, cost.Options{}
	e.limit = 1000
	for _, a := range d.CmdArgs[1:] {
		v := strings.Join(a.Vals, "")
		if a.Key == "preset" {
			so.Preset = v
			continue
		}
		if a.Key == "evidence" {
			co.Evidence = v
			continue
		}
		f, err := strconv.ParseFloat(v, 64)
		if err != nil {
			d.Fatalf(e.t, "%s: %v", a.Key, err)
		}
		e.option(d, a.Key, f, &so, &co)
	}
	var err error
	if e.scorer, err = cost.New(so.Preset, &co); err != nil {
		return err.Error()
	}
	so.Scorer = e.scorer
	if e.s, err = search.New(name, &so); err != nil {
		return err.Error()
	}
	e.tree = search.NewTree(e.parts)
	return e.goOn()
}

func (e *env) option(d *datadriven.TestData, key string, f float64, so *search.Options, co *cost.Options) {
	switch key {
	case "samples":
		so.Samples = int(f)
	case "depth":
		so.MaxDepth = int(f)
	case "expansions":
		so.MaxExpansions = int(f)
	case "gate":
		so.Gate = f
	case "adaptive":
		so.Adaptive = f > 0
	case "reopen":
		so.ReopenMax = int(f)
	case "commutes":
		so.Commutes = func(a, b search.ActionID) bool { return f > 0 }
	case "limit":
		e.limit = int(f)
	case "first":
		so.FirstAccepted = f > 0
	case "support":
		so.MinSupport = int(f)
	case "margin":
		so.Margin = int(f)
	case "patience":
		so.Patience = int(f)
	case "enough":
		so.MaxSupport = int(f)
	default:
		e.constant(d, key, f, co)
	}
}

func (e *env) constant(d *datadriven.TestData, key string, f float64, co *cost.Options) {
	optional := map[string]**float64{
		"alpha": &co.Alpha, "beta": &co.Beta, "phi": &co.Phi, "n0": &co.N0, "omega": &co.Omega, "rho": &co.Rho, "w": &co.W,
		"price": &co.Price, "latency": &co.Latency, "health": &co.Health,
	}
	plain := map[string]*float64{"tau": &co.Tau, "s": &co.S, "tp": &co.TP, "fp": &co.FP, "length": &co.Length, "step": &co.Step}
	switch {
	case optional[key] != nil:
		*optional[key] = &f
	case plain[key] != nil:
		*plain[key] = f
	default:
		d.Fatalf(e.t, "unknown option %s", key)
	}
}

func (e *env) goOn() string {
	told := searchtest.Run(e.s, e.tree, e.script.Answer, e.limit)
	n, complete := e.s.Best(e.tree)
	kinds := [2]int{}
	for _, x := range told {
		kinds[x.Request.Kind]++
	}
	best := "nothing"
	if n != search.None {
		best = fmt.Sprintf("[%s]", e.script.Key(e.tree, n))
	}
	turned := ""
	if n := e.tree.Turned(); n > 0 {
		turned = fmt.Sprintf(", outlines given up after %d", n)
	}
	return fmt.Sprintf("%sbest %s, complete %v, done %v, %d expanded, %d judged%s\n",
		e.script.Print(e.tree), best, complete, e.s.Done(e.tree), kinds[search.Expand], kinds[search.Judge], turned)
}

func (e *env) tell(d *datadriven.TestData) string {
	kinds := map[string]search.Kind{"commit": search.Commit, "focus": search.Focus}
	n := e.script.Find(e.tree, strings.TrimSpace(d.Input))
	if n == search.None {
		d.Fatalf(e.t, "no node %q", d.Input)
	}
	o := search.Outcome{Failed: search.None, Changed: d.HasArg("changed")}
	if d.HasArg("failed") {
		o.Failed = n
	}
	if d.HasArg("limit") {
		d.ScanArgs(e.t, "limit", &e.limit)
	}
	e.s.Tell(e.tree, e.tree.Request(kinds[d.CmdArgs[0].Key], n), o)
	return e.goOn()
}

func (e *env) why(d *datadriven.TestData) string {
	var b strings.Builder
	for _, x := range cost.Explain(e.scorer, e.tree, e.script.Find(e.tree, strings.TrimSpace(d.Input))) {
		fmt.Fprintf(&b, "%s: %s\n", x.Of, x)
	}
	return b.String()
}
