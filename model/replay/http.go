package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/azimuthdev/azimuth/internal/secret"
)

// KeptHeaders are the headers of an answer that are recorded: those that the code acts on.
var KeptHeaders = []string{"Content-Type", "Retry-After", "Retry-After-Ms", "X-Should-Retry"}

// answer is an HTTP answer as it is recorded.
type answer struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    string            `json:"body"`
}

// RecordHTTP returns a transport that sends by next and appends each exchange to w, without the secrets named.
// Connections that fail are not recorded. Streams are recorded whole, and handed on only when they have ended.
func RecordHTTP(next http.RoundTripper, w io.Writer, secrets ...string) http.RoundTripper {
	return &recordHTTP{next: next, out: writer{w: w, secrets: secret.Of(secrets...)}}
}

type recordHTTP struct {
	next http.RoundTripper
	out  writer
}

// RoundTrip sends the request and records what came back.
func (r *recordHTTP) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := take(req)
	if err != nil {
		return nil, err
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(raw))
	e, err := httpEntry(req, body, r.out.secrets)
	if err != nil {
		return nil, fmt.Errorf("cassette: %w", err)
	}
	a := answer{Status: resp.StatusCode, Headers: kept(resp.Header), Body: scrubBody(raw, r.out.secrets)}
	if e.Response, err = json.Marshal(a); err != nil {
		return nil, err
	}
	return resp, r.out.write(e)
}

// scrubBody leaves a body without secrets byte by byte as it was, and otherwise cleans JSON value by value.
func scrubBody(raw []byte, secrets *secret.Cutter) string {
	clean := secret.Settings(secrets.Cut(string(raw)))
	if clean == string(raw) {
		return clean
	}
	if tree, err := scrubbed(json.RawMessage(raw), secrets); err == nil {
		return string(tree)
	}
	return clean
}

func take(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer req.Body.Close()
	return io.ReadAll(req.Body)
}

func kept(h http.Header) map[string]string {
	out := map[string]string{}
	for _, k := range KeptHeaders {
		if v := h.Get(k); v != "" {
			out[k] = v
		}
	}
	return out
}

// httpEntry is the request's side of an entry. A body that is not JSON is kept as a string.
func httpEntry(req *http.Request, body []byte, secrets *secret.Cutter) (Entry, error) {
	e := Entry{Kind: kindHTTP, Model: req.Method + " " + req.URL.Path}
	var err error
	if e.Request, err = scrubbed(json.RawMessage(body), secrets); err != nil {
		if e.Request, err = scrubbed(string(body), secrets); err != nil {
			return e, err
		}
	}
	e.Key, err = key(e.Kind, e.Model, e.Request)
	return e, err
}

// PlayHTTP returns a transport that answers from the tape; a request that was not recorded fails with a [*MissError].
func PlayHTTP(t *Tape, secrets ...string) http.RoundTripper {
	return &playHTTP{t, secret.Of(secrets...)}
}

type playHTTP struct {
	tape    *Tape
	secrets *secret.Cutter
}

// RoundTrip answers from the tape.
func (p *playHTTP) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	body, err := take(req)
	if err != nil {
		return nil, err
	}
	asked, err := httpEntry(req, body, p.secrets)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	e, ok := p.tape.next(asked.Key)
	if !ok {
		return nil, p.tape.miss(kindHTTP, asked.Model, asked.Request)
	}
	var a answer
	if err := json.Unmarshal(e.Response, &a); err != nil {
		return nil, fmt.Errorf("replay: recording %.12s: %w", e.Key, err)
	}
	resp := &http.Response{
		StatusCode: a.Status, Status: http.StatusText(a.Status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: io.NopCloser(strings.NewReader(a.Body)), ContentLength: int64(len(a.Body)), Request: req,
	}
	for k, v := range a.Headers {
		resp.Header.Set(k, v)
	}
	return resp, nil
}
