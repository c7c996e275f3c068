package papers

import (
	"strings"
	"testing"
	"time"
)

// The experiment at its smallest size: all rows and checks are there, the least cost is always found, and a clock
// that gives both methods the same time makes the claim fail.
func TestQStar(t *testing.T) {
	at := time.Unix(0, 0)
	f, err := experiment(qstar)(t.Context(), &Options{Scale: 0.01, Now: func() time.Time { at = at.Add(time.Millisecond); return at }})
	if err != nil {
		t.Fatal(err)
	}
	rows, least := 0, false
	for _, p := range f.Measured {
		if p.Want == "" && strings.Contains(p.Got, "evaluations") {
			rows++
		}
		least = least || strings.HasPrefix(p.What, "least cost") && p.Holds
	}
	if rows < 40 || !least || f.Holds || !strings.Contains(f.Simulated, "network") {
		t.Errorf("%d rows, least cost %v: %+v", rows, least, f)
	}
}
