package decode_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/model/modeltest"
)

// drawing is a scripted endpoint that also draws, from exactly the probabilities that its script and a bias make, spread as
// evenly as can be. What its script doesn't show has next to nothing.
type drawing struct {
	*scripted
	pieces []string // by number, none a beginning of another
	even   bool     // draws all tokens that have a bias alike, so that every place is seen
	mute   bool     // shows no log-probabilities
	space  bool     // puts a space before a text, as some vocabularies do
	deaf   int      // draws that follow no bias
	drawn  map[string]map[string]float64
	cut    []string
	at     []float64 // temperatures
}

func draws(s *scripted) *drawing {
	d := &drawing{scripted: s, drawn: map[string]map[string]float64{}}
	for _, next := range s.shows {
		for p := range next {
			if !slices.Contains(d.pieces, p) {
				d.pieces = append(d.pieces, p)
			}
		}
	}
	slices.Sort(d.pieces)
	return d
}

func (d *drawing) Capabilities() model.Capabilities {
	caps := d.scripted.Capabilities()
	if caps.Bias = true; d.mute {
		caps.TopTokens = 0
	}
	return caps
}

func (d *drawing) Tokenize(_ context.Context, text string) ([]model.Piece, error) {
	d.cut = append(d.cut, text)
	var out []model.Piece
	if d.space {
		text = " " + text
	}
	for text != "" {
		p := model.Piece{ID: -1, Text: text[:1]}
		for id, piece := range d.pieces {
			if piece != "" && strings.HasPrefix(text, piece) {
				p = model.Piece{ID: id, Text: piece}
			}
		}
		if p.ID < 0 && d.space && strings.HasPrefix(text, " {") { // the space sticks
			p = model.Piece{ID: len(d.pieces), Text: text[:2]}
		}
		out, text = append(out, p), text[len(p.Text):]
	}
	return out, nil
}

func (d *drawing) DrawNext(_ context.Context, r model.DrawRequest) (model.DrawResponse, error) {
	n, p, total := r.Of.N, make([]float64, len(d.pieces)), 0.0
	d.at = append(d.at, r.Of.Temperature)
	heat := max(r.Of.Temperature, 1e-3)
	logs := make([]float64, len(p))
	for id, piece := range d.pieces {
		logs[id] = (math.Log(max(d.shows[r.Text][piece], 1e-12)) + r.Bias[id]) / heat
	}
	high := slices.Max(logs)
	for id := range p {
		p[id] = math.Exp(logs[id] - high)
		total += p[id]
	}
	place := map[string]float64{}
	for id := range p {
		p[id] /= total
		place[d.pieces[id]] = p[id]
	}
	d.drawn[r.Text] = place
	out := model.DrawResponse{Usage: model.Usage{Requests: 1, Samples: n, Prompt: 10, Completion: n}}
	biased := slices.Sorted(maps.Keys(r.Bias))
	for i := range n {
		id := biased[i%len(biased)]
		if !d.even {
			id = 0
			for u := (float64(i) + .5) / float64(n); u >= p[id] && id < len(p)-1; id++ {
				u -= p[id]
			}
		}
		t := model.Token{Text: d.pieces[id]}
		if d.deaf > 0 {
			d.deaf--
			t.Text = "zebra"
		}
		out.Tokens = append(out.Tokens, t)
	}
	return out, d.fail
}

// chances are the exact probabilities of choices by what was drawn at each place.
func (d *drawing) chances(choices []string) map[string]float64 {
	out := map[string]float64{}
	for _, c := range choices {
		p, text := 1.0, ""
		pieces, _ := d.Tokenize(context.Background(), c)
		for _, piece := range pieces {
			if place, parts := d.drawn[text]; parts {
				p *= place[piece.Text]
			}
			text += piece.Text
		}
		out[c] = p
	}
	return out
}

const signs = "-+*/."

