package azimuth

import (
	"context"
	"fmt"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/tool"
)

// checkAligned refuses an aligned model that nothing goes by.
func (o *Options) checkAligned() error {
	if o.Aligned == nil || o.Decode == decode.ByTransferQ {
		return nil
	}
	return fmt.Errorf("%w: aligned: only decode %s goes by it; set that, or leave the aligned model out", ErrSetting, decode.ByTransferQ)
}

// proposer is the model, steered by memory where the settings say so.
func (a *Agent) proposer(s *Settings, index *memory.Index) (model.Model, error) {
	if s.Decode == "" {
		return a.opts.Model, nil
	}
	if s.Budget.USD > 0 && a.opts.Aligned != nil && a.opts.Aligned.Capabilities().Prices == nil {
		return nil, fmt.Errorf("budget usd: the price of the aligned model %s is not known; give it with --prices, or limit tokens instead", a.opts.Aligned.Capabilities().Name)
	}
	p, err := decode.NewProposer(a.opts.Model, prospect(index), &decode.ProposerOptions{Rule: s.Decode, By: s.DecodeBy, Beta: s.DecodeBeta, Aligned: a.opts.Aligned})
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return p, nil
}

// prospect is the worth of a tool by memory: how likely the plans that succeeded go on with it after the path
// ([memory.Index.Prior]). Inferred: the papers learn a value, and these shares need no learning; a call that no plan has
// there is worth nothing, which is not to say that it is wrong.
func prospect(index *memory.Index) decode.Prospect {
	return func(ctx context.Context, r model.Request, tools []string) ([]float64, error) {
		st := &cost.State{Goal: r.Goal}
		for _, s := range r.Steps {
			if s.Status != model.Failed {
				st.Path = append(st.Path, s.Call)
			}
		}
		cs := make([]cost.Candidate, len(tools))
		for i, name := range tools {
			cs[i] = cost.Candidate{Call: tool.Call{Tool: name}, Finish: name == ""}
		}
		worth, err := index.Prior().Next(ctx, st, cs)
		if err != nil || len(worth) > 0 && worth[0] < 0 {
			return nil, err
		}
		return worth, nil
	}
}
