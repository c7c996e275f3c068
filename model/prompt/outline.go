package prompt

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
)

const planWord = "plan:"

var doneWords = []string{"done", "end", "finish", "finished", "stop"}

// findPlan splits a text at the last line that starts with PLAN:, whatever its case and the marks before it. The plan
// runs to the end of the text: models that were asked for one line break it all the same.
func findPlan(text string) (plan, rest string, ok bool) {
	for end := len(text); end > 0; {
		start := strings.LastIndexByte(text[:end], '\n') + 1
		line := strings.TrimLeft(text[start:end], " \t*_#>-`")
		if len(line) >= len(planWord) && strings.EqualFold(line[:len(planWord)], planWord) {
			at := start + strings.Index(text[start:end], line) + len(planWord)
			return text[at:], text[:start], true
		}
		end = start - 1
	}
	return "", text, false
}

// plan reads the calls of an outline. It stops at the first word that is neither an offered tool nor one that says
// done; what was read up to there is returned, and complete is then false.
func (c *Chat) plan(text string) (calls []model.RawCall, complete bool) {
	p := planReader{text: text}
	for len(calls) < maxOutline*4 {
		word := p.word()
		if slices.Contains(doneWords, strings.ToLower(word)) {
			return calls, true
		}
		name, ok := c.names.known(word)
		if !ok {
			return calls, false
		}
		calls = append(calls, model.RawCall{Tool: name, Args: p.args()})
	}
	return calls, false
}

type planReader struct{ text string }

// word takes the next name, over separators, list marks and arrows.
func (p *planReader) word() string {
	const marks = " \t\r\n;,*`->→•"
	p.text = strings.TrimLeft(p.text, marks)
	if number := strings.TrimLeft(p.text, "0123456789"); number != p.text && strings.HasPrefix(number, ".") || strings.HasPrefix(number, ")") {
		p.text = strings.TrimLeft(number[1:], marks)
	}
	end := strings.IndexFunc(p.text, func(r rune) bool { return !nameRune(r) })
	if end < 0 {
		end = len(p.text)
	}
	word := strings.TrimRight(p.text[:end], ".:")
	p.text = p.text[len(word):]
	return word
}

func nameRune(r rune) bool {
	return r == '_' || r == '-' || r == '.' || r == ':' || r == '/' ||
		r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// args takes the arguments that follow a name: a JSON object, alone or in parentheses. Anything else up to the next
// separator is skipped, and the arguments are then empty.
func (p *planReader) args() string {
	p.text = strings.TrimLeft(p.text, " \t:`")
	open := strings.HasPrefix(p.text, "(")
	if open {
		p.text = strings.TrimLeft(p.text[1:], " \t\r\n")
	}
	var raw string
	if strings.HasPrefix(p.text, "{") {
		raw = p.object()
	}
	p.skip(open)
	return raw
}

// object takes one JSON object, or nothing if it is broken.
func (p *planReader) object() string {
	end := canon.End(p.text)
	if end < 0 || canon.CheckDepth([]byte(p.text[:end])) != nil || !json.Valid([]byte(p.text[:end])) {
		return ""
	}
	raw := p.text[:end]
	p.text = p.text[end:]
	return raw
}

// skip goes to the next separator, over a closing parenthesis if one is due.
func (p *planReader) skip(open bool) {
	if open {
		if _, after, ok := strings.Cut(p.text, ")"); ok {
			p.text = after
		}
	}
	i := strings.IndexAny(p.text, ";,\n→")
	if j := strings.Index(p.text, "->"); j >= 0 && (i < 0 || j < i) {
		i = j
	}
	if i < 0 {
		i = len(p.text)
	}
	p.text = p.text[i:]
}
