package model

import "context"

// TokenModel is a [Model] whose answers can be steered token by token: it shows what it would write next, and goes on with
// an answer that somebody else began. [Capabilities].TopTokens says whether the backend behind it does; where that is 0
// NextTokens fails with [ErrUnable] before anything is spent, and where Bias is not set either, ProposeFrom too.
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

// BiasModel is a [TokenModel] whose backend draws the next token itself, with a bias on tokens that have numbers.
// [Capabilities].Bias says whether the backend behind it does; where not, both methods fail with [ErrUnable] before anything
// is spent.
type BiasModel interface {
	TokenModel
	// Tokenize cuts a text into the backend's tokens, as if it stood alone: a vocabulary may put a space before it. It writes
	// nothing, so that it is not in any usage.
	Tokenize(ctx context.Context, text string) ([]Piece, error)
	// DrawNext draws the first token by which the answer goes on, Of.N times at the temperature Of.Heat: with probabilities proportional to
	// exp((log p + bias)/temperature) over the whole vocabulary. Errors are those of Propose.
	DrawNext(ctx context.Context, r DrawRequest) (DrawResponse, error)
}

// Piece is a token of a vocabulary.
type Piece struct {
	ID   int    // its number
	Text string // what it spells
}

// DrawRequest asks for the next token of an answer.
type DrawRequest struct {
	Of   Request         // what the answer is to, how many draws, their seed and temperature
	Text string          // the answer so far, may be empty
	Bias map[int]float64 // added to the log-probabilities of tokens, by number, each in [-100,100]
}

// DrawResponse holds a token for each draw, or fewer. Their log-probabilities are those without the bias, 0 where they are not known.
type DrawResponse struct {
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
