// Package toolpath plans and carries out chains of tools by price and quality at once: CoSTA* (Gupta et al., arXiv
// 2503.10613) around [search.Costa], which is its search.
//
//	subtasks, usage, err := toolpath.Decompose(ctx, m, goal, catalog.Kinds)
//	res, err := toolpath.Run(ctx, toolpath.Task{
//		Catalog: catalog, Table: table, Subtasks: subtasks, World: w,
//		Call:  func(s toolpath.Step) (tool.Call, error) { … },       // how this tool is called here, with which settings
//		Check: func(ctx context.Context, s toolpath.Step, o toolpath.Output) (float64, error) { … }, // how good it is
//	}, &toolpath.Options{Search: search.CostaOptions{Alpha: new(0.5)}})
//
// # The three stages
//
//  1. [Decompose] asks the model, bound to a schema, for the subtasks of a goal and the orders in which they can be
//     done. A model without text has a stand-in: the goal's clauses, each for the kind of subtask whose description
//     has its words (BM25). It gives one order, or two where the goal leaves the order open.
//  2. The tools that the subtasks need, and what these need, become one graph ([search.PruneTools]), priced by a
//     [Table] of what each tool took and was worth at each kind of subtask.
//  3. [Run] searches that graph and carries the steps out in forks of a world as the search goes, checks each, tries
//     again with other settings where the check fails, and turns to other tools where that fails too.
//
// # Learning
//
// The numbers in a [Table] are running means with counts. [Run] adds what it saw to the table of its task, failures too, so the
// next run knows. With [Options].Journal it also writes the run to a journal, from which [Table.Learn] reads
// the same numbers later; from a journal of any other strategy it learns the prices of the effects that were carried
// out, by the times of their records.
package toolpath
