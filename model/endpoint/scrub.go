package endpoint

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/azimuthdev/azimuth/internal/secret"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// Scrub takes the given secrets out of a text, and what looks like one: values of authorization headers and key
// parameters, passwords in URLs, keys with the usual prefixes, private keys.
func Scrub(text string, secrets ...string) string {
	return secret.Settings(secret.Of(secrets...).Cut(text))
}

// maxMessage is how much of what an endpoint said is kept in an error.
const maxMessage = 600

// Failure is the error for a request that failed: the context's error where that is why, else a
// [*model.ProviderError] without secrets. Status 0 means that nothing answered.
func Failure(ctx context.Context, provider string, status int, message string, trip *Trip, cause error, secrets ...string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if errors.Is(cause, ErrFinal) {
		return cause
	}
	if d := (*deafError)(nil); errors.As(cause, &d) {
		message = d.Error()
	}
	if message == "" {
		message = http.StatusText(status)
	}
	message = tool.Clip(Scrub(message, secrets...), maxMessage)
	return &model.ProviderError{Provider: provider, Status: status, RetryAfter: trip.RetryAfter, Message: strings.TrimSpace(message)}
}
