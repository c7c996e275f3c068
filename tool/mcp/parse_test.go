package mcp

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/tool"
)

func TestParseConfig(t *testing.T) {
	got, err := ParseConfig([]byte(`{"mcpServers": {
		"files": {"command": "fs", "args": ["/data"], "env": {"A": "${B}"}, "cwd": "/tmp", "trust": "annotations",
			"effects": {"write_*": "idempotent", "*": "read", "a": "pure"}, "timeout": "90s"},
		"web": {"type": "http", "url": "https://example.com/mcp", "headers": {"Authorization": "Bearer ${T}"}, "disabled": true}
	}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := Config{Servers: map[string]ServerConfig{
		"files": {Command: "fs", Args: []string{"/data"}, Env: map[string]string{"A": "${B}"}, Dir: "/tmp",
			Trust:   tool.TrustAnnotations,
			Effects: []tool.EffectRule{{Pattern: "write_*", Effect: tool.Idempotent}, {Pattern: "*", Effect: tool.Read}, {Pattern: "a", Effect: tool.Pure}},
			Timeout: 90 * time.Second},
		"web": {URL: "https://example.com/mcp", Headers: map[string]string{"Authorization": "Bearer ${T}"}, Disabled: true},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestParseConfigRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{``, `not JSON`},
		{`[]`, `not an object: want {"mcpServers"`},
		{`{}`, `no "mcpServers"`},
		{`{"servers": {}}`, `unknown key "servers": the servers go under "mcpServers"`},
		{`{"mcpServers": []}`, `mcpServers: not an object`},
		{`{"mcpServers": {"a": 1}}`, `server "a": not an object`},
		{`{"mcpServers": {"a": {}}}`, `server "a": neither command nor url`},
		{`{"mcpServers": {"": {"command": "x"}}}`, `empty name`},
		{`{"mcpServers": {"a": {"command": "x"}, "a": {"command": "y"}}}`, `key "a" appears twice`},
		{`{"mcpServers": {"a": {"command": "x", "url": "http://h"}}}`, `server "a": url: set together with command`},
		{`{"mcpServers": {"a": {"comand": "x"}}}`, `server "a": comand: unknown key: want one of command`},
		{`{"mcpServers": {"a": {"command": 1}}}`, `command: want a string`},
		{`{"mcpServers": {"a": {"command": null}}}`, `command: want a string`},
		{`{"mcpServers": {"a": {"command": "x", "args": "y"}}}`, `args: want a list of strings`},
		{`{"mcpServers": {"a": {"command": "x", "env": {"A": 1}}}}`, `env: want an object of strings`},
		{`{"mcpServers": {"a": {"command": "x", "trust": "all"}}}`, `trust: trust "all": want "none" or "annotations"`},
		{`{"mcpServers": {"a": {"command": "x", "effects": {"f": "harmless"}}}}`, `want one of [unknown pure read`},
		{`{"mcpServers": {"a": {"command": "x", "effects": {"[": "read"}}}}`, `effects: pattern "["`},
		{`{"mcpServers": {"a": {"command": "x", "effects": {"f": "read", "f": "pure"}}}}`, `key "f" appears twice`},
		{`{"mcpServers": {"a": {"command": "x", "timeout": 60}}}`, `timeout: want a duration such as "60s"`},
		{`{"mcpServers": {"a": {"command": "x", "timeout": "-1s"}}}`, `want a positive duration`},
		{`{"mcpServers": {"a": {"command": "x", "headers": {"A": "b"}}}}`, `headers: a command takes no headers`},
		{`{"mcpServers": {"a": {"url": "http://h", "args": ["x"]}}}`, `url: args, env and cwd belong to a command`},
		{`{"mcpServers": {"a": {"url": "http://h", "type": "sse"}}}`, `type: the old SSE transport`},
		{`{"mcpServers": {"a": {"url": "http://h", "type": "stdio"}}}`, `type: stdio needs a command`},
		{`{"mcpServers": {"a": {"command": "x", "type": "http"}}}`, `type: http needs a url`},
		{`{"mcpServers": {"a": {"command": "x", "type": "ftp"}}}`, `want "stdio" or "http"`},
		{strings.Repeat(`{"a":`, 10_000), `nested deeper`},
	} {
		_, err := ParseConfig([]byte(c.text))
		var ce *ConfigError
		if !errors.As(err, &ce) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.80s: got %v, want %q", c.text, err, c.want)
		}
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add([]byte(`{"mcpServers": {"a": {"command": "x", "effects": {"f*": "read"}, "timeout": "1s"}}}`))
	f.Add([]byte(`{"mcpServers": {"a": {"type": "http", "url": "http://h", "headers": {"K": "${V}"}}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := ParseConfig(raw)
		if err != nil {
			return
		}
		if err := c.Validate(); err != nil {
			t.Errorf("accepted what does not validate: %v", err)
		}
		for name, s := range c.Servers {
			if (s.Command == "") == (s.URL == "") {
				t.Errorf("%q: command %q and url %q", name, s.Command, s.URL)
			}
		}
	})
}