// speak is an endpoint that writes a language in signs, so that a token is a sign and no word has to be healed.
func speak(t *testing.T, seed uint64, depth int) *scripted {
	t.Helper()
	lang, err := decode.NewLanguage(len(signs), depth, seed)
	if err != nil {
		t.Fatal(err)
	}
	s, logs := &scripted{shows: map[string]map[string]float64{}}, make([]float64, len(signs))
	each(lang, nil, func(tokens []int) {
		text := ""
		for _, a := range tokens {
			text += signs[a : a+1]
		}
		lang.LogProbs(tokens, logs)
		s.shows[text] = map[string]float64{}
		for a, l := range logs {
			s.shows[text][signs[a:a+1]] = math.Exp(l)
		}
	})
	return s
}

// some are a few texts of a length, each with a worth.
func some(n, depth int, seed uint64) map[string]float64 {
	rng, out := rand.New(rand.NewPCG(seed, 1)), map[string]float64{}
	for len(out) < n {
		text := ""
		for range depth {
			a := rng.IntN(len(signs))
			text += signs[a : a+1]
		}
		out[text] = math.Abs(rng.NormFloat64())
	}
	return out
}

// TestBothMeansAreOne: by logit bias an endpoint draws with exactly the probabilities that its log-probabilities have when they are
// steered here: for both rules, at every strength; at 0 they are the model's, and at a great one the best value is followed.
func TestBothMeansAreOne(t *testing.T) {
	const depth = 4
	for seed := range uint64(4) {
		base, aligned, worth := speak(t, seed, depth), speak(t, seed+100, depth), some(40, depth, seed)
		choices := slices.Sorted(maps.Keys(worth))
		of := func(c string) float64 { return worth[c] }
		o := &decode.LiveOptions{Choices: choices}
		l, look := must[*decode.Live](t)(decode.NewLive(t.Context(), base, model.Request{}, o)), must[*decode.Live](t)(decode.NewLive(t.Context(), aligned, model.Request{}, o))
		for rule, value := range map[string]func(string) float64{decode.ByVAS: l.Expect(of), decode.ByTransferQ: look.Expect(of)} {
			for _, beta := range []float64{0, .5, 3, 1e6} {
				var m decode.Categorical
				var err error
				if rule == decode.ByVAS || beta == 0 {
					m, err = decode.VAS(l, l.Over(value), &decode.VASOptions{Beta: &beta, TopK: l.Size()})
				} else {
					m, err = decode.TransferQFrom(l, l.Over(value), &decode.TransferQOptions{Alpha: 1 / beta, TopK: l.Size()})
				}
				if err != nil {
					t.Fatal(err)
				}
				d := draws(base)
				d.even = true
				b := must[*decode.Biased](t)(decode.NewBiased(t.Context(), d, model.Request{Temperature: 1}, o))
				if _, err := b.Draw(value, beta, 5*5*5*5*5); err != nil {
					t.Fatal(err)
				}
				got, want := d.chances(choices), shares(t, l, m)
				for _, c := range choices {
					if math.Abs(got[c]-want[c]) > 1e-9 {
						t.Errorf("seed %d, %s, beta %v: %q has %v by bias, %v by log-probabilities", seed, rule, beta, c, got[c], want[c])
					}
				}
				if beta == 0 && !near(got, shares(t, l, l)) {
					t.Errorf("seed %d, %s: without a strength it is not the model", seed, rule)
				}
				if beta == 1e6 {
					best(t, got, choices, value)
				}
			}
		}
	}
}

// best holds what is drawn to the best value at each place.
func best(t *testing.T, got map[string]float64, choices []string, value func(string) float64) {
	t.Helper()
	text, left := "", choices
	for len(left) > 1 {
		to := ""
		for _, c := range left {
			if next := c[:len(text)+1]; to == "" || value(next) > value(to) {
				to = next
			}
		}
		text, left = to, slices.DeleteFunc(slices.Clone(left), func(c string) bool { return !strings.HasPrefix(c, to) })
	}
	if got[left[0]] < 1-1e-6 {
		t.Errorf("%q has %v: want the best value followed, all of it", left[0], got[left[0]])
	}
}

