package budget

import (
	"context"
	"math"
	"sync"
	"time"
)

// cent is what sums of dollars may be off by: a billionth of a dollar, far below the price of one token.
const cent = 1e-9

// Options of a ledger. Nil and the zero value are the defaults.
type Options struct {
	Now func() time.Time // time.Now by default
}

// Validate accepts everything there is so far.
func (o *Options) Validate() error { return nil }

// Ledger keeps a run within its limits. All methods may be called from several goroutines at once. Make one with
// [New].
type Ledger struct {
	limits Limits
	now    func() time.Time

	mu       sync.Mutex
	start    time.Time
	before   time.Duration // wall time before a resume
	spent    Amount
	reserved Amount
	open     int // holds neither settled nor released
	overruns []Overrun
}

// Overrun is a settlement above its reservation.
type Overrun struct {
	Reserved Amount `json:"reserved"`
	Actual   Amount `json:"actual"`
}

// New starts a ledger, and its clock. Limits that [Limits.Validate] refuses count as used up.
func New(l Limits, o *Options) *Ledger {
	now := time.Now
	if o != nil && o.Now != nil {
		now = o.Now
	}
	return &Ledger{limits: l, now: now, start: now()}
}

// Limits returns what the ledger was made with.
func (l *Ledger) Limits() Limits { return l.limits }

// Reserve sets an amount aside until the hold is settled or released. When a limit would be passed nothing is set
// aside and the error is an [*ExhaustedError]. Parts that are 0 are not checked, so what takes no money goes on after
// the money is spent; time is always checked. Negative parts are an [ErrAmount].
func (l *Ledger) Reserve(a Amount) (*Hold, error) {
	if a != a.atLeastZero() || math.IsInf(a.USD, 0) { // the first also when USD is not a number
		return nil, ErrAmount
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.check(&a); err != nil {
		return nil, err
	}
	l.reserved = l.reserved.Add(a)
	l.open++
	return &Hold{ledger: l, amount: a}, nil
}

// check reports the first limit that a would pass.
func (l *Ledger) check(a *Amount) error {
	if err := l.checkTime(); err != nil {
		return err
	}
	if lim := l.limits.USD; lim != 0 && a.USD > 0 && !(l.spent.USD+l.reserved.USD+a.USD <= lim+cent) {
		return &ExhaustedError{Which: "usd", Limit: lim, Spent: l.spent.USD, Reserved: l.reserved.USD, Asked: a.USD}
	}
	spent, reserved, asked := l.spent.counts(), l.reserved.counts(), a.counts()
	for i, lim := range l.limits.counts() {
		if lim != 0 && asked[i] > 0 && addCap(addCap(spent[i], reserved[i]), asked[i]) > lim {
			return &ExhaustedError{Which: countKeys[i], Limit: float64(lim), Spent: float64(spent[i]),
				Reserved: float64(reserved[i]), Asked: float64(asked[i])}
		}
	}
	return nil
}

func (l *Ledger) checkTime() error {
	if e := l.elapsed(); l.limits.Wall != 0 && e >= l.limits.Wall {
		return timeUp(l.limits.Wall, e)
	}
	return nil
}

// Spent returns what was settled so far, and what [Ledger.Restore] brought.
func (l *Ledger) Spent() Amount {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.spent
}

// Elapsed returns the wall time of the run, pauses between resumes excluded.
func (l *Ledger) Elapsed() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.elapsed()
}

func (l *Ledger) elapsed() time.Duration {
	return l.before + max(l.now().Sub(l.start), 0)
}

// Left returns what can still be reserved: math.MaxInt64 and +Inf where there is no limit, never below 0.
func (l *Ledger) Left() Amount {
	l.mu.Lock()
	defer l.mu.Unlock()
	used, left := l.spent.Add(l.reserved), l.ceiling()
	usd, n, taken := left.USD-used.USD, left.counts(), used.counts()
	for i := range n {
		if n[i] != math.MaxInt64 {
			n[i] -= taken[i]
		}
	}
	return amount(usd, n).atLeastZero()
}

// ceiling returns the limits with the largest number there is where there is none.
func (l *Ledger) ceiling() Amount {
	usd, n := l.limits.USD, l.limits.counts()
	if usd == 0 {
		usd = math.Inf(1)
	}
	for i := range n {
		if n[i] == 0 {
			n[i] = math.MaxInt64
		}
	}
	return amount(usd, n)
}

// Past returns by how much the spending is above the limits, zero unless a settlement was above its reservation or
// a restored run had spent more than it now may.
func (l *Ledger) Past() Amount {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.spent.excess(l.ceiling())
}

// Overruns returns the settlements that were above their reservation, in order.
func (l *Ledger) Overruns() []Overrun {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Overrun(nil), l.overruns...)
}

// Restore sets what an interrupted run had spent and how long it had taken, and starts the clock anew from there.
// Call it before anything is reserved.
func (l *Ledger) Restore(spent Amount, elapsed time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.spent = spent.atLeastZero()
	l.before = max(elapsed, 0)
	l.start = l.now()
}

// Context returns a context that ends when the time is up, with a cause that is an [ErrExhausted]. Without a limit on
// time it ends with ctx. Call cancel when done with it.
func (l *Ledger) Context(ctx context.Context) (context.Context, context.CancelFunc) {
	if l.limits.Wall == 0 {
		return context.WithCancel(ctx)
	}
	left := max(l.limits.Wall-l.Elapsed(), 0)
	return context.WithTimeoutCause(ctx, left, timeUp(l.limits.Wall, l.limits.Wall))
}
