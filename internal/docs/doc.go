// Package docs keeps the pages true, as tests: links lead somewhere, examples are read by the code that reads a user's,
// the README's program is the one that the compiler sees, and tests that a page names are there. The flags and the
// command lines of the pages are held by cmd/azimuth.
//
// It has no code of its own. An example is marked by a comment on the line before it:
//
//	<!-- mcp example -->
package docs
