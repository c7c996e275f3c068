package budget

// Hold is an amount set aside by [Ledger.Reserve]. The first of Settle and Release counts, every further call does
// nothing; so Release can be deferred. A nil hold does nothing.
type Hold struct {
	ledger *Ledger
	amount Amount
	closed bool // guarded by the ledger's mutex
}

// Amount returns what was set aside.
func (h *Hold) Amount() Amount {
	if h == nil {
		return Amount{}
	}
	return h.amount
}

// Settle replaces the reservation by what it really was. More than was reserved is counted all the same, and
// reported by [Ledger.Overruns]. Negative parts and a USD that is not a number count as 0.
func (h *Hold) Settle(actual Amount) { h.close(actual.atLeastZero()) }

// Release gives the reservation back: nothing was spent.
func (h *Hold) Release() { h.close(Amount{}) }

func (h *Hold) close(actual Amount) {
	if h == nil {
		return
	}
	l := h.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	if h.closed {
		return
	}
	h.closed = true
	l.open--
	l.reserved = l.reserved.Sub(h.amount)
	if l.open == 0 {
		l.reserved = Amount{} // what rounding left behind
	}
	l.spent = l.spent.Add(actual)
	if actual.excess(h.amount) != (Amount{}) {
		l.overruns = append(l.overruns, Overrun{Reserved: h.amount, Actual: actual})
	}
}
