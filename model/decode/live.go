package decode

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/azimuthdev/azimuth/model"
)

// LiveOptions are the settings of [NewLive] and [NewBiased]; nil and zero fields take the defaults.
type LiveOptions struct {
	// Choices are what the text can become, in ASCII; none may begin with another. None: the text is free.
	Choices []string
	// Top is how many of the likeliest tokens are asked for, 1 to what the model shows, which is the default.
	Top int
	// Tokens is the length of a free text, 1 to 1e6; 0 is 256.
	Tokens int
	// Allow is asked before each request; nil allows all.
	Allow model.Allow
	// Estimator says what a request may use at most; one of its own by default. Sharing one saves counting the same texts again.
	Estimator *model.Estimator
}

// shared fills in what all requests go through.
func (o LiveOptions) shared() LiveOptions {
	if o.Allow == nil {
		o.Allow = func(model.Usage) (func(model.Usage), error) { return func(model.Usage) {}, nil }
	}
	if o.Estimator == nil {
		o.Estimator = &model.Estimator{}
	}
	return o
}

// Live is what a model behind an endpoint writes, as a [Categorical]: each text that is looked at is a request, made once.
// Its tokens are numbers of the ways in which a text can go on, the likeliest first; [Live.Text] is what they spell.
//
// Probabilities are the model's over the tokens that the endpoint shows, divided by what they add up to ([Live.Covered]):
// exact over this truncated support. With choices only tokens that lead to one of them count, those that lead to the same
// ones are one way, and what all that is left has in common is written without a request. Where that ends within a word, tokens
// that write the word whole count instead (inferred), for which the request was mostly made before. Where no token that is shown leads anywhere, all ways are alike. In a free text tokens
// that are part of a character are left out.
//
// It serves one goroutine for as long as its context lives. What went wrong is in [Live.Err]: texts are then done.
type Live struct {
	ctx   context.Context // of the one answer that this is made for: a Categorical's methods take none
	m     model.TokenModel
	of    model.Request
	o     LiveOptions
	nodes map[string]*node
	shown map[string][]model.Token // by the text that was asked about
	usage model.Usage
	err   error
}

// node is a text and how it goes on.
type node struct {
	next    []string // the texts that follow, the likeliest first
	logs    []float64
	covered float64
}

// NewLive returns the answers of a model to a request. Errors: [model.ErrUnable] where the model shows no tokens, before
// anything is asked; [ErrOptions].
func NewLive(ctx context.Context, m model.Model, of model.Request, o *LiveOptions) (*Live, error) {
	tm, err := tokens(m)
	if err != nil {
		return nil, err
	}
	l := &Live{ctx: ctx, m: tm, of: of, nodes: map[string]*node{}, shown: map[string][]model.Token{}}
	if o != nil {
		l.o = *o
	}
	most := m.Capabilities().TopTokens
	if l.o.Top == 0 {
		l.o.Top = most
	}
	if l.o.Tokens == 0 {
		l.o.Tokens = 256
	}
	l.o = l.o.shared()
	switch {
	case l.o.Top < 1 || l.o.Top > most:
		return nil, fmt.Errorf("%w: top: %d is outside [1,%d], what the model shows", ErrOptions, l.o.Top, most)
	case l.o.Tokens < 1 || l.o.Tokens > 1e6:
		return nil, fmt.Errorf("%w: tokens: %d is outside [1,1e6]; 0 takes the default, 256", ErrOptions, l.o.Tokens)
	}
	return l, distinct(l.o.Choices)
}

// tokens is the model as one that shows tokens.
func tokens(m model.Model) (model.TokenModel, error) {
	caps := m.Capabilities()
	if t, ok := m.(model.TokenModel); ok && caps.TopTokens > 0 {
		return t, nil
	}
	return nil, fmt.Errorf("steering by values needs the log-probabilities of next tokens, which %s does not show: %w; take a llama.cpp server (--model llamacpp/NAME)", caps.Name, model.ErrUnable)
}

