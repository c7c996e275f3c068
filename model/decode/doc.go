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
// A model behind an endpoint is steered the same way where it shows its likeliest next tokens and goes on with an answer that
// was begun ([model.TokenModel]; llama.cpp's server does). [Live] makes a [Categorical] of it, exact over the tokens that are shown:
//
//	l, err := decode.NewLive(ctx, m, request, &decode.LiveOptions{Choices: texts})
//	m, err := decode.VAS(l, l.Over(l.Expect(worth)), nil)
//	text := l.Text(decode.Sample(m, nil, rng))
//
// Values are added here and the token is drawn here. Where an endpoint takes biases of numbered tokens ([model.BiasModel]) it can
// draw instead, a request a token, since a bias holds for a whole completion while values change with each token:
//
//	b, err := decode.NewBiased(ctx, m, request, &decode.LiveOptions{Choices: texts})
//	counts, err := b.Draw(l.Expect(worth), 3, samples)
//
// Over the same tokens the probabilities are the same. [Bias] is the bias.
//
// [Proposer] is a [model.Model] that does this for the first tool of each sample; the setting Decode of a run puts it before the
// run's model, with the worth of a tool from memory.
package decode
