package toolpath

// The prices were measured by BenchmarkTools, single-threaded on a two-core virtual machine, in nanoseconds a pixel by
// strength, the least of six runs. Only their ratios matter.
var (
	boxPrice        = [Strengths]float64{56, 56, 130}
	gaussianPrice   = [Strengths]float64{67, 66, 87}
	medianPrice     = [Strengths]float64{190, 140, 520}
	bilateralPrice  = [Strengths]float64{2100, 1500, 1200}
	unsharpPrice    = [Strengths]float64{100, 100, 100}
	laplacianPrice  = [Strengths]float64{46, 47, 47}
	deconvolvePrice = [Strengths]float64{220, 440, 880}
	stretchPrice    = [Strengths]float64{20, 20, 20}
	grayPrice       = [Strengths]float64{21, 21, 21}
	whitePrice      = [Strengths]float64{21, 21, 21}
	nearestPrice    = [Strengths]float64{27, 27, 26}
	bilinearPrice   = [Strengths]float64{89, 90, 90}
	bicubicPrice    = [Strengths]float64{230, 230, 230}
	trimPrice       = [Strengths]float64{15, 16, 15}
	findFramePrice  = [Strengths]float64{130, 140, 140}
	cropPrice       = [Strengths]float64{11, 11, 11}
	findTextPrice   = [Strengths]float64{1.9, 2.3, 3.4}
	findAroundPrice = [Strengths]float64{2.8, 5.6, 50}
	fillPrice       = [Strengths]float64{36, 39, 58}
	inpaintPrice    = [Strengths]float64{220, 510, 1200}
	smearPrice      = [Strengths]float64{510, 1200, 2600}
)
