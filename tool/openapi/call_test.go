package openapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

// echo answers with what it was asked: method, path and query, the headers that were looked for, and the body.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "text/plain")
	fmt.Fprintf(w, "%s %s", r.Method, r.URL.RequestURI())
	for _, h := range []string{"Content-Type", "X-Trace", "Idempotency-Key", "Cookie"} {
		if v := r.Header.Get(h); v != "" {
			fmt.Fprintf(w, " %s=%s", h, v)
		}
	}
	fmt.Fprintf(w, " %s", body)
}

func serve(t testing.TB, h http.HandlerFunc) string {
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}

func call(t testing.TB, s *Server, name, args string) tool.Result {
	t.Helper()
	set, err := tool.NewSet(s.Tools()...)
	if err != nil {
		t.Fatal(err)
	}
	c, err := set.Parse(name, args)
	if err != nil {
		t.Fatal(err)
	}
	res, err := find(t, s, name).Call(t.Context(), c.Args)
	if err != nil {
		t.Fatalf("%s(%s): %v", name, args, err)
	}
	return res
}

func TestRequests(t *testing.T) {
	url := serve(t, echo)
	s := load(t, "testdata/petstore.yaml", &Options{BaseURL: url + "/v1/"})
	s31 := load(t, "testdata/petstore-3.1.json", &Options{BaseURL: url})
	s.tools = append(s.tools, s31.tools...)
	for _, c := range []struct{ name, args, want string }{
		{"listPets", `{}`, "GET /v1/pets "},
		{"listPets", `{"limit":3,"tag":["a b","c&d"],"color":["x","y,z"],"near":{"lon":1.5,"lat":2},"X-Trace":"t"}`,
			"GET /v1/pets?limit=3&tag=a+b&tag=c%26d&color=x,y%2Cz&near%5Blat%5D=2&near%5Blon%5D=1.5 X-Trace=t "},
		{"get_pets_id", `{"id":"a/b?c {id}"}`, "GET /v1/pets/a%2Fb%3Fc%20%7Bid%7D "},
		{"add_pet_", `{"name":"q","body_name":"Rex","tag":null,"Idempotency-Key":"k"}`,
			`POST /v1/pets?name=q Content-Type=application/json Idempotency-Key=k {"name":"Rex","tag":null}`},
		{"replacePet", `{"id":"1","body":"text"}`, `PUT /v1/pets/1 Content-Type=application/json "text"`},
		{"replacePet", `{"id":"1"}`, `PUT /v1/pets/1 `},
		{"login", `{"user":"a&b","groups":["x","y"]}`, `POST /v1/login Content-Type=application/x-www-form-urlencoded groups=x&groups=y&user=a%26b`},
		{"getPet", `{"id":1,"fields":{"b":[1],"a":2},"filter_age_":7,"session":"abc"}`,
			"GET /pets/1?fields=%7B%22a%22%3A2%2C%22b%22%3A%5B1%5D%7D&filter%5Bage%5D=7 Cookie=session=abc "},
		{"getPet", `{"id":1,"filter_age_":null}`, "GET /pets/1 "},
		{"patchPet", `{"id":1,"body_id":2}`, `PATCH /pets/1 Content-Type=application/json {"id":2}`},
	} {
		if got := call(t, s, c.name, c.args); got.Content != c.want || got.IsError {
			t.Errorf("%s(%s):\n got %s\nwant %s", c.name, c.args, got.Content, c.want)
		}
	}
}

func TestPathsCantBeLeft(t *testing.T) {
	s := load(t, "testdata/petstore.yaml", &Options{BaseURL: serve(t, echo)})
	for _, id := range []string{"", ".", "..", "..."} {
		if res := call(t, s, "get_pets_id", fmt.Sprintf(`{"id":%q}`, id)); !res.IsError || !strings.Contains(res.Content, "can't stand in a path") {
			t.Errorf("id %q: %+v", id, res)
		}
	}
}

func TestAnswers(t *testing.T) {
	s := load(t, "testdata/petstore.yaml", &Options{BaseURL: serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/pets/json":
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			io.WriteString(w, `{"b": 1.0, "a": "ä"}`)
		case "/pets/missing":
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(404)
			io.WriteString(w, `{"title":"no such pet"}`)
		case "/pets/none":
			w.WriteHeader(204)
		case "/pets/binary":
			w.Header().Set("Content-Type", "image/png")
			w.Write([]byte{0xff, 0xfe, 0})
		case "/pets/liar":
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, "<html>")
		case "/pets/long":
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `"`+strings.Repeat("ä", tool.JournalLimit)+`"`)
		}
	})})
	for id, want := range map[string]tool.Result{
		"json":    {Content: `{"b": 1.0, "a": "ä"}`, Value: json.RawMessage(`{"a":"ä","b":1}`)},
		"missing": {Content: "HTTP 404 Not Found\n{\"title\":\"no such pet\"}", Value: json.RawMessage(`{"title":"no such pet"}`), IsError: true},
		"none":    {Content: "HTTP 204 No Content"},
		"binary":  {Content: "3 bytes of image/png"},
		"liar":    {Content: "<html>"},
	} {
		got := call(t, s, "get_pets_id", `{"id":"`+id+`"}`)
		if got.Content != want.Content || string(got.Value) != string(want.Value) || got.IsError != want.IsError {
			t.Errorf("%s: %+v", id, got)
		}
	}
	long := call(t, s, "get_pets_id", `{"id":"long"}`)
	if len(long.Content) > tool.JournalLimit || !strings.Contains(long.Content[:len(long.Content)*3/4], "bytes left out") || long.Value != nil {
		t.Errorf("a long answer has %d bytes of content and %d of value", len(long.Content), len(long.Value))
	}
}

