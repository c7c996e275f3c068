package model

import "context"

// TokenModel is a [Model] whose answers can be steered token by token: it shows what it would write next, and goes on with
// an answer that somebody else began. [Capabilities].TopTokens says whether the backend behind it does; where that is 0
// both methods fail with [ErrUnable] before anything is spent.
//
// The answer is the JSON object that package prompt asks for in its mode JSON, whatever mode the model uses by itself.
type TokenModel interface {
	Model
	// NextTokens returns the likeliest tokens by which the answer goes on, the likeliest first. It takes two requests at most,
	// see [Estimator.EstimateNext].
	NextTokens(ctx context.Context, r TokenRequest) (TokenResponse, error)
	// ProposeFrom is Propose with answers that all begin with the text. Errors are those of Propose.
	ProposeFrom(ctx context.Context, r Request, begin string) (Response, error)
}

// TokenRequest asks how an answer goes on.
type TokenRequest struct {
	Of   Request // what the answer is to; samples, seed and temperature make no difference
	Text string  // the answer so far, may be empty
	Top  int     // how many tokens are wanted, 1 to Capabilities.TopTokens
}

// Token is one way in which a text may go on.
type Token struct {
	Text    string  `json:"text"`    // what it adds; part of a character where the vocabulary splits it
	LogProb float64 `json:"logprob"` // natural log, before any temperature
	End     bool    `json:"end,omitempty"`
}

// TokenResponse holds the tokens asked for, or fewer.
type TokenResponse struct {
	Tokens []Token `json:"tokens"`
	Usage  Usage   `json:"usage"`
}

// Allow reserves what a request may use at most, before it is made. The function that it returns is called once, with what
// it was. An error forbids the request.
type Allow func(worst Usage) (settle func(Usage), err error)

// Stepwise is a [Model] that makes many small requests for one answer, so that reserving the worst of them all together
// would keep it from ever beginning. ProposeBy is Propose with each of them allowed on its own; what was allowed is
// settled when it returns. Where a request was forbidden it returns the samples that are whole, and the error only if
// there are none.
type Stepwise interface {
	Model
	ProposeBy(ctx context.Context, r Request, allow Allow) (Response, error)
}
