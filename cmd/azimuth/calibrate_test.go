package main

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/model/demos"
)

// What is not known well enough is not to be set; what is, goes into --costs as it is printed.
func TestCalibratePrintsWhatToSet(t *testing.T) {
	for _, c := range []struct {
		fit       cost.Calibration
		has, lack string
	}{
		{cost.Calibration{Tau: 0.57, Lo: 0.43, Hi: 0.71, Length: 9.1, Step: 0.41}, "--costs tau=0.57,length=9.10,step=0.41\n", "not enough evidence: the interval"},
		{cost.Calibration{Tau: 0.57, Lo: 0.43, Hi: 0.71, Length: 9.1}, "--costs tau=0.57,length=9.10\n", "step="},
		{cost.Calibration{Tau: 1.07, Lo: 0.93, Hi: 1.21, Length: 9.1}, "a tau above 0.8 finds fewer plans, where it was measured: keep 0.8\n", "tau="},
		{cost.Calibration{Tau: 1.07, Lo: 0.57, Hi: 1.57, Length: 9.1}, "not enough evidence: the interval has 0 in it or is wider than 0.6; keep tau 0.8\n", "--costs"},
		{cost.Calibration{Tau: 0.1, Lo: -0.1, Hi: 0.3, Length: 9.1}, "keep tau 0.8\n", "--costs"},
	} {
		f := newFitted(&azimuth.Calibration{Calibration: c.fit, NoDemonstrations: demos.ErrEvidence}, nil)
		if f.Enough {
			if _, err := azimuth.ParseCosts(f.Costs); err != nil {
				t.Errorf("%q can't be read: %v", f.Costs, err)
			}
		}
		var b strings.Builder
		if err := f.print(&b, false); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), c.has) || strings.Contains(b.String(), c.lack) {
			t.Errorf("%s", b.String())
		}
	}
}
