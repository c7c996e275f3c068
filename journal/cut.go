package journal

import (
	"fmt"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

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

func tooLong(r tool.Result) bool {
	return len(r.Content) > tool.JournalLimit || len(r.Value) > tool.JournalLimit
}

// cutResult keeps head and tail of a long text, and drops a long value altogether: a part of a JSON document is none.
func cutResult(r tool.Result) tool.Result {
	r.Content = tool.Clip(r.Content, tool.JournalLimit)
	if n := len(r.Value); n > tool.JournalLimit {
		r.Value = nil
		r.Content += fmt.Sprintf("\n[cut by the journal: a structured value of %d bytes]", n)
	}
	return r
}
