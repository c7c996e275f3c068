// Package puzzle measures Q* against A* (arXiv 2102.04518, "A* Search Without Expansions") on three puzzles whose action
// sets grow: Rubik's cube with 12, 156 and 1884 actions ([rubik]), Lights Out with 25 and 49 ([lightsout]), and pancakes with
// up to 34 ([pancake]).
//
//	r, err := puzzle.Run(ctx, nil)
//	err = r.Text(os.Stdout)
//
// Both methods are settings of one search ([search.Graph]) and see the same numbers: q(s, a) is the cost of a plus h of the
// state behind it. So what differs is what the paper is about: A* generates and estimates every state behind a
// state, Q* prices all actions in one pass and generates a state when its edge comes up.
//
// # What stands in for the network
//
// The paper's q is a deep network, of which one forward pass gives all actions. Here it is a pattern database, a
// gap count or linear algebra, which look at the parent alone and price all actions in one go. Such a pass costs microseconds
// and grows with the number of actions; a network's costs a thousand times that and hardly grows. So nodes
// generated and evaluations carry over, and measured times do not: they are what they are, and beside them stands a time
// that is computed, not measured, for evaluations at a fixed price ([Options].Pass). On a graphics card that price is less
// for the thousand children that A* hands over at once than for as many states one by one, so that the computed
// time speaks for Q* more than a card would.
//
// "learned" estimates are the exact ones with an error of up to 10 % (Rubik's cube) or 30 % (Lights Out, on true distances)
// either way, as a stand-in for training; they are no bounds, and nothing is promised of what they lead to.
package puzzle