func distinct(choices []string) error {
	sorted := slices.Sorted(slices.Values(choices))
	for i := range sorted {
		if sorted[i] == "" || i > 0 && strings.HasPrefix(sorted[i], sorted[i-1]) {
			return fmt.Errorf("%w: choices: %q is empty or begins with another one", ErrOptions, sorted[i])
		}
		if strings.ContainsFunc(sorted[i], func(c rune) bool { return c >= utf8.RuneSelf }) { // two could part within a character
			return fmt.Errorf("%w: choices: %q is not ASCII", ErrOptions, sorted[i])
		}
	}
	return nil
}

// Err is the first error of a request, or nil.
func (l *Live) Err() error { return l.err }

// Usage is what all requests used.
func (l *Live) Usage() model.Usage { return l.usage }

// Size implements [Categorical]. It is the greatest number of ways in which a text can go on.
func (l *Live) Size() int { return max(len(l.o.Choices), l.o.Top) }

// Text is what the tokens spell, as far as they lead anywhere.
func (l *Live) Text(tokens []int) string {
	text, _ := l.follow(tokens)
	return strings.TrimSuffix(text, end)
}

// follow is the text that tokens lead to; false where the model can't write them.
func (l *Live) follow(tokens []int) (string, bool) {
	text := l.forced("")
	for _, a := range tokens {
		n := l.at(text)
		if a < 0 || a >= len(n.next) {
			return text, false
		}
		text = n.next[a]
	}
	return text, true
}

// end is what closes a free text: no character of it.
const end = "\xff"

// Done implements [Categorical]. What the model can't write is done.
func (l *Live) Done(tokens []int) bool {
	text, ok := l.follow(tokens)
	return !ok || l.err != nil || l.finished(text) || len(l.o.Choices) == 0 && len(tokens) >= l.o.Tokens
}

func (l *Live) finished(text string) bool {
	return strings.HasSuffix(text, end) || slices.Contains(l.o.Choices, text)
}

// LogProbs implements [Categorical].
func (l *Live) LogProbs(tokens []int, dst []float64) {
	text, _ := l.follow(tokens)
	n := l.at(text)
	for a := range dst {
		dst[a] = math.Inf(-1)
	}
	copy(dst, n.logs)
}

// Covered is the share of the model's probability that the ways on have together, in [0,1].
func (l *Live) Covered(tokens []int) float64 {
	text, _ := l.follow(tokens)
	return l.at(text).covered
}

// at is the node of a text that is not finished.
func (l *Live) at(text string) *node {
	n, ok := l.nodes[text]
	if ok {
		return n
	}
	n = &node{}
	if l.err != nil || l.finished(text) {
		return n
	}
	for _, from := range l.healed(text) {
		var shown []model.Token
		if shown, l.err = l.ask(from); l.err != nil {
			return n
		}
		if n = l.expand(text, from, shown); len(n.next) > 0 {
			break
		}
	}
	if len(n.next) == 0 {
		n = l.blind(text)
	}
	l.nodes[text] = n
	return n
}

// healed are the texts to ask about for one that may end within a word: first the text up to that word, because a model
// writes words whole and says little of what follows half of one, then the text itself.
func (l *Live) healed(text string) []string {
	word := strings.LastIndexFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) + 1
	if len(l.o.Choices) == 0 || word == len(text) {
		return []string{text}
	}
	return []string{text[:word], text}
}

// ask makes the request, once, within what it is allowed.
func (l *Live) ask(text string) ([]model.Token, error) {
	if shown, ok := l.shown[text]; ok {
		return shown, nil
	}
	r := model.TokenRequest{Of: l.of, Text: text, Top: l.o.Top}
	settle, err := l.o.Allow(l.o.Estimator.EstimateNext(r, l.m.Capabilities()))
	if err != nil {
		return nil, err
	}
	resp, err := l.m.NextTokens(l.ctx, r)
	settle(resp.Usage)
	l.usage = l.usage.Add(resp.Usage)
	if err == nil {
		l.shown[text] = resp.Tokens
	}
	return resp.Tokens, err
}

