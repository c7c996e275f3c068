package bench

import (
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/search"
)

// ErrTable is what every error about making a table is.
var ErrTable = errors.New("no table can be made of these results")

// TTSTable is what strategy tts chooses by, made of what was measured: of the rows of contenders that do what tts may
// choose, which are bestofn, beam and beam:diverse=true with whatever other options, how many were solved of the tasks that
// looked easy, medium and hard, by budget. Rows whose budget does not limit model calls or expansions don't count. named
// keeps judge and model apart; otherwise only whether there was a judge, and the table serves any model and judge.
//
// Of several contenders of one method the first that the rows name counts, in whatever condition. Errors wrap [ErrTable].
func TTSTable(rows []Row, named bool) (search.Table, error) {
	var out search.Table
	at, of := map[search.Measured]int{}, map[string]string{}
	for _, r := range rows {
		m, ok := measured(r, named)
		if !ok {
			continue
		}
		if of[m.Method] == "" {
			of[m.Method] = r.Contender
		}
		if of[m.Method] != r.Contender {
			continue
		}
		i, seen := at[m]
		if !seen {
			i = len(out)
			at[m] = i
			out = append(out, m)
		}
		out[i].Tasks++
		if r.Success {
			out[i].Solved++
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: none is of %s, %s or %s:diverse=true with a budget of calls", ErrTable, search.BestOfN, search.Beam, search.Beam)
	}
	return out, nil
}

// measured is the entry that a row counts for, without its counts.
func measured(r Row, named bool) (m search.Measured, ok bool) {
	c, err := ParseContender(r.Contender)
	if err != nil {
		return m, false
	}
	switch s := c.Settings; {
	case s.Strategy == search.BestOfN && s.Select != search.ByVote:
		m.Method = search.BestOfN
	case s.Strategy == search.Beam && s.Diverse:
		m.Method = search.DiverseBeam
	case s.Strategy == search.Beam:
		m.Method = search.Beam
	default:
		return m, false
	}
	for m.Difficulty = search.Easy; m.Difficulty.String() != r.Looks; m.Difficulty++ {
		if m.Difficulty == search.Hard {
			return m, false
		}
	}
	if m.Budget = int(r.Budget.ModelCalls); m.Budget == 0 {
		m.Budget = int(r.Budget.Expansions)
	}
	if r.Judge == None {
		m.Judge = search.NoJudge
	}
	if named {
		m.Policy = r.Model
		if r.Judge != None {
			m.Judge = r.Judge
		}
	}
	return m, m.Budget > 0
}
