package azimuth

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/search"
)

// Costs are the constants of the presets, by the names that docs/costs.md gives them. Nil is the preset's own; what
// a preset or a strategy does not read is refused. [cost.Options] says what each is in, and its range.
type Costs struct {
	// Tau is how much a vote weighs, in nats, > 0.
	Tau *float64 `json:"tau,omitempty" yaml:"tau"`
	// N0 is how many votes "none of the sampled" has, >= 0.
	N0 *float64 `json:"n0,omitempty" yaml:"n0"`
	// S is the number of samples beyond which votes weigh no more in sum, > 0.
	S *float64 `json:"s,omitempty" yaml:"s"`
	// Omega is the weight of the memory prior, >= 0.
	Omega *float64 `json:"omega,omitempty" yaml:"omega"`
	// Rho is the share of the consensus against a node's own imagined rest in h, in [0,1].
	Rho *float64 `json:"rho,omitempty" yaml:"rho"`
	// W multiplies h, >= 0; 0 is no h.
	W *float64 `json:"w,omitempty" yaml:"w"`
	// Phi is the charge, in nats, for each call that a finished plan is short of the consensus, >= 0.
	Phi *float64 `json:"phi,omitempty" yaml:"phi"`
	// TP and FP are how often the judge accepts a right and a wrong plan, in (0,1), TP > FP.
	TP *float64 `json:"tp,omitempty" yaml:"tp"`
	FP *float64 `json:"fp,omitempty" yaml:"fp"`
	// Price, Latency and Health weigh what a tool's call costs, how long it takes and how often it fails, >= 0.
	Price   *float64 `json:"price,omitempty" yaml:"price"`
	Latency *float64 `json:"latency,omitempty" yaml:"latency"`
	Health  *float64 `json:"health,omitempty" yaml:"health"`
	// Length is how many calls a plan is thought to have before any sample said so, > 0; by default what memory's plans
	// have on the mean.
	Length *float64 `json:"length,omitempty" yaml:"length"`
	// Step is what a step is thought to cost before any was priced, in nats, > 0.
	Step *float64 `json:"step,omitempty" yaml:"step"`
	// Evidence is how votes make the cost of a step: softmax, the default, or share, the plain share of samples that did not
	// propose it, which reads no tau, n0, s and omega.
	Evidence string `json:"evidence,omitempty" yaml:"evidence"`
}

// constant is one of the constants under its name.
type constant struct {
	name string
	v    **float64
	only []string // the presets that read it; nil for all
	zero bool     // 0 is a value of its own
}

// evidence are the presets that price a step by the evidence of votes.
var evidence = []string{search.Azimuth, search.Outline, search.Auto}

// unshared are the constants that evidence "share" does not read.
var unshared = []string{"tau", "n0", "s", "omega"}

func (c *Costs) constants() []constant {
	return []constant{
		{"tau", &c.Tau, evidence, false}, {"n0", &c.N0, evidence, true}, {"s", &c.S, evidence, false},
		{"omega", &c.Omega, evidence, true}, {"rho", &c.Rho, evidence, true}, {"w", &c.W, evidence, true},
		{"phi", &c.Phi, evidence, true}, {"tp", &c.TP, evidence, false}, {"fp", &c.FP, evidence, false},
		{"price", &c.Price, nil, true}, {"latency", &c.Latency, nil, true}, {"health", &c.Health, nil, true},
		{"length", &c.Length, evidence, false}, {"step", &c.Step, evidence, false},
	}
}

// ParseCosts reads NAME=VALUE,…, such as tau=0.8,phi=2; nothing from an empty text. Ranges are checked by [Settings.Validate].
func ParseCosts(text string) (Costs, error) {
	var c Costs
	if strings.TrimSpace(text) == "" { // takes back what a configuration says
		return c, nil
	}
	all := c.constants()
	for word := range strings.SplitSeq(text, ",") {
		name, value, ok := strings.Cut(word, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		i := slices.IndexFunc(all, func(x constant) bool { return x.name == name })
		if name == "evidence" && ok && c.Evidence == "" && value != "" {
			c.Evidence = value
			continue
		}
		switch v, err := strconv.ParseFloat(value, 64); {
		case !ok:
			return c, fmt.Errorf("%w: costs: %q is no NAME=VALUE", ErrSetting, word)
		case name == "evidence":
			return c, fmt.Errorf("%w: costs: evidence is given twice, or is empty", ErrSetting)
		case i < 0:
			return c, fmt.Errorf("%w: costs: there is no %q; there are %s", ErrSetting, name, strings.Join(costNames(), ", "))
		case *all[i].v != nil:
			return c, fmt.Errorf("%w: costs: %s is given twice", ErrSetting, name)
		case err != nil:
			return c, fmt.Errorf("%w: costs: %s: %q is not a number", ErrSetting, name, value)
		default:
			*all[i].v = &v
		}
	}
	return c, nil
}

func costNames() []string {
	var names []string
	for _, x := range (&Costs{}).constants() {
		names = append(names, x.name)
	}
	return append(names, "evidence")
}

// costOptions are the constants as [cost.New] takes them. length is the mean length of the plans in memory.
func (s *Settings) costOptions(length float64) (*cost.Options, error) {
	for _, x := range s.constants() {
		if v := *x.v; v != nil && *v == 0 && !x.zero {
			return nil, fmt.Errorf("%w: %s: 0 is outside (0, ...); leave it out for the default", cost.ErrOptions, x.name)
		}
	}
	return &cost.Options{
		Alpha: s.Alpha, Beta: s.Beta, Tau: or(s.Tau, 0), N0: s.N0, S: or(s.S, 0), Omega: s.Omega, Rho: s.Rho, W: s.W, Phi: s.Phi,
		TP: or(s.TP, 0), FP: or(s.FP, 0), Price: s.Price, Latency: s.Latency, Health: s.Health,
		Length: or(s.Length, max(length, 0)), Step: or(s.Step, 0), Evidence: s.Evidence,
	}, nil
}

func or[T any](v *T, def T) T {
	if v == nil {
		return def
	}
	return *v
}
