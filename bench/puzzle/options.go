package puzzle

import (
	"errors"
	"fmt"
	"time"
)

// ErrOptions is wrapped by what [Options.Validate] says.
var ErrOptions = errors.New("bad puzzle option")

// Options of [Run]; nil and zero fields take the defaults.
type Options struct {
	Seed      uint64
	Instances int           // of each row, 1 to 1000; 0 means 5
	Turns     int           // that scramble Rubik's cube, 1 to 12; 0 means 10. One more is up to ten times the work
	Pass      time.Duration // what an evaluation costs in the computed time, up to a minute; 0 means 1 ms
	Now       func() time.Time
	Progress  func(Row) // told of each row when it is measured
}

// Validate says which field is out of its range and what would be in it.
func (o *Options) Validate() error {
	switch {
	case o == nil:
	case o.Instances < 0 || o.Instances > 1000:
		return fmt.Errorf("%w: instances: %d is outside [1,1000]; 0 takes the default", ErrOptions, o.Instances)
	case o.Turns < 0 || o.Turns > 12:
		return fmt.Errorf("%w: turns: %d is outside [1,12]; 0 takes the default", ErrOptions, o.Turns)
	case o.Pass < 0 || o.Pass > time.Minute:
		return fmt.Errorf("%w: pass: %v is outside (0,1m]; 0 takes the default", ErrOptions, o.Pass)
	}
	return nil
}

func (o *Options) withDefaults() Options {
	var d Options
	if o != nil {
		d = *o
	}
	if d.Instances == 0 {
		d.Instances = 5
	}
	if d.Turns == 0 {
		d.Turns = 10
	}
	if d.Pass == 0 {
		d.Pass = time.Millisecond
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	return d
}
