package decode

import (
	"context"
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/model"
)

// Biased has an endpoint draw among choices by itself, steered by logit bias: the endpoint's tokenizer says of which tokens each
// choice is made, and at each place where choices part it draws one token, with a bias ([Bias]) on those that lead to
// one. A bias holds for a whole completion and values change with each token, so that a draw is a request of one token;
// draws at the same place share it. What all that is left has in common takes none.
//
// The probabilities are those of [Live] steered by the same value, over the same tokens. Which tokens count differs: here they are those that
// the tokenizer makes of the choices, however unlikely, and one spelling of each; there they are all that lead to a choice among those that are shown.
// Choices must be ASCII, and none may begin with another.
//
// It serves one goroutine for as long as its context lives.
type Biased struct {
	ctx   context.Context // of the one answer that this is made for
	m     model.BiasModel
	of    model.Request
	heat  float64
	o     LiveOptions
	paths [][]model.Piece // of the choices
	asked int
	usage model.Usage
}

// NewBiased returns the draws of a model's endpoint as the answer to a request, whose temperature and seed count. Of the
// options Choices, Allow and Estimator count. It has the endpoint cut the choices into tokens. Errors: [model.ErrUnable] where the endpoint does not
// draw under a bias, before anything is asked, and where its tokens do not spell a choice; [ErrOptions]; the endpoint's own.
func NewBiased(ctx context.Context, m model.Model, of model.Request, o *LiveOptions) (*Biased, error) {
	bm, err := biased(m)
	if err != nil {
		return nil, err
	}
	b := &Biased{ctx: ctx, m: bm, of: of, heat: of.Heat()}
	if o != nil {
		b.o = *o
	}
	b.o = b.o.shared()
	if err := distinct(b.o.Choices); err != nil {
		return nil, err
	}
	numbers, texts := map[string]int{}, map[int]string{}
	for _, c := range b.o.Choices {
		path, err := spell(ctx, bm, c)
		if err != nil {
			return nil, err
		}
		for _, p := range path { // an endpoint's word: it can be anything
			n, named := numbers[p.Text]
			text, numbered := texts[p.ID]
			if named && n != p.ID || numbered && text != p.Text {
				return nil, unspelled(bm, c)
			}
			numbers[p.Text], texts[p.ID] = p.ID, p.Text
		}
		b.paths = append(b.paths, path)
	}
	return b, nil
}

// biased is the model as one that draws under a bias.
func biased(m model.Model) (model.BiasModel, error) {
	caps := m.Capabilities()
	if b, ok := m.(model.BiasModel); ok && caps.Bias {
		return b, nil
	}
	return nil, fmt.Errorf("steering by logit bias needs an endpoint that says the numbers of its tokens (/tokenize) and goes on with a begun answer, which %s is not known to be: %w; take a llama.cpp server (--model llamacpp/NAME)", caps.Name, model.ErrUnable)
}

// Usage is what all requests used.
func (b *Biased) Usage() model.Usage { return b.usage }

// Mean is how much the choices that begin with a text are worth on the mean, each counted alike: a value for endpoints that
// do not show what the model would choose among them (inferred; [Live.Expect] is the value that the papers have). A text that leads to no choice is worth 0.
func (b *Biased) Mean(worth func(choice string) float64) func(text string) float64 {
	return func(text string) float64 {
		total, n := 0.0, 0.
		for _, c := range b.o.Choices {
			if strings.HasPrefix(c, text) {
				total, n = total+worth(c), n+1
			}
		}
		return total / max(n, 1)
	}
}

