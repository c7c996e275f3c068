package endpoint

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"7", "-1", "1e400", "NaN", "Mon, 02 Jan 2040 15:04:07 GMT", "9999999999999999999", ""} {
		f.Add(s, s)
	}
	now := time.Date(2040, 1, 2, 15, 4, 5, 0, time.UTC)
	f.Fuzz(func(t *testing.T, after, ms string) {
		h := http.Header{"Retry-After": {after}, "Retry-After-Ms": {ms}}
		if d := retryAfter(h, now); d < 0 {
			t.Fatalf("%q, %q: %v", after, ms, d)
		}
	})
}

func FuzzScrub(f *testing.F) {
	f.Add("Authorization: Bearer ", "hunter2secret", " end")
	f.Add("?key=", "abcd", "&x=1")
	f.Fuzz(func(t *testing.T, before, secret, after string) {
		if len(secret) < 4 || strings.Contains(redacted, secret) {
			return
		}
		got := Scrub(before+secret+after, secret)
		if strings.Contains(got, secret) && !strings.Contains(strings.ReplaceAll(before+secret+after, secret, redacted), secret) {
			t.Fatalf("%q left in %q", secret, got)
		}
	})
}
