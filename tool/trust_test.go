package tool

import "testing"

func TestClassify(t *testing.T) {
	rules := []EffectRule{{"read_*", Read}, {"*_all", Destructive}, {"[", Pure}}
	for _, c := range []struct {
		name    string
		claimed Effect
		trust   Trust
		rules   []EffectRule
		want    Effect
	}{
		{"f", Read, TrustNone, nil, Unknown},
		{"f", Read, "", nil, Unknown},
		{"f", Read, TrustAnnotations, nil, Read},
		{"f", Unknown, TrustAnnotations, nil, Unknown},
		{"read_f", Destructive, TrustAnnotations, rules, Read},
		{"read_f", Destructive, TrustNone, rules, Read},
		{"read_all", Pure, TrustAnnotations, rules, Read}, // the first rule that matches wins
		{"drop_all", Pure, TrustAnnotations, rules, Destructive},
		{"[", Read, TrustNone, rules, Unknown},
		{"f", Read, "everything", nil, Unknown},
	} {
		if got := Classify(c.claimed, c.trust, c.rules, c.name); got != c.want {
			t.Errorf("Classify(%v, %q, %v, %q) = %v, want %v", c.claimed, c.trust, c.rules, c.name, got, c.want)
		}
	}
}

func TestTrustText(t *testing.T) {
	for text, want := range map[string]Trust{"": TrustNone, "none": TrustNone, "annotations": TrustAnnotations} {
		var got Trust
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
	var got Trust
	if err := got.UnmarshalText([]byte("all")); err == nil || got != "" {
		t.Errorf("trust \"all\": got %q, %v", got, err)
	}
}

func TestEffectRuleValidate(t *testing.T) {
	for pattern, ok := range map[string]bool{"": false, "a[": false, "a*": true, `\[x`: true} {
		if err := (EffectRule{Pattern: pattern}).Validate(); (err == nil) != ok {
			t.Errorf("pattern %q: %v", pattern, err)
		}
	}
}
