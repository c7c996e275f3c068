// Package engine runs a goal: it asks a [search.Strategy] what to work on, does the work, tells the strategy what
// came of it, and carries the plan out.
//
// One [Engine] is one run:
//
//	e, err := engine.New(engine.Config{Goal: goal, Tools: set, Model: m, Strategy: s, …}, nil)
//	r, err := e.Run(ctx)
//
// # Working on a node
//
// A candidate's call is made when its node is selected, not when it is proposed. During the search only calls that
// leave nothing behind are made: pure ones, reads that no effect of the path could change, and any call in a
// [tool.World], on a copy. Everything else is deferred until the plan is carried out; a later argument can refer to
// what a deferred call will answer with ${steps.N.path}, see [tool.Resolve].
//
// # Order
//
// Everything that changes the tree is told in one goroutine, in one order, and journaled before the next request is
// asked. With [Exact] parallelism the engine works ahead on the nodes that would be next, but tells results in the
// order of a serial run, so that any width gives the same tree for as long as the budget lasts; work that turned
// out not to be needed is counted as waste. [Batch] tells results as they come.
//
// # Carrying out
//
// A chosen plan is approved step by step and carried out through the effect gate. A step that fails, is rejected, or
// answers otherwise than its descendants assumed, is told to the strategy, and the search goes on from the real
// state with what budget is left. A run that was interrupted is rebuilt from its journal by [Rebuild]: nothing that
// completed is done again, and an effect that was under way is asked about.
package engine
