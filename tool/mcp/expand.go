package mcp

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/secret"
)

// Lookup finds an environment variable, as [os.LookupEnv] does.
type Lookup func(name string) (value string, found bool)

// expand returns s with ${NAME} replaced in everything that may hold a variable, and the secrets that its answers
// and errors must not repeat.
func (s ServerConfig) expand(name string, lookup Lookup) (ServerConfig, *scrubber, error) {
	e := expander{lookup: lookup, secrets: &scrubber{}}
	e.in(name, "command", &s.Command)
	e.in(name, "url", &s.URL)
	s.Args = slices.Clone(s.Args)
	for i := range s.Args {
		e.in(name, "args", &s.Args[i])
	}
	s.Env = e.values(name, "env", s.Env)
	s.Headers = e.values(name, "headers", s.Headers)
	if e.err == nil && s.URL != "" {
		e.err = checkURL(name, s.URL)
	}
	e.secrets.build()
	return s, e.secrets, e.err
}

func checkURL(server, raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		// The text is not repeated: a variable may have put a secret into it.
		return &ConfigError{Server: server, Field: "url", Problem: "not an http or https URL: write \"https://host/path\""}
	}
	return nil
}

// expander keeps the first error, so that its callers need not.
type expander struct {
	lookup  Lookup
	secrets *scrubber
	err     error
}

func (e *expander) in(server, field string, text *string) {
	if e.err != nil {
		return
	}
	out, err := e.expand(*text)
	if err != nil {
		e.err = &ConfigError{Server: server, Field: field, Problem: err.Error()}
		return
	}
	*text = out
}

func (e *expander) values(server, field string, m map[string]string) map[string]string {
	m = maps.Clone(m)
	for _, k := range slices.Sorted(maps.Keys(m)) {
		v := m[k]
		e.in(server, field+"."+k, &v)
		m[k] = v
		e.secrets.add(k, v, field == "headers" || secret.Name(k))
	}
	return m
}

func (e *expander) expand(text string) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return "", fmt.Errorf("${ without a name and a closing }: write ${NAME}")
		}
		value, ok := e.lookup(name)
		if !ok {
			return "", fmt.Errorf("environment variable %s is not set: set it, or remove ${%s}", name, name)
		}
		if secret.Name(name) {
			e.secrets.add(name, value, true)
		}
		b.WriteString(value)
		text = after
	}
}
