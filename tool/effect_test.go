package tool

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestEffectWords(t *testing.T) {
	for e := Unknown; e <= Destructive; e++ {
		raw, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back Effect
		if err := json.Unmarshal(raw, &back); err != nil || back != e {
			t.Errorf("%v is written %s and read as %v, %v", e, raw, back, err)
		}
		if e.Safe() != (e == Pure || e == Read) {
			t.Errorf("%v.Safe() = %v", e, e.Safe())
		}
	}
	var e Effect
	if err := e.UnmarshalText([]byte("harmless")); err == nil || !strings.Contains(err.Error(), "reversible") || e != Unknown {
		t.Errorf("harmless is %v, %v", e, err)
	}
	if got := Effect(99).String(); got != "effect(99)" {
		t.Errorf("String = %s", got)
	}
}

func BenchmarkParse(b *testing.B) {
	s := mustSet(b, spec("read", readSchema))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Parse("read", `{"path":"a/b/c.txt","lines":20,"mode":"text"}`); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewSet(b *testing.B) {
	for b.Loop() {
		mustSet(b, spec("read", readSchema))
	}
}
