package pixels

import "math"

// Cast multiplies each channel.
func Cast(m *Image, gains [3]float64) *Image {
	return m.Map(func(x, y, c int) float64 { return gains[c] * m.At(x, y, c) })
}

// Stretch spreads each channel so that all but the given share of its pixels at each end fill the range, through a
// lookup table.
func Stretch(m *Image, share float64) *Image {
	var tables [3][256]float64
	for c := range tables {
		lo, hi := m.ends(c, share)
		for v := range 256 {
			tables[c][v] = float64(v-lo) * 255 / float64(max(hi-lo, 1))
		}
	}
	return m.Map(func(x, y, c int) float64 { return tables[c][int(m.At(x, y, c))] })
}

// ends returns the levels between which all but the share of a channel's pixels at each end are.
func (m *Image) ends(c int, share float64) (lo, hi int) {
	var count [256]int
	for i := c; i < len(m.Pix); i += 3 {
		count[m.Pix[i]]++
	}
	skip := int(share * float64(m.W*m.H))
	for n := count[0]; n <= skip && lo < 255; n += count[lo] {
		lo++
	}
	hi = 255
	for n := count[255]; n <= skip && hi > 0; n += count[hi] {
		hi--
	}
	return lo, hi
}

// GrayWorld gives all channels the mean of the brightest of them, raised to a power: 1 is right where a scene is grey on
// average, 0 changes nothing.
func GrayWorld(m *Image, power float64) *Image {
	var sum [3]float64
	for i, v := range m.Pix {
		sum[i%3] += float64(v)
	}
	return Cast(m, towards(sum, power))
}

// WhitePatch gives all channels the same level at their brightest share of pixels: right where something in the scene is
// white.
func WhitePatch(m *Image, share float64) *Image {
	var top [3]float64
	for c := range top {
		_, hi := m.ends(c, share)
		top[c] = float64(hi)
	}
	return Cast(m, towards(top, 1))
}

// towards returns gains that bring all levels to the highest.
func towards(levels [3]float64, power float64) (gains [3]float64) {
	top := max(levels[0], levels[1], levels[2])
	for c := range gains {
		gains[c] = math.Pow(top/max(levels[c], 1), power)
	}
	return gains
}
