package game24gen

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Fraction is a number of the game, in lowest terms with a denominator above 0.
type Fraction struct{ Num, Den int64 }

// Whole returns n/1.
func Whole(n int64) Fraction { return Fraction{n, 1} }

// String writes 8 or 8/3.
func (f Fraction) String() string {
	if f.Den == 1 {
		return strconv.FormatInt(f.Num, 10)
	}
	return fmt.Sprintf("%d/%d", f.Num, f.Den)
}

// ParseFraction reads what [Fraction.String] wrote; ok is false for anything else.
func ParseFraction(s string) (f Fraction, ok bool) {
	a, b, found := strings.Cut(s, "/")
	if !found {
		b = "1"
	}
	num, err1 := strconv.ParseInt(a, 10, 32)
	den, err2 := strconv.ParseInt(b, 10, 32)
	if err1 != nil || err2 != nil || den < 1 {
		return Fraction{}, false
	}
	f = lowest(num, den)
	return f, f.String() == s
}

// Compare orders fractions by value.
func Compare(a, b Fraction) int {
	switch d := a.Num*b.Den - b.Num*a.Den; {
	case d < 0:
		return -1
	case d > 0:
		return 1
	}
	return 0
}

func lowest(num, den int64) Fraction {
	if den < 0 {
		num, den = -num, -den
	}
	a, b := max(num, -num), den
	for b > 0 {
		a, b = b, a%b
	}
	return Fraction{num / max(a, 1), den / max(a, 1)}
}

// Ops are the operators, in the order in which they are tried.
var Ops = []string{"+", "-", "*", "/"}

// Apply calculates; ok is false for a division by zero and an unknown operator.
func Apply(op string, a, b Fraction) (f Fraction, ok bool) {
	switch op {
	case "+":
		return lowest(a.Num*b.Den+b.Num*a.Den, a.Den*b.Den), true
	case "-":
		return lowest(a.Num*b.Den-b.Num*a.Den, a.Den*b.Den), true
	case "*":
		return lowest(a.Num*b.Num, a.Den*b.Den), true
	case "/":
		if b.Num != 0 {
			return lowest(a.Num*b.Den, a.Den*b.Num), true
		}
	}
	return Fraction{}, false
}

// Step combines two numbers.
type Step struct {
	A, B Fraction
	Op   string
}

// Moves returns the combinations that a multiset of numbers allows, each once.
func Moves(numbers []Fraction) []Step {
	var out []Step
	for i, a := range numbers {
		for j, b := range numbers {
			for _, op := range Ops {
				commutes := op == "+" || op == "*"
				if i == j || commutes && Compare(a, b) > 0 {
					continue
				}
				if _, ok := Apply(op, a, b); ok && !slices.Contains(out, Step{a, b, op}) {
					out = append(out, Step{a, b, op})
				}
			}
		}
	}
	return out
}

// After returns the multiset after a step, sorted; ok is false when the numbers are not there or can't be divided.
func After(numbers []Fraction, s Step) (rest []Fraction, ok bool) {
	v, ok := Apply(s.Op, s.A, s.B)
	if !ok {
		return nil, false
	}
	rest = slices.Clone(numbers)
	for _, n := range []Fraction{s.A, s.B} {
		i := slices.Index(rest, n)
		if i < 0 {
			return nil, false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	at, _ := slices.BinarySearchFunc(rest, v, Compare)
	return slices.Insert(rest, at, v), true
}

// Solutions returns at most most ways to 24, in a fixed order.
func Solutions(numbers []Fraction, most int) [][]Step {
	if len(numbers) == 1 {
		if numbers[0] == Whole(24) {
			return [][]Step{nil}
		}
		return nil
	}
	var out [][]Step
	for _, s := range Moves(numbers) {
		rest, _ := After(numbers, s)
		for _, tail := range Solutions(rest, most-len(out)) {
			out = append(out, append([]Step{s}, tail...))
		}
		if len(out) >= most {
			break
		}
	}
	return out
}

// solvable says whether there are [Solutions] of at most four numbers, without making them: whoever draws a puzzle waits for
// all 1,820.
func solvable(numbers []Fraction) bool {
	switch len(numbers) {
	case 1:
		return numbers[0] == Whole(24)
	case 2: // nearly all calls: over the common denominator, nothing needs lowest terms
		a, b := numbers[0].Num*numbers[1].Den, numbers[1].Num*numbers[0].Den
		ones := numbers[0].Den * numbers[1].Den
		return a+b == 24*ones || max(a-b, b-a) == 24*ones || numbers[0].Num*numbers[1].Num == 24*ones ||
			b != 0 && a == 24*b || a != 0 && b == 24*a
	}
	var room [3]Fraction
	rest := room[:len(numbers)-1]
	for i, a := range numbers {
		for j, b := range numbers[:i] {
			at := 1
			for k, n := range numbers {
				if k != i && k != j {
					rest[at] = n
					at++
				}
			}
			for _, s := range [...]Step{{a, b, "+"}, {a, b, "*"}, {a, b, "-"}, {b, a, "-"}, {a, b, "/"}, {b, a, "/"}} {
				var ok bool
				if rest[0], ok = Apply(s.Op, s.A, s.B); ok && solvable(rest) {
					return true
				}
			}
		}
	}
	return false
}

// Puzzles returns all solvable multisets of four numbers from 1 to 13, sorted: 1,362 of 1,820.
var Puzzles = sync.OnceValue(func() [][4]int64 {
	var out [][4]int64
	for a := int64(1); a <= 13; a++ {
		for b := a; b <= 13; b++ {
			for c := b; c <= 13; c++ {
				for d := c; d <= 13; d++ {
					if solvable([]Fraction{Whole(a), Whole(b), Whole(c), Whole(d)}) {
						out = append(out, [4]int64{a, b, c, d})
					}
				}
			}
		}
	}
	return out
})
