package toolpath

import (
	"cmp"
	"slices"
	"time"

	"github.com/azimuthdev/azimuth/tool"
)

// DefaultLatency is what a call is expected to take where no tool of a catalog states a price and no run has shown one.
const DefaultLatency = time.Second

// PerDollar is what a dollar weighs in seconds where tools cost money (inferred: nobody measured a better rate).
const PerDollar = 1000.0

// FromSpecs returns the catalog of tools as they describe themselves (see [tool.Spec]): the kinds that they declare, by
// rank; a tool that declares none does a kind of its own name, unless it is there for others that need it. Tools that need
// others which are not there are left out. The indexes are those of the tools that are left, in the order of the specs.
func FromSpecs(specs []tool.Spec) Catalog {
	var c Catalog
	var stated time.Duration
	n := 0
	for _, s := range specs {
		if d := priced(s); d > 0 {
			stated, n = stated+d, n+1
		}
	}
	usual := DefaultLatency
	if n > 0 {
		usual = stated / time.Duration(n)
	}
	specs = whole(specs)
	for _, s := range specs {
		t := Tool{Name: s.Name, Needs: s.Needs, Latency: cmp.Or(priced(s), usual)}
		jobs := s.Solves
		if len(jobs) == 0 && !slices.ContainsFunc(specs, func(o tool.Spec) bool { return slices.Contains(o.Needs, s.Name) }) {
			jobs = []tool.Job{{Name: s.Name, Doc: s.Description}}
		}
		for _, j := range jobs {
			t.Solves = append(t.Solves, j.Name)
			if c.kind(j.Name) < 0 {
				c.Kinds = append(c.Kinds, Kind(j))
			}
		}
		c.Tools = append(c.Tools, t)
	}
	slices.SortStableFunc(c.Kinds, func(a, b Kind) int { return cmp.Compare(a.Rank, b.Rank) })
	return c
}

// priced is what a tool states that a call takes, 0 for nothing.
func priced(s tool.Spec) time.Duration {
	return s.Price.Latency + time.Duration(s.Price.USD*PerDollar*float64(time.Second))
}

// whole leaves out tools whose needs are not there, until nothing is to be left out.
func whole(specs []tool.Spec) []tool.Spec {
	specs = slices.Clone(specs)
	for {
		n := len(specs)
		there := specs
		specs = slices.DeleteFunc(slices.Clone(specs), func(s tool.Spec) bool {
			return slices.ContainsFunc(s.Needs, func(need string) bool {
				return !slices.ContainsFunc(there, func(o tool.Spec) bool { return o.Name == need })
			})
		})
		if len(specs) == n {
			return specs
		}
	}
}
