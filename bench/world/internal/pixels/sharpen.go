package pixels

// Unsharp adds amount times what a Gaussian blur takes away.
func Unsharp(m *Image, sigma, amount float64) *Image {
	soft := Gaussian(m, sigma)
	return m.Map(func(x, y, c int) float64 {
		v := m.At(x, y, c)
		return v + amount*(v-soft.At(x, y, c))
	})
}

// Laplacian takes amount times the difference to the four neighbours away.
func Laplacian(m *Image, amount float64) *Image {
	return m.Map(func(x, y, c int) float64 {
		v := m.At(x, y, c)
		return v + amount*(4*v-m.At(x-1, y, c)-m.At(x+1, y, c)-m.At(x, y-1, c)-m.At(x, y+1, c))
	})
}

// Deconvolve undoes a Gaussian blur of this standard deviation by the given number of rounds of Van Cittert's iteration.
func Deconvolve(m *Image, sigma float64, rounds int) *Image {
	out := m
	for range rounds {
		soft := Gaussian(out, sigma)
		last := out
		out = m.Map(func(x, y, c int) float64 { return last.At(x, y, c) + m.At(x, y, c) - soft.At(x, y, c) })
	}
	return out
}
