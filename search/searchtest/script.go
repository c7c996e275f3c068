// Package searchtest drives a [search.Strategy] without a model: with a [Script], which says in a few lines of text
// what would be proposed where, or with a [Forest], which makes it up from a seed. [Conformance] is what every strategy
// must pass.
//
// A script has one line for each path:
//
//	: search*3 r=2, book*2 r=1 pi=.4       what is proposed at the root: votes, imagined rest, memory prior
//	search: book*4 {memory=.2}, end*1      after search; "end" is the final answer, {} holds cost parts
//	search #2: book*5                      what the second request there brings; else the last one again
//	search: a*3 (b*3 (end*2) c*1) [d*2]    (imagined steps below a), [steps asked for in the same answer]
//	search: fail                           the call search fails when it is observed
//	search: cut, book*5                    an outline ended at something unseen
//	search: state=3, book*5                the state that the call leads to has the number 3
//	search end: judge accept .9            the verdict on a plan; also reject, none
//	search book: value .8                  how the step is rated, when what follows search is; .5 where nothing is said
//	search: unrated                        no rating of what follows search can be used
package searchtest

import (
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/search"
)

// Script is a scripted model, world and judge.
type Script struct {
	names   []string
	ids     map[string]search.ActionID
	parts   []string
	replies map[string][]reply
}

type reply struct {
	fail, cut bool
	judged    bool
	verdict   search.Verdict
	score     float64
	rated     bool
	value     float64
	unrated   bool
	outcome   search.Outcome
}

// sampled says whether the line is what comes of an Expand request.
func (r *reply) sampled() bool { return !r.fail && !r.judged && !r.rated && !r.unrated }

// Parse reads a script. parts are the names of the cost parts that may stand in {}.
func Parse(text string, parts ...string) (*Script, error) {
	s := &Script{ids: map[string]search.ActionID{}, parts: parts, replies: map[string][]reply{}}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "//")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := s.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return s, nil
}

func (s *Script) line(line string) error {
	path, rest, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("%q has no colon", line)
	}
	path, _, _ = strings.Cut(path, "#")
	key := strings.Join(strings.Fields(path), " ")
	p := &parser{s: s, words: lex(rest)}
	r, err := p.reply()
	if err != nil {
		return err
	}
	s.replies[key] = append(s.replies[key], r)
	return nil
}

// ID returns the action of a name.
func (s *Script) ID(name string) search.ActionID {
	id, ok := s.ids[name]
	if !ok {
		id = search.ActionID(len(s.names))
		s.ids[name] = id
		s.names = append(s.names, name)
	}
	return id
}

// Name returns the name of an action.
func (s *Script) Name(id search.ActionID) string {
	if int(id) < len(s.names) {
		return s.names[id]
	}
	return fmt.Sprintf("action%d", id)
}

// Key returns the names on the path to n.
func (s *Script) Key(t *search.Tree, n search.NodeID) string {
	var b strings.Builder
	for i, x := range t.Path(n) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s.Name(t.Action(x)))
	}
	return b.String()
}

// Find returns the node with the given path of names, or [search.None].
func (s *Script) Find(t *search.Tree, path string) search.NodeID {
	for i := range t.Len() {
		if s.Key(t, search.NodeID(i)) == path {
			return search.NodeID(i)
		}
	}
	return search.None
}

// Answer is what comes of a request.
func (s *Script) Answer(t *search.Tree, r search.Request) search.Outcome {
	for _, n := range t.Path(r.Node) {
		for _, rep := range s.replies[s.Key(t, n)] {
			if rep.fail {
				return search.Outcome{Failed: n}
			}
		}
	}
	switch r.Kind {
	case search.Judge:
		return s.judge(t, r.Node)
	case search.Evaluate:
		return s.rate(t, r.Node)
	case search.Expand:
		return s.expand(t, r)
	}
	return search.Outcome{Failed: search.None}
}

func (s *Script) expand(t *search.Tree, r search.Request) search.Outcome {
	var replies []search.Outcome
	for _, rep := range s.replies[s.Key(t, r.Node)] {
		if rep.sampled() {
			replies = append(replies, rep.outcome)
		}
	}
	if len(replies) == 0 {
		return search.Outcome{Failed: search.None}
	}
	attempt := int(r.ID>>32&0xffff) - 1
	return replies[min(attempt, len(replies)-1)]
}

func (s *Script) judge(t *search.Tree, n search.NodeID) search.Outcome {
	for _, rep := range s.replies[s.Key(t, n)] {
		if rep.judged {
			return search.Outcome{Failed: search.None, Verdict: rep.verdict, Score: rep.score}
		}
	}
	return search.Outcome{Failed: search.None}
}

func (s *Script) rate(t *search.Tree, n search.NodeID) search.Outcome {
	o := search.Outcome{Failed: search.None}
	for _, rep := range s.replies[s.Key(t, n)] {
		if rep.unrated {
			return o
		}
	}
	for c := range t.Children(n) {
		v := 0.5
		for _, rep := range s.replies[s.Key(t, c)] {
			if rep.rated {
				v = rep.value
			}
		}
		o.Values = append(o.Values, v)
	}
	return o
}
