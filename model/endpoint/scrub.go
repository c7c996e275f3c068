package endpoint

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/azimuthdev/azimuth/model"
)

const redacted = "[redacted]"

var secretLike = []*regexp.Regexp{
	regexp.MustCompile(`(?i)((?:authorization|x-api-key|api[-_ ]?key)["']?\s*[:=]\s*["']?(?:bearer\s+|basic\s+)?)[^\s"',}]+`),
	regexp.MustCompile(`(?i)(bearer\s+)[A-Za-z0-9._~+/=-]{8,}`),
	regexp.MustCompile(`([?&](?:key|api_key|token|access_token)=)[^&\s"]+`),
	regexp.MustCompile(`(://)[^/\s:@"]+:[^/\s@"]+@`),
	regexp.MustCompile(`()\b(?:sk|pk|rk)-[A-Za-z0-9_-]{8,}`),
}

// Scrub takes the given secrets out of a text, and what looks like one: values of authorization headers and key
// parameters, passwords in URLs, keys with the usual prefixes.
func Scrub(text string, secrets ...string) string {
	for _, s := range secrets {
		if len(s) >= 4 {
			text = strings.ReplaceAll(text, s, redacted)
		}
	}
	for _, re := range secretLike {
		text = re.ReplaceAllString(text, "${1}"+redacted)
	}
	return text
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
	if message == "" {
		message = http.StatusText(status)
	}
	message = model.Clip(Scrub(message, secrets...), maxMessage)
	return &model.ProviderError{Provider: provider, Status: status, RetryAfter: trip.RetryAfter, Message: strings.TrimSpace(message)}
}
