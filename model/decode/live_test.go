package decode_test

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/model/modeltest"
)

// scripted shows the tokens that it was given for a text, and writes samples that call the tool that was begun.
type scripted struct {
	modeltest.Speaker
	shows map[string]map[string]float64 // text, token, probability
	asked []string
	begun []string
	plain int // ordinary proposals
	fail  error
}

func (s *scripted) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "test/scripted", N: 16, TopTokens: 8}
}

func (s *scripted) NextTokens(_ context.Context, r model.TokenRequest) (model.TokenResponse, error) {
	s.asked = append(s.asked, r.Text)
	out := model.TokenResponse{Usage: model.Usage{Requests: 1, Prompt: 10, Completion: 1}}
	for _, text := range slices.Sorted(maps.Keys(s.shows[r.Text])) {
		out.Tokens = append(out.Tokens, model.Token{Text: text, LogProb: math.Log(s.shows[r.Text][text]), End: text == ""})
	}
	return out, s.fail
}

func (s *scripted) ProposeFrom(_ context.Context, r model.Request, begin string) (model.Response, error) {
	s.begun = append(s.begun, begin)
	out := model.Response{Usage: model.Usage{Requests: 1, Samples: r.N, Prompt: 10, Completion: 5 * r.N}}
	for range r.N {
		_, name, call := strings.Cut(begin, `{"tool":`)
		if !call {
			out.Samples = append(out.Samples, model.Sample{Answer: "done"})
			continue
		}
		out.Samples = append(out.Samples, model.Sample{Calls: []model.RawCall{{Tool: strings.Trim(name, `"`), Args: `{"path":"a"}`}}})
	}
	return out, nil
}

func (s *scripted) Propose(_ context.Context, r model.Request) (model.Response, error) {
	s.plain++
	return model.Response{Samples: make([]model.Sample, r.N), Usage: model.Usage{Requests: 1, Samples: r.N}}, nil
}

// fruit is a model of three choices: the first token parts apple and apricot from banana; tokens are cut differently,
// overshoot, and lead nowhere.
func fruit() *scripted {
	return &scripted{shows: map[string]map[string]float64{
		"":   {"a": .3, "ap": .2, "banana!": .1, "ba": .1, "zebra": .2, "": .05},
		"ap": {"ple": .5, "r": .25, "x": .2},
	}}
}

var fruits = []string{"apple", "apricot", "banana"}

