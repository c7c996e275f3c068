package endpoint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/azimuthdev/azimuth/model"
)

type round func(*http.Request) (*http.Response, error)

func (f round) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func reply(status int, headers ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader("body"))}
}

// script answers attempts in order; the last answer repeats.
func script(steps ...func() (*http.Response, error)) http.RoundTripper {
	i := 0
	return round(func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != "question" {
			return nil, errors.New("the attempt did not carry the body")
		}
		step := steps[min(i, len(steps)-1)]
		i++
		return step()
	})
}

func status(code int, headers ...string) func() (*http.Response, error) {
	return func() (*http.Response, error) { return reply(code, headers...), nil }
}

func broken() (*http.Response, error) {
	r := reply(200)
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader("bo"), errReader{}))
	return r, nil
}

func refused() (*http.Response, error) { return nil, fmt.Errorf("dial: %w", syscall.ECONNREFUSED) }

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func post(ctx context.Context, t *testing.T, c *http.Client) (*http.Response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, "POST", "http://x/v1", strings.NewReader("question"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Do(req)
}

func TestRetries(t *testing.T) {
	date := "Mon, 02 Jan 2040 15:04:07 GMT"
	now := time.Date(2040, 1, 2, 15, 4, 5, 0, time.UTC)
	reset := func() (*http.Response, error) { return nil, errors.New("connection reset by peer") }
	for _, c := range []struct {
		name     string
		steps    []func() (*http.Response, error)
		status   int // 0 = an error
		attempts int
		waits    []time.Duration
	}{
		{"fine", []func() (*http.Response, error){status(200)}, 200, 1, nil},
		{"seconds", []func() (*http.Response, error){status(429, "Retry-After", "7"), status(200)}, 200, 2, []time.Duration{7 * time.Second}},
		{"milliseconds", []func() (*http.Response, error){status(429, "Retry-After-Ms", "70"), status(200)}, 200, 2, []time.Duration{70 * time.Millisecond}},
		{"date", []func() (*http.Response, error){status(503, "Retry-After", date), status(200)}, 200, 2, []time.Duration{2 * time.Second}},
		{"doubles", []func() (*http.Response, error){status(500)}, 500, 5,
			[]time.Duration{375 * time.Millisecond, 750 * time.Millisecond, 1500 * time.Millisecond, 3 * time.Second}},
		{"reset", []func() (*http.Response, error){reset, status(200)}, 200, 2, []time.Duration{375 * time.Millisecond}},
		{"breaks in the body", []func() (*http.Response, error){broken, status(200)}, 200, 2, []time.Duration{375 * time.Millisecond}},
		{"always reset", []func() (*http.Response, error){reset}, 0, 5, nil},
		{"not on 400", []func() (*http.Response, error){status(400)}, 400, 1, nil},
		{"not on 401", []func() (*http.Response, error){status(401)}, 401, 1, nil},
		{"told not to", []func() (*http.Response, error){status(429, "X-Should-Retry", "false")}, 429, 1, nil},
		{"asked to wait too long", []func() (*http.Response, error){status(429, "Retry-After", "3600")}, 429, 1, nil},
		{"final error", []func() (*http.Response, error){func() (*http.Response, error) { return nil, ErrFinal }}, 0, 1, nil},
		{"nothing listens", []func() (*http.Response, error){refused, status(200)}, 0, 1, nil},
		{"refused later on", []func() (*http.Response, error){status(503), refused, status(200)}, 200, 3, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var waits []time.Duration
			client := Options{
				Transport: script(c.steps...), Rand: func() float64 { return .5 }, Now: func() time.Time { return now },
				Sleep: func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil },
			}.Client()
			ctx, trip := Track(t.Context())
			resp, err := post(ctx, t, client)
			if (err == nil) != (c.status != 0) || err == nil && resp.StatusCode != c.status {
				t.Fatalf("got %v, %v, want status %d", resp, err, c.status)
			}
			if trip.Attempts != c.attempts {
				t.Errorf("%d attempts, want %d", trip.Attempts, c.attempts)
			}
			if c.waits != nil && !equal(waits, c.waits) {
				t.Errorf("waited %v, want %v", waits, c.waits)
			}
		})
	}
}

