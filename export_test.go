package azimuth

import "github.com/azimuthdev/azimuth/engine"

// Smuggle gives an agent settings that nobody validated.
func (a *Agent) Smuggle(s Settings) { a.opts.Settings = s }

// Ratings are what the view's run shows of tools.
func (v *View) Ratings() []engine.Rating { return v.engine.Ratings() }