// TestBiasedDraws: a draw is made where tokens part and nowhere else, the counts are those of the distribution, and another
// temperature divides both what the model thinks and the bias.
func TestBiasedDraws(t *testing.T) {
	s := &scripted{shows: map[string]map[string]float64{
		"<":     {"read": .2, "list>": .5, "drop>": .3},
		"<read": {"_file>": .6, "_dir>": .3, "ing": .1},
		"":      {"<": .9, "word": .1},
	}}
	worth := map[string]float64{"<read_file>": 1, "<read_dir>": 0, "<list>": .25}
	o := &decode.LiveOptions{Choices: []string{"<read_file>", "<read_dir>", "<list>"}}
	for _, heat := range []float64{1, 2} {
		d := draws(s)
		b := must[*decode.Biased](t)(decode.NewBiased(t.Context(), d, model.Request{Temperature: heat}, o))
		const n, beta = 100_000, 2
		counts, err := b.Draw(b.Mean(func(c string) float64 { return worth[c] }), beta, n)
		if err != nil {
			t.Fatal(err)
		}
		odds := func(p, v float64) float64 { return math.Exp((math.Log(p) + beta*v) / heat) }
		read := odds(.2, .5) / (odds(.2, .5) + odds(.5, .25))
		file := odds(.6, 1) / (odds(.6, 1) + odds(.3, 0))
		for i, want := range []float64{read * file, read * (1 - file), 1 - read} {
			if got := float64(counts[i]) / n; math.Abs(got-want) > 3./n {
				t.Errorf("temperature %v: %q in %v of draws, want %v", heat, o.Choices[i], got, want)
			}
		}
		if d := cmp.Diff([]string{"<", "<read"}, slices.Sorted(maps.Keys(d.drawn))); d != "" || b.Usage().Requests != 2 || b.Usage().Completion < n {
			t.Errorf("%+v\n-want +got\n%s", b.Usage(), d)
		}
	}
	d := draws(s)
	b := must[*decode.Biased](t)(decode.NewBiased(t.Context(), d, model.Request{}, o))
	if counts, err := b.Draw(b.Mean(func(c string) float64 { return worth[c] }), 50, 7); err != nil || counts[0] != 7 || b.Usage().Samples != 2 {
		t.Errorf("greedy: %v, %v, %+v: want all of the best, each drawn once", counts, err, b.Usage())
	}
}

// TestBiasedStrays: draws beside the bias are made again, and an endpoint that follows none is told from one that does.
func TestBiasedStrays(t *testing.T) {
	s, o := speak(t, 1, 1), &decode.LiveOptions{Choices: []string{"+", "-"}}
	for deaf, ok := range map[int]bool{0: true, 7: true, 1000: false} {
		d := draws(s)
		d.deaf = deaf
		b := must[*decode.Biased](t)(decode.NewBiased(t.Context(), d, model.Request{Temperature: 1}, o))
		counts, err := b.Draw(b.Mean(func(string) float64 { return 0 }), 1, 10)
		if ok && (err != nil || counts[0]+counts[1] != 10) {
			t.Errorf("%d strays: %v, %v", deaf, counts, err)
		}
		if !ok && (!errors.Is(err, model.ErrGarbage) || !strings.Contains(err.Error(), `"zebra"`) || !strings.Contains(err.Error(), "--decode-by logprobs") || b.Usage().Requests != 3) {
			t.Errorf("%d strays: %v after %+v", deaf, err, b.Usage())
		}
	}
}

// unspoken is an endpoint whose tokens can't be had.
type unspoken struct {
	*drawing
	err error
	say func(text string) string // of one token
}

func (u unspoken) Tokenize(_ context.Context, text string) ([]model.Piece, error) {
	if u.err != nil {
		return nil, u.err
	}
	return []model.Piece{{ID: 1, Text: u.say(text)}}, nil
}

