// Package sheetsgen draws spreadsheet requests: a table of four to twelve rows, two to six things to do with it, how
// they are worded, and the gold answer. The world's package uses the table at the beginning only.
package sheetsgen

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sheet"
	"github.com/azimuthdev/azimuth/internal/canon"
)

// Name is the world's name, part of every request's id and seed.
const Name = "sheets"

// Request is one drawn request.
type Request struct {
	ID, Goal string
	Start    sheet.Table
	end      sheet.Table
	edits    []edit
}

// edit is one thing to do: a call, and which cells it depends on.
type edit struct {
	tool   string
	args   map[string]any
	text   string        // an imperative with a full stop
	whole  bool          // depends on the place of everything
	reads  []sheet.Range // values
	writes []sheet.Range // values
	apply  func(sheet.Table) (sheet.Table, error)
}

// Draw returns the request i of a seed.
func Draw(space draw.Space, seed uint64, i int) *Request {
	r := draw.New(Name, space, seed, i)
	for {
		q := &Request{ID: draw.ID(Name, space, seed, i)}
		w, rows := fresh(r, space)
		q.Start = sheet.New(rows)
		d := drawing{Rand: r, words: w, table: q.Start}
		for range 2 + r.IntN(5) {
			d.phase = max(d.phase, r.IntN(3))
			draw.Pick(r, phases[d.phase]...)(&d)
		}
		if d.bad || d.idle(q.Start) {
			continue
		}
		q.end, q.edits = d.table, d.edits
		q.Goal = q.goal(r, w)
		return q
	}
}

var intros = []string{
	"In the sheet %s, ", "Please edit the table %s: ", "Here is our sheet %s. ", "Take the spreadsheet %s. ", "Work on the sheet %s. ", "I need some changes in %s. ",
	"Update the table called %s. ", "My spreadsheet %s needs care. ", "Could you change the sheet %s? ", "For the table %s: ", "Open %s and do this. ", "There are a few edits to make in %s. ",
	"Please go through the sheet %s. ", "Let's clean up %s. ", "Our table %s must be brought up to date. ", "Do the following in %s. ", "Kindly revise the sheet %s. ", "Some work on %s: ",
}

var links = []string{"Then ", "After that, ", "Next, ", "Then ", "Also, "}

// goal words the request: the edits in their order, and the table as it is at first.
func (q *Request) goal(r *rand.Rand, w words) string {
	s := strings.ReplaceAll(draw.Pick(r, intros...), "%s", w.title)
	for i, e := range q.edits {
		text := e.text
		if i > 0 {
			s += " " + draw.Pick(r, links...)
		} else if strings.HasSuffix(s, ". ") || strings.HasSuffix(s, "? ") {
			text = strings.ToUpper(text[:1]) + text[1:]
		}
		s += text
	}
	return s + draw.Pick(r, " The table is:\n", " This is the table:\n", " Now it looks like this:\n") + q.Start.String()
}

// Task returns the request without its answer.
func (q *Request) Task() (id, goal string) { return q.ID, q.Goal }

// Label returns the gold answer: one call an edit. An edit needs those before it that it does not commute with.
func (q *Request) Label() label.Label {
	var b label.Builder
	for j, e := range q.edits {
		var needs []int
		for i, f := range q.edits[:j] {
			if !commute(f, e) {
				needs = append(needs, i)
			}
		}
		b.Add(e.tool, e.raw(), needs...)
	}
	l := b.Done()
	l.ID, l.Goal, l.Dict = q.ID, q.Goal, q.end.JSON()
	return l
}

func (e edit) raw() json.RawMessage {
	raw, err := canon.Marshal(e.args)
	if err != nil { // texts and lists of them always marshal
		return nil
	}
	return raw
}

// commute says whether two edits lead to the same table in either order.
func commute(a, b edit) bool {
	if a.whole || b.whole {
		return false
	}
	return !overlap(a.writes, b.writes) && !overlap(a.writes, b.reads) && !overlap(a.reads, b.writes)
}

func overlap(as, bs []sheet.Range) bool {
	return slices.ContainsFunc(as, func(a sheet.Range) bool { return slices.ContainsFunc(bs, a.Overlaps) })
}
