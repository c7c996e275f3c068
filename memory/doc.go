// Package memory keeps plans that reached their goals, and scores unfinished plans by them.
//
// A [Store] is a file that people can read and edit, one plan a line, or a slice for tests and worlds. It is seeded
// from demonstrations ([Load]) and grows by what runs prove: [Store.Learn] takes a plan only if a judge accepted
// it and it was carried out.
//
//	store, err := memory.Open(path)
//	demos, err := memory.Load(file, memory.YAML)
//	added, err := store.Add(ctx, demos...)
//
// A run takes a snapshot, an [Index], and asks it at every node:
//
//	plans, err := store.List(ctx)
//	index, err := memory.NewIndex(plans, nil)
//	index.Step()      // step cost "memory": how much of the path is a subsequence of a plan (ToolChain*, g_{t,1})
//	index.Heuristic() // heuristic "position": how late in plans the call stands (ToolChain*, h_{t,1})
//	index.Prior()     // how likely each candidate comes next, by plans that begin like the path
//	index.Demos(goal, 4)
//
// The first two are the paper's, as printed, with what the print leaves open filled in where it is documented. They
// let a search skip ahead: a plan's last call alone scores as well as the whole plan. The prior does not.
//
// All plans are compared at once, see [github.com/azimuthdev/azimuth/internal/lcs]: a candidate at a node costs one
// step for each plan that holds its tool, from a row that its siblings share. Against 100,000 plans of 10 calls that
// is some hundred times faster than a table for each plan (BenchmarkScore100k, BenchmarkScoreNaive100k).
package memory
