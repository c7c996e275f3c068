package pixels

import "math"

// Rect is a part of an image: the pixels from X, Y on, W wide and H high.
type Rect struct {
	X, Y, W, H int
}

// Within says whether the rectangle is not empty and lies in an image of this size.
func (r Rect) Within(m *Image) bool {
	return r.X >= 0 && r.Y >= 0 && r.W > 0 && r.H > 0 && r.W <= m.W-r.X && r.H <= m.H-r.Y
}

// Crop cuts a rectangle out that must be within the image.
func Crop(m *Image, r Rect) *Image {
	return New(r.W, r.H).Map(func(x, y, c int) float64 { return m.At(x+r.X, y+r.Y, c) })
}

// Nearest resizes by taking the nearest pixel.
func Nearest(m *Image, w, h int) *Image {
	return New(w, h).Map(func(x, y, c int) float64 {
		return m.At(int((float64(x)+.5)*float64(m.W)/float64(w)), int((float64(y)+.5)*float64(m.H)/float64(h)), c)
	})
}

// Bilinear resizes by weighting the four nearest pixels.
func Bilinear(m *Image, w, h int) *Image {
	return sample(m, w, h, 1, func(d float64) float64 { return max(0, 1-math.Abs(d)) })
}

// Bicubic resizes by Keys' kernel (a = -0.5) over the sixteen nearest pixels.
func Bicubic(m *Image, w, h int) *Image { return sample(m, w, h, 2, keys) }

func keys(d float64) float64 {
	switch d = math.Abs(d); {
	case d < 1:
		return (1.5*d-2.5)*d*d + 1
	case d < 2:
		return ((-.5*d+2.5)*d-4)*d + 2
	}
	return 0
}

// sample resizes by a kernel that reaches so many pixels in each direction.
func sample(m *Image, w, h, reach int, kernel func(float64) float64) *Image {
	sx, sy := float64(m.W)/float64(w), float64(m.H)/float64(h)
	return New(w, h).Map(func(x, y, c int) float64 {
		fx, fy := (float64(x)+.5)*sx-.5, (float64(y)+.5)*sy-.5
		x0, y0 := int(math.Floor(fx)), int(math.Floor(fy))
		sum := 0.0
		for j := y0 - reach + 1; j <= y0+reach; j++ {
			wy := kernel(fy - float64(j))
			for i := x0 - reach + 1; i <= x0+reach; i++ {
				sum += wy * kernel(fx-float64(i)) * m.At(i, j, c)
			}
		}
		return sum
	})
}

// Frame puts a frame of this width and colour around an image.
func Frame(m *Image, width int, colour [3]uint8) *Image {
	return New(m.W+2*width, m.H+2*width).Map(func(x, y, c int) float64 {
		x, y = x-width, y-width
		if x < 0 || y < 0 || x >= m.W || y >= m.H {
			return float64(colour[c])
		}
		return m.At(x, y, c)
	})
}

// Inside finds what a frame surrounds: lines and columns are left out from each side, at most a quarter of the image,
// while all of their pixels are within tol levels of the corner. passes smooths the image before, against noise.
func Inside(m *Image, tol float64, passes int) Rect {
	for range passes {
		m = Median(m, 1)
	}
	like := func(x, y int) bool {
		d := 0.0
		for c := range 3 {
			d = max(d, math.Abs(m.At(x, y, c)-m.At(0, 0, c)))
		}
		return d <= tol
	}
	row := func(y int) bool { return all(m.W, func(x int) bool { return like(x, y) }) }
	column := func(x int) bool { return all(m.H, func(y int) bool { return like(x, y) }) }
	top := run(m.H/4, row)
	bottom := run(m.H/4, func(i int) bool { return row(m.H - 1 - i) })
	left := run(m.W/4, column)
	right := run(m.W/4, func(i int) bool { return column(m.W - 1 - i) })
	return Rect{left, top, m.W - left - right, m.H - top - bottom}
}

func all(n int, ok func(int) bool) bool { return run(n, ok) == n }

// run is how many numbers from 0 on are ok, at most n.
func run(n int, ok func(int) bool) int {
	for i := range n {
		if !ok(i) {
			return i
		}
	}
	return n
}
