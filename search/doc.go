// Package search holds the tree of a plan search and the strategies that grow it. It knows numbers and ids only: what a
// call is, what it costs in dollars and who proposed it stay outside, so that a search can be replayed, fuzzed and
// checked against brute force.
//
// A strategy is asked for work and told what came of it:
//
//	tree := search.NewTree(nil)
//	s, err := search.New(search.Vote, &search.Options{Samples: 5})
//	for !s.Done(tree) {
//		for _, r := range s.Ask(tree, 1) {
//			s.Tell(tree, r, work(tree, r)) // sample r.Samples calls after r.Node, or judge the plan that ends there
//		}
//	}
//	plan, complete := s.Best(tree)
//
// # The tree
//
// Each node is a step: a call, or a final answer. It keeps its votes (how many samples proposed it), the samples drawn
// behind it, the imagined rest, and its costs: g, the sum of the steps to it; h, the estimate of what follows; and for
// final answers a charge. Nothing is ever removed: a step that is given up stays, and [Tree.Status] says why.
//
// # The frontier
//
// One best-first core serves astar, uniform, qstar, greedy and vote: the node with the lowest f = g + h + charge is worked on next; of equal ones
// the deeper, then the one that was proposed first, so that runs can be repeated. A final answer that comes up is judged,
// once, and comes back with the odds of the verdict; when it comes up again it is the plan. While requests are under way
// it has to wait for those whose f was lower, so parallel runs keep the bound of serial ones.
//
// What differs is the pricing ([Scorer], with presets in package cost) and which nodes count: uniform drops h; greedy and
// vote follow the leader of a place only; with outlines, what samples imagine are nodes too, and a place on which they
// agree needs no request of its own.
//
// # Walks, beams and passes
//
// The other strategies don't go by f. What they do next follows from what was told, so they need no frontier:
//
//   - bestofn, majority, adaplanner and reflexion walk from the beginning to a final answer, one way or several, and differ
//     in what they do at its end or where a call fails;
//   - beam and dfs have every place sampled and its steps rated ([Evaluate]), and go on with the best of a level, or
//     deeper with the best of a place; vgps goes one way, by a draw among rated samples;
//   - mcts, rap, lats and cpl are one tree search with other settings ([TreeOptions]): passes go down by UCT or PUCT, go on
//     by a rollout, and leave what they brought on their way ([Tree.Visits]);
//   - tts looks at the first outcome, and is bestofn or beam from then on ([Reasoner] says why).
//
// They stop at the first plan that is accepted. What they need of a model beyond proposals they say ([Needy]), so that a
// model that writes no lessons ([Reflect]) is refused before anything is spent.
//
// # State graphs
//
// Where all transitions are known, as in a puzzle, [Graph] searches states instead of a tree, from the same frontier:
// Dijkstra's algorithm, A* and Q* are its settings.
//
//	g, err := search.NewGraph(domain, start, &search.GraphOptions[State]{Q: q})
//	s, err := g.Solve() // s.Actions, s.Cost, and whether that is proved
//
// # Tool paths
//
// Where it is known which tools can follow which, [Costa] searches that graph by price and quality at once (CoSTA*), again
// from the same frontier, and has steps carried out, checked and tried again on the way. Package engine/toolpath runs it.
//
// # Carrying out
//
// The engine tells two kinds of outcome that nobody asked for. [Commit] says that a call was made for real: only what
// follows it counts from then on. If it failed, the call is dropped and the place before it is open again; if it
// answered otherwise than assumed, what follows it is dropped and asked for anew. [Focus] moves to any node, for forks.
// Make these requests with [Tree.Request].
//
// # Rebuilding
//
// Everything that changes a tree is told, and a request's id says which attempt at which node it is. So outcomes may
// arrive in any order or twice, a fresh strategy told the same outcomes stands where the first one stood
// ([Tree.Digest]), and what was under way when a process died is simply asked for again.
package search
