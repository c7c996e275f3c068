package journal

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// cursor reads the compact JSON that encode writes, fields in the order of their struct. At anything else it gives
// up: bad is set, and the caller takes the long way of encoding/json. It never accepts what that would refuse.
type cursor struct {
	b   []byte
	i   int
	bad bool
}

func (c *cursor) fail() { c.bad, c.i = true, len(c.b) }

func (c *cursor) peek() byte {
	if c.i < len(c.b) {
		return c.b[c.i]
	}
	return 0
}

func (c *cursor) eat(ch byte) bool {
	if c.peek() != ch {
		return false
	}
	c.i++
	return true
}

func (c *cursor) want(ch byte) {
	if !c.eat(ch) {
		c.fail()
	}
}

// key moves behind the field's name, given as `"name":`, if it comes next.
func (c *cursor) key(quoted string) bool {
	i := c.i
	if c.bad {
		return false
	}
	if c.b[i-1] != '{' {
		if c.peek() != ',' {
			return false
		}
		i++
	}
	if len(c.b)-i < len(quoted) || string(c.b[i:i+len(quoted)]) != quoted {
		return false
	}
	c.i = i + len(quoted)
	return true
}

// list reads an array, element by element.
func list[T any](c *cursor, read func(*cursor, *T)) []T {
	c.want('[')
	if c.eat(']') {
		return []T{}
	}
	out := make([]T, 0, 5) // candidates and parts are about that many
	for !c.bad {
		out = append(out, *new(T))
		read(c, &out[len(out)-1])
		if !c.eat(',') {
			c.want(']')
			break
		}
	}
	return out
}

func (c *cursor) boolean() bool {
	for _, w := range [...]string{"true", "false"} {
		if len(c.b)-c.i >= len(w) && string(c.b[c.i:c.i+len(w)]) == w {
			c.i += len(w)
			return w == "true"
		}
	}
	c.fail()
	return false
}

// digits moves behind one or more digits and says how many there were.
func (c *cursor) digits() int {
	start := c.i
	for c.peek() >= '0' && c.peek() <= '9' {
		c.i++
	}
	if c.i == start {
		c.fail()
		return 0
	}
	return c.i - start
}

// number moves behind a JSON number and returns its text, which shares the document's memory.
func (c *cursor) number() string {
	start := c.i
	c.eat('-')
	if zero := c.peek() == '0'; c.digits() > 1 && zero {
		c.fail()
	}
	if c.eat('.') {
		c.digits()
	}
	if c.peek()|0x20 == 'e' {
		c.i++
		if c.peek() == '+' || c.peek() == '-' {
			c.i++
		}
		c.digits()
	}
	if c.bad {
		return ""
	}
	return unsafe.String(&c.b[start], c.i-start)
}

func (c *cursor) uint(bits int) uint64 {
	n, err := strconv.ParseUint(c.number(), 10, bits)
	if err != nil {
		c.fail()
	}
	return n
}

func (c *cursor) int(bits int) int64 {
	n, err := strconv.ParseInt(c.number(), 10, bits)
	if err != nil {
		c.fail()
	}
	return n
}

func (c *cursor) float() float64 {
	f, err := strconv.ParseFloat(c.number(), 64)
	if err != nil {
		c.fail()
	}
	return f
}

// literal moves behind a JSON string and returns what is between its quotes. plain says that this is the string itself:
// nothing is escaped.
func (c *cursor) literal() (raw []byte, plain bool) {
	c.want('"')
	start, ascii := c.i, true
	plain = true
	for c.i < len(c.b) {
		switch ch := c.b[c.i]; {
		case ch == '"':
			raw = c.b[start:c.i]
			c.i++
			if !ascii && !utf8.Valid(raw) {
				c.fail()
			}
			return raw, plain
		case ch < ' ':
			c.fail()
			return nil, false
		case ch == '\\':
			plain = false
			c.i++
		case ch >= utf8.RuneSelf:
			ascii = false
		}
		c.i++
	}
	c.fail()
	return nil, false
}

func (c *cursor) string() string {
	start := c.i
	raw, plain := c.literal()
	if c.bad {
		return ""
	}
	if plain {
		return string(raw)
	}
	if s, ok := unescape(raw); ok {
		return s
	}
	var s string
	if json.Unmarshal(c.b[start:c.i], &s) != nil {
		c.fail()
	}
	return s
}

// escapes has the byte for the letter after a backslash, 0 for what unescape leaves to others.
var escapes = [256]byte{'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', '"': '"', '\\': '\\', '/': '/'}

// unescape undoes the escapes of one letter; it says false when there are others, or a lone backslash.
func unescape(raw []byte) (string, bool) {
	var s strings.Builder
	s.Grow(len(raw))
	for len(raw) > 0 {
		n := bytes.IndexByte(raw, '\\')
		if n < 0 {
			s.Write(raw)
			break
		}
		if n+1 == len(raw) || escapes[raw[n+1]] == 0 {
			return "", false
		}
		s.Write(raw[:n])
		s.WriteByte(escapes[raw[n+1]])
		raw = raw[n+2:]
	}
	return s.String(), true
}

// raw moves behind any value and returns its text, which shares the document's memory.
func (c *cursor) raw() json.RawMessage {
	start := c.i
	c.skip(0)
	if c.bad {
		return nil
	}
	return json.RawMessage(c.b[start:c.i:c.i])
}

// maxSkip is how deep values are skipped; canonical arguments nest less.
const maxSkip = 250

func (c *cursor) skip(depth int) {
	switch ch := c.peek(); {
	case depth > maxSkip || c.bad:
		c.fail()
	case ch == '{' || ch == '[':
		c.i++
		c.skipInside(depth, ch)
	case ch == '"':
		if raw, plain := c.literal(); !plain && !c.bad && !json.Valid(c.b[c.i-len(raw)-2:c.i]) {
			c.fail()
		}
	case ch == 't' || ch == 'f':
		c.boolean()
	case ch == 'n':
		for _, want := range []byte("null") {
			c.want(want)
		}
	default:
		c.number()
	}
}

// skipInside moves behind the elements of an object or an array and its closing bracket, two letters after the opening one in ASCII.
func (c *cursor) skipInside(depth int, open byte) {
	if c.eat(open + 2) {
		return
	}
	for !c.bad {
		if open == '{' {
			if c.peek() != '"' {
				c.fail()
			}
			c.skip(depth + 1)
			c.want(':')
		}
		c.skip(depth + 1)
		if !c.eat(',') {
			c.want(open + 2)
			return
		}
	}
}