func TestLive(t *testing.T) {
	m := fruit()
	l, err := decode.NewLive(t.Context(), m, model.Request{}, &decode.LiveOptions{Choices: fruits})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"apple": 5. / 7 * 2 / 3, "apricot": 5. / 7 / 3, "banana": 2. / 7}
	if got := shares(t, l, l); !near(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if c := l.Covered(nil); math.Abs(c-.7) > 1e-12 {
		t.Errorf("covered %v, want .7", c)
	}
	if d := cmp.Diff([]string{"", "ap"}, m.asked); d != "" || l.Usage().Requests != 2 || l.Err() != nil {
		t.Errorf("%+v %v\n-want +got\n%s", l.Usage(), l.Err(), d)
	}

	worth := map[string]float64{"apple": 1, "apricot": 4, "banana": 0}
	value := l.Expect(func(c string) float64 { return worth[c] })
	exact, err := decode.Expect(l, func(text []int) float64 { return worth[l.Text(text)] }, nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, tokens := range map[string][]int{"": nil, "ap": {0}, "banana": {1}, "apricot": {0, 1}} {
		if l.Text(tokens) != text || math.Abs(value(text)-exact(tokens)) > 1e-12 {
			t.Errorf("%v is %q, worth %v; going through all texts says %v", tokens, l.Text(tokens), value(text), exact(tokens))
		}
	}
	if len(m.asked) != 2 {
		t.Errorf("asked again: %q", m.asked)
	}
}

// What makes no difference is not looked at.
func TestLiveAsksOnlyWhatMatters(t *testing.T) {
	m := fruit()
	l, err := decode.NewLive(t.Context(), m, model.Request{}, &decode.LiveOptions{Choices: fruits})
	if err != nil {
		t.Fatal(err)
	}
	v := l.Expect(func(c string) float64 { return float64(len(c) / 6) }) // all but apple are worth 1
	if v("banana") != 1 || v("zebra") != 0 || len(m.asked) != 0 {
		t.Errorf("%v, %v; asked %q", v("banana"), v("zebra"), m.asked)
	}
	same := l.Expect(func(string) float64 { return .5 })
	if same("") != .5 || len(m.asked) != 0 {
		t.Errorf("%v; asked %q", same(""), m.asked)
	}
}

// A place within a word is looked at from where the word begins: nobody writes "se" and then "arch".
func TestLiveHeals(t *testing.T) {
	m := &scripted{shows: map[string]map[string]float64{
		`"`: {"search": .4, "set": .3, "se": .1, "s": .1}, `"set_`: {"max": .6, "m": .2, "beds": .2}, `"se`: {"lling": 1},
	}}
	l, err := decode.NewLive(t.Context(), m, model.Request{}, &decode.LiveOptions{Choices: []string{`"search"`, `"set_max"`, `"set_min"`, `"set_beds"`}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{`"search"`: 4. / 7, `"set_max"`: 3. / 7 * .8, `"set_beds"`: 3. / 7 * .2} // nothing that is shown leads to set_min
	if got := shares(t, l, l); !near(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if d := cmp.Diff([]string{`"`, `"set_`}, m.asked); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// Where the endpoint shows nothing that leads to a choice all ways are alike.
func TestLiveBlind(t *testing.T) {
	l, err := decode.NewLive(t.Context(), &scripted{}, model.Request{}, &decode.LiveOptions{Choices: fruits})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"apple": .25, "apricot": .25, "banana": .5}
	if got := shares(t, l, l); !near(got, want) || l.Covered(nil) != 0 {
		t.Errorf("%v, want %v", got, want)
	}
}

// A free text goes on to its end, or to its limit.
func TestLiveFree(t *testing.T) {
	m := &scripted{shows: map[string]map[string]float64{"": {"hi": .5, "\xf0": .4}, "hi": {"": .75, " you": .25}, "hi you": {"!": 1}}}
	l, err := decode.NewLive(t.Context(), m, model.Request{}, &decode.LiveOptions{Tokens: 2})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shares(t, l, l), map[string]float64{"hi": .75, "hi you": .25}; !near(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestLiveErrors(t *testing.T) {
	for want, o := range map[string]*decode.LiveOptions{
		"top": {Top: 9}, "tokens": {Tokens: -1}, `"ab" is empty or begins`: {Choices: []string{"ab", "a"}}, "ASCII": {Choices: []string{"é"}},
	} {
		if _, err := decode.NewLive(t.Context(), fruit(), model.Request{}, o); !errors.Is(err, decode.ErrOptions) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want one about %q", err, want)
		}
	}
	if _, err := decode.NewLive(t.Context(), &modeltest.Speaker{Caps: model.Capabilities{Name: "mute"}}, model.Request{}, nil); !errors.Is(err, model.ErrUnable) ||
		!strings.Contains(err.Error(), "log-probabilities of next tokens, which mute") || !strings.Contains(err.Error(), "llamacpp/") {
		t.Errorf("%v", err)
	}
	broken := fruit()
	broken.fail = model.ErrGarbage
	l, err := decode.NewLive(t.Context(), broken, model.Request{}, &decode.LiveOptions{Choices: fruits})
	if err != nil {
		t.Fatal(err)
	}
	if l.LogProbs(nil, make([]float64, l.Size())); !l.Done(nil) || !errors.Is(l.Err(), model.ErrGarbage) || len(broken.asked) != 1 || l.Usage().Requests != 1 {
		t.Errorf("%v after %q, %+v", l.Err(), broken.asked, l.Usage())
	}
}

// tools is a model of the suite's tools that mostly lists.
func tools() *scripted {
	return &scripted{shows: map[string]map[string]float64{
		`{"calls":[`:          {`{"`: .9, `]`: .1},
		`{"calls":[{"tool":"`: {"list": .7, "read": .2, "get": .05, "sea": .05},
	}}
}

// prefers is a prospect to which one tool is worth 1.
func prefers(name string) decode.Prospect {
	return func(_ context.Context, _ model.Request, tools []string) ([]float64, error) {
		out := make([]float64, len(tools))
		for i := range tools {
			if tools[i] == name {
				out[i] = 1
			}
		}
		return out, nil
	}
}

func TestProposer(t *testing.T) {
	aligned := tools()
	aligned.shows[`{"calls":[`] = map[string]float64{`{`: .5, `]`: .5}
	for _, c := range []struct {
		name    string
		prefer  string
		beta    float64
		aligned model.Model
		want    string
		plain   int
		asked   int
	}{
		{name: "a tool that is rarely called", prefer: "get_file_info", beta: 1e4, want: "get_file_info", asked: 2},
		{name: "no call at all", prefer: "", beta: 1e4, want: "", asked: 1},
		{name: "nothing to steer by", prefer: "get_file_info", beta: 0, want: "", plain: 1},
		{name: "nothing is known", prefer: "other", beta: 5, want: "", plain: 1},
		{name: "by another model", prefer: "read_text_file", beta: 1e4, aligned: aligned, want: "read_text_file", asked: 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, o := tools(), &decode.ProposerOptions{Beta: &c.beta, Aligned: c.aligned}
			if c.aligned != nil {
				o.Rule = decode.ByTransferQ
			}
			p, err := decode.NewProposer(m, prefers(c.prefer), o)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := p.Propose(t.Context(), modeltest.Request(6))
			if err != nil || len(resp.Samples) != 6 || m.plain != c.plain || len(m.asked) != c.asked {
				t.Fatalf("%+v, %v; %d plain, asked %q", resp, err, m.plain, m.asked)
			}
			if c.plain > 0 {
				return
			}
			for _, s := range resp.Samples {
				if got := append(s.Calls, model.RawCall{})[0].Tool; got != c.want {
					t.Errorf("calls %q, want %q", got, c.want)
				}
			}
		})
	}
}

// Samples are drawn by the probabilities of the steered model, equal ones for equal seeds, and greedy ones follow the
// likeliest of them.
func TestProposerDraws(t *testing.T) {
	beta := 3.
	p, err := decode.NewProposer(tools(), prefers("get_file_info"), &decode.ProposerOptions{Beta: &beta})
	if err != nil {
		t.Fatal(err)
	}
	r := modeltest.Request(4000)
	count := func() map[string]float64 {
		resp, err := p.Propose(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]float64{}
		for _, s := range resp.Samples {
			out[append(s.Calls, model.RawCall{})[0].Tool]++
		}
		for name := range out {
			out[name] /= float64(r.N)
		}
		return out
	}
	got := count()
	// the names: .05 e^3 against .95; before them the call is worth .05 more than none: .9 e^.15 against .1
	named := .05 * math.Exp(3) / (.05*math.Exp(3) + .95) * .9 * math.Exp(.15) / (.9*math.Exp(.15) + .1)
	if math.Abs(got["get_file_info"]-named) > .03 {
		t.Errorf("%v, want %v of get_file_info", got, named)
	}
	if again := count(); cmp.Diff(got, again) != "" {
		t.Errorf("%v, and with the same seed %v", got, again)
	}
	r.N, r.Temperature = 1, 0
	if got := count(); got["get_file_info"] != 1 {
		t.Errorf("greedy: %v", got)
	}
}

// Each request is reserved and settled by itself; samples that are whole outlive the end of the budget.
func TestProposerPays(t *testing.T) {
	beta := 2.
	p, err := decode.NewProposer(tools(), prefers("get_file_info"), &decode.ProposerOptions{Beta: &beta})
	if err != nil {
		t.Fatal(err)
	}
	for calls, want := range map[int64]struct {
		samples bool
		spent   int64
	}{1: {false, 1}, 2: {false, 2}, 3: {true, 3}, 20: {true, 7}} {
		l := budget.New(budget.Limits{ModelCalls: calls}, nil)
		resp, err := p.ProposeBy(t.Context(), modeltest.Request(40), func(worst model.Usage) (func(model.Usage), error) {
			hold, err := l.Reserve(budget.Amount{ModelCalls: 1})
			if err != nil {
				return nil, err
			}
			return func(u model.Usage) { hold.Settle(budget.Amount{ModelCalls: int64(u.Requests)}) }, nil
		})
		spent := l.Spent().ModelCalls
		if (err == nil) != want.samples || err != nil && !errors.Is(err, budget.ErrExhausted) || (len(resp.Samples) > 0) != want.samples ||
			spent > want.spent || int64(resp.Usage.Requests) != spent {
			t.Errorf("%d calls: %d samples, %v, spent %d, %+v", calls, len(resp.Samples), err, spent, resp.Usage)
		}
	}
}

func TestProposerErrors(t *testing.T) {
	bad, tiny := -1., 1e-9
	for want, o := range map[string]*decode.ProposerOptions{
		"rule": {Rule: "best"}, "beta: -1": {Beta: &bad}, "below 1e-6": {Rule: decode.ByTransferQ, Beta: &tiny}, "aligned": {Rule: decode.ByTransferQ},
	} {
		if _, err := decode.NewProposer(tools(), prefers(""), o); !errors.Is(err, decode.ErrOptions) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want one about %q", err, want)
		}
	}
	mute := &modeltest.Speaker{Caps: model.Capabilities{Name: "mute"}}
	_, err := decode.NewProposer(mute, prefers(""), nil)
	_, err2 := decode.NewProposer(tools(), prefers(""), &decode.ProposerOptions{Rule: decode.ByTransferQ, Aligned: mute})
	if !errors.Is(err, model.ErrUnable) || !errors.Is(err2, model.ErrUnable) {
		t.Errorf("%v, %v", err, err2)
	}
}

// TestProposerOnOddTokens: log-probabilities are an endpoint's word. Whatever they are, each sample calls one of the tools.
func TestProposerOnOddTokens(t *testing.T) {
	for name, share := range map[string]float64{"above one": math.Inf(1), "below what can be told from none": 0, "no number": math.NaN()} {
		m := &scripted{shows: map[string]map[string]float64{`{"calls":[`: {`{"`: share, `]`: share}, `{"calls":[{"tool":"`: {"get": share, "list": share}}}
		p, err := decode.NewProposer(m, prefers("get_file_info"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if resp, err := p.Propose(t.Context(), modeltest.Request(20)); err != nil || len(resp.Samples) != 20 {
			t.Errorf("%s: %d samples of 20, %v", name, len(resp.Samples), err)
		}
	}
}

// ending ends its context while it writes.
type ending struct {
	*scripted
	end context.CancelFunc
}

func (e ending) ProposeFrom(ctx context.Context, r model.Request, begin string) (model.Response, error) {
	e.end()
	return e.scripted.ProposeFrom(ctx, r, begin)
}

// TestProposerThatIsEnded: samples that came too late are not told as a place where nothing is proposed.
func TestProposerThatIsEnded(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	p, err := decode.NewProposer(ending{tools(), end}, prefers("get_file_info"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := p.Propose(ctx, modeltest.Request(2)); !errors.Is(err, context.Canceled) || resp.Usage.Requests == 0 {
		t.Errorf("%+v, %v", resp, err)
	}
}
