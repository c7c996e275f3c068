// Package bench compares ways of searching on the same tasks and seeds at equal budget, with honest numbers.
//
// A [Spec] says what is compared: suites of tasks, contenders, seeds, budgets, and who proposes and judges. A [Runner]
// carries it out through the product itself, one [azimuth.Agent] a task, and puts a [Row] for every task into a
// [Sink]: a directory ([OpenDir]), from which an interrupted run goes on, or memory ([Collected]).
//
//	spec := bench.Spec{Suites: []string{"home"}, Strategies: []string{"vote", "astar:preset=azimuth:k=10"}, Tasks: 60, Seeds: 5,
//		Budgets: []budget.Limits{{ModelCalls: 20}, {ModelCalls: 40}}, P: []float64{0.65}, Errors: []string{"skewed"}}
//	r, err := bench.NewRunner(spec, nil)
//	rows, err := bench.OpenDir("out", r.Manifest(args), true)
//	err = r.Run(ctx, rows)
//	tables := bench.Tables(spec, rows.Rows())
//
// # What is equal
//
// Contenders get the same tasks, the same seeds, the same budget, the same memory of five solved requests, the same
// world and the same judge, and differ in their [azimuth.Settings] only; contenders that learn from journals may have [Spec].Lessons before,
// on requests drawn by seeds that no row has. A row depends on the spec and on nothing else
// but the clock: any parallelism, any order and any number of interruptions give the same rows, wall time aside.
//
// # What a success is
//
// A finished plan whose calls, made in a new world, succeed by the world's own rule: mostly, that they lead to exactly the
// gold state and none fails. Whether the run itself claimed success is kept beside it. Answers are known to the grader only: a run is given tools, a goal and
// solved requests of other tasks. The simulated proposer and judge of [noisy] know the answers, since they are what
// is simulated; every table that rests on them says so.
//
// # Statistics
//
// [Wilson] intervals of success; [Compare] for two contenders on the same tasks, with McNemar's test, exact and
// mid-p, and [Holm]'s correction where one table makes several comparisons; [Saved] for calls at no lower success.
package bench
