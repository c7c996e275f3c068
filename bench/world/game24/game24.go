package game24

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/game24gen"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of the world: how many distracting tools it has, and the seed that chooses them.
type Options = sandbox.Options

// New returns a board with these numbers: two to four, each from 1 to 100. The error says which limit is broken.
func New(numbers []int64, o Options) (tool.World, error) {
	if len(numbers) < 2 || len(numbers) > 4 {
		return nil, fmt.Errorf("numbers: %d of them, want 2 to 4", len(numbers))
	}
	var start []game24gen.Fraction
	for _, n := range numbers {
		if n < 1 || n > 100 {
			return nil, fmt.Errorf("numbers: %d is not from 1 to 100", n)
		}
		start = append(start, game24gen.Whole(n))
	}
	return open(start, o)
}

// Open returns the board of a request, or 4 7 8 8 where none is named.
func Open(id draw.Request, o Options) (tool.World, error) {
	if !id.Named {
		return New([]int64{4, 7, 8, 8}, o)
	}
	return open(game24gen.Draw(id.Space, id.Seed, id.I).Start, o)
}

func open(start []game24gen.Fraction, o Options) (tool.World, error) {
	start = slices.SortedFunc(slices.Values(start), game24gen.Compare)
	return tools.Open(o, board{numbers: start})
}

var tools = sandbox.NewTools(sandbox.Table[board]{Ops: ops, Extras: extras, Set: set, Moves: moves})

// board is the numbers that are left, and what distracting tools stored.
type board struct {
	numbers []game24gen.Fraction // sorted
	notes   sandbox.Dict
}

// JSON returns the numbers, and the notes where there are any.
func (b board) JSON() json.RawMessage {
	return b.notes.With("numbers", sandbox.Quotes(b.words())).JSON()
}

func (b board) words() []string {
	words := make([]string, len(b.numbers))
	for i, n := range b.numbers {
		words[i] = n.String()
	}
	return words
}

func (b board) list() string { return strings.Join(b.words(), ", ") }

func set(b board, key string, v json.RawMessage) (board, error) {
	b.notes = b.notes.With(key, v)
	return b, nil
}

func ops() []sandbox.Op[board] {
	number := func(name, doc string) sandbox.Arg {
		return sandbox.Arg{Name: name, Doc: doc, Type: sandbox.Pattern, Regexp: regexp.MustCompile(`^-?\d+(/\d+)?$`), Like: "8 or 8/3"}
	}
	return []sandbox.Op[board]{{
		Name: "combine",
		Doc: "Takes two numbers off the board and puts a op b in their place. Both must be on the board; a number that is " +
			"there twice may be both. Results are exact: 8 / 3 gives 8/3. The game ends when one number is left, which must be 24.",
		Effect: tool.Reversible,
		Args: []sandbox.Arg{
			number("a", "The first number, as it stands on the board, for example 8 or 8/3."),
			{Name: "op", Doc: "What to do with the two numbers.", Type: sandbox.Choice, Enum: game24gen.Ops},
			number("b", "The second number: what is added, subtracted, multiplied by or divided by."),
		},
		Output: json.RawMessage(`{"properties":{"left":{"items":{"type":"string"},"type":"array"},"result":{"type":"string"}},"required":["left","result"],"type":"object"}`),
		Do:     combine,
	}}
}

func combine(b board, v []sandbox.Value) (board, tool.Result, error) {
	if len(b.numbers) == 1 {
		return b, tool.Result{}, errors.New("one number is left and the game is over")
	}
	x, ok1 := game24gen.ParseFraction(v[0].Text)
	y, ok2 := game24gen.ParseFraction(v[2].Text)
	if !ok1 || !ok2 {
		return b, tool.Result{}, fmt.Errorf("write numbers as they stand on the board: %s", b.list())
	}
	s := game24gen.Step{A: x, Op: v[1].Text, B: y}
	rest, ok := game24gen.After(b.numbers, s)
	value, defined := game24gen.Apply(s.Op, x, y)
	switch {
	case !defined:
		return b, tool.Result{}, errors.New("a division by zero")
	case !ok:
		return b, tool.Result{}, fmt.Errorf("%s and %s are not both on the board; there are %s", x, y, b.list())
	}
	b.numbers = rest
	res := sandbox.Say("%s %s %s = %s. Left: %s.", x, s.Op, y, value, b.list())
	res.Value = sandbox.Dict{}.With("left", sandbox.Quotes(b.words())).With("result", sandbox.Quote(value.String())).JSON()
	return b, res, nil
}

func moves(b board) []tool.Call {
	var out []tool.Call
	for _, s := range game24gen.Moves(b.numbers) {
		out = append(out, tool.Call{Tool: "combine", Args: game24gen.Args(s.A.String(), s.Op, s.B.String())})
	}
	return out
}
