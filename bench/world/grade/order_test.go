package grade

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

// TestDeclaredOrders: after any part of a gold plan, the calls of this and of other plans and those of distracting tools
// that are declared to commute do, in what they answer and in what they lead to.
func TestDeclaredOrders(t *testing.T) {
	least := map[string]int{"home": 200, "trip": 200}
	for _, name := range world.Names() {
		t.Run(name, func(t *testing.T) {
			pairs := 0
			for seed := range uint64(2) {
				r := rand.New(rand.NewPCG(seed, 2))
				l := gold(t, name, seed, 0)
				paths := [][]tool.Call{nil, l.Plan[:1+r.IntN(len(l.Plan))], l.Plan[:len(l.Plan)-1]}
				calls := slices.Concat(l.Plan, gold(t, name, seed+100, 0).Plan)
				fresh := func() tool.World {
					w, err := world.Open(l.ID, &world.Options{Distractors: world.MaxDistractors, Seed: seed})
					if err != nil {
						t.Fatal(err)
					}
					return w
				}
				pairs += tooltest.Order(t, fresh, paths, append(calls, extras(t, fresh().Specs(), r)...)...)
			}
			if pairs < least[name] {
				t.Errorf("%d pairs were compared that did something, want %d", pairs, least[name])
			}
		})
	}
}

// extras are calls of tools with one argument value: two that may fit, so that some are of one tool.
func extras(t *testing.T, specs []tool.Spec, r *rand.Rand) (calls []tool.Call) {
	for _, sp := range specs {
		var in struct {
			Properties map[string]struct {
				Type, Pattern string
				Enum          []string
			}
		}
		if err := json.Unmarshal(sp.Input, &in); err != nil {
			t.Fatal(err)
		}
		p, ok := in.Properties["value"]
		if !ok || len(in.Properties) > 1 || r.IntN(3) == 0 {
			continue
		}
		for range 2 {
			v := fmt.Sprint(1 + r.IntN(9))
			switch {
			case len(p.Enum) > 0:
				v = fmt.Sprintf("%q", p.Enum[r.IntN(len(p.Enum))])
			case p.Pattern != "":
				v = `"A1:B2"`
			case p.Type == "string":
				v = fmt.Sprintf("%q", "text "+v)
			}
			calls = append(calls, tool.Call{Tool: sp.Name, Args: json.RawMessage(`{"value":` + v + `}`)})
		}
	}
	return calls
}
