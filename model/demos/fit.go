package demos

// Most is how many demonstrations [Fit] shows at most.
const Most = 16

// near is the part of the nearest one's likeness that a demonstration needs to be worth its tokens; inferred.
const near = 0.5

// Fit returns how many of the nearest demonstrations of one request to show, at most [Most]: like is how like the request
// each is, in [0,1], and tokens what it takes, the nearest first. They end where the budget of tokens ends, and
//
//   - without a controller at the first that is less than half as like as the first one. Nothing of that is learnt: it is
//     what there is until a [Controller] was trained;
//   - with one at the number that it says for these [Features].
func Fit(like []float64, tokens []int, budget int, c *Controller) int {
	most := min(len(like), len(tokens), Most)
	if c != nil {
		most = min(most, c.Count(Features(like)))
	}
	for i := range most {
		if budget -= tokens[i]; budget < 0 || c == nil && (like[i] == 0 || like[i] < near*like[0]) {
			return i
		}
	}
	return most
}

// Features are what [Fit] tells a controller of a request: the likeness of the nearest demonstration, the mean likeness, and
// the share of demonstrations of at least half the nearest one's likeness, all in [0,1] and 0 without any. Train on the same.
func Features(like []float64) []float64 {
	f := make([]float64, 3)
	for _, x := range like {
		f[1] += x / float64(len(like))
		if x > 0 && x >= near*like[0] {
			f[2] += 1 / float64(len(like))
		}
	}
	if len(like) > 0 {
		f[0] = like[0]
	}
	return f
}
