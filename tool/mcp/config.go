package mcp

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/azimuthdev/azimuth/tool"
)

// Config is what a user wrote about MCP servers, by name. Make one with [ParseConfig] or in code.
type Config struct {
	Servers map[string]ServerConfig
}

// ServerConfig says how to reach one server and how far to trust it. Either Command or URL is set.
type ServerConfig struct {
	Command string            // program to start; found through PATH
	Args    []string          // its arguments; ${NAME} is expanded
	Env     map[string]string // added to the child's short environment; ${NAME} is expanded in values
	Dir     string            // working directory, the caller's when empty (key cwd)

	URL     string            // endpoint of streamable HTTP, http or https
	Headers map[string]string // sent to that host only; ${NAME} is expanded in values

	Trust    tool.Trust        // whether annotations are believed; empty is tool.TrustNone
	Effects  []tool.EffectRule // by the server's own tool names, in order; they beat annotations
	Timeout  time.Duration     // of one call; 0 takes Options.CallTimeout
	Disabled bool              // leave the server out
}

// ConfigError is a mistake in a configuration: where it is, and what to do.
type ConfigError struct {
	Server  string // empty for the file as a whole
	Field   string // key in the file, empty for the server as a whole
	Problem string // what is wrong and what to write instead
}

// Error names the server, the field and the remedy.
func (e *ConfigError) Error() string {
	switch {
	case e.Server == "":
		return "mcp config: " + e.Problem
	case e.Field == "":
		return fmt.Sprintf("mcp config: server %q: %s", e.Server, e.Problem)
	}
	return fmt.Sprintf("mcp config: server %q: %s: %s", e.Server, e.Field, e.Problem)
}

// Validate returns a [*ConfigError] for the first mistake, in the order of the servers' names.
func (c Config) Validate() error {
	for _, name := range c.names() {
		if name == "" {
			return &ConfigError{Problem: "a server has an empty name: give it one"}
		}
		if err := c.Servers[name].validate(name); err != nil {
			return err
		}
	}
	return nil
}

func (c Config) names() []string { return slices.Sorted(maps.Keys(c.Servers)) }

func (s ServerConfig) validate(name string) error {
	bad := func(field, format string, args ...any) error {
		return &ConfigError{Server: name, Field: field, Problem: fmt.Sprintf(format, args...)}
	}
	switch {
	case s.Command != "" && s.URL != "":
		return bad("url", "set together with command: a server is either started or reached by URL, remove one of the two")
	case s.Command == "" && s.URL == "":
		return bad("", "neither command nor url is set: write the program to start, or the URL of a running server")
	case s.URL != "" && (len(s.Args) > 0 || len(s.Env) > 0 || s.Dir != ""):
		return bad("url", "args, env and cwd belong to a command: remove them, or set command instead")
	case s.Command != "" && len(s.Headers) > 0:
		return bad("headers", "a command takes no headers: pass values in env, or set url instead")
	case s.Timeout < 0:
		return bad("timeout", "%v is negative: write a duration such as \"60s\"", s.Timeout)
	}
	var t tool.Trust
	if err := t.UnmarshalText([]byte(s.Trust)); err != nil {
		return bad("trust", "%v", err)
	}
	for _, r := range s.Effects {
		if err := r.Validate(); err != nil {
			return bad("effects", "%v", err)
		}
	}
	return nil
}
