package arith

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// The limits of an expression.
const (
	maxLength = 200 // bytes
	maxDepth  = 32  // of parentheses and signs
	maxDigits = 15  // of a number
	maxBits   = 256 // of a numerator or denominator
)

// Errors of [Evaluate] beside those that name a place in the expression.
var (
	ErrDivision = errors.New("division by zero")
	ErrTooLong  = fmt.Errorf("the expression is longer than %d bytes; calculate it in parts", maxLength)
	ErrTooDeep  = fmt.Errorf("parentheses are nested more than %d deep; calculate it in parts", maxDepth)
	ErrTooLarge = errors.New("the numbers become too large")
)

// Evaluate returns an expression's value; see the package comment for what is allowed.
func Evaluate(expression string) (*big.Rat, error) {
	if len(expression) > maxLength {
		return nil, ErrTooLong
	}
	p := parser{text: expression}
	v, err := p.sum(0)
	if err != nil {
		return nil, err
	}
	if p.peek(); !p.ended() {
		return nil, p.unexpected("an operator")
	}
	return v, nil
}

// Format writes a number without an end of zeros: 84, 2.5, 0.3333333333.
func Format(v *big.Rat) string {
	if v.IsInt() {
		return v.Num().String()
	}
	s := strings.TrimRight(v.FloatString(10), "0")
	if s = strings.TrimSuffix(s, "."); s == "-0" {
		return "0"
	}
	return s
}

type parser struct {
	text string
	at   int
}

// peek returns the next byte that is no space, 0 at the end.
func (p *parser) peek() byte {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

func (p *parser) ended() bool { return p.at == len(p.text) }

func (p *parser) unexpected(want string) error {
	if p.ended() {
		return fmt.Errorf("the expression ends where %s is wanted", want)
	}
	rest := strings.ToValidUTF8(p.text[p.at:min(p.at+12, len(p.text))], "")
	return fmt.Errorf("position %d: want %s, got %q", p.at+1, want, rest)
}

func (p *parser) sum(depth int) (*big.Rat, error) {
	v, err := p.product(depth)
	for err == nil && (p.peek() == '+' || p.peek() == '-') {
		op := p.text[p.at]
		p.at++
		var w *big.Rat
		if w, err = p.product(depth); err == nil {
			v, err = apply(op, v, w)
		}
	}
	return v, err
}

func (p *parser) product(depth int) (*big.Rat, error) {
	v, err := p.factor(depth)
	for err == nil && (p.peek() == '*' || p.peek() == '/') {
		op := p.text[p.at]
		p.at++
		var w *big.Rat
		if w, err = p.factor(depth); err == nil {
			v, err = apply(op, v, w)
		}
	}
	return v, err
}

func (p *parser) factor(depth int) (*big.Rat, error) {
	if depth > maxDepth {
		return nil, ErrTooDeep
	}
	switch c := p.peek(); {
	case c == '-':
		p.at++
		v, err := p.factor(depth + 1)
		if err != nil {
			return nil, err
		}
		return v.Neg(v), nil
	case c == '(':
		p.at++
		v, err := p.sum(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.peek() != ')' {
			return nil, p.unexpected("a closing parenthesis")
		}
		p.at++
		return v, nil
	case c >= '0' && c <= '9':
		return p.number()
	}
	return nil, p.unexpected("a number or an opening parenthesis")
}

func (p *parser) number() (*big.Rat, error) {
	from := p.at
	p.digits()
	if p.at < len(p.text) && p.text[p.at] == '.' {
		p.at++
		if p.digits() == 0 {
			return nil, p.unexpected("a digit")
		}
	}
	s := p.text[from:p.at]
	if len(s) > maxDigits+1 {
		return nil, fmt.Errorf("position %d: a number has more than %d digits", from+1, maxDigits)
	}
	v, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, fmt.Errorf("position %d: %q is not a number", from+1, s)
	}
	return v, nil
}

func (p *parser) digits() int {
	from := p.at
	for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
		p.at++
	}
	return p.at - from
}

func apply(op byte, a, b *big.Rat) (*big.Rat, error) {
	out := new(big.Rat)
	switch op {
	case '+':
		out.Add(a, b)
	case '-':
		out.Sub(a, b)
	case '*':
		out.Mul(a, b)
	default:
		if b.Sign() == 0 {
			return nil, ErrDivision
		}
		out.Quo(a, b)
	}
	if out.Num().BitLen() > maxBits || out.Denom().BitLen() > maxBits {
		return nil, ErrTooLarge
	}
	return out, nil
}
