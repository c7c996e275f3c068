// Package calql trains a critic from recorded episodes: how good an action is in a state, Q(s,a), linear in features that
// the caller has. It is the critic that value-guided steering ([github.com/azimuthdev/azimuth/search.VGPS]) re-ranks a
// policy's samples by (V-GPS, Nakamoto et al., arXiv 2410.13816), trained by calibrated Q-learning (Cal-QL, Nakamoto et
// al., arXiv 2303.05479):
//
//	returns := calql.Returns(rewards, .98)        // of an episode, from each of its steps on
//	steps := []calql.Step{{Done: phi(s, a), Reward: 0, Return: returns[0], Here: choices(s), Next: choices(s2)}, …}
//	critic, err := calql.Train(ctx, features, steps, nil)
//	q := critic.Q(phi(s, a))
//
// A table is the special case of one feature a state and action ([OneHot]); tile coding and the like are the caller's.
// What is minimised is, on the mean over steps (s, a, r, s') of the data,
//
//	(Q(s,a) - y)^2 + alpha * ( E_{b~pi}[ max(Q(s,b), V(s)) ] - Q(s,a) ),    y = r + gamma * E_{b~pi} Q'(s',b)
//
// with V(s) the return that was had from s on, Q' a copy that follows slowly, and b from what the policy may do. The second
// term pulls down what the policy would do and the data has not, so that it is not overrated, and V is the floor under it:
// what is below pays nothing. Without the floor it is CQL (Kumar et al., arXiv 2006.04779), with alpha 0 TD
// learning of the policy's own values, and fitted Q-iteration with [BackupMax].
//
// Settings of the paper are named beside each of [Options]; the defaults are for a critic that is linear, and inferred.
// What its code has besides, two critics, an entropy term, a policy trained along and actions drawn evenly, is left out: here
// the policy is given and its choices can be gone through.
package calql
