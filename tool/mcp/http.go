package mcp

import (
	"io"
	"net/http"
	"net/url"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// newHTTP returns a transport to a running server, and what frees its idle connections.
func newHTTP(c ServerConfig) (sdk.Transport, func(), error) {
	u, err := url.Parse(c.URL)
	if err != nil {
		return nil, nil, err
	}
	base := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	return &sdk.StreamableClientTransport{
		Endpoint:     c.URL,
		HTTPClient:   &http.Client{Transport: &oneHost{base: base, scheme: u.Scheme, host: u.Host, headers: c.Headers}},
		MaxEventSize: maxFrame,
		// Nothing that a server says unasked is of use: specs are read once, and no sampling is offered.
		DisableStandaloneSSE: true,
	}, base.CloseIdleConnections, nil
}

// oneHost adds the configured headers to requests for the configured host, and to no other: a redirect must not
// carry a key away. Plain answers are cut at maxFrame; streams are bounded by event.
type oneHost struct {
	base         http.RoundTripper
	scheme, host string
	headers      map[string]string
}

// RoundTrip implements [http.RoundTripper].
func (t *oneHost) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == t.host && r.URL.Scheme == t.scheme && len(t.headers) > 0 {
		r = r.Clone(r.Context())
		for k, v := range t.headers {
			r.Header.Set(k, v)
		}
	}
	resp, err := t.base.RoundTrip(r)
	if err == nil && resp.Header.Get("Content-Type") != "text/event-stream" {
		resp.Body = &cappedBody{io.LimitReader(resp.Body, maxFrame), resp.Body}
	}
	return resp, err
}

type cappedBody struct {
	io.Reader
	io.Closer
}
