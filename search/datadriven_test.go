package search_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
	"github.com/cockroachdb/datadriven"
)

// TestTrees runs the scripts in testdata/trees and shows what was asked and the trees that came of it. Commands:
//
//	model                          the script (see package searchtest)
//	run NAME [OPTION=VALUE ...]    a fresh search, run to its end; limit= ends it after so many outcomes
//	tell commit|focus PATH [failed] [changed]   tell what no one asked for, and run on
func TestTrees(t *testing.T) {
	datadriven.Walk(t, "testdata/trees", func(t *testing.T, path string) {
		e := &trees{}
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			e.t = t
			switch d.Cmd {
			case "model":
				e.script = parse(t, d.Input)
				return ""
			case "run":
				return e.run(d)
			case "tell":
				return e.tell(d)
			}
			d.Fatalf(t, "unknown command %s", d.Cmd)
			return ""
		})
	})
}

type trees struct {
	t      *testing.T
	script *searchtest.Script
	s      search.Strategy
	tree   *search.Tree
	limit  int
}

func (e *trees) run(d *datadriven.TestData) string {
	o := &search.Options{}
	e.limit = 200
	for _, a := range d.CmdArgs[1:] {
		e.option(d, a.Key, strings.Join(a.Vals, ""), o)
	}
	s, err := search.New(d.CmdArgs[0].Key, o)
	if err != nil {
		return err.Error()
	}
	e.s, e.tree = s, search.NewTree(nil)
	return e.goOn()
}

func (e *trees) option(d *datadriven.TestData, key, v string, o *search.Options) {
	f, _ := strconv.ParseFloat(v, 64)
	n := int(f)
	switch key {
	case "samples":
		o.Samples = n
	case "depth":
		o.MaxDepth = n
	case "gate":
		o.Gate = f
	case "commutes":
		o.Commutes = func(a, b search.ActionID) bool { return n > 0 }
	case "base":
		o.Base = v
	case "select":
		o.Select = v
	case "table":
		o.TTS.Table = tables[v]
	case "plans":
		o.Plans = n
	case "width":
		o.Width = n
	case "threshold":
		o.Threshold = f
	case "trials":
		o.Trials = n
	case "retries":
		o.Retries = n
	case "iterations":
		o.Tree.Iterations = n
	case "explore":
		o.Tree.Explore = &f
	case "lambda":
		o.Tree.Lambda = &f
	case "rollout":
		o.Tree.Rollout = v
	case "calc":
		o.Tree.Calc = v
	case "weight":
		o.Q.Weight = &f
	case "batch":
		o.Q.Batch = n
	case "rest":
		o.Scorer = search.NewQ(byRest)
	case "limit":
		e.limit = n
	default:
		d.Fatalf(e.t, "unknown option %s", key)
	}
}

// tables are what tts can be told to choose by.
var tables = map[string]search.Table{
	"beam":       byDifficulty(search.Beam),
	"difficulty": byDifficulty(search.BestOfN, search.DiverseBeam, search.Beam),
}

// byRest has a step cost the share of samples that did not propose it, and what follows it what its samples expect.
func byRest(t *search.Tree, n search.NodeID, step, q []float64) {
	i := 0
	for c := range t.Children(n) {
		step[i] = 1 - float64(t.Votes(c))/float64(t.Samples(n))
		q[i] = step[i] + max(0, t.Remaining(c))
		i++
	}
}

var verbs = map[search.Kind]string{
	search.Expand: "expand", search.Judge: "judge", search.Evaluate: "rate", search.Reflect: "reflect",
}

func (e *trees) goOn() string {
	var b strings.Builder
	for _, x := range searchtest.Run(e.s, e.tree, e.script.Answer, e.limit) {
		fmt.Fprintf(&b, "%s [%s]", verbs[x.Request.Kind], e.script.Key(e.tree, x.Request.Node))
		if x.Request.Samples > 0 {
			fmt.Fprintf(&b, " x%d", x.Request.Samples)
		}
		if x.Outcome.Failed != search.None {
			fmt.Fprintf(&b, ": %s fails", e.script.Name(e.tree.Action(x.Outcome.Failed)))
		}
		b.WriteByte('\n')
	}
	if r, ok := e.s.(search.Reasoner); ok && r.Reason() != "" {
		fmt.Fprintf(&b, "took %s\n", r.Reason())
	}
	b.WriteString(e.script.Print(e.tree))
	n, complete := e.s.Best(e.tree)
	fmt.Fprintf(&b, "best [%s], complete %v, done %v\n", e.script.Key(e.tree, n), complete, e.s.Done(e.tree))
	return b.String()
}

func (e *trees) tell(d *datadriven.TestData) string {
	kinds := map[string]search.Kind{"commit": search.Commit, "focus": search.Focus}
	n := e.script.Find(e.tree, strings.TrimSpace(d.Input))
	if n == search.None {
		d.Fatalf(e.t, "no node %q", d.Input)
	}
	o := search.Outcome{Failed: search.None, Changed: d.HasArg("changed")}
	if d.HasArg("failed") {
		o.Failed = n
	}
	e.s.Tell(e.tree, e.tree.Request(kinds[d.CmdArgs[0].Key], n), o)
	return e.goOn()
}
