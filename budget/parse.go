package budget

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// ParseError says which part of a budget's text is wrong and what to write instead.
type ParseError struct {
	Key    string // as written; empty when a part has no key
	Value  string
	Remedy string
}

// Error names the key, the value and the remedy.
func (e *ParseError) Error() string {
	if e.Key == "" {
		return fmt.Sprintf("budget: %q: %s", e.Value, e.Remedy)
	}
	return fmt.Sprintf("budget: %s=%s: %s", e.Key, e.Value, e.Remedy)
}

const (
	keyList     = "usd, tokens, time, calls, tools, expansions, depth"
	remedyUSD   = "want dollars above 0, like 0.50"
	remedyTime  = "want a time above 0, like 90s or 2m"
	remedyCount = "want a whole number above 0, like 50, 200k or 1M"
	remedyPair  = "want KEY=VALUE, separated by commas, like usd=0.50,calls=50"
	remedyKey   = "no such limit; the limits are " + keyList
	remedyTwice = "given twice; keep one"
)

func bad(key, value, remedy string) error { return &ParseError{Key: key, Value: value, Remedy: remedy} }

// Parse reads a budget like "usd=0.50,tokens=200k,time=2m,calls=50,tools=20,expansions=100,depth=20". Each key is
// optional; a key that is left out is no limit, and so is the empty text. Counts take the suffixes k and M. Errors
// are a [*ParseError].
func Parse(text string) (Limits, error) {
	var l Limits
	if strings.TrimSpace(text) == "" {
		return l, nil
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(text, ",") {
		key, value, ok := strings.Cut(part, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok || key == "" {
			return Limits{}, bad("", strings.TrimSpace(part), remedyPair)
		}
		if seen[key] {
			return Limits{}, bad(key, value, remedyTwice)
		}
		seen[key] = true
		if err := l.set(key, value); err != nil {
			return Limits{}, err
		}
	}
	return l, nil
}

// set reads one value into its field.
func (l *Limits) set(key, value string) error {
	switch key {
	case "usd":
		f, err := strconv.ParseFloat(value, 64)
		if err != nil || !(f > 0) || math.IsInf(f, 0) {
			return bad(key, value, remedyUSD)
		}
		l.USD = f
	case "time":
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return bad(key, value, remedyTime)
		}
		l.Wall = d
	case "tokens", "calls", "tools", "expansions", "depth":
		n, ok := parseCount(value)
		if !ok || key == "depth" && n > math.MaxInt32 {
			return bad(key, value, remedyCount)
		}
		l.setCount(key, n)
	default:
		return bad(key, value, remedyKey)
	}
	return nil
}

func (l *Limits) setCount(key string, n int64) {
	switch key {
	case "tokens":
		l.Tokens = n
	case "calls":
		l.ModelCalls = n
	case "tools":
		l.ToolCalls = n
	case "expansions":
		l.Expansions = n
	case "depth":
		l.Depth = int(n)
	}
}

// parseCount reads a whole number above 0, with or without k or M; 1.5k is 1500.
func parseCount(s string) (int64, bool) {
	unit := int64(1)
	if t, ok := strings.CutSuffix(s, "k"); ok {
		s, unit = t, 1e3
	} else if t, ok := strings.CutSuffix(s, "M"); ok {
		s, unit = t, 1e6
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n * unit, n > 0 && n <= math.MaxInt64/unit
	}
	if unit == 1 {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	f = math.Round(f*float64(unit)*1e6) / 1e6 // 1.001k is not exactly 1001 in binary
	whole := err == nil && f == math.Trunc(f) && f > 0 && f < 1<<53
	return int64(f), whole
}
