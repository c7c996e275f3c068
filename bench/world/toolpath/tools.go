package toolpath

import (
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
	"github.com/azimuthdev/azimuth/bench/world/internal/scene"
)

// Strengths is how many settings each tool has; they are numbered from 0, the weakest.
const Strengths = 3

// input is what a tool works on.
type input struct {
	m        *pixels.Image
	mask     *pixels.Image
	box      pixels.Rect
	w, h     int
	strength int
}

// gear is one tool.
type gear struct {
	name, doc string
	solves    string   // the kind of edit it does; none for tools that prepare others
	needs     []string // tools one of which prepares it
	takes     string   // what it needs beside the image: size, box, mask
	makes     string   // image, mask or box
	// perPixel is the time in nanoseconds for a pixel of the input (of the output where it takes a size), by
	// strength: see prices.go.
	perPixel [Strengths]float64
	work     func(in input) (*pixels.Image, error)
	find     func(in input) pixels.Rect // of what makes a box
}

func plain(f func(in input) *pixels.Image) func(input) (*pixels.Image, error) {
	return func(in input) (*pixels.Image, error) { return f(in), nil }
}

func gears() []gear {
	return append(append(smoothers(), sharpeners()...), append(shapers(), erasers()...)...)
}

func smoothers() []gear {
	return []gear{
		{name: "box_blur", doc: "Removes noise by averaging squares. Fast, and blurs edges.", solves: scene.Denoise,
			perPixel: boxPrice,
			work:     plain(func(in input) *pixels.Image { return pixels.Box(in.m, 1+in.strength/2) })},
		{name: "gaussian_blur", doc: "Removes noise by a Gaussian blur.", solves: scene.Denoise,
			perPixel: gaussianPrice,
			work:     plain(func(in input) *pixels.Image { return pixels.Gaussian(in.m, pick(in, .5, .8, 1.2)) })},
		{name: "median_filter", doc: "Removes noise by medians; best against salt and pepper.", solves: scene.Denoise,
			perPixel: medianPrice,
			work:     plain(func(in input) *pixels.Image { return pixels.Median(in.m, pick(in, 1, 1, 2)) })},
		{name: "bilateral_filter", doc: "Removes grain and keeps edges. Slow; salt and pepper stay.", solves: scene.Denoise,
			perPixel: bilateralPrice,
			work:     plain(func(in input) *pixels.Image { return pixels.Bilateral(in.m, 2, pick(in, 20., 35, 60)) })},
	}
}

func sharpeners() []gear {
	return []gear{
		{name: "unsharp_mask", doc: "Sharpens edges against a blurred copy.", solves: scene.Sharpen,
			perPixel: unsharpPrice,
			work:     plain(func(in input) *pixels.Image { return pixels.Unsharp(in.m, 1, pick(in, .5, 1, 1.6)) })},
		{name: "laplacian_sharpen", doc: "Sharpens by the difference to the neighbours. Fast, and raises noise.", solves: scene.Sharpen,
			perPixel: laplacianPrice,
			work:     plain(func(in input) *pixels.Image { return pixels.Laplacian(in.m, pick(in, .15, .3, .6)) })},
		{name: "deconvolve", doc: "Undoes a blur round by round. Slow, and best without noise.", solves: scene.Sharpen,
			perPixel: deconvolvePrice,
			work:     plain(func(in input) *pixels.Image { return pixels.Deconvolve(in.m, .9, pick(in, 2, 4, 8)) })},
		{name: "stretch_levels", doc: "Corrects colours by spreading each channel through a table. Fast.", solves: scene.Recolour,
			perPixel: stretchPrice,
			work:     plain(func(in input) *pixels.Image { return pixels.Stretch(in.m, pick(in, 0, .005, .02)) })},
		{name: "gray_world", doc: "Corrects colours on the assumption that the scene is grey on average.", solves: scene.Recolour,
			perPixel: grayPrice,
			work:     plain(func(in input) *pixels.Image { return pixels.GrayWorld(in.m, pick(in, .5, .75, 1)) })},
		{name: "white_patch", doc: "Corrects colours on the assumption that the brightest parts are white.", solves: scene.Recolour,
			perPixel: whitePrice,
			work:     plain(func(in input) *pixels.Image { return pixels.WhitePatch(in.m, pick(in, .002, .01, .05)) })},
	}
}

