package sheetsgen

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/sheet"
)

// drawing is a request while it is drawn: the table as it is after the edits so far.
type drawing struct {
	*rand.Rand
	words
	table sheet.Table
	edits []edit
	phase int
	bad   bool // an edit made no sense here
}

// phases are the kinds of edit: contents first, then order and columns, then totals and formats.
var phases = [][]func(*drawing){
	{updateCell, updateCell, updateRow, appendRow, insertRow, deleteRow, replace, updateWhere},
	{sortRows, insertColumn, deleteColumn, updateCell, updateWhere},
	{total, total, copyColumn, format, format, clearCell, updateCell},
}

// done takes an edit in and carries it out.
func (d *drawing) done(apply func(sheet.Table) (sheet.Table, error), e edit) {
	e.apply = apply
	t, err := apply(d.table)
	d.bad = d.bad || err != nil
	d.table = t
	d.edits = append(d.edits, e)
}

// idle says that the table would be the same without one of the edits.
func (d *drawing) idle(start sheet.Table) bool {
	end := string(d.table.JSON())
	for skip := range d.edits {
		t, err := start, error(nil)
		for i, e := range d.edits {
			if i != skip && err == nil {
				t, err = e.apply(t)
			}
		}
		if err == nil && string(t.JSON()) == end {
			return true
		}
	}
	return false
}

// someRow draws a row below the header and returns its number, from 0, and its key.
func (d *drawing) someRow() (int, string) {
	var rows []int
	for i := 1; i < d.table.Height(); i++ {
		if d.table.Text(i, 0) != "" {
			rows = append(rows, i)
		}
	}
	if len(rows) < 3 {
		d.bad = true
		return 1, ""
	}
	i := draw.Pick(d.Rand, rows...)
	return i, d.table.Text(i, 0)
}

// column finds a column by its header; there may be none any more.
func (d *drawing) column(header string) (int, bool) {
	for j := range d.table.Width() {
		if d.table.Text(0, j) == header {
			return j, true
		}
	}
	d.bad = true
	return 0, false
}

// someNumbers draws a column of numbers.
func (d *drawing) someNumbers() (column int, header string, kind int) {
	kind = 2 + d.IntN(2)
	header = d.header[kind]
	column, _ = d.column(header)
	return column, header, kind
}

func cellRange(row, column int) sheet.Range {
	return sheet.Range{Top: row, Left: column, Bottom: row, Right: column}
}

// body is a column without its header.
func (d *drawing) body(column int) sheet.Range {
	return sheet.Range{Top: 1, Left: column, Bottom: d.table.Height() - 1, Right: column}
}

func updateCell(d *drawing) {
	row, key := d.someRow()
	column, header, kind := d.someNumbers()
	val := d.number(d.Rand, kind)
	at := cellRange(row, column)
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Update(at, [][]string{{val}}) }, edit{
		tool: "update_cell", args: map[string]any{"cell": sheet.Address(row, column), "value": val}, writes: []sheet.Range{at},
		text: fmt.Sprintf(draw.Pick(d.Rand, "set the %s of %s to %s.", "change the %s of %s to %s.", "the %s of %s must become %s."), header, key, val),
	})
}

func updateRow(d *drawing) {
	row, key := d.someRow()
	a, ok1 := d.column(d.header[2])
	b, ok2 := d.column(d.header[3])
	if !ok1 || !ok2 || b != a+1 {
		d.bad = true
		return
	}
	vals := []string{d.number(d.Rand, 2), d.number(d.Rand, 3)}
	at := sheet.Range{Top: row, Left: a, Bottom: row, Right: b}
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Update(at, [][]string{vals}) }, edit{
		tool: "update_range", args: map[string]any{"range": at.String(), "values": [][]string{vals}}, writes: []sheet.Range{at},
		text: fmt.Sprintf(draw.Pick(d.Rand, "for %s, set %s to %s and %s to %s.", "the row of %s gets the %s %s and the %s %s."), key, d.header[2], vals[0], d.header[3], vals[1]),
	})
}

// newLine draws a row for a key that is not in the table.
func (d *drawing) newLine() []string {
	if len(d.spare) == 0 || d.table.Width() != 4 || d.table.Text(0, 3) != d.header[3] {
		d.bad = true
		return d.line(d.Rand, "none")
	}
	key := d.spare[0]
	d.spare = d.spare[1:]
	return d.line(d.Rand, key)
}

// tail stands for the end of the table, which two appended rows both change.
var tail = cellRange(sheet.MaxRows, 0)

