package modeltest

import (
	"context"

	"github.com/azimuthdev/azimuth/model"
)

// Speaker is a model for tests that answers every text request alike and proposes nothing.
type Speaker struct {
	Says  string              // the answer
	Err   error               // comes with the answer
	Caps  model.Capabilities  // what it claims
	Asked []model.TextRequest // all requests so far
}

// Capabilities returns s.Caps.
func (s *Speaker) Capabilities() model.Capabilities { return s.Caps }

// Propose fails with [model.ErrGarbage].
func (s *Speaker) Propose(context.Context, model.Request) (model.Response, error) {
	return model.Response{}, model.ErrGarbage
}

// Complete answers what s.Says, for 10 and 5 tokens.
func (s *Speaker) Complete(_ context.Context, r model.TextRequest) (model.TextResponse, error) {
	s.Asked = append(s.Asked, r)
	return model.TextResponse{Text: s.Says, Usage: model.Usage{Requests: 1, Prompt: 10, Completion: 5}}, s.Err
}
