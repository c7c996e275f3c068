package demos

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// What a controller in text may hold, so that a foreign file can't make it large.
const (
	mostCounts   = 64
	mostFeatures = 64
	greatest     = 1 << 20 // count
)

// String returns the text of [Controller.MarshalText], empty for nil.
func (c *Controller) String() string {
	if c == nil {
		return ""
	}
	text := make([]string, 0, 1+len(c.weights))
	var words []string
	for _, k := range c.counts {
		words = append(words, strconv.Itoa(k))
	}
	text = append(text, strings.Join(words, " "))
	for _, row := range c.weights {
		words = words[:0]
		for _, w := range row {
			words = append(words, strconv.FormatFloat(w, 'g', -1, 64))
		}
		text = append(text, strings.Join(words, " "))
	}
	return strings.Join(text, "/")
}

// MarshalText implements [encoding.TextMarshaler]: the counts, and for each step from a count to the next the weights of the
// features and the constant, with slashes between them:
//
//	0 3/-1.5 0.25 0 2
func (c *Controller) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]. Lines may stand for slashes; one that begins with # is a remark. Errors
// wrap [ErrInput].
func (c *Controller) UnmarshalText(text []byte) error {
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		for row := range strings.SplitSeq(line, "/") {
			if words := strings.Fields(row); len(words) > 0 {
				rows = append(rows, words)
			}
		}
	}
	if len(rows) == 0 {
		return fmt.Errorf("%w: a controller without counts; want such as 0 3/-1.5 0.25 0 2", ErrInput)
	}
	var got Controller
	for _, w := range rows[0] {
		k, err := strconv.Atoi(w)
		if err != nil {
			return fmt.Errorf("%w: controller: count %q is not a whole number", ErrInput, w)
		}
		got.counts = append(got.counts, k)
	}
	for _, words := range rows[1:] {
		row := make([]float64, len(words))
		for i, w := range words {
			var err error
			if row[i], err = strconv.ParseFloat(w, 64); err != nil {
				return fmt.Errorf("%w: controller: weight %q is not a number", ErrInput, w)
			}
		}
		got.weights = append(got.weights, row)
	}
	if err := got.validate(); err != nil {
		return err
	}
	*c = got
	return nil
}

// UnmarshalJSON reads the text; a lone count may be written as a number.
func (c *Controller) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	return c.UnmarshalText([]byte(text))
}

// validate says what is wrong with a controller.
func (c *Controller) validate() error {
	if err := rising(c.counts); err != nil {
		return err
	}
	if len(c.weights) != len(c.counts)-1 {
		return fmt.Errorf("%w: controller: %d rows of weights; %d counts want %d", ErrInput, len(c.weights), len(c.counts), len(c.counts)-1)
	}
	for i, row := range c.weights {
		if len(row) > mostFeatures || len(row) != len(c.weights[0]) || slices.ContainsFunc(row, bad) {
			return fmt.Errorf("%w: controller: row %d of weights: want %d finite numbers, as in the others", ErrInput, i+1, min(len(c.weights[0]), mostFeatures))
		}
	}
	return nil
}

func rising(counts []int) error {
	ok := len(counts) > 0 && len(counts) <= mostCounts && counts[0] >= 0 && counts[len(counts)-1] <= greatest
	for i := 1; ok && i < len(counts); i++ {
		ok = counts[i] > counts[i-1]
	}
	if !ok {
		return fmt.Errorf("%w: counts %v: want 1 to %d rising numbers from 0 to %d", ErrInput, counts[:min(len(counts), mostCounts)], mostCounts, greatest)
	}
	return nil
}

// Validate says whether [Fit] can ask the controller: it was trained on as many [Features] as there are. Errors wrap [ErrInput].
func (c *Controller) Validate() error {
	if err := c.validate(); err != nil {
		return err
	}
	if want := len(Features(nil)) + 1; len(c.weights) > 0 && len(c.weights[0]) != want {
		return fmt.Errorf("%w: controller: %d weights a step; want %d, one for each of demos.Features and a constant", ErrInput, len(c.weights[0]), want)
	}
	return nil
}

// Counts are the numbers that the controller chooses from, rising.
func (c *Controller) Counts() []int { return slices.Clone(c.counts) }
