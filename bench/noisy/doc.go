// Package noisy simulates a proposer that knows the gold plan and errs at a stated rate, and a judge that does the
// same. Both are a stated simulation, never quoted as a model's result: they serve to compare planning methods
// with one another where no real model is at hand.
//
//	m, err := noisy.Open("trip", 7, 300, noisy.Params{P: 0.65, E: 0.3, Errors: noisy.Diffuse}, nil)
//	r, err := m.Propose(ctx, model.Request{Goal: tasks[0].Goal, N: 5, Outline: true, Seed: 1})
//
// # The model of errors
//
// A sample is right with probability p, lowered to p(1-e)^min(m,2) when the path holds m wrong entries. Right is
// the preferred call of those that remain (with probability .85), or another whose needs are met: commuting orders.
// When nothing remains, right is to finish.
//
// Otherwise the sample is a distractor: a wrong value (.40), a call too early (.15), a wrong tool (.25), a premature
// finish (.10), a repetition or something else (.10); a kind that is impossible at a place gives its share to the
// next. On a path with an error, a share e of the wrong mass is one consistent continuation of that path. A wrong
// place or date is taken along: later calls use the handle that the path made. The simulation takes a slot as
// done when the path has a call of its tool, whatever the value; it does not see its own errors, except for calls
// that failed.
//
// A setter whose place or date no call on the path made can't be written by a model that goes by what it sees: such
// samples carry the bare name, which the tool's schema refuses (see [Options.Valid]).
//
// # Worlds
//
// Where a task has several gold plans, a path is read by the one with which it holds the fewest errors. In arith and
// game24 a call takes the numbers that the path made, wrong ones too; the final answer of arith is what the last
// calculation made. In game24 and blocks, which list the moves that are possible, wrong values and wrong tools are
// possible moves (some are right without being on a listed gold plan), and after a wrong move the simulation goes
// on with a gold plan from where it is, as long as there is one; when no move is left it finishes. With one tool (arith)
// the share of wrong tools goes to wrong values: another operator, another number of the story, numbers swapped.
// Places on a sheet are off by one; where an argument has thirteen choices or more, wrong ones are mostly
// things that the task is about.
//
// # Why trip is harder than home
//
// Measured with votes of five, diffuse errors, p .65, e .3, 300 tasks (azimuth bench run --suite home,trip --strategies
// vote --tasks 60 --judge none --out DIR): home 48 %, trip 29 %. The evidence for the costs had 42 and 58 %. On a path without
// errors .65 of the samples are right in either world, and the vote is right .92 of the time in home and .90 in trip; but
// trip's gold plans have 12.9 calls on the mean and home's 9.0, and .93 a request to the power of 13.9 requests is 36 % already.
// What else is lost, by changing one rule of the simulation at a time (the changes are not in the code, apart from
// [Options.Order]): with the preferred order always, trip 48 % and home 56 %, as more of trip's calls commute and right votes
// are split among them; where a wrong Loc or Date counts as no error and is made anew, 38 %; where a wrong handle is mostly
// one that nobody made, which the schema refuses, instead of the other one of two, 34 %; both, for wrong tools too, 46 %;
// that with wrong tools drawn from all tools, 49 %; that with the preferred order, 62 %. Without premature finishes it is
// 28 %, where failed calls lower nothing 29 %. In 500 such tasks the first thing to go wrong is a wrong value in 49 of 100
// plans that fail, a wrong tool in 18, a finish in 12, a call too early in 12, a repetition in 9. So the difference is one
// of rules that the evidence does not state: here a wrong place is an error that goes on. Compare within a world, not across.
//
// # Kinds of error
//
// With [Diffuse] errors p is the same everywhere and the wrong mass is spread. With [Skewed] errors each slot of
// each task has its own p from Beta(2.5p, 2.5(1-p)), and one distractor takes .7 of the wrong mass: there the
// most frequent sample is often wrong, and more samples don't help.
//
// Outlines are rolled out by the same rule, with .9 p for calls after the first; see [Imagination] for the other
// kind. Tokens are counted by rule, not measured: 1500 and 40 a step for a prompt, 30 for a proposed call, 8 for one
// of an outline.
//
// As a [model.Evaluator] it rates steps of its own: .6 on the mean where the path holds no wrong entry, .4 where it does, with
// a standard deviation of .2, half of whose variance stays when one asks again ([Model.Evaluate]).
//
// # Lessons
//
// Asked for the lesson of a failed attempt ([Model.Complete]) it names, with probability .6, the first wrong call by its
// place (how many calls that did not fail stand before it) and arguments, or a finish that came too early; otherwise another
// one as if that were wrong, as it does where nothing was. A request with that sentence among its lessons draws what it warns
// of with .25 of the probability it had, at that place, in outlines too, and all else in proportion more often: a wrong
// lesson takes mass from the right call. Both numbers are inferred ([Options.Lesson], [Options.Heed]). Nothing but the words
// of the requests carries a lesson.
//
// # Subtasks
//
// As a [model.Decomposer] it takes goals apart as the gold answer does, with errors at the same rate and of the same kind ([Model.Decompose]), and as a
// [judge.Stepper] the judge rates single steps ([Judge.Step]).
//
// A sample depends on the task, the calls on the path and which of them failed, the lessons, the request's seed, and its index;
// on nothing else.
package noisy
