package searchtest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/search"
)

// parser reads what stands behind the colon of a line.
type parser struct {
	s     *Script
	words []string
	out   []search.Candidate
}

// lex splits at white space and makes each of ()[]{},*= a word.
func lex(s string) []string {
	for _, c := range "()[]{},*=" {
		s = strings.ReplaceAll(s, string(c), " "+string(c)+" ")
	}
	return strings.Fields(s)
}

func (p *parser) peek() string {
	if len(p.words) == 0 {
		return ""
	}
	return p.words[0]
}

func (p *parser) next() string {
	w := p.peek()
	if w != "" {
		p.words = p.words[1:]
	}
	return w
}

func (p *parser) accept(w string) bool {
	if p.peek() == w {
		p.next()
		return true
	}
	return false
}

func (p *parser) number() (float64, error) {
	w := p.next()
	v, err := strconv.ParseFloat(w, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no number", w)
	}
	return v, nil
}

func (p *parser) reply() (reply, error) {
	r := reply{outcome: search.Outcome{Failed: search.None}}
	switch {
	case p.accept("fail"):
		r.fail = true
		return r, nil
	case p.accept("unrated"):
		r.unrated = true
		return r, nil
	case p.accept("value"):
		v, err := p.number()
		r.rated, r.value = true, v
		return r, err
	}
	if p.accept("judge") {
		return p.verdict(r)
	}
	if p.accept("cut") {
		r.cut, r.outcome.Cut = true, true
		p.accept(",")
	}
	if len(p.words) > 1 && p.words[0] == "state" && p.words[1] == "=" {
		p.words = p.words[2:]
		v, err := p.number()
		if err != nil {
			return r, err
		}
		r.outcome.State = uint64(v)
		p.accept(",")
	}
	for len(p.words) > 0 {
		if err := p.candidate(-1, false); err != nil {
			return r, err
		}
		p.accept(",")
	}
	r.outcome.Candidates = p.out
	for _, c := range p.out {
		if c.Parent < 0 {
			r.outcome.Samples += int(c.Votes)
		}
	}
	return r, nil
}

func (p *parser) verdict(r reply) (reply, error) {
	r.judged = true
	switch w := p.next(); w {
	case "accept":
		r.verdict = search.Accepted
	case "reject":
		r.verdict = search.Rejected
	case "none":
	default:
		return r, fmt.Errorf("verdict %q: want accept, reject or none", w)
	}
	if p.peek() == "" {
		return r, nil
	}
	score, err := p.number()
	r.score = score
	return r, err
}

func (p *parser) candidate(parent int32, imagined bool) error {
	name := p.next()
	if name == "" || strings.ContainsAny(name, "()[]{},*=") {
		return fmt.Errorf("%q is no action", name)
	}
	c := search.Candidate{
		Parent: parent, Action: p.s.ID(name), Finish: strings.HasPrefix(name, "end"), Imagined: imagined,
		Votes: 1, Remaining: -1, Prior: -1, Parts: make([]float64, len(p.s.parts)),
	}
	if p.accept("*") {
		v, err := p.number()
		if err != nil {
			return err
		}
		c.Votes = int32(v)
	}
	if err := p.attributes(&c); err != nil {
		return err
	}
	me := int32(len(p.out))
	p.out = append(p.out, c)
	return p.below(me)
}

func (p *parser) below(me int32) error {
	for {
		closing := ")"
		switch {
		case p.accept("("):
		case p.accept("["):
			closing = "]"
		default:
			return nil
		}
		for !p.accept(closing) {
			if err := p.candidate(me, closing == ")"); err != nil {
				return err
			}
			p.accept(",")
		}
	}
}

func (p *parser) attributes(c *search.Candidate) error {
	for {
		var to *float64
		switch p.peek() {
		case "r":
			to = &c.Remaining
		case "pi":
			to = &c.Prior
		case "{":
			if err := p.partsOf(c); err != nil {
				return err
			}
			continue
		default:
			return nil
		}
		p.next()
		if !p.accept("=") {
			return fmt.Errorf("want = before %q", p.peek())
		}
		v, err := p.number()
		if err != nil {
			return err
		}
		*to = v
	}
}

func (p *parser) partsOf(c *search.Candidate) error {
	p.next()
	for !p.accept("}") {
		name := p.next()
		i := indexOf(p.s.parts, name)
		if i < 0 || !p.accept("=") {
			return fmt.Errorf("%q is no part: want one of %v", name, p.s.parts)
		}
		v, err := p.number()
		if err != nil {
			return err
		}
		c.Parts[i] = v
		p.accept(",")
	}
	return nil
}

func indexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}
