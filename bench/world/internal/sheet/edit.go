package sheet

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Errors of the operations.
var (
	ErrShape   = errors.New("the number of values does not fit the range")
	ErrRow     = errors.New("there is no such row; row 1 is the header, which stays")
	ErrColumn  = errors.New("there is no such column")
	ErrFull    = fmt.Errorf("the sheet has no room for more than %d rows and %d columns", MaxRows, MaxColumns)
	ErrNumbers = errors.New("the range holds no number")
)

// with returns the table after a change to the cells of a range, for which it makes room.
func (t Table) with(r Range, change func(row, column int, c cell) cell) (Table, error) {
	if r.Bottom >= MaxRows || r.Right >= MaxColumns {
		return t, ErrFull
	}
	t.rows = slices.Clone(t.rows)
	for len(t.rows) <= r.Bottom {
		t.rows = append(t.rows, nil)
	}
	for i := r.Top; i <= r.Bottom; i++ {
		row := slices.Clone(t.rows[i])
		for len(row) <= r.Right {
			row = append(row, cell{})
		}
		for j := r.Left; j <= r.Right; j++ {
			row[j] = change(i, j, row[j])
		}
		t.rows[i] = row
	}
	return t, nil
}

// Update writes values, row by row, into a range; formats stay.
func (t Table) Update(r Range, values [][]string) (Table, error) {
	if len(values) != r.Bottom-r.Top+1 {
		return t, ErrShape
	}
	for _, row := range values {
		if len(row) != r.Right-r.Left+1 {
			return t, ErrShape
		}
	}
	return t.with(r, func(i, j int, c cell) cell {
		c.val = value(values[i-r.Top][j-r.Left])
		return c
	})
}

// Clear empties a range; formats stay.
func (t Table) Clear(r Range) (Table, error) {
	return t.with(r, func(_, _ int, c cell) cell { return cell{"", c.formats} })
}

// Format adds a format, one of [Formats], to the cells of a range.
func (t Table) Format(r Range, format string) (Table, error) {
	bit := slices.Index(Formats, format)
	if bit < 0 {
		return t, fmt.Errorf("format: %q is not one of %s", format, strings.Join(Formats, ", "))
	}
	return t.with(r, func(_, _ int, c cell) cell { return cell{c.val, c.formats | 1<<bit} })
}

// Copy writes the values of a range to the range of the same size that begins at to's upper left corner.
func (t Table) Copy(from, to Range) (Table, error) {
	to.Bottom, to.Right = to.Top+from.Bottom-from.Top, to.Left+from.Right-from.Left
	return t.with(to, func(i, j int, c cell) cell { return cell{t.at(i-to.Top+from.Top, j-to.Left+from.Left).val, c.formats} })
}

func (t Table) at(i, j int) cell {
	if i >= len(t.rows) || j >= len(t.rows[i]) {
		return cell{}
	}
	return t.rows[i][j]
}

// Insert puts a row with these values before a row (counted from 0, not the header); a row at the end is appended.
func (t Table) Insert(row int, values []string) (Table, error) {
	switch {
	case row < 1 || row > len(t.rows):
		return t, ErrRow
	case len(t.rows) >= MaxRows || len(values) > MaxColumns:
		return t, ErrFull
	}
	t.rows = slices.Insert(slices.Clone(t.rows), row, cells(values))
	return t, nil
}

// Append puts a row after the last one that holds anything.
func (t Table) Append(values []string) (Table, error) {
	last := len(t.rows)
	for last > 0 && !slices.ContainsFunc(t.rows[last-1], func(c cell) bool { return c.val != "" }) {
		last--
	}
	if len(values) > MaxColumns {
		return t, ErrFull
	}
	return t.with(Range{last, 0, last, len(values) - 1}, func(_, j int, c cell) cell { return cell{value(values[j]), c.formats} })
}

// Delete removes a row (counted from 0, not the header).
func (t Table) Delete(row int) (Table, error) {
	if row < 1 || row >= len(t.rows) {
		return t, ErrRow
	}
	t.rows = slices.Delete(slices.Clone(t.rows), row, row+1)
	return t, nil
}

// InsertColumn puts a column before a column (counted from 0), with values from the header down; missing ones are
// empty.
func (t Table) InsertColumn(column int, values []string) (Table, error) {
	switch width := t.Width(); {
	case column > width:
		return t, ErrColumn
	case width >= MaxColumns || len(values) > MaxRows:
		return t, ErrFull
	}
	rows := make([][]cell, max(len(t.rows), len(values)))
	for i := range rows {
		var row []cell
		if i < len(t.rows) {
			row = slices.Clone(t.rows[i])
		}
		for len(row) < column {
			row = append(row, cell{})
		}
		var c cell
		if i < len(values) {
			c.val = value(values[i])
		}
		rows[i] = slices.Insert(row, column, c)
	}
	t.rows = rows
	return t, nil
}

