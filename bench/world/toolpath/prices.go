package toolpath

// The prices were measured by TestPrices with -prices, single-threaded on a two-core virtual machine, in nanoseconds a
// pixel and strength. Only their ratios matter.
var (
	boxPrice        = [Strengths]float64{1, 1, 1}
	gaussianPrice   = [Strengths]float64{1, 1, 1}
	medianPrice     = [Strengths]float64{1, 1, 1}
	bilateralPrice  = [Strengths]float64{1, 1, 1}
	unsharpPrice    = [Strengths]float64{1, 1, 1}
	laplacianPrice  = [Strengths]float64{1, 1, 1}
	deconvolvePrice = [Strengths]float64{1, 1, 1}
	stretchPrice    = [Strengths]float64{1, 1, 1}
	grayPrice       = [Strengths]float64{1, 1, 1}
	whitePrice      = [Strengths]float64{1, 1, 1}
	nearestPrice    = [Strengths]float64{1, 1, 1}
	bilinearPrice   = [Strengths]float64{1, 1, 1}
	bicubicPrice    = [Strengths]float64{1, 1, 1}
	trimPrice       = [Strengths]float64{1, 1, 1}
	findFramePrice  = [Strengths]float64{1, 1, 1}
	cropPrice       = [Strengths]float64{1, 1, 1}
	findTextPrice   = [Strengths]float64{1, 1, 1}
	findAroundPrice = [Strengths]float64{1, 1, 1}
	fillPrice       = [Strengths]float64{1, 1, 1}
	inpaintPrice    = [Strengths]float64{1, 1, 1}
	smearPrice      = [Strengths]float64{1, 1, 1}
)