func appendRow(d *drawing) {
	line, end := d.newLine(), d.table.Height()
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Append(line) }, edit{
		tool: "append_row", args: map[string]any{"values": line}, writes: []sheet.Range{{Top: end, Left: 0, Bottom: end, Right: len(line) - 1}, tail},
		text: fmt.Sprintf(draw.Pick(d.Rand, "add a row at the end with %s.", "append the row %s.", "put a new last row with %s."), strings.Join(line, ", ")),
	})
}

func insertRow(d *drawing) {
	line := d.newLine()
	row, key := d.someRow()
	where := "above"
	if draw.Chance(d.Rand, 0.4) {
		where = "below"
		row++
	}
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Insert(row, line) }, edit{
		tool: "insert_row", args: map[string]any{"row": row + 1, "values": line}, whole: true,
		text: fmt.Sprintf("insert a row with %s directly %s the row of %s.", strings.Join(line, ", "), where, key),
	})
}

func deleteRow(d *drawing) {
	row, key := d.someRow()
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Delete(row) }, edit{
		tool: "delete_row", args: map[string]any{"row": row + 1}, whole: true,
		text: fmt.Sprintf(draw.Pick(d.Rand, "delete the row of %s.", "remove the row of %s.", "take out the row with %s."), key),
	})
}

func replace(d *drawing) {
	old := draw.Pick(d.Rand, d.categories...)
	replacement := draw.Pick(d.Rand, "Other", "New", "General", "Mixed") + " " + old[:1]
	d.done(func(t sheet.Table) (sheet.Table, error) {
		t, _ = t.Replace(old, replacement)
		return t, nil
	}, edit{
		tool: "find_and_replace", args: map[string]any{"find": old, "replace": replacement}, whole: true,
		text: fmt.Sprintf(draw.Pick(d.Rand, "replace %q by %q everywhere.", "wherever it says %q, write %q instead."), old, replacement),
	})
}

func updateWhere(d *drawing) {
	match, ok := d.column(d.header[1])
	column, header, kind := d.someNumbers()
	row, _ := d.someRow()
	shows := d.table.Text(row, match)
	val := d.number(d.Rand, kind)
	d.bad = d.bad || !ok
	d.done(func(t sheet.Table) (sheet.Table, error) {
		t, _, err := t.UpdateWhere(match, shows, column, val)
		return t, err
	}, edit{
		tool: "update_where", whole: true,
		args: map[string]any{"match_column": sheet.Letter(match), "match_value": shows, "column": sheet.Letter(column), "value": val},
		text: fmt.Sprintf(draw.Pick(d.Rand, "for all rows where %[1]s is %[2]s, set %[3]s to %[4]s.", "in every row with the %[1]s %[2]s, the %[3]s becomes %[4]s."), d.header[1], shows, header, val),
	})
}

func sortRows(d *drawing) {
	kind := draw.Pick(d.Rand, 0, 2, 3)
	column, _ := d.column(d.header[kind])
	order, text := "ascending", draw.Pick(d.Rand, "sort the rows by %s, lowest first.", "order the table by %s in ascending order.")
	if draw.Chance(d.Rand, 0.5) {
		order, text = "descending", draw.Pick(d.Rand, "sort the rows by %s, highest first.", "order the table by %s in descending order.")
	}
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Sort(column, order == "descending") }, edit{
		tool: "sort_by_column", args: map[string]any{"column": sheet.Letter(column), "order": order}, whole: true,
		text: fmt.Sprintf(text, d.header[kind]),
	})
}

func insertColumn(d *drawing) {
	if d.table.Width() > 5 {
		d.bad = true
		return
	}
	_, header, _ := d.someNumbers()
	column, _ := d.column(header)
	title := draw.Pick(d.Rand, "Rank", "Rating", "Code", "Weight", "Bonus")
	vals := []string{title}
	for i := 1; i < d.table.Height(); i++ {
		vals = append(vals, strconv.Itoa(1+d.IntN(20)))
	}
	for j := range d.table.Width() {
		d.bad = d.bad || d.table.Text(0, j) == title
	}
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.InsertColumn(column, vals) }, edit{
		tool: "insert_column", args: map[string]any{"column": sheet.Letter(column), "values": vals}, whole: true,
		text: fmt.Sprintf("insert a column %s directly left of %s, with the values %s from top to bottom.", title, header, strings.Join(vals[1:], ", ")),
	})
}

func deleteColumn(d *drawing) {
	column, header, _ := d.someNumbers()
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.DeleteColumn(column) }, edit{
		tool: "delete_column", args: map[string]any{"column": sheet.Letter(column)}, whole: true,
		text: fmt.Sprintf(draw.Pick(d.Rand, "delete the column %s.", "remove the %s column."), header),
	})
}
