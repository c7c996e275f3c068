package effect

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/azimuthdev/azimuth/tool"
)

// Decision is what a policy or an approver says of a step.
type Decision string

// The decisions.
const (
	Approve Decision = "approve" // carry it out
	Ask     Decision = "ask"     // policy only: somebody has to say
	Reject  Decision = "reject"  // not this call: the search goes on without it
	Edit    Decision = "edit"    // carry out another call instead
	Deny    Decision = "deny"    // stop the run
)

// Mode is what happens to effects that no rule names.
type Mode string

// The modes of --approve.
const (
	AskMode  Mode = "ask"   // every effect is asked about
	AllMode  Mode = "all"   // every effect is approved beforehand
	ReadMode Mode = "reads" // only pure and read calls are made; an effect ends the run as denied
)

// ParseMode reads the value of --approve.
func ParseMode(s string) (Mode, error) {
	switch m := Mode(s); m {
	case AskMode, AllMode, ReadMode:
		return m, nil
	}
	return "", fmt.Errorf("approve: %q: want ask, all or reads", s)
}

// Rule decides about the tools whose name matches Tool, a pattern as in [path.Match] ("fs__*").
type Rule struct {
	Tool     string   `json:"tool" yaml:"tool"`
	Decision Decision `json:"decision" yaml:"decision"` // approve, ask or deny
}

// Policy decides which effects need a person. The first rule that matches a tool decides, then the mode. The zero
// value asks about everything.
type Policy struct {
	Mode  Mode   `json:"mode,omitempty" yaml:"mode"`
	Rules []Rule `json:"rules,omitempty" yaml:"rules"`
}

// Validate says which rule or mode is not one.
func (p Policy) Validate() error {
	if p.Mode != "" {
		if _, err := ParseMode(string(p.Mode)); err != nil {
			return err
		}
	}
	for i, r := range p.Rules {
		if _, err := path.Match(r.Tool, ""); err != nil || r.Tool == "" {
			return fmt.Errorf("approve rule %d: tool pattern %q is not one; write a name with * and ?", i+1, r.Tool)
		}
		switch r.Decision {
		case Approve, Ask, Deny:
		default:
			return fmt.Errorf("approve rule %d: decision %q: want approve, ask or deny", i+1, r.Decision)
		}
	}
	return nil
}

// Decide returns what the policy says of a call to the tool, and by which word of the policy.
func (p Policy) Decide(s tool.Spec) (Decision, string) {
	if s.Effect.Safe() {
		return Approve, "effect " + s.Effect.String()
	}
	if r, ok := p.rule(s); ok {
		return r.Decision, "rule " + r.Tool
	}
	switch p.Mode {
	case AllMode:
		return Approve, "approve all"
	case ReadMode:
		return Deny, "approve reads"
	}
	return Ask, "approve ask"
}

// rule is the first rule that matches the tool's name.
func (p Policy) rule(s tool.Spec) (Rule, bool) {
	for _, r := range p.Rules {
		if ok, _ := path.Match(r.Tool, s.Name); ok {
			return r, true
		}
	}
	return Rule{}, false
}

// Errors of the gate; match with errors.Is.
var (
	// ErrEffect says that a call that may change the world was about to be made as if it could not.
	ErrEffect = errors.New("the call may change the world and needs an approval")
	// ErrDenied says that an effect was not approved.
	ErrDenied = errors.New("not approved")
	// ErrUnknown says that an effect was started and nobody knows whether it took place.
	ErrUnknown = errors.New("outcome unknown")
)

// DeniedError says which steps were not approved, and by what.
type DeniedError struct {
	Steps []string // tool names, in the plan's order
	By    string
}

// Error names the steps and the remedy.
func (e *DeniedError) Error() string {
	return fmt.Sprintf("%s not approved (%s)", strings.Join(e.Steps, ", "), e.By)
}

// Is makes every DeniedError an [ErrDenied].
func (e *DeniedError) Is(target error) bool { return target == ErrDenied }
