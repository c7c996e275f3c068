// Package lint holds the rules of this repository that no general linter knows, as tests over its own source:
// which room may import which, where heavy modules may be used, that gold stays out of reach of a search, how
// long files and functions may be, what must have a comment, and what must not be in the text of a file.
//
// It has no code of its own. A finding names the file and line, and what to do:
//
//	memory/plan.go:12: memory imports engine, which is above it: move what is needed down, or hand it in from above
//
// The tables at the top of imports_test.go and shape_test.go are the rules; change them together with the design.
package lint