// expand adds up the tokens that follow a beginning of the text and lead beyond it, by where they lead.
func (l *Live) expand(text, from string, shown []model.Token) *node {
	mass := map[string]float64{}
	n := &node{}
	for _, t := range shown {
		to, ok := l.leads(from, t)
		p := math.Exp(min(t.LogProb, 0)) // an endpoint's word: it can be anything
		if !ok || !(p > 0) || len(from)+len(t.Text) <= len(text) && !t.End || !strings.HasPrefix(to, text) {
			continue
		}
		if _, seen := mass[to]; !seen {
			n.next = append(n.next, to)
		}
		mass[to] += p
	}
	slices.SortFunc(n.next, func(a, b string) int { return cmp.Or(cmp.Compare(mass[b], mass[a]), cmp.Compare(a, b)) })
	for _, to := range n.next {
		n.logs = append(n.logs, math.Log(mass[to]))
		n.covered += mass[to]
	}
	normalise(n.logs)
	return n
}

// leads is the text that a token leads to; false where that is none.
func (l *Live) leads(text string, t model.Token) (string, bool) {
	switch to := text + t.Text; {
	case len(l.o.Choices) > 0:
		if t.End || t.Text == "" {
			return "", false
		}
		return l.toward(to)
	case t.End:
		return text + end, true
	default:
		return to, t.Text != "" && utf8.ValidString(to)
	}
}

// toward is a text with all that the choices which it leads to have in common. A text that goes on beyond a choice leads to it.
func (l *Live) toward(text string) (string, bool) {
	for _, c := range l.o.Choices {
		if strings.HasPrefix(c, text) {
			return l.forced(text), true
		}
		if strings.HasPrefix(text, c) {
			return c, true
		}
	}
	return "", false
}

// forced is what all choices that begin with the text begin with.
func (l *Live) forced(text string) string {
	left := l.left(text)
	if len(left) == 0 {
		return text
	}
	common := left[0]
	for _, c := range left[1:] {
		for !strings.HasPrefix(c, common) {
			common = common[:len(common)-1]
		}
	}
	return common
}

// left are the choices that begin with the text.
func (l *Live) left(text string) []string {
	var out []string
	for _, c := range l.o.Choices {
		if strings.HasPrefix(c, text) {
			out = append(out, c)
		}
	}
	return out
}

// blind is the node of a text where nothing that is shown leads to a choice.
func (l *Live) blind(text string) *node {
	n := &node{}
	for _, c := range l.left(text) {
		if to := l.forced(c[:len(text)+1]); !slices.Contains(n.next, to) {
			n.next = append(n.next, to)
			n.logs = append(n.logs, 0)
		}
	}
	normalise(n.logs)
	return n
}

// Expect is what the worth of the choice will be on the mean when the model goes on from a text: the value of [VAS] for
// its own texts, and that of [TransferQFrom] for another model's. It is exact over the support, and makes no request where
// all choices that are left are worth the same. A text that leads to no choice is worth 0.
func (l *Live) Expect(worth func(choice string) float64) func(text string) float64 {
	known := map[string]float64{}
	var value func(string) float64
	value = func(text string) float64 {
		if v, ok := known[text]; ok {
			return v
		}
		left := l.left(text)
		if len(left) == 0 {
			return 0
		}
		v := worth(left[0])
		if slices.ContainsFunc(left[1:], func(c string) bool { return worth(c) != v }) {
			v = 0
			n := l.at(l.forced(text))
			for i, to := range n.next {
				v += math.Exp(n.logs[i]) * value(to)
			}
		}
		known[text] = v
		return v
	}
	return value
}

// Over is a value by what the tokens spell, as one of the tokens.
func (l *Live) Over(value func(text string) float64) Value {
	return func(tokens []int) float64 { return value(l.Text(tokens)) }
}
