// Package world is the register of the bench's worlds: sandboxes with tools, requests and, out of a run's reach,
// graders.
//
//	w, err := world.Open("trip", nil)            // a tool.World
//	tasks, err := world.Tasks("trip", 7, 100)    // requests, without answers
//	demos, err := world.Demos("trip", 7, 5)      // solved requests, to be shown to a planner
//
// # Gold never enters
//
// Tasks carry an id and a goal and nothing else. Their answers are in the packages grade (here by name, and below
// each world), which neither this package nor a world imports, and which only the bench may import; a test
// walks the module for offenders. Demonstrations come from a space of requests of their own, with places that no
// task names, so showing them gives nothing away.
package world
