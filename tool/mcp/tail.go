package mcp

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
)

const (
	tailLines = 10
	tailWidth = 400 // bytes of one line; the rest of a longer one is dropped
)

// tail keeps the last lines of what is written to it, in bounded memory. The zero value is ready; it may be used
// from several goroutines at once.
type tail struct {
	mu    sync.Mutex
	lines []string
	part  []byte // the line under way
}

// Write never fails, so that a talkative server is never blocked.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(p)
	for len(p) > 0 {
		line, rest, ended := bytes.Cut(p, []byte("\n"))
		t.part = append(t.part, line[:min(len(line), tailWidth-len(t.part))]...)
		if ended {
			t.endLine()
		}
		p = rest
	}
	return n, nil
}

func (t *tail) endLine() {
	if line := printable(t.part); line != "" {
		t.lines = append(t.lines, line)
	}
	t.part = t.part[:0]
	if len(t.lines) > tailLines {
		t.lines = append(t.lines[:0], t.lines[len(t.lines)-tailLines:]...)
	}
}

// last returns a copy of the last lines, oldest first, with the unfinished one.
func (t *tail) last() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := append([]string(nil), t.lines...)
	if line := printable(t.part); line != "" {
		lines = append(lines, line)
	}
	return lines[max(0, len(lines)-tailLines):]
}

// printable drops what could steer the terminal that an error is printed on.
func printable(b []byte) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(string(b), "")))
}
