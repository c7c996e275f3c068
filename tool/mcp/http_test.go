package mcp

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// serve runs an MCP server over HTTP that lets in only who carries the key.
func serve(t *testing.T, o *sdk.StreamableHTTPOptions) string {
	t.Helper()
	quit := make(chan struct{})
	server := newTestServer(quit)
	h := sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, o)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer sesame-1" {
			http.Error(w, "who are you, "+r.Header.Get("Authorization"), http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { close(quit); s.Close() })
	return s.URL
}

func TestHTTP(t *testing.T) {
	for name, o := range map[string]*sdk.StreamableHTTPOptions{
		"sessions": nil, "stateless": {Stateless: true}, "plain JSON": {JSONResponse: true},
	} {
		t.Run(name, func(t *testing.T) {
			c := ServerConfig{URL: serve(t, o), Headers: map[string]string{"Authorization": "Bearer ${KEY}"}, Timeout: 200 * time.Millisecond}
			s := one(t, c, &Options{Lookup: env(map[string]string{"KEY": "sesame-1"})})
			got, err := find(t, s, "echo").Call(t.Context(), []byte(`{"text":"is it sesame-1?"}`))
			if err != nil || got.Content != "is it [secret KEY]?" {
				t.Errorf("got %+v, %v", got, err)
			}
			if _, err = find(t, s, "hangs").Call(t.Context(), []byte(`{"text":""}`)); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("hang: got %v", err)
			}
			if got, err = find(t, s, "fails").Call(t.Context(), []byte(`{"text":""}`)); err != nil || !got.IsError {
				t.Errorf("failing tool: got %+v, %v", got, err)
			}
			if i := s.Info()[0]; i.Transport != "http" || i.Tools != 6 {
				t.Errorf("info %+v", i)
			}
		})
	}
}

func TestHTTPRefused(t *testing.T) {
	c := ServerConfig{URL: serve(t, nil), Headers: map[string]string{"Authorization": "Bearer wrong-1"}}
	_, err := Connect(t.Context(), Config{Servers: map[string]ServerConfig{"web": c}}, nil)
	if err == nil || !strings.Contains(err.Error(), `mcp server "web": start`) || strings.Contains(err.Error(), "wrong-1") {
		t.Errorf("got %v", err)
	}
}

// A server that goes away is an error, not an answer: nobody knows what became of the call.
func TestHTTPGoesAway(t *testing.T) {
	server := newTestServer(nil)
	h := sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, nil)
	var broken atomic.Bool
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if broken.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		h.ServeHTTP(w, r)
	}))
	defer web.Close()
	s := one(t, ServerConfig{URL: web.URL}, nil)
	echo := find(t, s, "echo")
	broken.Store(true)
	var se *ServerError
	if got, err := echo.Call(t.Context(), []byte(`{"text":"x"}`)); !errors.As(err, &se) || se.Server != "s" || se.Phase != PhaseCall {
		t.Errorf("bad gateway: got %+v, %v", got, err)
	}
	broken.Store(false)
	if got, err := echo.Call(t.Context(), []byte(`{"text":"back"}`)); err != nil || got.Content != "back" {
		t.Errorf("after a passing fault: got %+v, %v", got, err)
	}
}

func TestHeadersStayWithTheirHost(t *testing.T) {
	var leaked atomic.Bool
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leaked.Store(leaked.Load() || r.Header.Get("X-Key") != "")
		http.Error(w, "no", http.StatusForbidden)
	}))
	defer other.Close()
	first := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer first.Close()
	c := ServerConfig{URL: first.URL, Headers: map[string]string{"X-Key": "sesame-1"}}
	_, err := Connect(t.Context(), Config{Servers: map[string]ServerConfig{"s": c}}, nil)
	if err == nil || leaked.Load() {
		t.Errorf("error %v, leaked %v", err, leaked.Load())
	}
}
