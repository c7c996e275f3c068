package mcp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func env(m map[string]string) Lookup {
	return func(name string) (string, bool) { v, ok := m[name]; return v, ok }
}

func TestExpand(t *testing.T) {
	c := ServerConfig{Command: "${BIN}/x", Args: []string{"a", "${A}-${B}", "$A"}, Env: map[string]string{"K": "${A}"}}
	got, _, err := c.expand("s", env(map[string]string{"BIN": "/bin", "A": "1", "B": "${A}"}))
	if err != nil {
		t.Fatal(err)
	}
	want := ServerConfig{Command: "/bin/x", Args: []string{"a", "1-${A}", "$A"}, Env: map[string]string{"K": "1"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if c.Args[1] != "${A}-${B}" || c.Env["K"] != "${A}" {
		t.Errorf("the caller's configuration was changed: %+v", c)
	}
}

func TestExpandRefuses(t *testing.T) {
	lookup := env(map[string]string{"GOOD": "hunter22"})
	for _, c := range []struct {
		config ServerConfig
		want   string
	}{
		{ServerConfig{Command: "x", Args: []string{"${GOOD}", "${GONE}"}}, `server "s": args: environment variable GONE is not set`},
		{ServerConfig{Command: "x", Env: map[string]string{"K": "${GOOD}${GONE}"}}, `env.K: environment variable GONE`},
		{ServerConfig{URL: "http://h", Headers: map[string]string{"K": "${"}}, `headers.K: ${ without a name`},
		{ServerConfig{Command: "x", Args: []string{"${}"}}, `${ without a name`},
		{ServerConfig{URL: "ftp://${GOOD}"}, `url: not an http or https URL`},
		{ServerConfig{URL: "/${GOOD}"}, `url: not an http or https URL`},
	} {
		_, _, err := c.config.expand("s", lookup)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: got %v, want %q", c.config, err, c.want)
		} else if strings.Contains(err.Error(), "hunter22") {
			t.Errorf("%v: tells a value", err)
		}
	}
}

func TestScrub(t *testing.T) {
	c := ServerConfig{Command: "x", Args: []string{"--token=${MY_TOKEN}", "${DIR}"},
		Env: map[string]string{"API_KEY": `a"key`, "PORT": "80", "DATA": "/srv/data"}}
	_, s, err := c.expand("s", env(map[string]string{"MY_TOKEN": "tok-123", "DIR": "/home/me"}))
	if err != nil {
		t.Fatal(err)
	}
	in := `tok-123 a"key {"k":"a\"key"} 80 /srv/data /home/me`
	if got, want := s.error(in), `[secret MY_TOKEN] [secret API_KEY] {"k":"[secret API_KEY]"} 80 [secret DATA] /home/me`; got != want {
		t.Errorf("error: got %s, want %s", got, want)
	}
	if got, want := s.answer(in), `[secret MY_TOKEN] [secret API_KEY] {"k":"[secret API_KEY]"} 80 /srv/data /home/me`; got != want {
		t.Errorf("answer: got %s, want %s", got, want)
	}
}

func TestScrubHeaders(t *testing.T) {
	c := ServerConfig{URL: "http://h", Headers: map[string]string{"X-Any": "Bearer abcdef"}}
	_, s, err := c.expand("s", env(nil))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.answer("Bearer abcdef, abcdef"), "[secret X-Any], [secret X-Any]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var none *scrubber
	if none.error("x") != "x" || none.answer("x") != "x" {
		t.Error("a nil scrubber changes text")
	}
}
