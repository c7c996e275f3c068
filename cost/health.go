package cost

import (
	"context"
	"sync"
)

// Health is the reliability part of a step's cost: the share of a tool's calls that failed, smoothed as if one failure
// in ten calls had been seen before the first (inferred: plain Laplace smoothing would call an untried tool as bad as
// one that fails every other time, and so make ending the plan look better than trying). Safe for concurrent use; the zero
// value is ready.
type Health struct {
	mu     sync.RWMutex
	counts map[string]calls
}

type calls struct{ all, failed int }

// Observe counts a call of a tool.
func (h *Health) Observe(tool string, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.counts == nil {
		h.counts = map[string]calls{}
	}
	c := h.counts[tool]
	c.all++
	if !ok {
		c.failed++
	}
	h.counts[tool] = c
}

// Failures is the smoothed share of failed calls of a tool, in (0,1); 0.1 for one never seen.
func (h *Health) Failures(tool string) float64 {
	h.mu.RLock()
	defer h.mu.RUnlock()
	c := h.counts[tool]
	return (float64(c.failed) + 1) / (float64(c.all) + 10)
}

// Name implements [Step].
func (*Health) Name() string { return PartHealth }

// Cost implements [Step].
func (h *Health) Cost(_ context.Context, _ *State, c *Candidate) (float64, error) {
	if c.Finish {
		return 0, nil
	}
	return h.Failures(c.Call.Tool), nil
}
