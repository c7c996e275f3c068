package papers

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// The experiments on steering at their smallest size: they measure all that they say, a wrong scale is refused and they stop
// when they are told to.
func TestSteering(t *testing.T) {
	for name, want := range map[string]struct {
		run           measuring
		points, wants int
		sure          string // what holds at any size
	}{
		"vgps":      {vgps, 25, 9, "K = 1 is greedy"},
		"verify":    {verify, 15, 2, "1 pace: lead at the greatest H"},
		"vas":       {vas, 18, 3, ""},
		"medprompt": {medprompt, 18, 6, ""},
		"dynaicl":   {dynaicl, 6, 6, ""},
		"tts":       {tts, 10, 7, "tuning: the choice and always beam"},
		"transferq": {transferq, 13, 3, "direct transfer, exact, of controlled decoding"},
	} {
		t.Run(name, func(t *testing.T) { atSmallest(t, name, want.run, want.points, want.wants, want.sure) })
	}
}

func atSmallest(t *testing.T, name string, of measuring, points, wants int, sure string) {
	t.Helper()
	run := experiment(of)
	f, err := run(t.Context(), &Options{Scale: .02})
	if err != nil {
		t.Fatal(err)
	}
	rest, found := 0, sure == ""
	for _, p := range f.Measured {
		if p.Want != "" {
			rest++
		}
		found = found || p.What == sure && p.Holds
	}
	if f.Paper != name || len(f.Measured) != points || rest != wants || !found || len(f.Notes) == 0 {
		t.Errorf("%d points, %d with a want, %q holds %v: %+v", len(f.Measured), rest, sure, found, f)
	}
	if _, err := run(t.Context(), &Options{Scale: -1}); err == nil || !strings.Contains(err.Error(), "scale: -1") {
		t.Errorf("got %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := run(stopped, &Options{Scale: .02}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestNonDominated holds the front of costs and accuracies to its definition.
func TestNonDominated(t *testing.T) {
	got := nonDominated([]float64{1, 2, 2, 3, 4, 1}, []float64{.5, .6, .7, .7, .9, .5})
	for i, want := range []bool{true, false, true, false, true, true} {
		if got[i] != want {
			t.Errorf("%d: %v", i, got[i])
		}
	}
}
