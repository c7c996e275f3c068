package engine

import (
	"github.com/azimuthdev/azimuth/internal/splitmix"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// stateKey names what is the case at the end of a path whose calls were made: the world's state and, since knowing more is
// another state too, the calls with their answers, in any order. 0 where the strategy doesn't want to know, or a call is
// yet to be made. It errs on the side of telling states apart: two ways are one only if they made the same calls.
func (e *Engine) stateKey(j *job) uint64 {
	if c, ok := e.cfg.Strategy.(search.Closer); !ok || !c.Closes() {
		return 0
	}
	h := uint64(0)
	for i := range j.nodes {
		p := &j.nodes[i]
		if p.obs.status != model.Observed {
			return 0
		}
		one := fnvString(fnvString(offset64, p.act.call.Tool), string(p.act.call.Args))
		h += splitmix.Mix(fnvString(fnvString(one, p.obs.result.Content), string(p.obs.result.Value)))
	}
	if j.world != nil {
		h = splitmix.Mix(fnvString(h, string(j.world.State())))
	}
	return max(splitmix.Mix(h), 1)
}
