package decode

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// The rules by which a [Proposer] steers.
const (
	ByVAS       = "vas"
	ByTransferQ = "transferq"
)

// The means by which a [Proposer] steers.
const (
	ByLogProbs = "logprobs" // the endpoint shows its likeliest tokens, and one is drawn here: [Live]
	ByBias     = "bias"     // the endpoint draws, under a bias: [Biased]
)

// Prospect says how good it is to call each of the tools next, and to call none (the empty name), in the order of the names:
// at least 0 and at most 1 for the default strengths to make sense. nil says that nothing is known.
type Prospect func(ctx context.Context, r model.Request, tools []string) ([]float64, error)

// ProposerOptions are the settings of a [Proposer]; nil and zero fields take the defaults.
type ProposerOptions struct {
	// Rule is [ByVAS], the default, or [ByTransferQ].
	Rule string
	// By is the means: [ByLogProbs], the default, or [ByBias].
	By string
	// Beta is how much a value counts, in [0,1e6]; nil is 3. Of transfer Q* it is 1/alpha, above 0.
	Beta *float64
	// Aligned is the model whose answers transfer Q* goes by.
	Aligned model.Model
}

// Validate says what is wrong, by field. It does not ask for Aligned, which [NewProposer] does.
func (o *ProposerOptions) Validate() error {
	if o == nil {
		return nil
	}
	switch b := o.Beta; {
	case o.Rule != "" && o.Rule != ByVAS && o.Rule != ByTransferQ:
		return fmt.Errorf("%w: rule: %q is unknown; there are %s and %s", ErrOptions, o.Rule, ByVAS, ByTransferQ)
	case o.By != "" && o.By != ByLogProbs && o.By != ByBias:
		return fmt.Errorf("%w: by: %q is unknown; there are %s and %s", ErrOptions, o.By, ByLogProbs, ByBias)
	case b != nil && !(*b >= 0 && *b <= maxBeta):
		return fmt.Errorf("%w: beta: %v is outside [0,%v]; leave it out for the default, %v", ErrOptions, *b, maxBeta, defaultBeta)
	case o.Rule == ByTransferQ && b != nil && *b < 1e-6:
		return fmt.Errorf("%w: beta: %v is below 1e-6, which %s divides by", ErrOptions, *b, ByTransferQ)
	}
	return nil
}

// Proposer is a [model.Model] that proposes what another one does, with the choice of the first tool of each sample steered by a
// value: token by token in the answer's text, by [VAS] or [TransferQFrom], drawn here ([ByLogProbs]) or by the endpoint ([ByBias]). The rest of a sample, arguments and outline, is
// written by the model as ever.
//
// The value of a beginning of the tool's name is the mean worth of the tools that it may become (inferred: the papers have a
// reward of whole texts, and here only the first call is judged), exact over what the endpoint shows; where it draws under a bias and
// shows nothing, each of these tools counts alike ([Biased.Mean]). The samples of a request share
// what was looked at. A request takes one call a place where names part that are worth looking at, and one a tool that
// was chosen. Where the prospect knows nothing, or the same of all tools, the model is asked as ever. A temperature divides what was steered, so that
// greedy answers are steered too.
type Proposer struct {
	model.Model
	base     model.TokenModel
	aligned  model.TokenModel
	prospect Prospect
	rule, by string
	beta     float64
	est      model.Estimator
}

var _ model.Stepwise = (*Proposer)(nil)

// NewProposer returns the model steered by a prospect. Errors: [model.ErrUnable] where a model does not show tokens, and
// [ErrOptions], both before anything is asked.
func NewProposer(m model.Model, p Prospect, o *ProposerOptions) (*Proposer, error) {
	var d ProposerOptions
	if o != nil {
		d = *o
	}
	if d.Rule == "" {
		d.Rule = ByVAS
	}
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if d.By == "" {
		d.By = ByLogProbs
	}
	out := &Proposer{Model: m, prospect: p, rule: d.Rule, by: d.By, beta: defaultBeta}
	if d.Beta != nil {
		out.beta = *d.Beta
	}
	if err := out.on(m); err != nil {
		return nil, err
	}
	if d.Rule != ByTransferQ {
		return out, nil
	}
	if d.Aligned == nil {
		return nil, fmt.Errorf("%w: aligned: %s goes by the answers of a second model; name it (--aligned PROVIDER/NAME)", ErrOptions, ByTransferQ)
	}
	var err error
	out.aligned, err = tokens(d.Aligned)
	return out, err
}

