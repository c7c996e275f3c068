// Package world is the register of the bench's worlds: sandboxes with tools, requests and, out of a run's reach,
// graders.
//
//	w, err := world.Open("trip", nil)            // a tool.World
//	tasks, err := world.Tasks("trip", 7, 100)    // requests, without answers
//	demos, err := world.Demos("trip", 7, 5)      // solved requests, to be shown to a planner
//
// There are eight, with plans of so many calls:
//
//	home       search for a home by criteria           7 to 11   as ToolBench grades: the dictionary, no failed call
//	trip       search for tickets and hotels           9 to 18   the same; places and dates are made by calls of their own
//	sheets     edits of a table                        2 to 6    the table and its formats, no failed call
//	household  forty verbs in a house                  4 to 22   the lines of a gold plan, by longest common subsequence
//	arith      word problems and a calculator          2 to 8    the number in the final answer
//	game24     the Game of 24                          3         one number is left, 24
//	toolpath   edits of a picture by real image tools  3 to 13   likeness (SSIM) of what was delivered to the target
//	blocks     Blocksworld with prices                 4 to 14   what was asked for holds; cost against the exact optimum
//
// All are re-created by rule, with requests of our own: scores compare in kind with published ones, not in value. In
// sheets, game24, blocks and toolpath each request begins in a state of its own; open the world by the request's id:
//
//	w, err := world.Open(tasks[0].ID, nil)
//
// The built-in lexical model, first sample by first sample, reaches the goals of 100 of 100 requests (seed 77) in home and
// in trip, and of none in the other six: it sets criteria, and neither calculates nor follows a chain of effects.
//
// # Gold never enters
//
// Tasks carry an id and a goal and nothing else. Their answers are in the packages grade (here by name, and below
// toolpath), which neither this package nor a world imports, and which only the bench may import; a test
// walks the module for offenders. Demonstrations come from a space of requests of their own, with names, numbers
// or chores that no task has, so showing them gives nothing away.
package world
