package openapi

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// maxName is the longest name of a tool or parameter that every provider takes.
const maxName = 64

// validName makes a name that matches ^[a-zA-Z0-9_-]{1,64}$: every other character becomes _, runs of it one, and
// what is too long ends in a hash of the whole.
func validName(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	name := b.String()
	if name == "" {
		name = "_"
	}
	if len(name) <= maxName {
		return name
	}
	h := fnv.New32a()
	h.Write([]byte(s))
	return fmt.Sprintf("%s_%08x", name[:maxName-9], h.Sum32())
}

// pathName makes a name of a method and a path: get_pets_id.
func pathName(method, path string) string {
	return strings.Trim(strings.ToLower(method)+validName("_"+strings.NewReplacer("{", "", "}", "").Replace(path)), "_")
}

// unique returns the name, or the name with the first number from 2 that makes it one not yet taken, and takes it.
func unique(taken map[string]bool, name string) string {
	out := validName(name)
	for i := 2; taken[out]; i++ {
		out = validName(fmt.Sprintf("%s_%d", name, i))
	}
	taken[out] = true
	return out
}
