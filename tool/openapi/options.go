package openapi

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/azimuthdev/azimuth/tool"
)

// DefaultTimeout limits one call where Options.Timeout is zero.
const DefaultTimeout = time.Minute

// MaxDocument is the longest document that [Load] reads, in bytes (32 MiB).
const MaxDocument = 32 << 20

// Options say what the document doesn't. A nil pointer and the zero value are fine.
type Options struct {
	// Name is the server's name in [tool.Spec.Server] and in errors; default the document's title.
	Name string
	// Prefix is put in front of every tool's name, to keep the tools of several servers apart.
	Prefix string
	// BaseURL is where calls go; default the document's first server. Needed where the document names none.
	BaseURL string
	// Client makes the requests, default one of its own. Its Timeout, if any, holds beside ours.
	Client *http.Client
	// Timeout limits one call, default [DefaultTimeout].
	Timeout time.Duration
	// Headers are sent with every call. The values of those that carry secrets by their name (authorization,
	// cookie, key, token, secret, password) are cut out of answers and errors.
	Headers map[string]string
	// Credential returns the secret of a security scheme by its name in the document: a bearer token, an API key,
	// user:password for basic authentication. Empty means that there is none. It may be called from several
	// goroutines at once.
	Credential func(scheme string) string
	// Trust says whether methods and x-azimuth-effect are believed, default [tool.TrustAnnotations].
	Trust tool.Trust
	// Effects says otherwise, by the tools' names; it beats the document. The first rule that matches holds.
	Effects []tool.EffectRule
}

// Validate says which field is wrong.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	if o.Timeout < 0 {
		return fmt.Errorf("openapi: timeout %v: want 0 (%v) or more", o.Timeout, DefaultTimeout)
	}
	if o.BaseURL != "" {
		if _, err := baseURL(o.BaseURL); err != nil {
			return fmt.Errorf("openapi: base url: %w", err)
		}
	}
	switch o.Trust {
	case "", tool.TrustNone, tool.TrustAnnotations:
	default:
		return fmt.Errorf("openapi: trust %q: want %q or %q", o.Trust, tool.TrustNone, tool.TrustAnnotations)
	}
	if o.Prefix != "" && tool.ValidName(o.Prefix) != o.Prefix {
		return fmt.Errorf("openapi: prefix %q: want letters, digits, _ and -", o.Prefix)
	}
	var errs []error
	for _, r := range o.Effects {
		errs = append(errs, r.Validate())
	}
	return errors.Join(errs...)
}

// withDefaults returns a copy with every default filled in.
func (o *Options) withDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Trust == "" {
		c.Trust = tool.TrustAnnotations
	}
	if c.Client == nil {
		c.Client = &http.Client{}
	}
	if c.Credential == nil {
		c.Credential = func(string) string { return "" }
	}
	return c
}

func baseURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%q: want http://host or https://host, with or without a path", s)
	}
	if u.User != nil {
		return nil, errors.New("has a user in it: give secrets by Credential")
	}
	return u, nil
}
