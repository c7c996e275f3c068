package azimuth

// Smuggle gives an agent settings that nobody validated.
func (a *Agent) Smuggle(s Settings) { a.opts.Settings = s }
