package azimuth_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// booker shows its tokens, and would rather book a table at once than look at the weather.
type booker struct {
	modeltest.Speaker
	shown, proposed int
}

func (b *booker) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "test/booker", N: 16, TopTokens: 4}
}

func (b *booker) NextTokens(_ context.Context, r model.TokenRequest) (model.TokenResponse, error) {
	b.shown++
	u := model.Usage{Requests: 1, Prompt: 10, Completion: 1}
	switch {
	case len(r.Of.Steps) >= 2 && strings.HasSuffix(r.Text, "["):
		return model.TokenResponse{Tokens: []model.Token{{Text: "]", LogProb: -.1}, {Text: "{", LogProb: -2.3}}, Usage: u}, nil
	case strings.HasSuffix(r.Text, "["):
		return model.TokenResponse{Tokens: []model.Token{{Text: "{", LogProb: -.1}, {Text: "]", LogProb: -2.3}}, Usage: u}, nil
	}
	return model.TokenResponse{Tokens: []model.Token{{Text: "book", LogProb: -.1}, {Text: "weather", LogProb: -3}}, Usage: u}, nil
}

func (b *booker) ProposeFrom(_ context.Context, r model.Request, begin string) (model.Response, error) {
	b.proposed++
	s := model.Sample{Answer: "booked"}
	switch {
	case strings.Contains(begin, "weather"):
		s = model.Sample{Calls: []model.RawCall{{Tool: "weather", Args: `{"city":"Lisbon"}`}}}
	case strings.Contains(begin, "book_table"):
		s = model.Sample{Calls: []model.RawCall{{Tool: "book_table", Args: `{"city":"Lisbon","seats":4}`}}}
	}
	out := model.Response{Usage: model.Usage{Requests: 1, Samples: r.N, Prompt: 10, Completion: 5 * r.N}}
	for range r.N {
		out.Samples = append(out.Samples, s)
	}
	return out, nil
}

func (b *booker) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	if len(r.Steps) > 0 {
		return b.ProposeFrom(ctx, r, "")
	}
	return b.ProposeFrom(ctx, r, "book_table")
}

