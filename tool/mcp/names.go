package mcp

import (
	"fmt"

	"github.com/azimuthdev/azimuth/tool"
)

// maxRounds bounds the tries to tell names apart: a second is needed only for a name made to look hashed already.
const maxRounds = 4

// source is where a tool comes from: a server and the tool's name there.
type source struct{ server, tool string }

// toolNames gives each tool a name that every provider takes (^[a-zA-Z0-9_-]{1,64}$) and that no other tool has:
// its own where it is the only one, else server__tool, and with a short hash of both where that is taken too.
// The same sources give the same names, in any order; no source may be there twice.
func toolNames(sources []source) []string {
	plain := make([]string, len(sources))
	for i, s := range sources {
		plain[i] = tool.ValidName(s.tool)
	}
	names := make([]string, len(sources))
	used := counts(plain)
	for i, s := range sources {
		if names[i] = plain[i]; used[plain[i]] > 1 {
			names[i] = tool.ValidName(s.server + "__" + s.tool)
		}
	}
	for round := range maxRounds {
		used = counts(names)
		for i, s := range sources {
			if used[names[i]] > 1 {
				names[i] = tool.HashName(names[i], fmt.Sprint(s.server, "\x00", s.tool, "\x00", round))
			}
		}
	}
	return names
}

func counts(names []string) map[string]int {
	n := make(map[string]int, len(names))
	for _, name := range names {
		n[name]++
	}
	return n
}
