package journal

import (
	"fmt"
	"unicode/utf8"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// MaxResult is how many bytes of a tool's text, and of its structured value, are kept; what is longer is cut.
const MaxResult = 16 << 20

// cut returns the payload with long results cut. The caller's value is not changed.
func cut(payload any) any {
	switch p := payload.(type) {
	case Told:
		return cutTold(p)
	case *Told:
		return cutTold(*p)
	case Done:
		p.Result = cutResult(p.Result)
		return p
	case *Done:
		return cut(*p)
	case Started:
		p.Prefix = cutSteps(p.Prefix)
		return p
	case *Started:
		return cut(*p)
	}
	return payload
}

func cutTold(t Told) Told {
	for i, o := range t.Observed {
		if tooLong(o.Result) {
			t.Observed = append([]Observation(nil), t.Observed...)
			t.Observed[i].Result = cutResult(o.Result)
		}
	}
	return t
}

func cutSteps(steps []model.Step) []model.Step {
	for i, s := range steps {
		if tooLong(s.Result) {
			steps = append([]model.Step(nil), steps...)
			steps[i].Result = cutResult(s.Result)
		}
	}
	return steps
}

func tooLong(r tool.Result) bool { return len(r.Content) > MaxResult || len(r.Value) > MaxResult }

// cutResult keeps the beginning of a long text, on a rune's border, and drops a long value altogether: a part of a
// JSON document is none.
func cutResult(r tool.Result) tool.Result {
	if n := len(r.Content); n > MaxResult {
		end := MaxResult
		for end > MaxResult-utf8.UTFMax && !utf8.RuneStart(r.Content[end]) {
			end--
		}
		r.Content = fmt.Sprintf("%s\n[cut by the journal: the first %d of %d bytes]", r.Content[:end], end, n)
	}
	if n := len(r.Value); n > MaxResult {
		r.Value = nil
		r.Content += fmt.Sprintf("\n[cut by the journal: a structured value of %d bytes]", n)
	}
	return r
}
