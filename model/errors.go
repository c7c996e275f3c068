package model

import (
	"errors"
	"fmt"
	"time"

	"github.com/azimuthdev/azimuth/tool"
)

// ErrGarbage says that a model's answer could not be used: no choice, no text and no call, or text that does not
// parse where a schema was asked for.
var ErrGarbage = errors.New("the model's answer could not be used")

// ProviderError is an endpoint's refusal, after the retries that were worth making.
type ProviderError struct {
	Provider   string
	Status     int           // HTTP status, 0 when nothing answered
	RetryAfter time.Duration // what the endpoint asked for, 0 if it did not
	Message    string        // scrubbed of secrets
}

// Error names the provider, the status and what it said.
func (e *ProviderError) Error() string {
	if e.Status == 0 {
		return fmt.Sprintf("%s: %s", e.Provider, e.Message)
	}
	return fmt.Sprintf("%s: HTTP %d: %s", e.Provider, e.Status, e.Message)
}

// Garbage returns an [ErrGarbage] that says what was wrong and shows the start of what the model wrote (at most 200
// bytes).
func Garbage(what, excerpt string) error {
	if excerpt == "" {
		return fmt.Errorf("%w: %s", ErrGarbage, what)
	}
	return fmt.Errorf("%w: %s: %q", ErrGarbage, what, tool.Clip(excerpt, 200))
}

func errStatus(b []byte) error { return fmt.Errorf("status %q: want one of %v", b, statusNames) }
