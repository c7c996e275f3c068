package judge

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"github.com/azimuthdev/azimuth/model"
)

// maxCached bounds the verdicts that are kept; a run judges far fewer plans.
const maxCached = 4096

// Cached returns a judge that is asked once for plans that differ only in the order of their calls: the same goal,
// the same calls as often each, the same answer, and in a world the same state. A judge asked twice about one thing
// gives no new evidence, only a second chance for its error. Verdicts from the cache have no usage. Errors are not kept. Equal plans judged at
// the same time wait for the first.
//
// Use one for a run, not across runs: what the same calls did may have changed by then.
func Cached(j Judge) Judge { return &cached{judge: j, asked: map[[sha256.Size]byte]*asked{}} }

type cached struct {
	judge Judge

	mu    sync.Mutex
	asked map[[sha256.Size]byte]*asked
	order [][sha256.Size]byte // the oldest first
}

type asked struct {
	done    chan struct{} // closed when verdict or err is there
	verdict Verdict
	err     error
}

// Name implements [Judge].
func (c *cached) Name() string { return c.judge.Name() }

// Estimate implements [Estimator]: nothing for a plan that was asked about.
func (c *cached) Estimate(p Plan) model.Usage {
	e, ok := c.judge.(Estimator)
	if !ok {
		return model.Usage{}
	}
	c.mu.Lock()
	_, known := c.asked[planKey(p)]
	c.mu.Unlock()
	if known {
		return model.Usage{}
	}
	return e.Estimate(p)
}

// Judge implements [Judge].
func (c *cached) Judge(ctx context.Context, p Plan) (Verdict, error) {
	key := planKey(p)
	for {
		a, mine := c.ask(key)
		if mine {
			return c.settle(ctx, key, a, p)
		}
		select {
		case <-a.done:
		case <-ctx.Done():
			return Verdict{}, ctx.Err()
		}
		if a.err == nil {
			return a.verdict, nil
		}
	}
}

// ask returns the question's entry, and whether the caller is the one to put it.
func (c *cached) ask(key [sha256.Size]byte) (a *asked, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if a, ok := c.asked[key]; ok {
		return a, false
	}
	a = &asked{done: make(chan struct{})}
	c.asked[key] = a
	c.order = append(c.order, key)
	if len(c.order) > maxCached {
		delete(c.asked, c.order[0])
		c.order = c.order[1:]
	}
	return a, true
}

// settle puts the question. Whoever waits goes on also when the judge panics.
func (c *cached) settle(ctx context.Context, key [sha256.Size]byte, a *asked, p Plan) (Verdict, error) {
	a.err = fmt.Errorf("judge %s gave no verdict", c.judge.Name())
	defer close(a.done)
	defer func() {
		if a.err != nil {
			c.forget(key, a)
		}
	}()
	v, err := c.judge.Judge(ctx, p)
	a.verdict, a.err = v, err
	a.verdict.Usage = Verdict{}.Usage
	return v, err
}

func (c *cached) forget(key [sha256.Size]byte, a *asked) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked[key] == a {
		delete(c.asked, key)
		c.order = slices.DeleteFunc(c.order, func(k [sha256.Size]byte) bool { return k == key })
	}
}

func planKey(p Plan) [sha256.Size]byte {
	calls := make([]string, len(p.Steps))
	for i, s := range p.Steps {
		calls[i] = s.Call.Key()
	}
	slices.Sort(calls)
	return sha256.Sum256(fmt.Appendf(nil, "%q %q %q %s", p.Goal, calls, p.Answer, p.State))
}
