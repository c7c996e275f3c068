package mcp

import (
	"bytes"
	"io"
)

// jsonLines passes on the lines of a server's standard output that begin with an object, and writes the others to
// junk: many servers print a banner there before they speak the protocol, which would break the connection.
type jsonLines struct {
	r     io.Reader
	junk  io.Writer
	state lineState
}

type lineState uint8

const (
	lineStart lineState = iota
	lineJSON
	lineJunk
)

// Read filters in place; it needs no buffer of its own, so a line without end costs nothing.
func (f *jsonLines) Read(p []byte) (int, error) {
	for {
		n, err := f.r.Read(p)
		if kept := f.filter(p[:n]); kept > 0 || err != nil || n == 0 {
			return kept, err
		}
	}
}

// filter moves what is kept to the front of p and returns its length.
func (f *jsonLines) filter(p []byte) int {
	kept := 0
	for i := 0; i < len(p); {
		if f.state == lineStart {
			f.state = classify(p[i])
			if f.state == lineStart { // white space before a line is of no use to anyone
				i++
				continue
			}
		}
		end := len(p)
		if nl := bytes.IndexByte(p[i:], '\n'); nl >= 0 {
			end = i + nl + 1
		}
		if f.state == lineJSON {
			kept += copy(p[kept:], p[i:end])
		} else {
			_, _ = f.junk.Write(p[i:end])
		}
		if p[end-1] == '\n' {
			f.state = lineStart
		}
		i = end
	}
	return kept
}

func classify(c byte) lineState {
	switch c {
	case '{':
		return lineJSON
	case ' ', '\t', '\r', '\n':
		return lineStart
	}
	return lineJunk
}