// on sets the model that is steered, where it can be.
func (p *Proposer) on(m model.Model) error {
	if p.by == ByLogProbs {
		var err error
		p.base, err = tokens(m)
		return err
	}
	b, err := biased(m)
	p.base = &spelling{BiasModel: b, of: map[string][]model.Piece{}}
	return err
}

// Propose implements [model.Model].
func (p *Proposer) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	return p.ProposeBy(ctx, r, func(model.Usage) (func(model.Usage), error) { return func(model.Usage) {}, nil })
}

// ProposeBy implements [model.Stepwise].
func (p *Proposer) ProposeBy(ctx context.Context, r model.Request, allow model.Allow) (model.Response, error) {
	r.N = max(r.N, 1)
	heads, worth, err := p.worth(ctx, r)
	if err != nil {
		return model.Response{}, err
	}
	if worth == nil {
		return p.allowed(r, allow, func() (model.Response, error) { return p.Model.Propose(ctx, r) })
	}
	chosen, used, err := p.choose(ctx, r, heads, worth, allow)
	if err != nil {
		return model.Response{Usage: used}, err
	}
	return p.write(ctx, r, heads, chosen, used, allow)
}

// worth is how good each head is; nil where that makes no difference.
func (p *Proposer) worth(ctx context.Context, r model.Request) ([]prompt.Head, []float64, error) {
	if r.Reason {
		return nil, nil, fmt.Errorf("%w: reason: a steered answer begins with its call; leave reason out", ErrOptions)
	}
	heads, err := prompt.Heads(r.Tools)
	if err != nil || p.beta == 0 {
		return nil, nil, err
	}
	tools := make([]string, len(heads))
	for i, h := range heads {
		tools[i] = h.Tool
	}
	worth, err := p.prospect(ctx, r, tools)
	if err != nil || len(worth) == 0 || slices.Max(worth) == slices.Min(worth) {
		return nil, nil, err
	}
	if len(worth) != len(heads) {
		return nil, nil, fmt.Errorf("%w: prospect: %d values for %d choices: want one each", ErrOptions, len(worth), len(heads))
	}
	return heads, worth, nil
}

// choose draws a head for each sample; it returns how many samples each has.
func (p *Proposer) choose(ctx context.Context, r model.Request, heads []prompt.Head, worth []float64, allow model.Allow) ([]int, model.Usage, error) {
	o, by := &LiveOptions{Allow: allow, Estimator: &p.est}, map[string]float64{}
	for i, h := range heads {
		o.Choices, by[h.Text] = append(o.Choices, h.Text), worth[i]
	}
	of := func(c string) float64 { return by[c] }
	var look *Live // what values are expected over
	var err error
	switch {
	case p.rule == ByTransferQ:
		look, err = NewLive(ctx, p.aligned, r, o)
	case p.by == ByLogProbs || p.base.Capabilities().TopTokens > 0:
		look, err = NewLive(ctx, p.base, r, o)
	}
	if err != nil {
		return nil, model.Usage{}, err
	}
	if p.by == ByBias {
		return p.biased(ctx, r, o, look, of)
	}
	return p.shown(ctx, r, o, look, of)
}

