package draw

import (
	"fmt"
	"strconv"
	"strings"
)

// Request names a request. Named is false where only the world is known.
type Request struct {
	World string
	Space Space
	Seed  uint64
	I     int
	Named bool
}

// ParseID reads what [ID] wrote.
func ParseID(id string) (Request, error) {
	q := Request{Named: true}
	name, rest, ok := strings.Cut(id, "-")
	if cut, demo := strings.CutPrefix(rest, "demo-"); demo {
		rest, q.Space = cut, Demo
	}
	a, b, found := strings.Cut(rest, "-")
	if !ok || !found {
		return Request{}, fmt.Errorf("id: %q is not of the form world-seed-number or world-demo-seed-number", id)
	}
	seed, err := strconv.ParseUint(a, 10, 64)
	if err != nil {
		return Request{}, fmt.Errorf("id %q: seed: %w", id, err)
	}
	n, err := strconv.ParseUint(b, 10, 31)
	if err != nil {
		return Request{}, fmt.Errorf("id %q: number: %w", id, err)
	}
	q.World, q.Seed, q.I = name, seed, int(n)
	return q, nil
}
