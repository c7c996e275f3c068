// Package judge says whether a finished plan reaches its goal, and how well.
//
// There are four kinds of judges. Each sees the goal, the steps with what came of them, the final answer and, in a
// world, the state that the steps left:
//
//	judge.Expression(`size(state.bookings) == 1 && answer.contains("Oslo")`, nil) // CEL, bounded in work and time
//	judge.Schema("answer.json", schema, judge.Answer)                            // JSON Schema
//	judge.Command([]string{"./check", "--strict"}, nil)                          // any program: 0 accepts, 1 rejects
//	judge.Model(m, &judge.RubricOptions{Rubric: "The booking is under 500."})    // a model with a rubric
//
// [Parse] makes them from the text of a flag. A judge is asked about finished plans only, once for each distinct one
// ([Cached]); one that asks a model also rates single steps ([Stepper]) for a search that goes by subtasks. It is not the grader of a benchmark: a world's gold never reaches it.
//
// An error is no verdict. A plan that can't be shown to reach its goal, because an answer does not parse or a key is
// missing, is rejected with the reason; a judge that fails itself, runs into its limits or is asked about what
// is not there gives an error, and the caller decides.
package judge
