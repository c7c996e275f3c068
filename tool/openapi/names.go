package openapi

import (
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/tool"
)

// pathName makes a name of a method and a path: get_pets_id.
func pathName(method, path string) string {
	return strings.Trim(strings.ToLower(method)+tool.ValidName("_"+strings.NewReplacer("{", "", "}", "").Replace(path)), "_")
}

// unique returns the name, or the name with the first number from 2 that makes it one not yet taken, and takes it.
func unique(taken map[string]bool, name string) string {
	out := tool.ValidName(name)
	for i := 2; taken[out]; i++ {
		out = tool.ValidName(fmt.Sprintf("%s_%d", name, i))
	}
	taken[out] = true
	return out
}
