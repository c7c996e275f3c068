package tool

import (
	"encoding/json"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// Renumber returns args with every reference's step number replaced by f's. Arguments without references come
// back as they are.
func Renumber(args json.RawMessage, f func(step int) int) json.RawMessage {
	if len(Refs(args)) == 0 {
		return args
	}
	out, err := replace(args, func(r Ref) (json.RawMessage, error) {
		r.Step = f(r.Step)
		return canon.Marshal(r.String())
	})
	if err != nil { // only JSON that Refs could not have read either
		return args
	}
	return out
}
