// Package budget is the ledger of a run: what may be spent, what is spent and what is set aside for work under way.
//
// Whoever is about to spend reserves the worst case first, and settles what it really was afterwards:
//
//	limits, err := budget.Parse("usd=0.50,tokens=200k,time=2m,calls=50")
//	ledger := budget.New(limits, nil)
//
//	hold, err := ledger.Reserve(budget.Amount{Tokens: 5000, ModelCalls: 1, USD: 0.01})
//	if errors.Is(err, budget.ErrExhausted) {
//		return bestSoFar // nothing was spent
//	}
//	defer hold.Release() // does nothing after Settle
//	usage := call()
//	hold.Settle(budget.Amount{Tokens: usage, ModelCalls: 1, USD: price(usage)})
//
// Because a reservation counts like spending until it is settled, no number of parallel callers can pass a limit
// together. The one way past a limit is a settlement above its reservation, when a provider bills more than it was
// asked for; that is counted, reported by [Ledger.Overruns] and [Ledger.Past], and stops the next reservation.
package budget
