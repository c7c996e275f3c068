package sheetsgen

import (
	"fmt"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/sheet"
)

// full says whether every cell of a range holds something.
func (d *drawing) full(r sheet.Range) bool {
	for i := r.Top; i <= r.Bottom; i++ {
		if d.table.Text(i, r.Left) == "" || d.table.Text(i, 0) == "" {
			return false
		}
	}
	return true
}

// free draws an empty cell in the columns right of the table, at the height of one of its rows.
func (d *drawing) free() (row, column int) {
	row, column = d.IntN(min(4, d.table.Height())), 7+d.IntN(3)
	d.bad = d.bad || d.table.Text(row, column) != ""
	return row, column
}

func total(d *drawing) {
	column, header, _ := d.someNumbers()
	from := d.body(column)
	d.bad = d.bad || !d.full(from)
	row, at := d.free()
	to := cellRange(row, at)
	average := draw.Chance(d.Rand, 0.5)
	tool, text := "sum_range", draw.Pick(d.Rand, "write the sum of all %s values into %s.", "put the total of the %s column in cell %s.")
	if average {
		tool, text = "average_range", draw.Pick(d.Rand, "write the average of all %s values into %s.", "put the mean of the %s column in cell %s.")
	}
	d.done(func(t sheet.Table) (sheet.Table, error) {
		t, _, err := t.Total(from, to, average)
		return t, err
	}, edit{
		tool: tool, args: map[string]any{"range": from.String(), "cell": sheet.Address(row, at)},
		reads: []sheet.Range{from}, writes: []sheet.Range{to}, text: fmt.Sprintf(text, header, sheet.Address(row, at)),
	})
}

func copyColumn(d *drawing) {
	column, header, _ := d.someNumbers()
	from := d.body(column)
	from.Top = 0
	at := 11 + d.IntN(3)
	d.bad = d.bad || !d.full(from) || d.table.Text(0, at) != ""
	to := sheet.Range{Top: 0, Left: at, Bottom: from.Bottom, Right: at}
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Copy(from, cellRange(0, at)) }, edit{
		tool: "copy_range", args: map[string]any{"source": from.String(), "destination": sheet.Address(0, at)},
		reads: []sheet.Range{from}, writes: []sheet.Range{to},
		text: fmt.Sprintf("copy the column %s with its header to %s and below.", header, sheet.Address(0, at)),
	})
}

func format(d *drawing) {
	column, header, _ := d.someNumbers()
	var at sheet.Range
	var style, text string
	switch d.IntN(3) {
	case 0:
		width := 0
		for d.table.Text(0, width) != "" {
			width++
		}
		style = draw.Pick(d.Rand, "bold", "italic", "underline")
		at, text = sheet.Range{Top: 0, Left: 0, Bottom: 0, Right: width - 1}, fmt.Sprintf(draw.Pick(d.Rand, "make the header row %s.", "format all headers of the table as %s."), style)
	case 1:
		row, key := d.someRow()
		style = draw.Pick(d.Rand, "highlight", "strikethrough", "bold")
		at, text = cellRange(row, 0), fmt.Sprintf("give the cell with the name %s the format %s.", key, style)
	default:
		style = draw.Pick(d.Rand, "currency", "percent", "italic")
		at, text = d.body(column), fmt.Sprintf(draw.Pick(d.Rand, "format the %s values, without the header, as %s.", "show the values below %s as %s."), header, style)
		d.bad = d.bad || !d.full(at)
	}
	for i := at.Top; i <= at.Bottom; i++ {
		for j := at.Left; j <= at.Right; j++ {
			d.bad = d.bad || d.table.Text(i, j) == ""
		}
	}
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Format(at, style) }, edit{tool: "format_range", args: map[string]any{"range": at.String(), "format": style}, text: text})
}

func clearCell(d *drawing) {
	row, key := d.someRow()
	column, header, _ := d.someNumbers()
	at := cellRange(row, column)
	d.bad = d.bad || d.table.Text(row, column) == ""
	d.done(func(t sheet.Table) (sheet.Table, error) { return t.Clear(at) }, edit{
		tool: "clear_range", args: map[string]any{"range": at.String()}, writes: []sheet.Range{at},
		text: fmt.Sprintf(draw.Pick(d.Rand, "empty the %s cell of %s.", "clear the %s of %s."), header, key),
	})
}