// Draw returns how many of n draws each choice has, in the order of the choices; beta is how much the value of a text
// counts, in [-1e6,1e6]. Errors: [ErrOptions]; [model.ErrGarbage] where the endpoint does not follow the bias; what Allow or the endpoint
// said. What was drawn before an error is lost.
func (b *Biased) Draw(value func(text string) float64, beta float64, n int) ([]int, error) {
	out, all := make([]int, len(b.o.Choices)), make([]int, len(b.o.Choices))
	for i := range all {
		all[i] = i
	}
	if n < 1 || len(all) == 0 {
		return out, nil
	}
	times := 1
	if b.heat == 0 { // all would be the same
		times, n = n, 1
	}
	err := b.part(&place{left: all}, n, value, beta, out)
	for i := range out {
		out[i] *= times
	}
	return out, err
}

// place is where n tokens of some choices are written.
type place struct {
	text   string
	tokens int
	left   []int // the choices
}

// part spreads draws over the choices that are left.
func (b *Biased) part(at *place, n int, value func(string) float64, beta float64, out []int) error {
	if len(at.left) == 1 {
		out[at.left[0]] += n
		return nil
	}
	ways := b.ways(at)
	if len(ways) == 1 {
		return b.part(ways[0], n, value, beta, out)
	}
	ids, values := make([]int, len(ways)), make([]float64, len(ways))
	for i, w := range ways {
		ids[i], values[i] = b.paths[w.left[0]][at.tokens].ID, value(w.text)
	}
	bias, err := Bias(ids, values, beta)
	if err != nil {
		return err
	}
	drawn, err := b.draw(at, ways, bias, n)
	if err != nil {
		return err
	}
	for i, w := range ways {
		if drawn[i] == 0 {
			continue
		}
		if err := b.part(w, drawn[i], value, beta, out); err != nil {
			return err
		}
	}
	return nil
}

// ways are the places behind one token more, in the order of the choices.
func (b *Biased) ways(at *place) []*place {
	var out []*place
	by := map[int]*place{}
	for _, c := range at.left {
		t := b.paths[c][at.tokens]
		w, ok := by[t.ID]
		if !ok {
			w = &place{text: at.text + t.Text, tokens: at.tokens + 1}
			by[t.ID], out = w, append(out, w)
		}
		w.left = append(w.left, c)
	}
	return out
}

// rounds is how often draws that led nowhere are made again: together they are as if they had never been.
const rounds = 3

// draw has the endpoint draw n tokens at a place, and counts where they lead.
func (b *Biased) draw(at *place, ways []*place, bias map[int]float64, n int) ([]int, error) {
	counts, missing, stray := make([]int, len(ways)), n, ""
	for range rounds {
		resp, err := b.ask(at.text, bias, missing)
		if err != nil {
			return nil, err
		}
		for _, t := range resp.Tokens[:min(missing, len(resp.Tokens))] {
			to := -1
			for i, w := range ways {
				if at.text+t.Text == w.text {
					to = i
				}
			}
			if to < 0 {
				stray = t.Text
				continue
			}
			counts[to]++
			missing--
		}
		if missing == 0 {
			return counts, nil
		}
	}
	return nil, model.Garbage(fmt.Sprintf("%d of %d draws, the last %q, were of no token with a bias: the endpoint does not follow logit_bias, or the temperature is too high for it; steer by log-probabilities (--decode-by logprobs)", missing, n, stray), "")
}

// ask makes the request for n draws within what is allowed. Each has a seed of its own, so that the draws at one place say
// nothing of those at another.
func (b *Biased) ask(text string, bias map[int]float64, n int) (model.DrawResponse, error) {
	r := model.DrawRequest{Of: b.of, Text: text, Bias: bias}
	r.Of.N, r.Of.Temperature, r.Of.Seed = n, b.heat, model.DeriveSeed(b.of.Seed^0xb1a5, b.asked)
	b.asked++
	settle, err := b.o.Allow(b.o.Estimator.EstimateDraw(r, b.m.Capabilities()))
	if err != nil {
		return model.DrawResponse{}, err
	}
	resp, err := b.m.DrawNext(b.ctx, r)
	settle(resp.Usage)
	b.usage = b.usage.Add(resp.Usage)
	return resp, err
}