func weatherFirst(t *testing.T) *memory.Store {
	t.Helper()
	m, err := memory.New(memory.Plan{Goal: "a table in Rome", Source: "test", Calls: []tool.Call{
		{Tool: "weather", Args: json.RawMessage(`{"city":"Rome"}`)}, {Tool: "book_table", Args: json.RawMessage(`{"city":"Rome","seats":2}`)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// biasing draws its tokens itself, as the bias says.
type biasing struct {
	*booker
	drawn int
}

func (b *biasing) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "test/biasing", N: 16, Bias: true} // and shows nothing
}

var tokens = []string{`{"calls":[`, `{"tool":"`, "book_table", "weather", `"`, "]"}

func (b *biasing) Tokenize(_ context.Context, text string) ([]model.Piece, error) {
	var out []model.Piece
	for text != "" {
		id := slices.IndexFunc(tokens, func(p string) bool { return strings.HasPrefix(text, p) })
		out, text = append(out, model.Piece{ID: id, Text: tokens[id]}), text[len(tokens[id]):]
	}
	return out, nil
}

func (b *biasing) DrawNext(_ context.Context, r model.DrawRequest) (model.DrawResponse, error) {
	b.drawn++
	best := slices.MaxFunc(slices.Sorted(maps.Keys(r.Bias)), func(x, y int) int { return cmp.Compare(r.Bias[x], r.Bias[y]) })
	out := model.DrawResponse{Usage: model.Usage{Requests: 1, Samples: r.Of.N, Prompt: 10, Completion: r.Of.N}}
	for range r.Of.N {
		out.Tokens = append(out.Tokens, model.Token{Text: tokens[best]})
	}
	return out, nil
}

// An endpoint that shows no log-probabilities is steered by bias, and what it drew is paid.
func TestDecodeByBias(t *testing.T) {
	strong, b := 50., &biasing{booker: &booker{}}
	o := azimuth.Options{Settings: azimuth.Settings{Decode: "vas", DecodeBy: "bias", DecodeBeta: &strong}, Model: b, Memory: weatherFirst(t)}
	o.Strategy, o.Samples = search.Vote, 3
	p, r, err := agent(t, &cafe{}, o).Plan(t.Context(), goal)
	if err != nil || p == nil || p.Steps[0].Tool != "weather" {
		t.Fatalf("%v %+v", err, r)
	}
	if b.drawn == 0 || b.shown > 0 || r.Usage.ModelCalls != b.drawn+b.proposed {
		t.Errorf("drawn %d times, shown %d, proposed %d, spent %+v", b.drawn, b.shown, b.proposed, r.Usage)
	}
}

// With memory's plans the steered model looks at the weather first; without steering, or without memory, it doesn't. What
// the run spent is what the model was asked.
func TestDecode(t *testing.T) {
	strong := 50.
	for _, c := range []struct {
		name   string
		set    azimuth.Settings
		memory bool
		want   string
		shown  bool
	}{
		{"as ever", azimuth.Settings{}, true, "book_table", false},
		{"nothing is remembered", azimuth.Settings{Decode: "vas", DecodeBeta: &strong}, false, "book_table", false},
		{"vas", azimuth.Settings{Decode: "vas", DecodeBeta: &strong}, true, "weather book_table", true},
		{"transferq", azimuth.Settings{Decode: "transferq", DecodeBeta: &strong}, true, "weather book_table", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, al := &booker{}, &booker{}
			o := azimuth.Options{Settings: c.set, Model: b}
			if c.set.Decode == "transferq" {
				o.Aligned = al
			}
			o.Strategy, o.Samples = search.Vote, 3
			if c.memory {
				o.Memory = weatherFirst(t)
			}
			p, r, err := agent(t, &cafe{}, o).Plan(t.Context(), goal)
			if err != nil || p == nil {
				t.Fatalf("%v %+v", err, r)
			}
			var got []string
			for _, s := range p.Steps {
				got = append(got, s.Tool)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			asked := b.shown + b.proposed + al.shown
			if (b.shown > 0) != c.shown || r.Usage.ModelCalls != asked {
				t.Errorf("shown %d times, asked %d times, spent %+v", b.shown, asked, r.Usage)
			}
		})
	}
}

func TestDecodeBudget(t *testing.T) {
	strong, b := 50., &booker{}
	o := azimuth.Options{Settings: azimuth.Settings{Decode: "vas", DecodeBeta: &strong, Budget: budget.Limits{ModelCalls: 4}}, Model: b, Memory: weatherFirst(t)}
	o.Strategy = search.Vote
	_, r, err := agent(t, &cafe{}, o).Plan(t.Context(), goal)
	if err != nil || r.Status != "exhausted" || b.shown+b.proposed > 4 {
		t.Errorf("%v, %+v after %d requests", err, r, b.shown+b.proposed)
	}
}

// What can't be steered is refused before anything is spent, and says what to do.
func TestDecodeRefused(t *testing.T) {
	x, neg := 1., -1.
	for want, o := range map[string]azimuth.Options{
		"llamacpp/":              {Settings: azimuth.Settings{Decode: "vas"}},
		"name it":                {Settings: azimuth.Settings{Decode: "transferq"}, Model: &booker{}},
		"there are vas":          {Settings: azimuth.Settings{Decode: "best"}, Model: &booker{}},
		"leave reason out":       {Settings: azimuth.Settings{Decode: "vas", Reason: true}, Model: &booker{}},
		"nothing is steered":     {Settings: azimuth.Settings{DecodeBeta: &x}, Model: &booker{}},
		"decode: bad decoding o": {Settings: azimuth.Settings{Decode: "vas", DecodeBeta: &neg}, Model: &booker{}},
		"there are logprobs":     {Settings: azimuth.Settings{Decode: "vas", DecodeBy: "luck"}, Model: &booker{}},
		"decode_by: nothing":     {Settings: azimuth.Settings{DecodeBy: "bias"}, Model: &booker{}},
		"not known to be":        {Settings: azimuth.Settings{Decode: "vas", DecodeBy: "bias"}, Model: &booker{}},
		"aligned: only decode t": {Settings: azimuth.Settings{Decode: "vas"}, Model: &booker{}, Aligned: &booker{}},
		"bad setting: aligned:":  {Model: &booker{}, Aligned: &booker{}},
		"price of the aligned":   {Settings: azimuth.Settings{Decode: "transferq", Budget: budget.Limits{USD: 1}}, Model: &booker{}, Aligned: &booker{}},
	} {
		_, err := azimuth.New((&cafe{}).tools(), &o)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want one with %q", err, want)
		}
		if want == "llamacpp/" && !errors.Is(err, model.ErrUnable) {
			t.Errorf("%v", err)
		}
	}
}
