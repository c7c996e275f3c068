package openapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/internal/secret"
	"github.com/azimuthdev/azimuth/tool"
)

// operation is one operation as a tool.
type operation struct {
	spec   tool.Spec
	method string
	path   string
	base   *url.URL
	params []param
	body   *body
	auth   [][]scheme
	opts   Options
}

// Spec returns the operation's specification.
func (t *operation) Spec() tool.Spec { return t.spec }

// Call makes the request. What the server answers is a result, with IsError for every status that is not 2xx; an
// error means that no answer came, so that nobody knows whether the operation took place.
func (t *operation) Call(ctx context.Context, raw json.RawMessage) (tool.Result, error) {
	if err := ctx.Err(); err != nil {
		return tool.Result{}, err
	}
	args, err := decodeArgs(raw)
	if err == nil {
		err = t.known(args)
	}
	if err != nil {
		return refused(t.spec.Name + ": " + err.Error()), nil
	}
	ctx, cancel := context.WithTimeout(ctx, t.opts.Timeout)
	defer cancel()
	req, err := t.request(ctx, args)
	if err != nil {
		return refused(t.spec.Name + ": " + err.Error()), nil
	}
	secrets, missing := t.authenticate(req)
	scrub := t.scrubber(secrets)
	res, err := t.client().Do(req)
	if err != nil {
		return tool.Result{}, t.broken(err, scrub)
	}
	defer res.Body.Close()
	out, err := t.answer(res, missing, scrub)
	if err != nil {
		return tool.Result{}, t.broken(err, scrub)
	}
	return out, nil
}

func refused(msg string) tool.Result { return tool.Result{Content: msg, IsError: true} }

var errRedirect = errors.New("redirected to another host, which is not followed")

// client is the injected one, but credentials never leave for another host.
func (t *operation) client() *http.Client {
	c := *t.opts.Client
	follow := c.CheckRedirect
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if req.URL.Host != via[0].URL.Host || req.URL.Scheme != via[0].URL.Scheme {
			return errRedirect
		}
		if follow != nil {
			return follow(req, via)
		}
		if len(via) >= 10 {
			return errors.New("more than 10 redirects")
		}
		return nil
	}
	return &c
}

// broken says which call got no answer. The URL is left out: its query may hold a key.
func (t *operation) broken(err error, scrub *secret.Cutter) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	msg := fmt.Sprintf("%s: %s %s on %s", t.spec.Name, t.method, t.path, t.base.Host)
	for _, known := range []error{context.DeadlineExceeded, context.Canceled} {
		if errors.Is(err, known) {
			return fmt.Errorf("%s: %w", msg, known)
		}
	}
	return fmt.Errorf("%s: %s", msg, scrub.Cut(err.Error()))
}

// answer reads what the server said, up to [tool.JournalLimit].
func (t *operation) answer(res *http.Response, missing []string, scrub *secret.Cutter) (tool.Result, error) {
	data, err := io.ReadAll(io.LimitReader(res.Body, tool.JournalLimit+1))
	if err != nil {
		return tool.Result{}, err
	}
	var out tool.Result
	text := scrub.Cut(string(data))
	whole := len(data) <= tool.JournalLimit
	if whole && isJSON(res.Header.Get("Content-Type")) {
		if v, err := canon.JSON([]byte(text)); err == nil {
			out.Value = v
		}
	}
	if !whole {
		text = wholeRunes(text)
	}
	if !utf8.ValidString(text) {
		text = fmt.Sprintf("%d bytes of %s", len(data), res.Header.Get("Content-Type"))
	} else if !whole {
		text = tool.Clip(text, tool.JournalLimit-1) // one less than what is there, so that the note is never missing
	}
	out.IsError = res.StatusCode < 200 || res.StatusCode > 299
	if out.IsError || text == "" {
		text = strings.TrimSpace("HTTP " + res.Status + "\n" + text)
	}
	if res.StatusCode == http.StatusUnauthorized && len(missing) > 0 {
		text += "\n(no credential was given for " + strings.Join(missing, ", ") + ")"
	}
	out.Content = text
	return out, nil
}

// wholeRunes leaves out the rune at the end that a limit has cut in two.
func wholeRunes(text string) string {
	for range utf8.UTFMax {
		if r, n := utf8.DecodeLastRuneInString(text); r == utf8.RuneError && n == 1 {
			text = text[:len(text)-1]
		}
	}
	return text
}
