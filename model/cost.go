package model

// Cost is what the usage is worth at these prices, in dollars. Prompt tokens read from or written to the provider's
// cache are part of Usage.Prompt and are charged at their own prices. Nil prices cost nothing: check for nil first
// where a dollar budget is set.
func Cost(u Usage, p *Prices) float64 {
	if p == nil {
		return 0
	}
	cached := min(u.Cached, u.Prompt)
	written := min(u.Written, u.Prompt-cached)
	write := p.Write
	if write == 0 {
		write = p.Prompt
	}
	plain := u.Prompt - cached - written
	return (float64(plain)*p.Prompt + float64(cached)*p.Cached + float64(written)*write + float64(u.Completion)*p.Completion) / 1e6
}

// Priced returns the usage with its dollars filled in.
func Priced(u Usage, p *Prices) Usage {
	u.USD = Cost(u, p)
	return u
}
