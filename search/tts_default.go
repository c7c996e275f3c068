package search

import (
	_ "embed"
	"sync"
)

//go:embed tts.txt
var measuredTTS string

// DefaultTable is what [ComputeOptimal] chooses by where no table is given. It was measured with a simulated proposer, judge and
// ratings; its head says how. It always chooses [BestOfN]: beams need better ratings than were measured, or a table made with
// a model that has them.
func DefaultTable() Table { return append(Table(nil), defaultTable()...) }

var defaultTable = sync.OnceValue(func() Table {
	t, _ := ParseTable(measuredTTS) // a test reads it
	return t
})