func shapers() []gear {
	resize := func(name, doc string, price [Strengths]float64, f func(*pixels.Image, int, int) *pixels.Image) gear {
		return gear{name: name, doc: doc, solves: scene.Resize, takes: "size", perPixel: price,
			work: plain(func(in input) *pixels.Image { return f(in.m, in.w, in.h) })}
	}
	return []gear{
		resize("resize_nearest", "Resizes by the nearest pixel. Fast, and jagged.", nearestPrice, pixels.Nearest),
		resize("resize_bilinear", "Resizes by the four nearest pixels. Soft.", bilinearPrice, pixels.Bilinear),
		resize("resize_bicubic", "Resizes by the sixteen nearest pixels. Slow, and crisp.", bicubicPrice, pixels.Bicubic),
		{name: "auto_trim", doc: "Cuts a frame of one colour off, where noise does not hide it.", solves: scene.Crop, perPixel: trimPrice,
			work: plain(func(in input) *pixels.Image {
				return pixels.Crop(in.m, pixels.Inside(in.m, pick(in, 4., 10, 24), 0))
			})},
		{name: "find_frame", doc: "Finds the part of an image that a frame surrounds, through noise too.", makes: "box", perPixel: findFramePrice,
			find: func(in input) pixels.Rect { return pixels.Inside(in.m, pick(in, 8., 16, 32), 1) }},
		{name: "crop_box", doc: "Cuts out a box, as find_frame gives it.", solves: scene.Crop, needs: []string{"find_frame"}, takes: "box",
			perPixel: cropPrice, work: cropBox},
	}
}

func cropBox(in input) (*pixels.Image, error) {
	if !in.box.Within(in.m) {
		return nil, fmt.Errorf("box: %+v is not in the image, which is %d wide and %d high", in.box, in.m.W, in.m.H)
	}
	return pixels.Crop(in.m, in.box), nil
}

func erasers() []gear {
	return []gear{
		{name: "find_text", doc: "Finds yellow letters. Fast; misses letters that are blurred or recoloured.", makes: "mask", perPixel: findTextPrice,
			work: plain(func(in input) *pixels.Image { return pixels.FindText(in.m, pick(in, 30., 50, 80), 0) })},
		{name: "find_text_around", doc: "Finds yellow letters and what is around them, blurred ones too.", makes: "mask", perPixel: findAroundPrice,
			work: plain(func(in input) *pixels.Image { return pixels.FindText(in.m, pick(in, 50., 80, 110), 1) })},
		{name: "median_fill", doc: "Fills what a mask covers with the median of what is around it.", solves: scene.Erase,
			needs: []string{"find_text", "find_text_around"}, takes: "mask", perPixel: fillPrice,
			work: masked(func(in input) *pixels.Image { return pixels.MedianFill(in.m, in.mask, 1+in.strength) })},
		{name: "inpaint", doc: "Fills what a mask covers from its edges inwards. Slow, and smooth.", solves: scene.Erase,
			needs: []string{"find_text", "find_text_around"}, takes: "mask", perPixel: inpaintPrice,
			work: masked(func(in input) *pixels.Image { return pixels.Inpaint(in.m, in.mask, pick(in, 10, 25, 60)) })},
		{name: "smear_text", doc: "Hides small letters by a wide median over the whole image.", solves: scene.Erase, perPixel: smearPrice,
			work: plain(func(in input) *pixels.Image { return pixels.Median(in.m, pick(in, 2, 3, 4)) })},
	}
}

func masked(f func(in input) *pixels.Image) func(input) (*pixels.Image, error) {
	return func(in input) (*pixels.Image, error) {
		if in.mask.W != in.m.W || in.mask.H != in.m.H {
			return nil, errors.New("mask: it does not have the size of the image: find the text in this image first")
		}
		return f(in), nil
	}
}

func pick[T any](in input, weak, middle, strong T) T {
	return [...]T{weak, middle, strong}[in.strength]
}
