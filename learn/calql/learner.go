package calql

import (
	"math"
	"slices"
)

// learner holds what an update changes.
type learner struct {
	settings
	w, slow []float64 // weights, and those of the copy that targets come from
	grad    []float64
	q       []float64 // of a step's options, reused
}

func newLearner(n int, o *Options) *learner {
	l := &learner{settings: o.settings(), w: make([]float64, n), grad: make([]float64, n)}
	copy(l.w, o.From)
	l.slow = slices.Clone(l.w)
	return l
}

// look adds a step's gradient, and returns its loss.
func (l *learner) look(s *Step) float64 {
	miss := dot(l.w, s.Done) - l.target(s)
	l.push(s.Done, 2*miss)
	loss := miss * miss
	if l.alpha > 0 {
		l.push(s.Done, -l.alpha)
		loss += l.alpha * (l.held(s) - dot(l.w, s.Done))
	}
	return loss
}

// target is what the critic should say of what was done. It counts as constant.
func (l *learner) target(s *Step) float64 {
	if len(s.Next) == 0 {
		return s.Reward
	}
	best, mean := math.Inf(-1), 0.0
	for i := range s.Next {
		if o := &s.Next[i]; o.P > 0 { // what the policy never does can't be chosen among its samples
			q := dot(l.slow, o.Features)
			best, mean = max(best, q), mean+o.P*q
		}
	}
	if l.best {
		return s.Reward + l.gamma*best
	}
	return s.Reward + l.gamma*mean
}

// held is the first part of the conservative term: what the policy would do, as it is rated, and not below the floor. The
// gradient of what is at the floor or below is 0.
func (l *learner) held(s *Step) float64 {
	floor := math.Inf(-1)
	if l.floor {
		floor = s.Return
	}
	l.q = l.q[:0]
	high := math.Inf(-1)
	for i := range s.Here {
		q := dot(l.w, s.Here[i].Features)
		l.q = append(l.q, q)
		if s.Here[i].P > 0 {
			high = max(high, q, floor)
		}
	}
	soft := func(float64) float64 { return 1 }
	value, total := 0.0, 1.0
	if l.temperature > 0 {
		soft = func(q float64) float64 { return math.Exp((max(q, floor) - high) / l.temperature) }
		total = 0
		for i, q := range l.q {
			if p := s.Here[i].P; p > 0 {
				total += p * soft(q)
			}
		}
		value = high + l.temperature*math.Log(total)
	}
	for i, q := range l.q {
		p := s.Here[i].P
		if p == 0 {
			continue
		}
		if l.temperature == 0 {
			value += p * max(q, floor)
		}
		if q > floor {
			l.push(s.Here[i].Features, l.alpha*p*soft(q)/total)
		}
	}
	return value
}

// push adds to the gradient what comes of a Q whose derivative is by.
func (l *learner) push(features []Feature, by float64) {
	for _, f := range features {
		l.grad[f.At] += by * f.By
	}
}

// descend goes down the mean gradient of n steps, and has the copy follow.
func (l *learner) descend(n float64) {
	for i, g := range l.grad {
		l.w[i] -= l.rate / n * g
		l.grad[i] = 0
		l.slow[i] += l.follow * (l.w[i] - l.slow[i])
	}
}

func dot(w []float64, features []Feature) float64 {
	sum := 0.0
	for _, f := range features {
		sum += w[f.At] * f.By
	}
	return sum
}
