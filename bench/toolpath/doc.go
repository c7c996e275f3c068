// Package toolpath measures the planner of tool paths (CoSTA*, arXiv 2503.10613) in the world of image edits:
//
//	r, err := toolpath.Experiment(ctx, nil)
//	r.Text(os.Stdout)
//
// It draws chains of two to eight edits, lets the planner learn what tools take and are worth on other requests, and then
// compares, on the same requests, the planner at five trade-offs with the cheapest tool for each edit, the best tool for
// each edit, the best path by the learnt numbers alone, and, on short chains, all paths carried out.
//
// # What is simulated
//
// The tools, their outputs and the relation of their prices are real. Two things are not: the subtasks come from the
// words of the goal (no model is asked), and the judge that checks each step is the grader: it compares with the picture
// as it ought to be after the edit. A real judge would err. The quality of a step is how much of the likeness (SSIM) to what
// ought to be there it keeps: that after the step by that before it, at most 1. So the product over a path is about the
// likeness of the result to the target.
package toolpath
