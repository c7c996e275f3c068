package pixels

import (
	"math"
	"slices"
)

// Box is the mean of the square of the radius r.
func Box(m *Image, r int) *Image {
	n := float64((2*r + 1) * (2*r + 1))
	return m.Map(func(x, y, c int) float64 {
		sum := 0.0
		for dy := -r; dy <= r; dy++ {
			for dx := -r; dx <= r; dx++ {
				sum += m.At(x+dx, y+dy, c)
			}
		}
		return sum / n
	})
}

// Gaussian blurs with this standard deviation in pixels, as two passes.
func Gaussian(m *Image, sigma float64) *Image {
	k := bell(sigma)
	r := len(k) / 2
	across := m.Map(func(x, y, c int) float64 {
		sum := 0.0
		for i, w := range k {
			sum += w * m.At(x+i-r, y, c)
		}
		return sum
	})
	return m.Map(func(x, y, c int) float64 {
		sum := 0.0
		for i, w := range k {
			sum += w * across.At(x, y+i-r, c)
		}
		return sum
	})
}

// bell is a Gaussian kernel, its weights adding up to 1.
func bell(sigma float64) []float64 {
	r := int(math.Ceil(2.5 * sigma))
	k, sum := make([]float64, 2*r+1), 0.0
	for i := range k {
		d := float64(i-r) / sigma
		k[i] = math.Exp(-d * d / 2)
		sum += k[i]
	}
	for i := range k {
		k[i] /= sum
	}
	return k
}

// Median is that of the square of the radius r, channel by channel.
func Median(m *Image, r int) *Image {
	window := make([]float64, 0, (2*r+1)*(2*r+1))
	return m.Map(func(x, y, c int) float64 {
		window = window[:0]
		for dy := -r; dy <= r; dy++ {
			for dx := -r; dx <= r; dx++ {
				window = append(window, m.At(x+dx, y+dy, c))
			}
		}
		slices.Sort(window)
		return window[len(window)/2]
	})
}

// Bilateral is a mean over the square of the radius r, weighted by distance and by likeness (a standard deviation in
// levels): it smooths and keeps edges (Tomasi and Manduchi 1998).
func Bilateral(m *Image, r int, like float64) *Image {
	space := 2 * float64(r*r+1) / 2
	return m.Map(func(x, y, c int) float64 {
		sum, weight, here := 0.0, 0.0, m.At(x, y, c)
		for dy := -r; dy <= r; dy++ {
			for dx := -r; dx <= r; dx++ {
				v := m.At(x+dx, y+dy, c)
				d := (v - here) / like
				w := math.Exp(-float64(dx*dx+dy*dy)/space - d*d/2)
				sum, weight = sum+w*v, weight+w
			}
		}
		return sum / weight
	})
}