func equal(a, b []time.Duration) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// TestNothingListens: the error says where, and what to do.
func TestNothingListens(t *testing.T) {
	ctx, trip := Track(t.Context())
	_, err := post(ctx, t, Options{Transport: script(refused)}.Client())
	err = Failure(ctx, "openai/m", 0, err.Error(), trip, err)
	want := "openai/m: nothing listens at http://x: start the server or check the base URL (--base-url)"
	var failed *model.ProviderError
	if !errors.As(err, &failed) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestNoWaitBeyondTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		resp, err := post(ctx, t, Options{Transport: script(status(429, "Retry-After", "5"))}.Client())
		if err != nil || resp.StatusCode != 429 || time.Since(start) != 0 {
			t.Errorf("%v, %v after %v: want the refusal at once", resp, err, time.Since(start))
		}
	})
}

func TestTimeoutIsOfOneAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := round(func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() })
		ctx, trip := Track(t.Context())
		start := time.Now()
		_, err := post(ctx, t, Options{Transport: hang, Timeout: time.Second, Retries: 1}.Client())
		if err == nil || trip.Attempts != 2 || time.Since(start) > 3*time.Second {
			t.Errorf("%v after %v and %d attempts", err, time.Since(start), trip.Attempts)
		}
	})
}

func TestCancelEndsAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		go func() { time.Sleep(time.Second); cancel() }()
		start := time.Now()
		_, err := post(ctx, t, Options{Transport: script(status(429, "Retry-After", "50"))}.Client())
		if !errors.Is(err, context.Canceled) || time.Since(start) != time.Second {
			t.Errorf("%v after %v, want cancelled after 1s", err, time.Since(start))
		}
	})
}

func TestConcurrencyIsLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		under, most := 0, 0
		slow := round(func(*http.Request) (*http.Response, error) {
			mu.Lock()
			under++
			most = max(most, under)
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			under--
			mu.Unlock()
			return reply(200), nil
		})
		client := Options{Transport: slow, Concurrency: 3}.Client()
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if _, err := post(t.Context(), t, client); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if most != 3 {
			t.Errorf("%d attempts at once, want 3", most)
		}
	})
}

func TestStreamHoldsItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := Options{Transport: script(status(200, "Content-Type", "text/event-stream")), Concurrency: 1}.Client()
		first, err := post(t.Context(), t, client)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := post(ctx, t, client); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("second request while the stream is open: %v", err)
		}
		first.Body.Close()
		if _, err := post(t.Context(), t, client); err != nil {
			t.Errorf("after the stream was closed: %v", err)
		}
	})
}

func TestScrub(t *testing.T) {
	for _, in := range []string{
		"bad key hunter2secret", `{"Authorization": "Bearer hunter2secret"}`, "x-api-key: hunter2secret",
		"https://user:hunter2secret@host/v1", "https://host/v1?key=hunter2secret&x=1", "bearer hunter2secret",
	} {
		if got := Scrub(in, "hunter2secret"); strings.Contains(got, "hunter2secret") {
			t.Errorf("%q with the secret known: %q", in, got)
		}
	}
	for _, in := range []string{`authorization="Bearer abcdefgh123"`, "https://u:abcdefgh123@h", "?api_key=abcdefgh123", "sk-abcdefgh123 is wrong", "Bearer abcdefgh123"} {
		if got := Scrub(in); strings.Contains(got, "abcdefgh123") {
			t.Errorf("%q: %q", in, got)
		}
	}
	if got := Scrub("nothing here, key 7", "7"); got != "nothing here, key 7" {
		t.Errorf("harmless text became %q", got)
	}
}

func TestFailure(t *testing.T) {
	err := Failure(t.Context(), "p/m", 429, "slow down sk-abcdefgh123 "+strings.Repeat("x", 9000), &Trip{RetryAfter: time.Second}, nil)
	var pe *model.ProviderError
	if !errors.As(err, &pe) || pe.Status != 429 || pe.RetryAfter != time.Second || len(pe.Message) > 800 || strings.Contains(pe.Message, "sk-") {
		t.Errorf("%d bytes: %+v", len(pe.Message), pe)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Failure(ctx, "p", 0, "x", new(Trip), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, ""}, {Options{BaseURL: "http://localhost:8080/v1"}, ""},
		{Options{BaseURL: "localhost:8080"}, "base URL"}, {Options{BaseURL: "ftp://x"}, "base URL"},
		{Options{Timeout: -1}, "timeout"}, {Options{Concurrency: -1}, "concurrency"},
	} {
		if err := c.o.Validate(); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.o, err, c.want)
		}
	}
}
