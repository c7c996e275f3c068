package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
)

type treeCmd struct {
	ID    string `arg:"" name:"run" help:"The run's id, its beginning, or last." default:"last"`
	HTML  string `name:"html" help:"Write one self-contained page of the tree." placeholder:"FILE" type:"path"`
	All   bool   `short:"a" help:"All nodes; otherwise branches off the plan are folded."`
	Width int    `help:"Characters a line." default:"160"`
	storeFlags
}

func (c *treeCmd) Run(ctx context.Context, e *env, g *Globals) error {
	p := newPicture()
	return viewing(ctx, &c.storeFlags, c.ID, e, p.told, func(v *azimuth.View) error {
		p.finish(v)
		switch {
		case c.HTML != "":
			if err := writeFile(c.HTML, func(w io.Writer) error { return writePage(w, p) }); err != nil {
				return err
			}
			fmt.Fprintln(e.err, "tree written to", c.HTML)
			return nil
		case g.JSON:
			return writeJSON(e.out, p)
		}
		return p.draw(e.out, c.All, c.Width)
	})
}

// picture is a tree as it is drawn: every node with what its choice was made by.
type picture struct {
	RunID    string        `json:"run_id"`
	Goal     string        `json:"goal"`
	Model    string        `json:"model"`
	Strategy string        `json:"strategy"`
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
		p.why[n] = p.explain(v, n)
	}
	if v.Tree.Len() <= maxExplained {
		p.open = bestOpen(v.Tree)
	}
}

func (p *picture) explain(v *azimuth.View, n search.NodeID) string {
	next := p.open.first
	if next == n {
		next = p.open.second
	}
	if n == search.Root || next == search.None {
		return "nothing else was open"
	}
	return fmt.Sprintf("f %.2f; next best: node %d with f %.2f", v.Tree.F(n), next, v.Tree.F(next))
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

// draw prints the tree with lines. Branches that do not lead to the plan are folded unless all is set.
func (p *picture) draw(w io.Writer, all bool, width int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s, %s, %s\n\n", short(p.Goal, width), p.Strategy, p.Model, p.Status)
	kids := make([][]int, len(p.Nodes))
	for i := 1; i < len(p.Nodes); i++ {
		kids[p.Nodes[i].Parent] = append(kids[p.Nodes[i].Parent], i)
	}
	b.WriteString("● " + short(p.Goal, width-2) + p.chosenAt(0) + "\n")
	p.drawBelow(&b, kids, 0, "", all, width)
	fmt.Fprintf(&b, "\n%s\n", p.Summary)
	b.WriteString("★ on the plan   ✗ dropped   #n worked on as the n-th   g paid so far   h estimated rest   f = g + h + charges\n")
	if !all {
		b.WriteString("branches off the plan are folded; --all shows them, --html FILE writes a page\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p *picture) drawBelow(b *strings.Builder, kids [][]int, i int, indent string, all bool, width int) {
	for k, c := range kids[i] {
		branch, more := "├─ ", "│  "
		if k == len(kids[i])-1 {
			branch, more = "└─ ", "   "
		}
		n := &p.Nodes[c]
		fmt.Fprintf(b, "%s%s%s\n", indent, branch, p.line(n, width-len([]rune(indent))-3))
		if note := p.detail(n); note != "" {
			bar := "│ "
			if len(kids[c]) == 0 || !all && !n.Plan {
				bar = "  "
			}
			fmt.Fprintf(b, "%s%s%s%s\n", indent, more, bar, short(note, width-len([]rune(indent))-5))
		}
		if !all && !n.Plan && len(kids[c]) > 0 {
			fmt.Fprintf(b, "%s%s└ %s below, folded\n", indent, more, count(sizeOf(kids, c), "node"))
			continue
		}
		p.drawBelow(b, kids, c, indent+more, all, width)
	}
}

func sizeOf(kids [][]int, i int) int {
	n := 0
	for _, c := range kids[i] {
		n += 1 + sizeOf(kids, c)
	}
	return n
}

// line is a node on one line: mark, id, call, numbers.
func (p *picture) line(n *pictureNode, width int) string {
	mark := "·"
	switch {
	case n.Plan:
		mark = "★"
	case n.Status == "failed" || n.Status == "pruned":
		mark = "✗"
	}
	nums := fmt.Sprintf("  g %.2f h %.2f f %.2f%s", n.G, n.H, n.F, p.chosenAt(n.ID))
	return fmt.Sprintf("%s %d %s%s", mark, n.ID, short(n.Label, max(width-len(nums)-8, 24)), nums)
}

func (p *picture) chosenAt(n search.NodeID) string {
	if o := p.Nodes[n].Order; o > 0 {
		return fmt.Sprintf("  #%d", o)
	}
	return ""
}

// detail is the second line of a node: its named parts, and why it was chosen or dropped.
func (p *picture) detail(n *pictureNode) string {
	var words []string
	for _, x := range n.Parts {
		words = append(words, x.String())
	}
	text := strings.Join(words, ", ")
	for _, more := range []string{n.Why, n.Chosen, n.Verdict, n.Known} {
		if more != "" {
			text += "; " + more
		}
	}
	return strings.TrimPrefix(text, "; ")
}

// told is one line about an outcome, for replay.
func told(v *azimuth.View, i int, t journal.Told) string {
	n := t.Request.Node
	what := [...]string{"expanded", "judged", "carried out", "focused on"}[t.Request.Kind&3]
	call := "the goal"
	if c, ok := v.Call(n); ok {
		call = short(c.String(), 80)
	} else if n != search.Root {
		call = "the final answer"
	}
	s := fmt.Sprintf("%4d  %-11s node %d, %s", i, what, n, call)
	if f := t.Outcome.Failed; f != search.None {
		return s + fmt.Sprintf("; node %d failed", f)
	}
	if t.Request.Kind == search.Expand {
		return s + fmt.Sprintf("; %s, %s", count(t.Outcome.Samples, "sample"), count(len(t.Outcome.Candidates), "candidate"))
	}
	return s
}