// What can't be drawn under a bias is refused before anything is spent, and says what to do.
func TestBiasedRefused(t *testing.T) {
	d, o := draws(tools()), &decode.LiveOptions{Choices: fruits}
	for want, c := range map[string]struct {
		m  model.Model
		o  *decode.LiveOptions
		is error
	}{
		"goes on with a begun answer, which test/scripted": {m: tools(), o: o, is: model.ErrUnable},
		"take a llama.cpp server (--model llamacpp/NAME)":  {m: &modeltest.Speaker{}, o: o, is: model.ErrUnable},
		`do not spell "apple"`:                             {m: unspoken{d, nil, func(string) string { return "a" }}, o: o, is: model.ErrUnable},
		`do not spell "apricot"`:                           {m: unspoken{d, nil, func(text string) string { return text }}, o: o, is: model.ErrUnable},
		"(--decode-by logprobs)":                           {m: unspoken{d, &model.ProviderError{Status: 404}, nil}, o: o},
		"connection refused":                               {m: unspoken{d, errors.New("connection refused"), nil}, o: o},
		"begins with another":                              {m: d, o: &decode.LiveOptions{Choices: []string{"a", "ab"}}, is: decode.ErrOptions},
	} {
		_, err := decode.NewBiased(t.Context(), c.m, model.Request{}, c.o)
		if err == nil || !strings.Contains(err.Error(), want) || c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%v, want one with %q", err, want)
		}
	}
	if len(d.drawn)+len(d.asked) > 0 {
		t.Errorf("asked %q %v", d.asked, d.drawn)
	}
	b := must[*decode.Biased](t)(decode.NewBiased(t.Context(), draws(speak(t, 1, 1)), model.Request{}, &decode.LiveOptions{Choices: []string{"+", "-"}}))
	if _, err := b.Draw(func(string) float64 { return math.NaN() }, 1, 1); !errors.Is(err, decode.ErrOptions) {
		t.Errorf("%v", err)
	}
}

// named is the endpoint of [tools] as one that draws.
func named() *drawing {
	return draws(&scripted{shows: map[string]map[string]float64{
		"":                    {`{"calls":[`: 1},
		`{"calls":[`:          {`{"tool":"`: .9, `]`: .1},
		`{"calls":[{"tool":"`: {"list_directory": .7, "read_text_file": .2, "get_file_info": .05, "search_files": .05},
		"x":                   {`"`: 1},
	}})
}

// TestProposerByBias: it steers as by log-probabilities, with as many draws of each tool, and looks at log-probabilities only
// where a value depends on them.
func TestProposerByBias(t *testing.T) {
	beta, r := 3., modeltest.Request(4000)
	aligned := tools()
	aligned.shows[`{"calls":[`] = map[string]float64{`{"`: .5, `]`: .5}
	named9 := .05 * math.Exp(3) / (.05*math.Exp(3) + .95)
	behind := func(value float64) float64 { return .9 * math.Exp(3*value) / (.9*math.Exp(3*value) + .1) * named9 }
	for _, c := range []struct {
		name  string
		o     decode.ProposerOptions
		mute  bool
		space bool
		want  float64 // get_file_info
		asked int
	}{
		{name: "vas", want: behind(.05), asked: 1},
		{name: "vas, a vocabulary with spaces", space: true, want: behind(.05), asked: 1},
		{name: "vas, nothing is shown", mute: true, want: behind(.25)},
		{name: "transferq", o: decode.ProposerOptions{Rule: decode.ByTransferQ, Aligned: aligned}, want: behind(.05)},
		{name: "transferq, nothing is shown of the model itself", o: decode.ProposerOptions{Rule: decode.ByTransferQ, Aligned: aligned}, mute: true, want: behind(.05)},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := named()
			d.mute, d.space = c.mute, c.space
			c.o.By, c.o.Beta = decode.ByBias, &beta
			p := must[*decode.Proposer](t)(decode.NewProposer(d, prefers("get_file_info"), &c.o))
			resp, err := p.Propose(t.Context(), r)
			if err != nil || len(resp.Samples) != r.N {
				t.Fatalf("%d samples, %v", len(resp.Samples), err)
			}
			got := 0.0
			for _, s := range resp.Samples {
				if append(s.Calls, model.RawCall{})[0].Tool == "get_file_info" {
					got += 1 / float64(r.N)
				}
			}
			if math.Abs(got-c.want) > 1e-3 || len(d.asked) != c.asked {
				t.Errorf("%v of get_file_info after looking at %q, want %v after %d", got, d.asked, c.want, c.asked)
			}
			cut := len(d.cut)
			if _, err := p.Propose(t.Context(), r); err != nil || len(d.cut) != cut {
				t.Errorf("%v; texts were cut into tokens again: %q", err, d.cut[cut:])
			}
		})
	}
}