// DeleteColumn removes a column (counted from 0).
func (t Table) DeleteColumn(column int) (Table, error) {
	if column >= t.Width() {
		return t, ErrColumn
	}
	t.rows = slices.Clone(t.rows)
	for i, row := range t.rows {
		if column < len(row) {
			t.rows[i] = slices.Delete(slices.Clone(row), column, column+1)
		}
	}
	return t, nil
}

// Sort orders the rows below the header by a column; equal ones keep their order. Numbers come before texts, empty
// cells last in either direction.
func (t Table) Sort(column int, descending bool) (Table, error) {
	if column >= t.Width() {
		return t, ErrColumn
	}
	t.rows = slices.Clone(t.rows)
	if len(t.rows) < 2 {
		return t, nil
	}
	slices.SortStableFunc(t.rows[1:], func(a, b []cell) int {
		x, y := get(a, column), get(b, column)
		if x.val == "" || y.val == "" {
			return cmp.Compare(b2i(x.val == ""), b2i(y.val == ""))
		}
		if c := compare(x, y); !descending {
			return c
		}
		return compare(y, x)
	})
	return t, nil
}

func get(row []cell, j int) cell {
	if j >= len(row) {
		return cell{}
	}
	return row[j]
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func compare(x, y cell) int {
	a, okA := x.number()
	b, okB := y.number()
	switch {
	case okA && okB:
		return a.Cmp(b)
	case okA != okB:
		return b2i(okB) - b2i(okA)
	}
	return strings.Compare(strings.ToLower(x.text()), strings.ToLower(y.text()))
}

func (c cell) number() (*big.Rat, bool) {
	if c.val == "" || c.val[0] == '"' {
		return nil, false
	}
	return new(big.Rat).SetString(c.val)
}

// Replace writes new in the place of old wherever old stands in a text, and returns how many cells changed. Formats
// stay. Numbers are left alone unless they are old as a whole.
func (t Table) Replace(old, replacement string) (Table, int) {
	changed := 0
	t.rows = slices.Clone(t.rows)
	for i, row := range t.rows {
		row = slices.Clone(row)
		for j, c := range row {
			s := c.text()
			if _, isNumber := c.number(); isNumber && s != old || !strings.Contains(s, old) {
				continue
			}
			row[j].val = value(strings.ReplaceAll(s, old, replacement))
			changed++
		}
		t.rows[i] = row
	}
	return t, changed
}

// UpdateWhere writes a value into a column of each row below the header in which another column shows a text, and
// returns how many rows that were. Columns count from 0.
func (t Table) UpdateWhere(match int, shows string, column int, val string) (Table, int, error) {
	if match >= t.Width() || column >= t.Width() {
		return t, 0, ErrColumn
	}
	n := 0
	for i := 1; i < len(t.rows); i++ {
		if !strings.EqualFold(t.Text(i, match), shows) {
			continue
		}
		next, err := t.Update(Range{i, column, i, column}, [][]string{{val}})
		if err != nil {
			return t, 0, err
		}
		t, n = next, n+1
	}
	return t, n, nil
}

// Total writes the sum of a range's numbers to a cell, or their average, rounded to two decimals.
func (t Table) Total(r, to Range, average bool) (Table, string, error) {
	sum, n := new(big.Rat), int64(0)
	for i := r.Top; i <= r.Bottom; i++ {
		for j := r.Left; j <= r.Right; j++ {
			if v, ok := t.at(i, j).number(); ok {
				sum.Add(sum, v)
				n++
			}
		}
	}
	if n == 0 {
		return t, "", ErrNumbers
	}
	if average {
		sum.Quo(sum, big.NewRat(n, 1))
	}
	s := sum.FloatString(10)
	if average {
		s = sum.FloatString(2)
	}
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	t, err := t.Update(to, [][]string{{s}})
	return t, s, err
}

// Read writes the rows of a range, cells separated by bars.
func (t Table) Read(r Range) string {
	var rows []string
	for i := r.Top; i <= min(r.Bottom, len(t.rows)-1); i++ {
		var row []string
		for j := r.Left; j <= r.Right; j++ {
			row = append(row, t.Text(i, j))
		}
		rows = append(rows, strings.Join(row, " | "))
	}
	return strings.Join(rows, "\n")
}
