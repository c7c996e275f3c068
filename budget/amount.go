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

// counts are the parts that are whole numbers, in the order of countKeys.
type counts [4]int64

// countKeys are the words for the counts in a budget's text.
var countKeys = [len(counts{})]string{"tokens", "calls", "tools", "expansions"}

func (a Amount) counts() counts { return counts{a.Tokens, a.ModelCalls, a.ToolCalls, a.Expansions} }

func amount(usd float64, c counts) Amount {
	return Amount{USD: usd, Tokens: c[0], ModelCalls: c[1], ToolCalls: c[2], Expansions: c[3]}
}

// Add returns the sum of both. Counts stop at the largest int64 instead of wrapping.
func (a Amount) Add(b Amount) Amount {
	x, y := a.counts(), b.counts()
	for i := range x {
		x[i] = addCap(x[i], y[i])
	}
	return amount(a.USD+b.USD, x)
}

// Sub returns a less b; parts may come out negative.
func (a Amount) Sub(b Amount) Amount {
	x, y := a.counts(), b.counts()
	for i := range x {
		x[i] -= y[i]
	}
	return amount(a.USD-b.USD, x)
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
	x := a.counts()
	for i := range x {
		x[i] = max(x[i], 0)
	}
	return amount(a.USD, x)
}

// excess returns by how much a is above b, part by part, 0 where it is not.
func (a Amount) excess(b Amount) Amount {
	d := a.Sub(b).atLeastZero()
	if d.USD <= cent {
		d.USD = 0
	}
	return d
}
