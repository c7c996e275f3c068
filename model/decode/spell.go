package decode

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/azimuthdev/azimuth/model"
)

// spell is a text in the endpoint's tokens. Vocabularies that put a space before a text are asked again with a line's end
// before it, which takes the space and joins with nothing (inferred).
func spell(ctx context.Context, m model.BiasModel, text string) ([]model.Piece, error) {
	for _, before := range []string{"", "\n"} {
		pieces, err := m.Tokenize(ctx, before+text)
		var refused *model.ProviderError
		if errors.As(err, &refused) && refused.Status >= 400 && refused.Status < 500 {
			return nil, fmt.Errorf("%w; the endpoint must say the numbers of its tokens; steer by log-probabilities where it does not (--decode-by logprobs)", err)
		}
		if err != nil {
			return nil, err
		}
		for from := range pieces {
			if spelled(pieces[from:]) == text && (from == 0 || before != "") {
				return pieces[from:], nil
			}
		}
	}
	return nil, unspelled(m, text)
}

func unspelled(m model.Model, text string) error {
	return fmt.Errorf("the tokens of %s do not spell %q, each in one way, so that no bias can be put on them: %w; steer by log-probabilities (--decode-by logprobs)", m.Capabilities().Name, text, model.ErrUnable)
}

func spelled(pieces []model.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// spelling is a model that is asked once for the tokens of a text.
type spelling struct {
	model.BiasModel
	mu sync.Mutex
	of map[string][]model.Piece
}

// Tokenize implements [model.BiasModel].
func (s *spelling) Tokenize(ctx context.Context, text string) ([]model.Piece, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	pieces, ok := s.of[text]
	if ok {
		return pieces, nil
	}
	pieces, err := s.BiasModel.Tokenize(ctx, text)
	if err == nil {
		s.of[text] = pieces
	}
	return pieces, err
}
