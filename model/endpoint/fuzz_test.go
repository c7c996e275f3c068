package endpoint

import (
	"net/http"
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
