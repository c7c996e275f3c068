// Package demos decides how many demonstrations a request is shown: few where it is easy, more where they help, within a
// budget of tokens. It is DynaICL (Zhou et al., arXiv 2305.11170).
//
//	c, err := demos.Train(examples, []int{0, 5, 10}) // features of a request and how many it needed
//	n := c.Count(features)                           // how many it takes to do well
//	ns, err := demos.Allocate(wanted, demos.Budget{Tokens: 20_000, Length: 150})
//
// In a run the number goes where demonstrations are chosen: azimuth.AutoDemos asks [Fit], which takes the nearest that are like
// the goal within a budget of tokens, and a trained controller's word in azimuth.Settings.DemoController. [Calibrate] trains one from
// runs of the same requests with several numbers, by [Features] of their likeness and [Needed] of what they reached; azimuth.Calibrate
// takes these from journals. The paper's second stage, which trains the controller by reinforcement, is not in, and a logistic
// regression takes the place of its language model.
package demos
