package pixels

import "math"

// PSNR is the peak signal-to-noise ratio of two images of one size in decibels: +Inf for equal ones, 0 for images of
// different sizes.
func PSNR(a, b *Image) float64 {
	if a.W != b.W || a.H != b.H {
		return 0
	}
	sum := 0.0
	for i := range a.Pix {
		d := float64(a.Pix[i]) - float64(b.Pix[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255*float64(len(a.Pix))/sum)
}

// SSIM is the mean structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004) over squares of 8 by 8 pixels, 4
// apart, and over the channels, from 0 to 1 (negative means count as 0); 0 for images of different sizes.
func SSIM(a, b *Image) float64 {
	if a.W != b.W || a.H != b.H {
		return 0
	}
	const side, apart = 8, 4
	sum, n := 0.0, 0
	for y := 0; y == 0 || y+side <= a.H; y += apart {
		for x := 0; x == 0 || x+side <= a.W; x += apart {
			for c := range 3 {
				sum += window(a, b, x, y, c, side)
				n++
			}
		}
	}
	return max(0, sum/float64(n))
}

func window(a, b *Image, x0, y0, c, side int) float64 {
	const c1, c2 = .01 * .01 * 255 * 255, .03 * .03 * 255 * 255
	n, sa, sb, saa, sbb, sab := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	for y := y0; y < min(y0+side, a.H); y++ {
		for x := x0; x < min(x0+side, a.W); x++ {
			u, v := a.At(x, y, c), b.At(x, y, c)
			n, sa, sb = n+1, sa+u, sb+v
			saa, sbb, sab = saa+u*u, sbb+v*v, sab+u*v
		}
	}
	ma, mb := sa/n, sb/n
	va, vb, cov := saa/n-ma*ma, sbb/n-mb*mb, sab/n-ma*mb
	return (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
}