// shown draws heads here, from what the endpoint shows.
func (p *Proposer) shown(ctx context.Context, r model.Request, o *LiveOptions, look *Live, worth func(string) float64) ([]int, model.Usage, error) {
	base := look
	if p.rule == ByTransferQ {
		var err error
		if base, err = NewLive(ctx, p.base, r, o); err != nil {
			return nil, model.Usage{}, err
		}
	}
	m, err := p.steer(base, look.Expect(worth))
	if err != nil {
		return nil, model.Usage{}, err
	}
	chosen := make([]int, len(o.Choices))
	for i := range r.N {
		text := base.Text(Sample(tempered{m, r.Heat()}, nil, rand.New(rand.NewPCG(model.DeriveSeed(r.Seed, i), 0xdec0de))))
		if k := slices.Index(o.Choices, text); k >= 0 {
			chosen[k]++
		}
	}
	used := base.Usage()
	err = base.Err()
	if look != base {
		used, err = used.Add(look.Usage()), errors.Join(err, look.Err())
	}
	return chosen, used, err
}

// biased has the endpoint draw heads.
func (p *Proposer) biased(ctx context.Context, r model.Request, o *LiveOptions, look *Live, worth func(string) float64) ([]int, model.Usage, error) {
	b, err := NewBiased(ctx, p.base, r, o)
	if err != nil {
		return nil, model.Usage{}, err
	}
	if look == nil {
		chosen, err := b.Draw(b.Mean(worth), p.beta, r.N)
		return chosen, b.Usage(), err
	}
	allow := b.o.Allow
	b.o.Allow = func(worst model.Usage) (func(model.Usage), error) { // nothing is drawn by a value that could not be had
		if look.Err() != nil {
			return nil, look.Err()
		}
		return allow(worst)
	}
	chosen, err := b.Draw(look.Expect(worth), p.beta, r.N)
	return chosen, b.Usage().Add(look.Usage()), cmp.Or(err, look.Err())
}

// steer is the base steered by a value of texts.
func (p *Proposer) steer(base *Live, value func(string) float64) (Categorical, error) {
	if p.rule == ByTransferQ {
		return TransferQFrom(base, base.Over(value), &TransferQOptions{Alpha: 1 / p.beta, TopK: base.Size()})
	}
	return VAS(base, base.Over(value), &VASOptions{Beta: &p.beta, TopK: base.Size()})
}

// write has the model write the samples behind the heads that were chosen.
func (p *Proposer) write(ctx context.Context, r model.Request, heads []prompt.Head, chosen []int, used model.Usage, allow model.Allow) (model.Response, error) {
	out := model.Response{Usage: used}
	var errs error
	seed := r.Seed
	for i, n := range chosen {
		if n == 0 {
			continue
		}
		r.Temperature, r.N, r.Seed = r.Heat(), n, model.DeriveSeed(seed, i)
		resp, err := p.allowed(r, allow, func() (model.Response, error) { return p.base.ProposeFrom(ctx, r, heads[i].Text) })
		out.Usage = out.Usage.Add(resp.Usage)
		out.Samples = append(out.Samples, resp.Samples...)
		if errs = errors.Join(errs, err); err != nil && !errors.Is(err, model.ErrGarbage) {
			break
		}
	}
	if len(out.Samples) > 0 && ctx.Err() == nil {
		return out, nil
	}
	out.Samples = nil
	if errs == nil {
		errs = ctx.Err()
	}
	return out, errs
}

// allowed makes a request for samples within what is allowed.
func (p *Proposer) allowed(r model.Request, allow model.Allow, ask func() (model.Response, error)) (model.Response, error) {
	settle, err := allow(p.est.Estimate(r, p.Capabilities()))
	if err != nil {
		return model.Response{}, err
	}
	resp, err := ask()
	settle(resp.Usage)
	return resp, err
}

// tempered is a model at a temperature; 0 takes the likeliest.
type tempered struct {
	Categorical
	heat float64
}

// LogProbs implements [Categorical].
func (t tempered) LogProbs(text []int, dst []float64) {
	t.Categorical.LogProbs(text, dst)
	if t.heat == 1 {
		return
	}
	if t.heat == 0 {
		best := likeliest(dst, 1)
		for a := range dst {
			dst[a] = math.Inf(-1)
		}
		if len(best) > 0 {
			dst[best[0]] = 0
		}
		return
	}
	for a := range dst {
		dst[a] /= t.heat
	}
	normalise(dst)
}