func TestCredentials(t *testing.T) {
	const secret = "s3cret & more"
	var seen []string
	s := load(t, "testdata/petstore.yaml", &Options{
		BaseURL: serve(t, func(w http.ResponseWriter, r *http.Request) {
			seen = append(seen, r.Header.Get("Authorization")+"|"+r.URL.Query().Get("api_key")+"|"+r.Header.Get("X-Api-Key")+"|"+r.Header.Get("X-Plain"))
			w.WriteHeader(401)
			fmt.Fprint(w, "refused ", r.Header, r.URL)
		}),
		Headers: map[string]string{"X-Api-Key": "header-key", "X-Plain": "plain-text"},
		Credential: func(scheme string) string {
			return map[string]string{"token": secret, "key": secret}[scheme]
		},
	})
	for i, c := range []struct{ name, want string }{
		{"get_pets_id", "Bearer " + secret + "||header-key|plain-text"},
		{"deletePet", "|" + secret + "|header-key|plain-text"},
		{"login", "||header-key|plain-text"},
	} {
		args := `{"id":"1"}`
		if c.name == "login" {
			args = `{"user":"u"}`
		}
		res := call(t, s, c.name, args)
		if seen[i] != c.want {
			t.Errorf("%s sent %q, want %q", c.name, seen[i], c.want)
		}
		for _, leak := range []string{secret, "s3cret", "header-key"} {
			if strings.Contains(res.Content, leak) {
				t.Errorf("%s shows %q: %s", c.name, leak, res.Content)
			}
		}
		if !strings.Contains(res.Content, "plain-text") {
			t.Errorf("%s hides what is no secret: %s", c.name, res.Content)
		}
	}
	bare := load(t, "testdata/petstore.yaml", &Options{BaseURL: s.Tools()[0].(*operation).base.String()})
	if res := call(t, bare, "get_pets_id", `{"id":"1"}`); !strings.Contains(res.Content, "no credential was given for token") {
		t.Errorf("a refused call without credential says %q", res.Content)
	}
}

func TestErrorsHideSecrets(t *testing.T) {
	other := serve(t, echo)
	s := load(t, "testdata/petstore.yaml", &Options{
		BaseURL: serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other+"/?stolen="+r.URL.Query().Get("api_key"), http.StatusTemporaryRedirect)
		}),
		Credential: func(string) string { return "s3cret" },
	})
	_, err := find(t, s, "deletePet").Call(t.Context(), json.RawMessage(`{"id":"1"}`))
	if err == nil || strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), "another host") {
		t.Errorf("error is %v", err)
	}
	srv := httptest.NewServer(http.HandlerFunc(echo))
	srv.Close()
	s = load(t, "testdata/petstore.yaml", &Options{BaseURL: srv.URL, Credential: func(string) string { return "s3cret" }})
	_, err = find(t, s, "deletePet").Call(t.Context(), json.RawMessage(`{"id":"1"}`))
	if err == nil || strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), "deletePet: DELETE /pets/{id}") {
		t.Errorf("error is %v", err)
	}
}

func TestTimeout(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	srv := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	s := load(t, "testdata/petstore.yaml", &Options{BaseURL: srv, Timeout: 20 * time.Millisecond})
	_, err := find(t, s, "get_pets_id").Call(t.Context(), json.RawMessage(`{"id":"1"}`))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v", err)
	}
}

func TestConformance(t *testing.T) {
	started := make(chan struct{}, 1)
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/pets/hang":
			started <- struct{}{}
			<-r.Context().Done()
		case "/pets/gone":
			http.Error(w, "gone", http.StatusGone)
		}
	})
	tooltest.Run(t, func(t testing.TB) tool.Tool {
		return find(t, load(t, "testdata/petstore.yaml", &Options{BaseURL: url}), "get_pets_id")
	},
		tooltest.Sample{Args: `{"id":"here"}`},
		tooltest.Sample{Args: `{"id":"gone"}`, Fails: true},
		tooltest.Sample{Args: `{"id":7}`, Refused: true},
		tooltest.Sample{Args: `{}`, Refused: true},
		tooltest.Sample{Args: `{"id":"hang"}`, Started: started})
}
