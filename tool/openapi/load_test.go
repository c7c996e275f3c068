package openapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

func load(t testing.TB, file string, opts *Options) *Server {
	t.Helper()
	s, err := Load(context.Background(), file, opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func find(t testing.TB, s *Server, name string) tool.Tool {
	t.Helper()
	for _, tl := range s.Tools() {
		if tl.Spec().Name == name {
			return tl
		}
	}
	t.Fatalf("there is no tool %s", name)
	return nil
}

func same(t *testing.T, what, want string, got []byte) {
	t.Helper()
	w, err := canon.JSON([]byte(want))
	if err != nil {
		t.Fatal(err)
	}
	g, _ := canon.JSON(got)
	if d := cmp.Diff(string(w), string(g)); d != "" {
		t.Errorf("%s:\n%s", what, d)
	}
}

func TestLoad30(t *testing.T) {
	s := load(t, "testdata/petstore.yaml", nil)
	effects := map[string]tool.Effect{}
	for _, tl := range s.Tools() {
		effects[tl.Spec().Name] = tl.Spec().Effect
		if tl.Spec().Server != "Pet Store" {
			t.Errorf("server is %q", tl.Spec().Server)
		}
	}
	if d := cmp.Diff(map[string]tool.Effect{"listPets": tool.Read, "add_pet_": tool.Unknown, "get_pets_id": tool.Read,
		"replacePet": tool.Idempotent, "deletePet": tool.Destructive, "login": tool.Unknown}, effects); d != "" {
		t.Error(d)
	}
	if len(s.Skipped()) != 1 || !strings.Contains(s.Skipped()[0].Error(), "POST /upload: request body") {
		t.Errorf("skipped: %v", s.Skipped())
	}
	if _, err := tool.NewSet(s.Tools()...); err != nil {
		t.Error(err)
	}
	list := find(t, s, "listPets").Spec()
	if list.Description != "List pets\nLists the pets that match." {
		t.Errorf("description %q", list.Description)
	}
	same(t, "listPets", `{"type":"object","additionalProperties":false,"properties":{
		"limit":{"type":"integer","exclusiveMinimum":0,"description":"at most so many"},
		"tag":{"type":"array","items":{"type":"string"}},"color":{"type":"array","items":{"type":"string"}},
		"near":{"type":"object","properties":{"lat":{"type":"number"},"lon":{"type":"number"}}},
		"X-Trace":{"type":"string"}}}`, list.Input)
	same(t, "output of listPets", `{"type":"array","items":{"$ref":"#/$defs/Pet"},"$defs":{"Pet":{"type":"object","required":["id","name"],
		"properties":{"id":{"type":"integer","format":"int64"},"name":{"type":"string"},"tag":{"type":["string","null"]},
		"parent":{"$ref":"#/$defs/Pet"}}}}}`, list.Output)
	add := find(t, s, "add_pet_").Spec()
	if add.KeyParam != "Idempotency-Key" {
		t.Errorf("key parameter %q", add.KeyParam)
	}
	same(t, "add pet!", `{"type":"object","additionalProperties":false,"required":["body_name"],"properties":{
		"Idempotency-Key":{"type":"string"},"X-Trace":{"type":"string"},"limit":{"type":"string"},"name":{"type":"string"},
		"body_name":{"type":"string"},"tag":{"type":["string","null"]},"secret":{"type":"string"},"parent":{"$ref":"#/$defs/Pet"}},
		"$defs":{"Pet":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"tag":{"type":["string","null"]},
		"secret":{"type":"string"},"parent":{"$ref":"#/$defs/Pet"}}}}}`, add.Input)
}

func TestLoad31(t *testing.T) {
	s := load(t, "testdata/petstore-3.1.json", &Options{BaseURL: "http://h", Prefix: "p_", Name: "mine",
		Effects: []tool.EffectRule{{Pattern: "p_patch*", Effect: tool.Reversible}}})
	get, patch := find(t, s, "p_getPet").Spec(), find(t, s, "p_patchPet").Spec()
	if get.Server != "mine" || get.Effect != tool.Read || patch.Effect != tool.Reversible {
		t.Errorf("%+v, %+v", get, patch)
	}
	same(t, "getPet", `{"type":"object","additionalProperties":false,"required":["id"],"properties":{
		"id":{"type":"integer","exclusiveMinimum":0},"fields":{"type":"object"},"filter_age_":{"type":["integer","null"]},
		"session":{"$ref":"#/$defs/Session"}},"$defs":{"Session":{"type":"string","minLength":2}}}`, get.Input)
	same(t, "output of getPet", `{"type":"object","properties":{"id":{"type":"integer"},"$ref":{"const":{"nullable":true}}}}`, get.Output)
	same(t, "patchPet", `{"type":"object","additionalProperties":false,"required":["id","body_id"],"properties":{
		"id":{"type":"integer"},"body_id":{"type":"integer"},"name":{"type":["string","null"]}}}`, patch.Input)
}

func TestTrustNone(t *testing.T) {
	s := load(t, "testdata/petstore.yaml", &Options{Trust: tool.TrustNone, Effects: []tool.EffectRule{{Pattern: "get_*", Effect: tool.Read}}})
	for _, tl := range s.Tools() {
		want := tool.Unknown
		if tl.Spec().Name == "get_pets_id" {
			want = tool.Read
		}
		if got := tl.Spec().Effect; got != want {
			t.Errorf("%s is %v, want %v", tl.Spec().Name, got, want)
		}
	}
}

func TestLoadFromURL(t *testing.T) {
	srv := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer srv.Close()
	s := load(t, srv.URL+"/petstore-3.1.json", nil)
	if base := s.Tools()[0].(*operation).base.String(); base != srv.URL+"/v2" {
		t.Errorf("the base URL is %s", base)
	}
	if _, err := Load(t.Context(), srv.URL+"/nothing", nil); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("error is %v", err)
	}
}

func TestBrokenDocuments(t *testing.T) {
	const ok = `openapi: 3.0.0
info: {title: t, version: v}
servers: [{url: "http://h"}]
`
	for doc, says := range map[string]string{
		"":                            "is empty",
		"swagger: '2.0'\npaths: {}":   "convert it to OpenAPI 3",
		"type: object":                "is it an OpenAPI document?",
		"openapi: 4.0.0":              "version",
		"{":                           "",
		ok + "paths: [":               "line",
		ok:                            "paths",
		ok + "paths: {/a: {get: {}}}": "/a",
		ok + "paths: {/a: {get: {x-azimuth-effect: harmless, responses: {default: {description: d}}}}}":                                               "GET /a: x-azimuth-effect: effect \"harmless\": want one of",
		ok + "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/none'}], responses: {default: {description: d}}}}}":                     "none",
		ok + "paths: {/a: {get: {parameters: [{name: p, in: query, schema: {$ref: 'other.yaml#/x'}}], responses: {default: {description: d}}}}}":      "bundle the document",
		ok + "paths: {/a: {get: {parameters: [{name: p, in: query, schema: {$ref: 'file:///etc/passwd'}}], responses: {default: {description: d}}}}}": "bundle the document",
		ok + "paths: {/a: {get: {parameters: [{name: p, in: query, schema: {type: strin}}], responses: {default: {description: d}}}}}":                "strin",
		strings.Replace(ok, "http://h", "ftp://h", 1) + "paths: {/a: {get: {responses: {default: {description: d}}}}}":                                "set the base URL",
		`{"openapi":"3.0.0","x":` + strings.Repeat("[", 10000):                                                                                        "deeper",
	} {
		_, err := Parse(t.Context(), []byte(doc), "doc.yaml", nil)
		var de *DocumentError
		if !errors.As(err, &de) || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "doc.yaml") {
			t.Errorf("%.150s: %v", doc, err)
		}
	}
	if _, err := Load(t.Context(), "testdata/none.yaml", nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestOptionsValidate(t *testing.T) {
	for says, o := range map[string]*Options{
		"timeout":  {Timeout: -1},
		"base url": {BaseURL: "h"},
		"a user":   {BaseURL: "http://u:p@h"},
		"trust":    {Trust: "all"},
		"prefix":   {Prefix: "a b"},
		"pattern":  {Effects: []tool.EffectRule{{Pattern: "["}}},
	} {
		if _, err := Load(t.Context(), "testdata/petstore.yaml", o); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q, got %v", says, err)
		}
	}
}

func TestNames(t *testing.T) {
	taken := map[string]bool{}
	if a, b := unique(taken, "x"), unique(taken, "x"); a != "x" || b != "x_2" {
		t.Errorf("%s, %s", a, b)
	}
	if got := pathName("GET", "/a/{b}/c.json"); got != "get_a_b_c_json" {
		t.Errorf("pathName = %s", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, file := range []string{"testdata/petstore.yaml", "testdata/petstore-3.1.json"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(document(`{"get":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"$ref":"#/info"}}],@}}`))
	f.Add([]byte("openapi: 3.0.0\ninfo: {title: t, version: v}\npaths: {/a: {get: {responses: {default: {description: d}}}}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse(t.Context(), data, "fuzz", &Options{BaseURL: "http://h"})
		if err != nil {
			return
		}
		if _, err := tool.NewSet(s.Tools()...); err != nil {
			t.Fatalf("the tools can't be used: %v", err)
		}
		for _, tl := range s.Tools() {
			args, _ := decodeArgs(json.RawMessage(`{"id":1}`))
			_, _ = tl.(*operation).request(t.Context(), args)
		}
	})
}
