package tool

import (
	"fmt"
	"path"
)

// Trust says whether the claims that come with a tool are believed: MCP annotations, OpenAPI methods. The zero
// value is treated like [TrustNone].
type Trust string

// The two settings of trust.
const (
	TrustNone        Trust = "none"        // claims are not believed: without a rule the effect is Unknown
	TrustAnnotations Trust = "annotations" // claims are believed
)

// UnmarshalText reads the word and names the words there are when it is none of them; empty is [TrustNone].
func (t *Trust) UnmarshalText(b []byte) error {
	switch v := Trust(b); v {
	case "", TrustNone:
		*t = TrustNone
	case TrustAnnotations:
		*t = v
	default:
		return fmt.Errorf("trust %q: want %q or %q", b, TrustNone, TrustAnnotations)
	}
	return nil
}

// EffectRule is what the user says about tools by name; it beats every claim.
type EffectRule struct {
	Pattern string `json:"pattern"` // glob over the tool's name as in [path.Match]: "read_*"
	Effect  Effect `json:"effect"`
}

// Validate refuses a pattern that is empty or malformed.
func (r EffectRule) Validate() error {
	if r.Pattern == "" {
		return fmt.Errorf("effects: empty pattern: write a tool's name or a glob such as \"read_*\"")
	}
	if _, err := path.Match(r.Pattern, ""); err != nil {
		return fmt.Errorf("effects: pattern %q: %w: escape [ and \\ with \\", r.Pattern, err)
	}
	return nil
}

// Classify returns the effect class that a search goes by: the first rule whose pattern matches the name, else
// the claim where it is trusted, else [Unknown]. Nothing that a tool says later is asked, so no output of a tool
// can change its class. A malformed pattern (see [EffectRule.Validate]) matches nothing.
func Classify(claimed Effect, trust Trust, overrides []EffectRule, name string) Effect {
	for _, r := range overrides {
		if ok, err := path.Match(r.Pattern, name); err == nil && ok {
			return r.Effect
		}
	}
	if trust == TrustAnnotations {
		return claimed
	}
	return Unknown
}
