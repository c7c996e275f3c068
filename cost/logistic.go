package cost

import "math"

// line is a logistic regression on one number: P = 1 / (1 + exp(-(a + b x))).
type line struct{ a, b float64 }

// ridge pulls both to 0, as a normal prior with a standard deviation of 10 does.
const ridge = 0.01

func (l line) at(x float64) float64 { return 1 / (1 + math.Exp(-(l.a + l.b*x))) }

// loss is the negative log likelihood with the ridge.
func (l line) loss(runs []Trace) float64 {
	sum := ridge / 2 * (l.a*l.a + l.b*l.b)
	for _, r := range runs {
		for _, o := range r.Calls {
			z := l.a + l.b*o.Lead
			if o.Right {
				z = -z
			}
			sum += max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))) // ln(1 + e^z) without overflow
		}
	}
	return sum
}

// square is a symmetric matrix of two rows: [p q; q r].
type square struct{ p, q, r float64 }

func (m square) inverse() square {
	d := m.p*m.r - m.q*m.q
	return square{m.r / d, -m.q / d, m.p / d}
}

// times returns m (x, y).
func (m square) times(x, y float64) (float64, float64) { return m.p*x + m.q*y, m.q*x + m.r*y }

// slopes are the gradient and the curvature of the loss. The ridge makes the curvature invertible.
func (l line) slopes(runs []Trace) (ga, gb float64, h square) {
	ga, gb, h = ridge*l.a, ridge*l.b, square{ridge, 0, ridge}
	for _, r := range runs {
		for _, o := range r.Calls {
			p := l.at(o.Lead)
			w, miss := p*(1-p), p
			if o.Right {
				miss--
			}
			ga, gb = ga+miss, gb+miss*o.Lead
			h.p, h.q, h.r = h.p+w, h.q+w*o.Lead, h.r+w*o.Lead*o.Lead
		}
	}
	return ga, gb, h
}

// regress minimises the loss by Newton's method, which for this loss is iteratively reweighted least squares. Steps that
// go too far are halved.
func regress(runs []Trace) line {
	var l line
	loss := l.loss(runs)
	for range 100 {
		ga, gb, h := l.slopes(runs)
		da, db := h.inverse().times(ga, gb)
		next := line{l.a - da, l.b - db}
		for half := 0; half < 40 && !(next.loss(runs) <= loss); half++ {
			da, db = da/2, db/2
			next = line{l.a - da, l.b - db}
		}
		l, loss = next, next.loss(runs)
		if math.Abs(da)+math.Abs(db) < 1e-9 {
			break
		}
	}
	return l
}

// spread is the standard error of the slope: by runs, and at least what the curvature alone says, since runs without a
// miss have no spread of their own.
func (l line) spread(runs []Trace) float64 {
	_, _, h := l.slopes(runs)
	inv := h.inverse()
	sum, clusters := 0.0, 0.0
	for _, r := range runs {
		if len(r.Calls) == 0 {
			continue
		}
		clusters++
		var sa, sb float64
		for _, o := range r.Calls {
			miss := l.at(o.Lead)
			if o.Right {
				miss--
			}
			sa, sb = sa+miss, sb+miss*o.Lead
		}
		_, d := inv.times(sa, sb)
		sum += d * d
	}
	return math.Sqrt(max(inv.r, sum*clusters/max(clusters-1, 1)))
}
