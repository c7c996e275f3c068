package search

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// Table is what [NewTTS] takes, as text: an entry a line, or several on one with semicolons between them. What follows a # is
// a remark.
//
//	DIFFICULTY BUDGET METHOD SOLVED/TASKS [judge=NAME] [policy=NAME]
//	medium 40 bestofn 61/100 judge=none
//
// Difficulties are easy, medium and hard; methods bestofn, beam and diverse, the diverse beam. Names are escaped as in the
// query of a URL; an entry without one holds for any.
type Table []Measured

const diverse = "diverse"

// ParseTable reads the text. Errors wrap [ErrOptions] and quote the entry.
func ParseTable(text string) (Table, error) {
	var t Table
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		for entry := range strings.SplitSeq(line, ";") {
			words := strings.Fields(entry)
			if len(words) == 0 {
				continue
			}
			m, err := parseMeasured(words)
			if err != nil {
				return nil, fmt.Errorf("%w: table: %q: %w", ErrOptions, strings.Join(words, " "), err)
			}
			t = append(t, m)
		}
	}
	_, err := NewTTS(t)
	return t, err
}

func parseMeasured(words []string) (m Measured, err error) {
	if len(words) < 4 {
		return m, fmt.Errorf("want DIFFICULTY BUDGET METHOD SOLVED/TASKS, such as medium 40 bestofn 61/100")
	}
	for m.Difficulty = Easy; m.Difficulty.String() != words[0]; m.Difficulty++ {
		if m.Difficulty == Hard {
			return m, fmt.Errorf("difficulty %q: want easy, medium or hard", words[0])
		}
	}
	if m.Budget, err = strconv.Atoi(words[1]); err != nil {
		return m, fmt.Errorf("budget %q: want a whole number", words[1])
	}
	switch m.Method = words[2]; m.Method {
	case BestOfN, Beam:
	case diverse:
		m.Method = DiverseBeam
	default:
		return m, fmt.Errorf("method %q: want %s, %s or %s", words[2], BestOfN, Beam, diverse)
	}
	solved, tasks, _ := strings.Cut(words[3], "/")
	m.Solved, err = strconv.Atoi(solved)
	if err == nil {
		m.Tasks, err = strconv.Atoi(tasks)
	}
	if err != nil {
		return m, fmt.Errorf("%q: want SOLVED/TASKS, such as 61/100", words[3])
	}
	for _, w := range words[4:] {
		key, name, _ := strings.Cut(w, "=")
		name, err := url.QueryUnescape(name)
		switch {
		case err == nil && name != "" && key == "judge":
			m.Judge = name
		case err == nil && name != "" && key == "policy":
			m.Policy = name
		default:
			return m, fmt.Errorf("%q: want judge=NAME or policy=NAME", w)
		}
	}
	return m, nil
}

// String is the text, an entry a line.
func (t Table) String() string {
	var b strings.Builder
	for _, m := range t {
		method := m.Method
		if method == DiverseBeam {
			method = diverse
		}
		fmt.Fprintf(&b, "%s %d %s %d/%d", m.Difficulty, m.Budget, method, m.Solved, m.Tasks)
		if m.Judge != "" {
			b.WriteString(" judge=" + url.QueryEscape(m.Judge))
		}
		if m.Policy != "" {
			b.WriteString(" policy=" + url.QueryEscape(m.Policy))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// MarshalText implements [encoding.TextMarshaler].
func (t Table) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (t *Table) UnmarshalText(text []byte) (err error) {
	*t, err = ParseTable(string(text))
	return err
}
