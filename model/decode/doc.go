// Package decode steers what a model writes, token by token, by how good it is thought to become, while the model stays as
// it is. It works on anything that gives the probabilities of the next token, a [Categorical]:
//
//	l, err := decode.NewLanguage(5, 6, 1)  // a model that is built in: all its texts can be gone through
//	r := l.Reward(2)
//	v, err := decode.Expect(l, r, nil)     // how good a text that begins so will be on the mean
//	m, err := decode.VAS(l, v, nil)        // value augmented sampling
//	text := decode.Sample(m, nil, rng)
//
// [VAS] uses the value of the model's own continuations, learned once ([LearnTD]). [TransferQ] uses those of another model
// that is aligned already, with the reward that is wanted or with another one. [Optimum] is what both come near: the best
// trade of reward against distance from the model, which needs all texts gone through.
//
// # Endpoints
//
// A hosted model is steered the same way where it returns the log-probabilities of its likeliest tokens and takes a bias
// on them: [Bias] says which. No adapter of Azimuth sends it: a bias holds for a whole completion while values change with each
// token, so each token would take a request of its own.
package decode
