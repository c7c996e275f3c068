package budget

import "math"

// Amount is what a piece of work takes. All parts are >= 0.
type Amount struct {
	USD        float64 `json:"usd,omitempty"`         // dollars
	Tokens     int64   `json:"tokens,omitempty"`      // prompt and completion tokens together
	ModelCalls int64   `json:"model_calls,omitempty"` // requests to a model
	ToolCalls  int64   `json:"tool_calls,omitempty"`  // calls of a tool
	Expansions int64   `json:"expansions,omitempty"`  // nodes worked on
}

// Add returns the sum of both. Counts stop at the largest int64 instead of wrapping.
func (a Amount) Add(b Amount) Amount {
	a.USD += b.USD
	for _, c := range counts {
		p := c.of(&a)
		*p = addCap(*p, *c.of(&b))
	}
	return a
}

// Sub returns a less b; parts may come out negative.
func (a Amount) Sub(b Amount) Amount {
	a.USD -= b.USD
	for _, c := range counts {
		*c.of(&a) -= *c.of(&b)
	}
	return a
}

// count is one of the parts that are whole numbers, with where it is kept and the word for it in a budget's text.
type count struct {
	key   string
	of    func(*Amount) *int64
	limit func(*Limits) *int64
}

var counts = [...]count{
	{"tokens", func(a *Amount) *int64 { return &a.Tokens }, func(l *Limits) *int64 { return &l.Tokens }},
	{"calls", func(a *Amount) *int64 { return &a.ModelCalls }, func(l *Limits) *int64 { return &l.ModelCalls }},
	{"tools", func(a *Amount) *int64 { return &a.ToolCalls }, func(l *Limits) *int64 { return &l.ToolCalls }},
	{"expansions", func(a *Amount) *int64 { return &a.Expansions }, func(l *Limits) *int64 { return &l.Expansions }},
}

// addCap adds numbers >= 0 without wrapping.
func addCap(a, b int64) int64 {
	if b > 0 && a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// atLeastZero replaces what no amount can be, negative or not a number, by 0.
func (a Amount) atLeastZero() Amount {
	if !(a.USD > 0) {
		a.USD = 0
	}
	for _, c := range counts {
		p := c.of(&a)
		*p = max(*p, 0)
	}
	return a
}

// excess returns by how much a is above b, part by part, 0 where it is not.
func (a Amount) excess(b Amount) Amount {
	d := a.Sub(b).atLeastZero()
	if d.USD <= cent {
		d.USD = 0
	}
	return d
}
