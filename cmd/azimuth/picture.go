package main

import (
	"fmt"
	"math"
	"strconv"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
)

// picture is a tree as it is drawn: every node with what its choice was made by.
type picture struct {
	RunID    string        `json:"run_id"`
	Goal     string        `json:"goal"`
	Model    string        `json:"model"`
	Strategy string        `json:"strategy"`
	Why      string        `json:"why,omitempty"` // it goes on as it does
	Status   string        `json:"status"`
	Answer   string        `json:"answer"`
	Summary  string        `json:"summary"`
	Nodes    []pictureNode `json:"nodes"`

	why  map[search.NodeID]string
	open openNode
}

// pictureNode is a node of a [picture].
type pictureNode struct {
	ID      search.NodeID `json:"id"`
	Parent  int           `json:"parent"` // -1 at the root
	Depth   int           `json:"depth"`
	Label   string        `json:"label"`
	Tool    string        `json:"tool,omitempty"`
	Args    string        `json:"args,omitempty"`
	Finish  bool          `json:"finish,omitempty"`
	Status  string        `json:"status"`
	Why     string        `json:"why,omitempty"`    // why it is not worked on
	Chosen  string        `json:"chosen,omitempty"` // why it was worked on when it was
	Order   int           `json:"order,omitempty"`  // its expansion's number
	Plan    bool          `json:"plan,omitempty"`   // on the plan's path
	G       float64       `json:"g"`
	H       float64       `json:"h"`
	F       float64       `json:"f"`
	Step    float64       `json:"step"`
	Parts   []cost.Named  `json:"parts,omitempty"`
	Known   string        `json:"known,omitempty"` // observed, deferred …
	Result  string        `json:"result,omitempty"`
	Verdict string        `json:"verdict,omitempty"`
}

// openNode is the best node that was open after a tell, and the one after it.
type openNode struct{ first, second search.NodeID }

// maxExplained is the tree size up to which every choice is explained by its runner-up.
const maxExplained = 20_000

func newPicture() *picture {
	return &picture{why: map[search.NodeID]string{}, open: openNode{search.None, search.None}}
}

// told notes, while the run is rebuilt, what else could have been chosen.
func (p *picture) told(v *azimuth.View, t journal.Told) {
	n := t.Request.Node
	if t.Request.Kind == search.Expand || t.Request.Kind == search.Judge {
		p.why[n] = p.explain(v, t)
	}
	if v.Tree.Len() <= maxExplained {
		p.open = bestOpen(v.Tree)
	}
}

// explain says why a node was worked on: by its f where the strategy goes by f. The steps of costa say what they turned out to be.
func (p *picture) explain(v *azimuth.View, t journal.Told) string {
	n, next := t.Request.Node, p.open.first
	switch v.Settings.Strategy {
	case "", search.AStar, search.Uniform, search.QStar:
	case search.CoSTA:
		if n == search.Root || t.Request.Kind != search.Expand || t.Outcome.Failed != search.None {
			return ""
		}
		why := fmt.Sprintf("took %s, worth %.2f", number(t.Outcome.Took), t.Outcome.Score)
		if t.Reason != "" {
			why += " (" + short(t.Reason, 80) + ")"
		}
		return why
	default:
		return ""
	}
	if next == n {
		next = p.open.second
	}
	if n == search.Root || next == search.None {
		return "nothing else was open"
	}
	return fmt.Sprintf("taken at f %.2f before node %d at %.2f", v.Tree.F(n), next, v.Tree.F(next))
}

// number is a cost in words: two decimals, more where those would say nothing.
func number(v float64) string { return strconv.FormatFloat(v, 'f', decimals(v), 64) }

// decimals are as many as numbers up to top need.
func decimals(top float64) int {
	n := 2
	for ; top > 0 && top*math.Pow10(n) < 1 && n < 9; n++ {
	}
	if n > 2 {
		n++
	}
	return n
}

// decimals of the tree's numbers.
func (p *picture) decimals() int {
	top := 0.0
	for i := range p.Nodes {
		top = max(top, p.Nodes[i].F)
	}
	return decimals(top)
}

func bestOpen(t *search.Tree) openNode {
	o := openNode{search.None, search.None}
	for n := search.NodeID(1); int(n) < t.Len(); n++ {
		if s, why := t.Status(n); s != search.Open && s != search.Finished || why != search.NoReason {
			continue
		}
		switch f := t.F(n); {
		case o.first == search.None || f < t.F(o.first):
			o.first, o.second = n, o.first
		case o.second == search.None || f < t.F(o.second):
			o.second = n
		}
	}
	return o
}

// finish fills in the nodes.
func (p *picture) finish(v *azimuth.View) {
	p.RunID, p.Goal, p.Model, p.Strategy = v.Run.ID, v.Run.Goal, v.Started.Model, strategyOf(v)
	p.Why = v.Why()
	p.Status, p.Answer, p.Summary = v.Run.Status, v.Result.Answer, summary(v.Result)
	if p.Status == "" {
		p.Status = "interrupted"
	}
	plan := map[search.NodeID]bool{search.Root: true}
	for _, n := range v.Path() {
		plan[n] = true
	}
	for n := search.Root; int(n) < v.Tree.Len(); n++ {
		p.Nodes = append(p.Nodes, p.node(v, n, plan[n]))
	}
}

func (p *picture) node(v *azimuth.View, n search.NodeID, plan bool) pictureNode {
	t := v.Tree
	st, why := t.Status(n)
	x := pictureNode{
		ID: n, Parent: -1, Depth: t.Depth(n), Status: st.String(), Why: why.String(), Chosen: p.why[n], Order: t.Order(n), Plan: plan,
		G: t.G(n), H: t.H(n), F: t.F(n), Step: t.Step(n), Finish: t.IsFinish(n), Label: "goal",
	}
	if n == search.Root {
		return x
	}
	x.Parent = int(t.Parent(n))
	if c, ok := v.Call(n); ok {
		x.Tool, x.Args, x.Label = c.Tool, string(c.Args), c.Tool+" "+string(c.Args)
	} else {
		x.Label = "finish"
		if a := v.Answer(n); a != "" {
			x.Label += ": " + a
		}
	}
	x.Parts = v.Explain(n)
	if s, r, ok := v.Observed(n); ok {
		x.Known, x.Result = s.String(), short(r.Content, 4000)
	}
	if verdict, judged := t.Verdict(n); judged && verdict != search.Unjudged {
		x.Verdict = map[search.Verdict]string{search.Accepted: "accepted", search.Rejected: "rejected"}[verdict]
		if r := v.Reason(n); r != "" {
			x.Verdict += ": " + r
		}
	}
	return x
}
