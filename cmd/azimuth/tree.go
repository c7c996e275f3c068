package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
)

// minWidth leaves room for numbers and a word beside them.
const minWidth = 60

type treeCmd struct {
	ID    string `arg:"" name:"run" help:"The run's id, its beginning, or last." default:"last"`
	HTML  string `name:"html" help:"Write one self-contained page of the tree." placeholder:"FILE" type:"path"`
	All   bool   `short:"a" help:"All nodes; otherwise branches off the plan are folded."`
	Width int    `env:"-" help:"Characters a line (default the terminal's, else 120)." placeholder:"N"`
	storeFlags
}

func (c *treeCmd) Run(ctx context.Context, e *env, g *Globals) error {
	switch {
	case c.Width == 0:
		c.Width = e.width
	case c.Width < minWidth:
		return usagef("width: %d: want %d characters or more", c.Width, minWidth)
	}
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

// draw prints the tree. A path goes straight down and what branches off it is indented, so that a long plan stays
// readable. Branches that do not lead to the plan are folded unless all is set or there is no plan.
func (p *picture) draw(w io.Writer, all bool, width int) error {
	d := drawing{p: p, width: width, places: p.decimals(), kids: make([][]int, len(p.Nodes)), size: make([]int, len(p.Nodes))}
	planned := 0
	for i := len(p.Nodes) - 1; i > 0; i-- { // a child comes after its parent
		n := &p.Nodes[i]
		d.size[i]++
		d.size[n.Parent] += d.size[i]
		if n.Plan {
			planned++
		}
	}
	for i := 1; i < len(p.Nodes); i++ {
		d.kids[p.Nodes[i].Parent] = append(d.kids[p.Nodes[i].Parent], i)
	}
	d.all = all || planned == 0
	fmt.Fprintf(&d.b, "%s\n%s, %s, %s\n\n", wrap(clean(p.Goal), width, ""), p.Strategy, p.Model, p.Status)
	if p.Why != "" {
		fmt.Fprintf(&d.b, "%s\n\n", wrap(p.Strategy+" took "+p.Why, width, ""))
	}
	d.path(0, "", "")
	fmt.Fprintf(&d.b, "\n%s\n%s\n", wrap(p.Summary, width, ""), wrap("★ on the plan, ✗ dropped, #n worked on as the n-th; "+
		"g paid so far, h estimated rest, f = g + h + charges", width, ""))
	if !d.all && d.folded {
		d.line(wrap("branches off the plan are folded; --all shows them, --html FILE writes a page", width, ""))
	}
	_, err := io.WriteString(w, d.b.String())
	return err
}

// drawing is a picture on its way to text.
type drawing struct {
	p      *picture
	b      strings.Builder
	kids   [][]int
	size   []int // of the part of the tree that begins at a node
	width  int
	places int // decimals
	all    bool
	folded bool // something was
}

// path draws a node and the path that goes on from it. first is what stands before the node itself.
func (d *drawing) path(i int, first, indent string) {
	for i >= 0 {
		n := &d.p.Nodes[i]
		d.node(n, first, indent, len(d.kids[i]) > 0)
		if !d.all && !n.Plan && len(d.kids[i]) > 0 {
			fmt.Fprintf(&d.b, "%s└─ %s below, folded\n", indent, count(d.size[i]-1, "node"))
			d.folded = true
			return
		}
		heir := d.heir(i)
		for _, k := range d.kids[i] {
			if k != heir {
				d.path(k, indent+"├─ ", indent+"│  ")
			}
		}
		i, first = heir, indent
	}
}

// heir is the child with which a path goes straight on: the plan's, else the one with the most below it; -1 for none.
func (d *drawing) heir(i int) int {
	heir := -1
	for _, k := range d.kids[i] {
		if d.p.Nodes[k].Plan {
			return k
		}
		if heir < 0 || cmp.Compare(d.size[k], d.size[heir]) > 0 {
			heir = k
		}
	}
	return heir
}

// node draws one node: its call with its numbers at the right, and below it what they are made of.
func (d *drawing) node(n *pictureNode, first, indent string, more bool) {
	mark := "·"
	switch {
	case n.ID == search.Root:
		mark = "●"
	case n.Plan:
		mark = "★"
	case n.Why != "" || n.Status == "failed" || n.Status == "pruned":
		mark = "✗"
	}
	nums := fmt.Sprintf("g %.*f  h %.*f  f %.*f  %4s", d.places, n.G, d.places, n.H, d.places, n.F, d.p.turn(n))
	text := fmt.Sprintf("%s%s %d ", first, mark, n.ID)
	if n.ID == search.Root {
		text, nums = first+mark+" ", fmt.Sprintf("%4s", d.p.turn(n))
	}
	room := max(d.width-utf8.RuneCountInString(text)-len(nums)-2, 12)
	d.line(fmt.Sprintf("%s%-*s  %s", text, room, short(n.Label, room), nums))
	bar := indent + "    "
	if more {
		bar = indent + "│   "
	}
	room = max(d.width-utf8.RuneCountInString(bar), 30)
	made, why := n.made(), n.reasons()
	if made != "" && why != "" && utf8.RuneCountInString(made+"; "+why) <= room {
		made, why = made+"; "+why, ""
	}
	for _, note := range []string{made, why} {
		if note != "" {
			d.line(bar + wrap(note, room, bar))
		}
	}
}

func (d *drawing) line(text string) { d.b.WriteString(strings.TrimRight(text, " ") + "\n") }

// turn says when a node was worked on.
func (p *picture) turn(n *pictureNode) string {
	if n.Order > 0 {
		return fmt.Sprintf("#%d", n.Order)
	}
	return ""
}

// made says what a node's numbers are made of.
func (n *pictureNode) made() string {
	var words []string
	for _, x := range n.Parts {
		words = append(words, x.String())
	}
	return strings.Join(words, ", ")
}

// reasons says why a node was chosen or dropped, and what became of it.
func (n *pictureNode) reasons() string {
	all := []string{n.Chosen, n.Why, n.Verdict, n.Known}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "; ")
}

// wrap breaks a text into lines of at most width runes where it has spaces; the lines after the first are indented.
func wrap(text string, width int, indent string) string {
	var b strings.Builder
	at := 0
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+n > width:
			b.WriteString("\n" + indent)
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String()
}

// told is one line about an outcome, for replay.
func told(v *azimuth.View, i int, t journal.Told) string {
	n := t.Request.Node
	what := [...]string{"expanded", "judged", "carried out", "focused on", "rated", "learnt from", "?", "?"}[t.Request.Kind&7]
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
	if t.Request.Kind == search.Expand && t.Outcome.Cut {
		s += "; an outline ends where an argument is not known yet"
	}
	if t.Request.Kind == search.Expand {
		return s + fmt.Sprintf("; %s, %s", count(t.Outcome.Samples, "sample"), count(len(t.Outcome.Candidates), "candidate"))
	}
	return s
}