// Each request is reserved and settled by itself, and what can't be looked at or drawn is no answer.
func TestProposerByBiasPays(t *testing.T) {
	beta := 2.
	for calls, want := range map[int64]bool{0: false, 1: false, 2: false, 3: false, 4: true, 20: true} {
		d := named()
		p := must[*decode.Proposer](t)(decode.NewProposer(d, prefers("get_file_info"), &decode.ProposerOptions{Beta: &beta, By: decode.ByBias}))
		left := calls
		resp, err := p.ProposeBy(t.Context(), modeltest.Request(40), func(worst model.Usage) (func(model.Usage), error) {
			if left--; left < 0 {
				return nil, fmt.Errorf("%d calls: %w", calls, budget.ErrExhausted)
			}
			if worst.Completion == 0 || worst.Prompt == 0 {
				t.Errorf("%+v reserved", worst)
			}
			return func(model.Usage) {}, nil
		})
		if (err == nil) != want || err != nil && !errors.Is(err, budget.ErrExhausted) || int64(resp.Usage.Requests) > calls || want && len(resp.Samples) == 0 {
			t.Errorf("%d calls: %d samples, %v, %+v", calls, len(resp.Samples), err, resp.Usage)
		}
	}
	d := named()
	d.fail = model.ErrGarbage
	p := must[*decode.Proposer](t)(decode.NewProposer(d, prefers("get_file_info"), &decode.ProposerOptions{Beta: &beta, By: decode.ByBias}))
	if _, err := p.Propose(t.Context(), modeltest.Request(4)); !errors.Is(err, model.ErrGarbage) || len(d.drawn) > 0 {
		t.Errorf("%v; drew at %v although a value could not be had", err, d.drawn)
	}
}

// cutter cuts texts and draws tokens as its bytes say.
type cutter struct {
	*drawing
	cuts  []byte
	spell bool // its tokens spell the text
}

func (c *cutter) next() int {
	if len(c.cuts) == 0 {
		return 0
	}
	b := c.cuts[0]
	c.cuts = append(c.cuts[1:], b)
	return int(b)
}

func (c *cutter) Tokenize(_ context.Context, text string) ([]model.Piece, error) {
	var out []model.Piece
	for text != "" && len(out) < 100 {
		n := min(c.next()%4, len(text))
		p := model.Piece{ID: c.next() % 8, Text: text[:n]}
		if c.spell {
			p.ID = len(p.Text)
			for _, b := range []byte(p.Text) {
				p.ID = p.ID<<8 | int(b)
			}
		}
		out, text = append(out, p), text[n:]
	}
	return out, nil
}

func (c *cutter) DrawNext(_ context.Context, r model.DrawRequest) (model.DrawResponse, error) {
	var out model.DrawResponse
	for range c.next() % (r.Of.N + 3) {
		at := []string{"a", "", "b", "ab", "ba", "aa"}[c.next()%6]
		out.Tokens = append(out.Tokens, model.Token{Text: at})
	}
	return out, nil
}

// FuzzBiased: however an endpoint cuts texts and whatever it draws, each draw is counted for one choice or there is an error.
func FuzzBiased(f *testing.F) {
	f.Add([]byte{1, 0, 1, 1, 1, 2, 5, 0, 1}, true)
	f.Add([]byte{1, 2, 3}, false)
	f.Add([]byte{0, 1, 1, 1, 0, 2}, true)
	f.Fuzz(func(t *testing.T, cuts []byte, spell bool) {
		c := &cutter{drawing: draws(fruit()), cuts: slices.Clone(cuts), spell: spell}
		b, err := decode.NewBiased(t.Context(), c, model.Request{Temperature: 1}, &decode.LiveOptions{Choices: []string{"aab", "aba", "abb", "b"}})
		if err != nil {
			if !errors.Is(err, model.ErrUnable) {
				t.Fatal(err)
			}
			return
		}
		counts, err := b.Draw(b.Mean(func(string) float64 { return 1 }), 1, 5)
		total := 0
		for _, n := range counts {
			total += n
		}
		if err == nil && total != 5 || total > 5 {
			t.Fatalf("%v, %v", counts, err)
		}
	})
}
