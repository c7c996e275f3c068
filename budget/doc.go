// Package budget is the ledger of a run: what may be spent, what is spent and what is set aside for work under way.
package budget
