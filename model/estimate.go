package model

import (
	"encoding/json"
	"hash/maphash"
	"math"
	"sync"

	"github.com/tiktoken-go/tokenizer"

	"github.com/azimuthdev/azimuth/tool"
)

const (
	// margin covers tokenizers that cut text finer than o200k does.
	margin = 1.1
	// overhead is tokens of instructions around a request, and frame those around each tool, message or call.
	overhead, frame = 900, 24
	// exactText is the longest text whose tokens are counted; longer text is taken at bytesPerToken.
	exactText, bytesPerToken = 64 << 10, 2
	memoSize                 = 8192
)

// Estimator says what requests may use at most, before they are sent. It remembers the token counts of texts that it
// has seen (tool definitions and earlier steps come again with each request), at most some thousand of them. It may be
// used from several goroutines at once. The zero value is ready; its vocabulary is loaded at the first use (about
// 0.1 s).
type Estimator struct {
	mu   sync.Mutex
	seed maphash.Seed
	memo map[uint64]int
	enc  tokenizer.Codec
}

// Estimate is [Estimator.Estimate] without a memory of earlier texts.
func Estimate(r Request, c Capabilities) Usage { return new(Estimator).Estimate(r, c) }

// Estimate returns an upper-ish bound of what the request will use: prompt tokens counted with the o200k vocabulary
// plus a tenth, N times MaxTokens (default [DefaultMaxTokens]) of completion, and their price. Retries are not in it.
// Backends that return fewer samples a request than are wanted are charged the prompt once for each request.
func (e *Estimator) Estimate(r Request, c Capabilities) Usage {
	n := max(r.N, 1)
	requests := 1
	if c.N > 0 && c.N < n {
		requests = (n + c.N - 1) / c.N
	}
	prompt := int(math.Ceil(float64(e.prompt(r)) * margin))
	u := Usage{Requests: requests, Samples: n, Prompt: prompt * requests, Completion: n * limit(r.MaxTokens), Estimated: true}
	return Priced(u, c.Prices)
}

// EstimateText is [Estimator.Estimate] for a [TextRequest].
func (e *Estimator) EstimateText(r TextRequest, c Capabilities) Usage {
	tokens := e.Tokens(r.System) + e.Tokens(r.Prompt) + e.Tokens(string(r.Schema)) + 4*frame
	u := Usage{Requests: 1, Samples: 1, Prompt: int(math.Ceil(float64(tokens) * margin)), Completion: limit(r.MaxTokens), Estimated: true}
	return Priced(u, c.Prices)
}

// EstimateNext is [Estimator.Estimate] for a [TokenRequest]. A backend that shows nothing the first time is asked twice.
func (e *Estimator) EstimateNext(r TokenRequest, c Capabilities) Usage {
	tokens := e.prompt(r.Of) + e.Tokens(r.Text)
	u := Usage{Requests: 2, Samples: 2, Prompt: 2 * int(math.Ceil(float64(tokens)*margin)), Completion: 2, Estimated: true}
	return Priced(u, c.Prices)
}

// EstimateDraw is [Estimator.Estimate] for a [DrawRequest].
func (e *Estimator) EstimateDraw(r DrawRequest, c Capabilities) Usage {
	of := r.Of
	of.MaxTokens = 1
	u := e.Estimate(of, c)
	u.Prompt += u.Requests * int(math.Ceil(float64(e.Tokens(r.Text))*margin))
	return Priced(u, c.Prices)
}

func limit(maxTokens int) int {
	if maxTokens > 0 {
		return maxTokens
	}
	return DefaultMaxTokens
}

func (e *Estimator) prompt(r Request) int {
	n := overhead + e.Tokens(r.Goal)
	for _, t := range r.Tools {
		n += frame + e.Tokens(t.Name) + e.Tokens(t.Description) + e.Tokens(string(t.Input))
	}
	for _, d := range r.Demos {
		n += e.Demo(d)
	}
	for _, s := range r.Steps {
		n += 3*frame + e.Tokens(s.Call.Tool) + e.Tokens(string(s.Call.Args)) + e.Tokens(ShownOutput(s))
	}
	for _, j := range r.Rejected {
		n += 3*frame + e.Tokens(j.Call.Args) + e.Tokens(j.Reason) + e.Tokens(string(j.Schema))
	}
	return n
}

// Demo is what a demonstration takes of a prompt, in tokens.
func (e *Estimator) Demo(d Demo) int {
	n := frame + e.Tokens(d.Goal)
	for _, c := range d.Calls {
		n += frame + e.Tokens(c.Tool) + e.Tokens(string(c.Args))
	}
	return n
}

// Tokens counts the tokens of a text with the o200k vocabulary; texts above 64 KiB are taken at two bytes a token.
func (e *Estimator) Tokens(text string) int {
	if text == "" {
		return 0
	}
	if len(text) > exactText {
		return len(text) / bytesPerToken
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.memo == nil {
		e.seed, e.memo = maphash.MakeSeed(), map[uint64]int{}
	}
	key := maphash.String(e.seed, text)
	if n, ok := e.memo[key]; ok {
		return n
	}
	if len(e.memo) >= memoSize {
		clear(e.memo)
	}
	n := e.count(text)
	e.memo[key] = n
	return n
}

// count falls back to bytes where the text can't be encoded: an estimate must not fail.
func (e *Estimator) count(text string) int {
	if e.enc == nil {
		enc, err := tokenizer.Get(tokenizer.O200kBase)
		if err != nil {
			return len(text) / bytesPerToken
		}
		e.enc = enc
	}
	n, err := e.enc.Count(text)
	if err != nil {
		return len(text) / bytesPerToken
	}
	return n
}

// ShownOutput is a step's output as a model is shown it: the text, or the structured value where there is no text,
// clipped to [tool.ModelLimit].
func ShownOutput(s Step) string {
	text := s.Result.Content
	if text == "" {
		text = string(compact(s.Result.Value))
	}
	return tool.Clip(text, tool.ModelLimit)
}

func compact(v json.RawMessage) json.RawMessage {
	if string(v) == "null" {
		return nil
	}
	return v
}
