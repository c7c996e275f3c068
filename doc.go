// Package azimuth plans before it acts. Given a goal and tools it searches over chains of tool calls for the
// cheapest valid plan, under hard budgets; it then has the effects of the plan approved, carries them out, repairs
// the plan when reality disagrees, and keeps a journal from which an interrupted run goes on.
//
//	weather := tool.Func("weather", "The weather in a city.", lookUp, &tool.FuncOptions{Effect: tool.Read})
//	book := tool.Func("book", "Books a table outside.", reserve, &tool.FuncOptions{Effect: tool.Destructive})
//
//	agent, err := azimuth.New([]tool.Tool{weather, book}, &azimuth.Options{Model: m})
//	…
//	result, err := agent.Run(ctx, "A table outside on the first dry evening this week")
//
// # What a search may do
//
// While searching, only calls that leave nothing behind are made: those of tools whose effect is pure or read, and
// any call in a [tool.World], on a copy. Everything else waits until the plan is carried out, and is carried out
// only when it was approved: by [Options.Approve], or by the [effect.Approver]. A tool that did not say what it
// does to the world is treated as if it did the worst.
//
// # Plan, then apply
//
// [Agent.Plan] searches and returns a [Plan] that can be written to a file, read, reviewed and edited.
// [Agent.Apply] carries out exactly that. [Agent.Run] does both.
//
// # Going on
//
// Every run has a journal (in memory, or in SQLite with [Options.Store]). [Agent.Resume] goes on with a run that
// was interrupted or ended early: nothing that completed is done again, and an effect that was under way when the
// process died is asked about. [Agent.Fork] branches off at a node of the tree.
package azimuth
