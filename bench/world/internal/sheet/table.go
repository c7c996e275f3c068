// Package sheet is the table behind the Sheets world: cells with values and formats, and what can be done with them.
// A [Table] is a value; each operation returns a changed copy and leaves the rows that it does not touch shared.
package sheet

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/internal/canon"
)

// The size of the largest table.
const (
	MaxRows    = 100
	MaxColumns = 26
)

// Formats that a cell can have.
var Formats = []string{"bold", "italic", "underline", "strikethrough", "currency", "percent", "highlight"}

// cell is a value in canonical JSON ("" for an empty cell) and a set of formats, a bit each.
type cell struct {
	val     string
	formats uint8
}

// Table is a table. The first row is the header. The zero value is empty.
type Table struct {
	rows  [][]cell
	notes sandbox.Dict
}

var number = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?$`)

// value reads a text as one would type it into a cell: what looks like a number is one.
func value(text string) string {
	switch {
	case text == "":
		return ""
	case number.MatchString(text):
		if raw, err := canon.JSON([]byte(text)); err == nil {
			return string(raw)
		}
	}
	return string(sandbox.Quote(text))
}

// text is what a cell shows.
func (c cell) text() string {
	var s string
	if strings.HasPrefix(c.val, `"`) && json.Unmarshal([]byte(c.val), &s) == nil {
		return s
	}
	return c.val
}

// New returns a table with these texts.
func New(rows [][]string) Table {
	var t Table
	for _, r := range rows {
		t.rows = append(t.rows, cells(r))
	}
	return t
}

func cells(texts []string) []cell {
	out := make([]cell, len(texts))
	for i, s := range texts {
		out[i].val = value(s)
	}
	return out
}

// JSON returns the values by address, the formats by address and the word format, and notes: {"A1":"Name",
// "A1 format":["bold"]}. Empty cells are left out.
func (t Table) JSON() json.RawMessage {
	var keys []string
	vals := map[string]string{}
	add := func(key, val string) {
		keys = append(keys, key)
		vals[key] = val
	}
	for i, row := range t.rows {
		for j, c := range row {
			if c.val != "" {
				add(Address(i, j), c.val)
			}
			if c.formats != 0 {
				add(Address(i, j)+" format", `["`+strings.Join(c.names(), `","`)+`"]`)
			}
		}
	}
	for _, k := range t.notes.Keys() {
		v, _ := t.notes.Get(k)
		add(k, string(v))
	}
	slices.Sort(keys)
	b := []byte{'{'}
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, sandbox.Quote(k)...), ':'), vals[k]...)
	}
	return append(b, '}')
}

// names are the formats of a cell, sorted.
func (c cell) names() []string {
	var out []string
	for i, f := range Formats {
		if c.formats&(1<<i) != 0 {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

// Note returns the table with something beside it, which is part of the state.
func (t Table) Note(key string, val json.RawMessage) Table {
	t.notes = t.notes.With(key, val)
	return t
}

// Height returns how many rows there are, the header included.
func (t Table) Height() int { return len(t.rows) }

// Width returns how many columns there are.
func (t Table) Width() int {
	w := 0
	for _, r := range t.rows {
		w = max(w, len(r))
	}
	return w
}

// Text returns what the cell shows; row and column count from 0.
func (t Table) Text(row, column int) string {
	if row >= len(t.rows) || column >= len(t.rows[row]) {
		return ""
	}
	return t.rows[row][column].text()
}

// String writes the table with row numbers and column letters.
func (t Table) String() string {
	var b strings.Builder
	for j := range t.Width() {
		b.WriteString(" | " + Letter(j))
	}
	for i := range t.rows {
		b.WriteString("\n" + strconv.Itoa(i+1))
		for j := range t.Width() {
			b.WriteString(" | " + t.Text(i, j))
		}
	}
	return b.String()
}

// Letter names a column, which counts from 0.
func Letter(column int) string { return string(rune('A' + column)) }

// Address names a cell; row and column count from 0.
func Address(row, column int) string { return Letter(column) + strconv.Itoa(row+1) }

// The texts that name places.
var (
	CellPattern   = regexp.MustCompile(`^[A-Z][1-9][0-9]{0,2}$`)
	RangePattern  = regexp.MustCompile(`^[A-Z][1-9][0-9]{0,2}:[A-Z][1-9][0-9]{0,2}$`)
	ColumnPattern = regexp.MustCompile(`^[A-Z]$`)
)

// Range is a rectangle of cells; all four count from 0 and are included.
type Range struct{ Top, Left, Bottom, Right int }

// String writes the range, such as A2:C5.
func (r Range) String() string { return Address(r.Top, r.Left) + ":" + Address(r.Bottom, r.Right) }

// Overlaps says whether two ranges have a cell in common.
func (r Range) Overlaps(o Range) bool {
	return r.Top <= o.Bottom && o.Top <= r.Bottom && r.Left <= o.Right && o.Left <= r.Right
}

// ErrPlace says that a place is not on the sheet.
var ErrPlace = fmt.Errorf("places are such as B2 or A2:C5, up to column Z and row %d, with the upper left corner first", MaxRows)

// ParseCell reads an address, as the range of one cell.
func ParseCell(s string) (Range, error) {
	if !CellPattern.MatchString(s) {
		return Range{}, ErrPlace
	}
	row, err := strconv.Atoi(s[1:])
	if err != nil || row > MaxRows {
		return Range{}, ErrPlace
	}
	return Range{row - 1, int(s[0] - 'A'), row - 1, int(s[0] - 'A')}, nil
}

// ParseRange reads what [Range.String] wrote.
func ParseRange(s string) (Range, error) {
	a, b, _ := strings.Cut(s, ":")
	from, err1 := ParseCell(a)
	to, err2 := ParseCell(b)
	if err := errors.Join(err1, err2); err != nil || from.Top > to.Top || from.Left > to.Left {
		return Range{}, ErrPlace
	}
	return Range{from.Top, from.Left, to.Top, to.Left}, nil
}
