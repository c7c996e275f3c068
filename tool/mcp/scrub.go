package mcp

import "github.com/azimuthdev/azimuth/internal/secret"

// scrubber replaces configured values by their names. Nil and the zero value replace nothing.
type scrubber struct {
	all, secret     []secret.Value // secret by name or place: a path in env must stay readable in an answer
	errors, answers *secret.Cutter
}

// add registers a value.
func (s *scrubber) add(name, value string, isSecret bool) {
	if !isSecret {
		s.all = append(s.all, secret.Value{Name: name, Text: value})
		return
	}
	parts := secret.Parts(name, value)
	s.all = append(s.all, parts...)
	s.secret = append(s.secret, parts...)
}

// build must stand between the last add and what is scrubbed.
func (s *scrubber) build() { s.errors, s.answers = secret.New(s.all...), secret.New(s.secret...) }

// error scrubs text that goes into an error or a log.
func (s *scrubber) error(text string) string {
	if s == nil {
		return text
	}
	return s.errors.Cut(text)
}

// answer scrubs what a tool answered.
func (s *scrubber) answer(text string) string {
	if s == nil {
		return text
	}
	return s.answers.Cut(text)
}
