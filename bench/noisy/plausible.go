package noisy

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// many is how many choices an argument has at least to be narrowed down to those that the task is about.
const many = 13

// likely returns of many choices those that the gold plan has somewhere, all where it has fewer than three.
func (t *task) likely(enum []string) []string {
	if len(enum) < many {
		return enum
	}
	var out []string
	for _, s := range enum {
		if t.things[s] {
			out = append(out, s)
		}
	}
	if len(out) < 3 {
		return enum
	}
	return out
}

func numeric(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && s[0] != '+' && !strings.ContainsAny(s, "xXeEnN_")
}

// otherNumeral is [otherNumber] for a number that is written as a text.
func otherNumeral(r *rand.Rand, s string) string {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	return strconv.FormatFloat(otherNumber(r, prop{}, f), 'f', -1, 64)
}

// otherPlace is a place on a sheet that is off by one row or column: another cell, range or column.
func otherPlace(r *rand.Rand, s string) string {
	from, to, ranged := strings.Cut(s, ":")
	if !ranged {
		return shifted(r, from)
	}
	if end := shifted(r, to); end[0] >= from[0] && len(end) >= len(from) && (len(end) > len(from) || end[1:] >= from[1:]) && r.IntN(2) == 0 {
		return from + ":" + end
	}
	a, b := shiftedBoth(r, from, to)
	return a + ":" + b
}

// shifted moves a place by one: down or up, right or left.
func shifted(r *rand.Rand, s string) string {
	row, column := offset(r, len(s) > 1)
	return moved(s, row, column)
}

func shiftedBoth(r *rand.Rand, from, to string) (string, string) {
	row, column := offset(r, true)
	return moved(from, row, column), moved(to, row, column)
}

func offset(r *rand.Rand, rows bool) (row, column int) {
	by := 1 - 2*r.IntN(2)
	if rows && r.IntN(2) == 0 {
		return by, 0
	}
	return 0, by
}

// moved stays on the sheet by going the other way at its edge.
func moved(s string, rows, columns int) string {
	letter := s[0] + byte(columns)
	if letter < 'A' || letter > 'Z' {
		letter = s[0] - byte(columns)
	}
	if len(s) == 1 {
		return string(letter)
	}
	n, err := strconv.Atoi(s[1:])
	if err != nil {
		return s
	}
	if n+rows < 1 {
		rows = -rows
	}
	return string(letter) + strconv.Itoa(n+rows)
}

// place returns a place of the gold plan, or one off by one.
func (t *task) place(r *rand.Rand, p prop) (any, bool) {
	var fit []string
	for s := range t.things {
		if p.fits(s) {
			fit = append(fit, s)
		}
	}
	if len(fit) == 0 {
		return nil, false
	}
	slices.Sort(fit)
	return otherPlace(r, pick(r, fit)), true
}

// otherExpression has another operator, another number of the story, or its numbers the other way round.
func (t *task) otherExpression(r *rand.Rand, s string) string {
	parts := strings.Fields(s)
	if len(parts) != 3 {
		return s + " + 1"
	}
	operators := slices.DeleteFunc([]string{"+", "-", "*", "/"}, func(op string) bool { return op == parts[1] })
	switch kind := r.IntN(20); {
	case kind < 8:
		parts[1] = pick(r, operators)
	case kind < 17 && len(t.said) > 0:
		at := 2 * r.IntN(2)
		if n := pick(r, t.said); n != parts[at] {
			parts[at] = n
			break
		}
		parts[1] = pick(r, operators)
	case parts[1] == "-" || parts[1] == "/":
		parts[0], parts[2] = parts[2], parts[0]
	default:
		parts[1] = pick(r, operators)
	}
	return strings.Join(parts, " ")
}

// otherRow changes one text of a list, or of a list of lists.
func (t *task) otherRow(r *rand.Rand, raw json.RawMessage) (any, bool) {
	var rows [][]string
	if json.Unmarshal(raw, &rows) == nil && len(rows) > 0 {
		i := r.IntN(len(rows))
		rows[i] = t.changed(r, rows[i])
		return rows, true
	}
	var row []string
	if json.Unmarshal(raw, &row) != nil || len(row) == 0 {
		return nil, false
	}
	return t.changed(r, row), true
}

func (t *task) changed(r *rand.Rand, row []string) []string {
	row = slices.Clone(row)
	i := r.IntN(len(row))
	switch {
	case numeric(row[i]):
		row[i] = otherNumeral(r, row[i])
	case len(row) > 1 && row[i] != row[(i+1)%len(row)]: // two values change places
		j := (i + 1) % len(row)
		row[i], row[j] = row[j], row[i]
	default:
		row[i] += " 2"
	}
	return row
}

// least is the least whole number that the argument takes.
func (p prop) least() int {
	if p.Minimum == nil {
		return 0
	}
	return int(*p.Minimum)
}

// within says whether a number is within the argument's bounds.
func (p prop) within(n json.RawMessage) bool {
	f, err := strconv.ParseFloat(string(n), 64)
	return err == nil && (p.Minimum == nil || f >= *p.Minimum) && (p.Maximum == nil || f <= *p.Maximum)
}
