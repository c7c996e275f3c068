package endpoint

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// maxBody is the largest answer that is read.
const maxBody = 64 << 20

var errTooLarge = errors.New("the endpoint's answer is larger than 64 MiB")

// Trip counts the attempts of one request.
type Trip struct {
	Attempts   int
	RetryAfter time.Duration // what the last refusal asked for
}

type tripKey struct{}

// Track returns a context whose requests are counted in the trip. Read it after the request returned.
func Track(ctx context.Context) (context.Context, *Trip) {
	t := new(Trip)
	return context.WithValue(ctx, tripKey{}, t), t
}

func tripOf(ctx context.Context) *Trip {
	if t, ok := ctx.Value(tripKey{}).(*Trip); ok {
		return t
	}
	return new(Trip)
}

type transport struct {
	o      Options
	places chan struct{}
	heard  atomic.Bool // something answered, once
}

// RoundTrip makes attempts until one is final.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := readBody(req)
	if err != nil {
		return nil, err
	}
	ctx, trip := req.Context(), tripOf(req.Context())
	for retry := 0; ; retry++ {
		resp, err := t.attempt(ctx, req, body, trip)
		if retry >= t.o.Retries || ctx.Err() != nil || !t.again(resp, err) {
			return resp, err
		}
		wait := t.wait(retry, trip.RetryAfter)
		if wait > t.o.MaxWait || t.late(ctx, wait) {
			return resp, err
		}
		if resp != nil {
			resp.Body.Close()
		}
		if err := t.o.Sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func readBody(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer req.Body.Close()
	return io.ReadAll(req.Body)
}

// attempt sends the request once. The answer is read whole here, so that a connection that breaks in the middle is
// part of the attempt; streams are handed on as they come.
func (t *transport) attempt(ctx context.Context, req *http.Request, body []byte, trip *Trip) (*http.Response, error) {
	select {
	case t.places <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	actx, cancel := context.WithTimeout(ctx, t.o.Timeout)
	done := sync.OnceFunc(func() { cancel(); <-t.places })
	trip.Attempts++
	trip.RetryAfter = 0
	out := req.Clone(actx)
	if body != nil {
		out.Body = io.NopCloser(bytes.NewReader(body))
		out.ContentLength = int64(len(body))
	}
	resp, err := t.o.Transport.RoundTrip(out)
	if err != nil {
		done()
		return nil, t.unheard(req, err)
	}
	t.heard.Store(true)
	trip.RetryAfter = retryAfter(resp.Header, t.o.Now())
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") && resp.StatusCode < 300 {
		resp.Body = &held{resp.Body, done}
		return resp, nil
	}
	defer done()
	return buffered(resp)
}

func buffered(resp *http.Response) (*http.Response, error) {
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxBody {
		return nil, errTooLarge
	}
	resp.Body = io.NopCloser(bytes.NewReader(raw))
	return resp, nil
}

// held gives the place back when a stream is closed.
type held struct {
	io.ReadCloser
	done func()
}

func (h *held) Close() error {
	defer h.done()
	return h.ReadCloser.Close()
}

// again says whether another attempt may end otherwise.
func (t *transport) again(resp *http.Response, err error) bool {
	if err != nil {
		return !errors.Is(err, errTooLarge) && !errors.Is(err, ErrFinal) && !errors.As(err, new(*deafError))
	}
	switch resp.Header.Get("X-Should-Retry") {
	case "true":
		return resp.StatusCode >= 400
	case "false":
		return false
	}
	switch s := resp.StatusCode; s {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooManyRequests:
		return true
	default:
		return s >= 500 && s != http.StatusNotImplemented
	}
}

// deafError says that no server runs where the endpoint should be.
type deafError struct {
	where string
	err   error
}

func (e *deafError) Error() string {
	return "nothing listens at " + e.where + ": start the server or check the base URL (--base-url)"
}

func (e *deafError) Unwrap() error { return e.err }

// unheard makes a refused connection final where nothing ever answered: a server that was not started does not come up by
// itself. One that did answer may be on its way back.
func (t *transport) unheard(req *http.Request, err error) error {
	if t.heard.Load() || !errors.Is(err, syscall.ECONNREFUSED) {
		return err
	}
	return &deafError{req.URL.Scheme + "://" + req.URL.Host, err}
}

// ErrFinal marks an error of a [http.RoundTripper] that another attempt would only repeat, such as a recording that
// does not have the request.
var ErrFinal = errors.New("another attempt would fail the same way")

// wait is what the endpoint asked for, else an exponential back-off with half of it left to chance, so that clients
// that failed together don't come back together.
func (t *transport) wait(retry int, asked time.Duration) time.Duration {
	if asked > 0 {
		return asked
	}
	d := min(t.o.Backoff<<min(retry, 20), t.o.MaxBackoff)
	return d/2 + time.Duration(t.o.Rand()*float64(d/2))
}

func (t *transport) late(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ok && t.o.Now().Add(wait).After(deadline)
}
