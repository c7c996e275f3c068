package draw

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseID reads what [ID] wrote.
func ParseID(id string) (world string, space Space, seed uint64, i int, err error) {
	world, rest, ok := strings.Cut(id, "-")
	if cut, demo := strings.CutPrefix(rest, "demo-"); demo {
		rest, space = cut, Demo
	}
	a, b, found := strings.Cut(rest, "-")
	if !ok || !found {
		return "", 0, 0, 0, fmt.Errorf("id: %q is not of the form world-seed-number or world-demo-seed-number", id)
	}
	if seed, err = strconv.ParseUint(a, 10, 64); err != nil {
		return "", 0, 0, 0, fmt.Errorf("id %q: seed: %w", id, err)
	}
	n, err := strconv.ParseUint(b, 10, 31)
	if err != nil {
		return "", 0, 0, 0, fmt.Errorf("id %q: number: %w", id, err)
	}
	return world, space, seed, int(n), nil
}
