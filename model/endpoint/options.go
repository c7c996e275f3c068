package endpoint

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"
)

// Options are the settings of an endpoint. Zero values mean the default.
type Options struct {
	// BaseURL is where the endpoint is, up to and with the version (http://localhost:8080/v1). Default: the
	// provider's own.
	BaseURL string
	// Key is sent as the provider wants it, and never shows up in an error or a recording. Default: none.
	Key string
	// Retries is how many times an attempt is repeated. Default 4; negative: never.
	Retries int
	// Backoff is the first wait, MaxBackoff the longest of ours, MaxWait the longest that Retry-After may ask for.
	// Defaults 500 ms, 30 s, 60 s.
	Backoff, MaxBackoff, MaxWait time.Duration
	// Timeout is of one attempt, with the reading of its answer. Default 2 minutes.
	Timeout time.Duration
	// Concurrency is how many attempts are under way at once. Default 8.
	Concurrency int
	// Transport makes the attempts. Default [http.DefaultTransport]; recorders go here.
	Transport http.RoundTripper
	// Now, Sleep and Rand (in [0,1)) are the clock and the jitter. Defaults: the real ones.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
	Rand  func() float64
}

// Validate says what is wrong, by field.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	if o.BaseURL != "" {
		u, err := url.Parse(o.BaseURL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("base URL %q: want http:// or https:// with a host, such as http://localhost:8080/v1", Scrub(o.BaseURL, o.Key))
		}
	}
	for _, f := range []struct {
		name string
		v    time.Duration
	}{{"backoff", o.Backoff}, {"max backoff", o.MaxBackoff}, {"max wait", o.MaxWait}, {"timeout", o.Timeout}} {
		if f.v < 0 {
			return fmt.Errorf("%s %v: want 0 (the default) or more", f.name, f.v)
		}
	}
	if o.Concurrency < 0 {
		return fmt.Errorf("concurrency %d: want 0 (the default) or more", o.Concurrency)
	}
	return nil
}

func (o Options) withDefaults() Options {
	def(&o.Retries, 4)
	def(&o.Backoff, 500*time.Millisecond)
	def(&o.MaxBackoff, 30*time.Second)
	def(&o.MaxWait, time.Minute)
	def(&o.Timeout, 2*time.Minute)
	def(&o.Concurrency, 8)
	if o.Transport == nil {
		o.Transport = http.DefaultTransport
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	return o
}

func def[T comparable](v *T, to T) {
	var zero T
	if *v == zero {
		*v = to
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Client returns a client that retries, limits and times out by these options.
func (o Options) Client() *http.Client {
	o = o.withDefaults()
	return &http.Client{Transport: &transport{o: o, places: make(chan struct{}, o.Concurrency)}}
}
