// Package demos decides how many demonstrations a request is shown: few where it is easy, more where they help, within a
// budget of tokens. It is DynaICL (Zhou et al., arXiv 2305.11170).
//
//	c, err := demos.Train(examples, []int{0, 5, 10}) // features of a request and how many it needed
//	n := c.Count(features)                           // how many it takes to do well
//	ns, err := demos.Allocate(wanted, demos.Budget{Tokens: 20_000, Length: 150})
//
// The number goes where a request's demonstrations are chosen: Settings.Demos of a run. Nothing sets that by itself: a
// program that knows features of its requests does. The paper's second stage, which trains the controller by reinforcement,
// is not in, and a logistic regression takes the place of its language model.
package demos
