package budget

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Limits is what may be spent at most. 0 is no limit.
type Limits struct {
	USD        float64       // dollars
	Tokens     int64         // prompt and completion tokens together
	ModelCalls int64         // requests to a model
	ToolCalls  int64         // calls of a tool
	Expansions int64         // nodes worked on
	Wall       time.Duration // from the start of the run, pauses between resumes excluded
	Depth      int           // calls in a plan; the ledger does not count it, the search keeps to it
}

func (l *Limits) counts() counts { return counts{l.Tokens, l.ModelCalls, l.ToolCalls, l.Expansions} }

// Validate refuses negative values and a USD that is not a finite number, as a [*ParseError].
func (l Limits) Validate() error {
	if !(l.USD >= 0) || math.IsInf(l.USD, 0) {
		return bad("usd", strconv.FormatFloat(l.USD, 'g', -1, 64), remedyUSD)
	}
	for i, n := range l.counts() {
		if n < 0 {
			return bad(countKeys[i], strconv.FormatInt(n, 10), remedyCount)
		}
	}
	if l.Wall < 0 {
		return bad("time", l.Wall.String(), remedyTime)
	}
	if l.Depth < 0 || l.Depth > math.MaxInt32 {
		return bad("depth", strconv.Itoa(l.Depth), remedyCount)
	}
	return nil
}

// String writes the limits as [Parse] reads them, in a fixed order; the empty string is no limit at all.
func (l Limits) String() string {
	var parts []string
	add := func(key, value string) { parts = append(parts, key+"="+value) }
	if l.USD != 0 {
		add("usd", strconv.FormatFloat(l.USD, 'g', -1, 64))
	}
	if l.Tokens != 0 {
		add("tokens", formatCount(l.Tokens))
	}
	if l.Wall != 0 {
		add("time", formatTime(l.Wall))
	}
	for i, n := range l.counts() {
		if i > 0 && n != 0 {
			add(countKeys[i], formatCount(n))
		}
	}
	if l.Depth != 0 {
		add("depth", formatCount(int64(l.Depth)))
	}
	return strings.Join(parts, ",")
}

// MarshalText writes what [Limits.String] does.
func (l Limits) MarshalText() ([]byte, error) {
	if err := l.Validate(); err != nil {
		return nil, err
	}
	return []byte(l.String()), nil
}

// UnmarshalText reads what [Parse] does.
func (l *Limits) UnmarshalText(b []byte) error {
	got, err := Parse(string(b))
	if err != nil {
		return err
	}
	*l = got
	return nil
}

func formatCount(n int64) string {
	switch {
	case n%1e6 == 0:
		return strconv.FormatInt(n/1e6, 10) + "M"
	case n%1e3 == 0:
		return strconv.FormatInt(n/1e3, 10) + "k"
	}
	return strconv.FormatInt(n, 10)
}

// formatTime writes 2m instead of 2m0s.
func formatTime(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
