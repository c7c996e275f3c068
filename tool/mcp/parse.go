package mcp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// ParseConfig reads {"mcpServers": {name: {...}}}. The keys of a server are command, args, env, cwd, url, type,
// headers, trust, effects, timeout (a duration such as "60s") and disabled. Unknown and repeated keys are
// refused, so that a misspelt "trust" is noticed. Every error is a [*ConfigError]. Nothing is expanded yet, so a
// file can be checked without the variables it needs.
func ParseConfig(raw []byte) (Config, error) {
	if err := canon.CheckDepth(raw); err != nil {
		return Config{}, &ConfigError{Problem: err.Error()}
	}
	top, err := members(raw)
	if err != nil {
		return Config{}, &ConfigError{Problem: err.Error() + `: want {"mcpServers": {"name": {"command": "..."}}}`}
	}
	c := Config{Servers: map[string]ServerConfig{}}
	seen := false
	for _, m := range top {
		if m.key != "mcpServers" {
			return Config{}, &ConfigError{Problem: fmt.Sprintf("unknown key %q: the servers go under \"mcpServers\"", m.key)}
		}
		seen = true
		if err := c.parseServers(m.value); err != nil {
			return Config{}, err
		}
	}
	if !seen {
		return Config{}, &ConfigError{Problem: `no "mcpServers": put the servers under that key`}
	}
	return c, c.Validate()
}

func (c *Config) parseServers(raw []byte) error {
	servers, err := members(raw)
	if err != nil {
		return &ConfigError{Problem: "mcpServers: " + err.Error()}
	}
	for _, m := range servers {
		s, err := parseServer(m.key, m.value)
		if err != nil {
			return err
		}
		c.Servers[m.key] = s
	}
	return nil
}

func parseServer(name string, raw []byte) (ServerConfig, error) {
	var s ServerConfig
	fields, err := members(raw)
	if err != nil {
		return s, &ConfigError{Server: name, Problem: err.Error()}
	}
	var kind string
	for _, f := range fields {
		if err := s.setField(f.key, f.value, &kind); err != nil {
			return s, &ConfigError{Server: name, Field: f.key, Problem: err.Error()}
		}
	}
	if err := s.checkKind(kind); err != nil {
		return s, &ConfigError{Server: name, Field: "type", Problem: err.Error()}
	}
	return s, nil
}

const serverKeys = "command, args, env, cwd, url, type, headers, trust, effects, timeout, disabled"

func (s *ServerConfig) setField(key string, raw json.RawMessage, kind *string) error {
	switch key {
	case "command":
		return decode(raw, &s.Command, "a string")
	case "args":
		return decode(raw, &s.Args, "a list of strings")
	case "env":
		return decode(raw, &s.Env, "an object of strings")
	case "cwd":
		return decode(raw, &s.Dir, "a string")
	case "url":
		return decode(raw, &s.URL, "a string")
	case "type":
		return decode(raw, kind, "a string")
	case "headers":
		return decode(raw, &s.Headers, "an object of strings")
	case "disabled":
		return decode(raw, &s.Disabled, "true or false")
	case "trust":
		var word string
		if err := decode(raw, &word, "a string"); err != nil {
			return err
		}
		return s.Trust.UnmarshalText([]byte(word))
	case "effects":
		return s.parseEffects(raw)
	case "timeout":
		return s.parseTimeout(raw)
	}
	return fmt.Errorf("unknown key: want one of %s", serverKeys)
}

// checkKind holds the type that some clients' files carry against the fields that are set.
func (s *ServerConfig) checkKind(kind string) error {
	switch strings.ToLower(kind) {
	case "":
	case "stdio":
		if s.Command == "" {
			return fmt.Errorf("stdio needs a command: set command, or write \"http\"")
		}
	case "http", "streamable-http", "streamablehttp":
		if s.URL == "" {
			return fmt.Errorf("%s needs a url: set url, or write \"stdio\"", kind)
		}
	case "sse":
		return fmt.Errorf("the old SSE transport is not supported: use the server's streamable HTTP endpoint with type \"http\"")
	default:
		return fmt.Errorf("%q: want \"stdio\" or \"http\"", kind)
	}
	return nil
}

func (s *ServerConfig) parseTimeout(raw json.RawMessage) error {
	var word string
	if err := decode(raw, &word, "a duration such as \"60s\""); err != nil {
		return err
	}
	d, err := time.ParseDuration(word)
	if err != nil || d <= 0 {
		return fmt.Errorf("%q: want a positive duration such as \"60s\"", word)
	}
	s.Timeout = d
	return nil
}

func (s *ServerConfig) parseEffects(raw json.RawMessage) error {
	rules, err := members(raw)
	if err != nil {
		return fmt.Errorf("%w: want {\"read_*\": \"read\"}", err)
	}
	for _, m := range rules {
		r := tool.EffectRule{Pattern: m.key}
		if err := json.Unmarshal(m.value, &r.Effect); err != nil {
			return fmt.Errorf("%q: %w", m.key, err)
		}
		s.Effects = append(s.Effects, r)
	}
	return nil
}

func decode(raw json.RawMessage, into any, want string) error {
	if bytes.Equal(raw, []byte("null")) || json.Unmarshal(raw, into) != nil {
		return fmt.Errorf("want %s", want)
	}
	return nil
}

type member struct {
	key   string
	value json.RawMessage
}

// members reads an object with its keys in the order of the text, which a map would lose, and refuses repeated
// keys, of which a map would keep the last.
func members(raw []byte) ([]member, error) {
	if !json.Valid(raw) {
		return nil, fmt.Errorf("not JSON")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("not an object")
	}
	var ms []member
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		m := member{key: t.(string)}
		if err := d.Decode(&m.value); err != nil {
			return nil, err
		}
		if seen[m.key] {
			return nil, fmt.Errorf("key %q appears twice: remove one", m.key)
		}
		seen[m.key] = true
		ms = append(ms, m)
	}
	return ms, nil
}
