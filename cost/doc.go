// Package cost says what a step costs: named components, and the presets that make them one number to search by.
//
//	scorer, err := cost.New("azimuth", &cost.Options{W: new(1.5)})
//	s, err := search.New(search.AStar, &search.Options{Preset: search.Azimuth, Scorer: scorer})
//
// [Explain] names the parts of a node's numbers afterwards.
//
// # Preset paper
//
// ToolChain* (arXiv 2310.13227) as printed: step costs and h are weighted geometric means in [0,1] of memory and
// self-consistency, and of memory position and imagined rest. Its defects, and what is done about them:
//
//   - Its algorithm prints argmax f where all its text minimises: the plan with the lowest f is taken.
//   - Its "average" position in memory lacks the divisor: package memory divides by the number of plans with the call.
//   - One sample agrees with itself, so with k = 1 every step is free: [search.New] refuses it.
//   - If either component of a step is perfect, the other does not count (0 to any power). Kept, as printed.
//   - Ending a plan early is cheap, because what is left undone costs nothing. Kept, as printed; the data-driven test
//     testdata/finish_early.txt shows it.
//   - h is at most 1 against a g of up to the depth, so it hardly guides. Kept, as printed.
//
// # Presets azimuth and outline
//
// All numbers are in one unit, nats of doubt. A step costs the negative log posterior that it is the right one, given
// the votes and a weak prior from memory; its pseudo-sibling "none of the sampled" keeps doubt alive where samples are few.
// h is the expected number of steps left times what a step cost on average in this run. A finished plan is charged for
// each call that it is short of what the samples expect. A verdict adds the judge's log odds. outline has the same formulas
// and other constants, for a tree in which samples are whole plans. The evidence for each of these choices was
// measured in a simulator; see [Options] for the defaults.
//
// [Observe] and [Calibrate] fit tau, and what a run expects before it has seen anything, to plans that succeeded.
//
// # Preset auto
//
// outline until a plan is rejected, or outlines are behind a walk (a request for each call) by more requests than
// search.Options.Patience, then azimuth on the same tree. The votes of outlines at places where nobody was asked are taken back
// at that point. docs/results.md has what that is worth.
//
// # Components
//
// [Price], [Latency] and [Health] are in [0,1] and add to a step's cost with a weight each. Memory's two components come
// from package memory. Their values reach a scorer as the parts of a candidate, by the names of the Part constants.
//
// # How the presets compare
//
// Success with a simulated proposer (p .65, e .3, k 5, five demonstrations, 40 model and judge calls at most) over 100 tasks of each
// world; the calls used stand behind the @; the 95 % interval is up to 10 points to either side. uniform has the costs of
// azimuth here. outline and auto were given whole outlines, the others how many calls would follow. It is a simulation,
// not a result about any model. go test ./cost -run TestNoisy -cells -v repeats it.
//
//	                        greedy   vote     uniform  paper    azimuth  outline  auto
//	home, diffuse           2@11     38@10    23@22    0@7      64@15    100@10   100@10
//	home, skewed            0@12     4@12     10@25    6@13     17@21    9@28     8@28
//	home, diffuse, judge    2@12     38@11    34@29    4@24     76@20    100@12   99@13
//	home, skewed, judge     0@13     4@13     12@32    15@28    21@31    11@34    14@34
//	trip, diffuse           0@12     31@13    14@26    0@5      66@19    99@13    98@13
//	trip, skewed            0@12     2@14     5@24     2@8      17@27    5@26     5@28
//	trip, diffuse, judge    0@13     31@14    24@35    3@22     76@24    99@14    98@15
//	trip, skewed, judge     0@13     2@15     7@31     6@27     23@33    7@34     10@35
package cost
