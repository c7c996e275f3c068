package model

import (
	"context"
	"encoding/json"

	"github.com/azimuthdev/azimuth/tool"
)

// Model is the one narrow port to whatever proposes calls and writes text: a hosted LLM, a local server, the
// built-in lexical model, a recording. Implementations may be called from several goroutines at once.
type Model interface {
	// Propose returns up to r.N samples of what to do next. Errors: [ErrGarbage] when the answer can't be used,
	// [*ProviderError] for what the endpoint said, the context's error.
	Propose(ctx context.Context, r Request) (Response, error)
	// Complete returns free text, or JSON that matches r.Schema.
	Complete(ctx context.Context, r TextRequest) (TextResponse, error)
	// Capabilities says what the backend can do. It is constant.
	Capabilities() Capabilities
}

// Capabilities says what a backend can do; what it can't, it is never asked for.
type Capabilities struct {
	Name          string // provider/model, as in --model
	N             int    // most samples one request returns; 1 means that n samples are n requests
	Seed          bool   // the same seed and request give the same answer
	LogProbs      bool
	Schema        bool    // Complete can be bound to a schema by the backend
	Text          bool    // Complete writes text at all
	Outline       bool    // samples carry an outline of what would follow
	TopTokens     int     // most likely next tokens that a [TokenModel] shows; 0 = it shows none, and goes on with begun answers only where Bias says so
	Bias          bool    // a [BiasModel]: draws next tokens under a bias, and goes on with begun answers
	ContextTokens int     // window, 0 = not known
	Prices        *Prices // nil = not known: dollars are then not counted and a usd budget is refused
}

// Prices are dollars a million tokens.
type Prices struct {
	Prompt     float64 `json:"prompt"`
	Cached     float64 `json:"cached"` // prompt tokens read from the provider's cache
	Completion float64 `json:"completion"`
	Write      float64 `json:"write,omitempty"` // prompt tokens written to the cache, 0 = as Prompt
}

// Status says how much is known of a step's outcome.
type Status uint8

// The four ways in which the outcome of a step can be known.
const (
	Observed Status = iota // the call was made and this is its answer
	Imagined               // not made; the answer is a guess
	Deferred               // not made; the answer will be known when the plan is carried out
	Failed                 // made, and it failed
)

var statusNames = [...]string{"observed", "imagined", "deferred", "failed"}

// String returns the word used in journals and plan files.
func (s Status) String() string { return statusNames[s&3] }

// MarshalText writes the word.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word.
func (s *Status) UnmarshalText(b []byte) error {
	for i, name := range statusNames {
		if name == string(b) {
			*s = Status(i)
			return nil
		}
	}
	return errStatus(b)
}

// Step is a call on the path and what came of it.
type Step struct {
	Call   tool.Call   `json:"call"`
	Result tool.Result `json:"result,omitzero"`
	Status Status      `json:"status"`
}

// Demo is a demonstration: a goal and the calls that reached it.
type Demo struct {
	Goal  string      `json:"goal"`
	Calls []tool.Call `json:"calls"`
}

// Request asks for what to do next at one node of the search. Fields are in the order in which they reach the
// backend, so that requests of sibling nodes share the longest prefix.
type Request struct {
	Tools       []tool.Spec `json:"tools"` // the shortlist, in a fixed order
	Demos       []Demo      `json:"demos,omitempty"`
	Goal        string      `json:"goal"`
	Steps       []Step      `json:"steps,omitempty"`  // the path from the root
	Outline     bool        `json:"outline"`          // ask each sample for an outline of what would follow
	Reason      bool        `json:"reason,omitempty"` // have each sample think in words before it calls
	Rejected    []Rejected  `json:"rejected,omitempty"`
	Lessons     []string    `json:"lessons,omitempty"` // of earlier attempts at the goal
	N           int         `json:"n"`                 // samples wanted, >= 1
	Seed        uint64      `json:"seed"`
	Temperature float64     `json:"temperature"`
	MaxTokens   int         `json:"max_tokens,omitempty"` // completion tokens of one sample, 0 = the backend's default
}

// Rejected is a call that the model proposed and that its tool's schema refused; it is shown once, with the schema.
type Rejected struct {
	Call   RawCall         `json:"call"`
	Reason string          `json:"reason"`
	Schema json.RawMessage `json:"schema,omitempty"`
}

// RawCall is a call as a model wrote it, not yet checked against anything.
type RawCall struct {
	Tool string `json:"tool"`
	Args string `json:"args"` // JSON text if the model behaved
}

// Sample is one answer: calls to make next, or the final answer.
type Sample struct {
	// Calls are to be made in this order. Several calls in one answer become a chain of nodes. Empty means that the
	// model considers the goal reached and Answer is the final answer.
	Calls []RawCall `json:"calls,omitempty"`
	// Outline is what the model expects to follow after Calls. Args are empty where they depend on what is not
	// yet known.
	Outline []RawCall `json:"outline,omitempty"`
	// Complete says that Outline runs to the end of the plan (an empty one then means that Calls finish it).
	Complete bool   `json:"complete,omitempty"`
	Answer   string `json:"answer,omitempty"`
	// GaveUp says that Answer does not claim the goal: the model sees no way to it. Models that only write text don't say.
	GaveUp  bool    `json:"gave_up,omitempty"`
	LogProb float64 `json:"logprob,omitempty"` // natural log, 0 = not known
}

// Response is what came of a [Request]. Fewer samples than asked for are not an error; none is [ErrGarbage]. Usage is
// filled in beside an error too: what was spent was spent.
type Response struct {
	Samples []Sample `json:"samples"`
	Usage   Usage    `json:"usage"`
}

// TextRequest asks for text.
type TextRequest struct {
	System      string          `json:"system,omitempty"`
	Prompt      string          `json:"prompt"`
	Schema      json.RawMessage `json:"schema,omitempty"` // JSON Schema that the answer must match
	Seed        uint64          `json:"seed"`
	Temperature float64         `json:"temperature"`
	MaxTokens   int             `json:"max_tokens,omitempty"`
}

// TextResponse is the text, and what it cost.
type TextResponse struct {
	Text  string `json:"text"`
	Usage Usage  `json:"usage"`
}

// Usage is what a request used. Requests counts round trips, retries included. Cached and Written are parts of Prompt.
type Usage struct {
	Requests   int     `json:"requests"`
	Samples    int     `json:"samples"`
	Prompt     int     `json:"prompt_tokens"`
	Cached     int     `json:"cached_tokens,omitempty"`
	Written    int     `json:"cache_write_tokens,omitempty"`
	Completion int     `json:"completion_tokens"`
	USD        float64 `json:"usd"`
	// Estimated says that tokens were counted here because the endpoint did not (a stream that was cut, a server
	// without usage), so that they are near the truth and not it.
	Estimated bool `json:"estimated,omitempty"`
}

// Add returns the sum of both.
func (u Usage) Add(v Usage) Usage {
	return Usage{
		Requests: u.Requests + v.Requests, Samples: u.Samples + v.Samples,
		Prompt: u.Prompt + v.Prompt, Cached: u.Cached + v.Cached, Written: u.Written + v.Written, Completion: u.Completion + v.Completion,
		USD: u.USD + v.USD, Estimated: u.Estimated || v.Estimated,
	}
}
