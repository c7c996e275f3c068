package calql

import (
	"errors"
	"fmt"
)

// ErrOptions says that a field of [Options] is outside its range.
var ErrOptions = errors.New("calql options")

// What the value of a next state is.
const (
	// BackupPolicy is the mean over what the policy does there, so that Q is the policy's own: the operator of Cal-QL.
	BackupPolicy = "policy"
	// BackupMax is that of the best of what the policy may do there, so that Q is what could be had by choosing among
	// it, as the code of V-GPS does over a few samples. Where features are shared between states their errors are
	// chosen too, and such a Q comes out too high.
	BackupMax = "max"
)

// Options are the settings of [Train]; nil and zero fields take the defaults, which suit returns in [0,1] and features whose squares
// add up to 1 (inferred). "Paper" is the configuration that V-GPS was published with, for a network.
type Options struct {
	// Alpha is the weight of the conservative term, in [0,1e3]; 0 leaves it out; nil is 0.01. Paper: 5. The error is
	// squared without a half, as in the paper's code, so that in a table an action that the data has and the policy never takes ends alpha/2
	// too high.
	Alpha *float64
	// NoFloor takes the floor out: CQL.
	NoFloor bool
	// Temperature of a soft maximum T*log(sum of P*exp(max(Q,V)/T)) in the place of the policy's mean in the conservative
	// term, which then pulls down what is rated best, 0 to 1e6; 0 is the mean. Paper: the mean; its code: 1, over
	// samples of the policy and even ones.
	Temperature float64
	// Backup is [BackupPolicy], the default, or [BackupMax] (the paper's code).
	Backup string
	// Gamma is the discount, in [0,1]; nil is 0.98 (paper).
	Gamma *float64
	// Rate is the learning rate of plain stochastic descent, in (0,10]; 0 is 0.1. Paper: 3e-4, with Adam.
	Rate float64
	// Follow is how much of the way to the critic its slow copy goes with each update, in (0,1]; 0 is 0.005 (paper).
	Follow float64
	// Batch is how many steps an update takes, drawn with replacement, 1 to 1e6; 0 is 32. Paper: 256.
	Batch int
	// Updates is how many there are, 1 to 1e8; 0 is 20,000. Paper: 500,000 in the checkpoint that was published,
	// 1,000,000 in its script.
	Updates int
	// Seed of the draws: equal seeds train equal critics of equal data.
	Seed uint64
	// From are the weights to begin with, one a feature; nil is 0 for all.
	From []float64
}

// Validate says which field is out of its range and what would be in it.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	bad := func(field string, value any, want string) error {
		return fmt.Errorf("%w: %s: %v is outside %s", ErrOptions, field, value, want)
	}
	switch {
	case o.Alpha != nil && !(*o.Alpha >= 0 && *o.Alpha <= 1e3):
		return bad("alpha", *o.Alpha, "[0,1e3]; nil takes the default, 0.01")
	case !(o.Temperature >= 0 && o.Temperature <= 1e6):
		return bad("temperature", o.Temperature, "[0,1e6]; 0 takes the policy's mean")
	case o.Backup != "" && o.Backup != BackupMax && o.Backup != BackupPolicy:
		return fmt.Errorf("%w: backup: %q is unknown; there are %s and %s", ErrOptions, o.Backup, BackupMax, BackupPolicy)
	case o.Gamma != nil && !(*o.Gamma >= 0 && *o.Gamma <= 1):
		return bad("gamma", *o.Gamma, "[0,1]; nil takes the default, 0.98")
	case !(o.Rate >= 0 && o.Rate <= 10):
		return bad("rate", o.Rate, "(0,10]; 0 takes the default, 0.1")
	case !(o.Follow >= 0 && o.Follow <= 1):
		return bad("follow", o.Follow, "(0,1]; 0 takes the default, 0.005")
	case o.Batch < 0 || o.Batch > 1e6:
		return bad("batch", o.Batch, "[1,1e6]; 0 takes the default, 32")
	case o.Updates < 0 || o.Updates > 1e8:
		return bad("updates", o.Updates, "[1,1e8]; 0 takes the default, 20,000")
	}
	for i, w := range o.From {
		if !finite(w) {
			return fmt.Errorf("%w: from: weight %d is %v: want finite weights", ErrOptions, i, w)
		}
	}
	return nil
}

// settings are options with their defaults.
type settings struct {
	alpha, gamma, temperature, rate, follow float64
	floor, best                             bool
	batch, updates                          int
}

func (o *Options) settings() settings {
	s := settings{
		alpha: .01, gamma: .98, temperature: o.Temperature, rate: o.Rate, follow: o.Follow,
		floor: !o.NoFloor, best: o.Backup == BackupMax, batch: o.Batch, updates: o.Updates,
	}
	if o.Alpha != nil {
		s.alpha = *o.Alpha
	}
	if o.Gamma != nil {
		s.gamma = *o.Gamma
	}
	if s.rate == 0 {
		s.rate = .1
	}
	if s.follow == 0 {
		s.follow = .005
	}
	if s.batch == 0 {
		s.batch = 32
	}
	if s.updates == 0 {
		s.updates = 20_000
	}
	return s
}
