package bench

import (
	"errors"
	"testing"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/search"
)

// TestTTSTable: rows are counted by how their tasks looked, by budget and by whether somebody judged; of two contenders of one
// method the first counts, and what tts can't choose does not.
func TestTTSTable(t *testing.T) {
	row := func(contender, looks, judge string, calls int64, ok bool) Row {
		return Row{
			Key:      Key{Condition: Condition{Model: "m", Judge: judge, Budget: budget.Limits{ModelCalls: calls}}, Contender: contender},
			Measures: Measures{Looks: looks, Success: ok},
		}
	}
	rows := []Row{
		row("bestofn", "easy", None, 40, true), row("bestofn", "easy", None, 40, false), row("bestofn:plans=9", "easy", None, 40, true),
		row("bestofn", "hard", Noisy, 40, false), row("beam:diverse=true", "hard", Noisy, 40, true), row("beam", "hard", Noisy, 10, true),
		row("vote", "easy", None, 40, true), row("bestofn:select=vote", "easy", None, 40, true), row("beam", "", None, 40, true), row("beam", "easy", None, 0, true),
	}
	for named, want := range map[bool]string{
		false: "easy 40 bestofn 1/2 judge=none\nhard 40 bestofn 0/1\nhard 40 diverse 1/1\nhard 10 beam 1/1\n",
		true: "easy 40 bestofn 1/2 judge=none policy=m\nhard 40 bestofn 0/1 judge=noisy policy=m\n" +
			"hard 40 diverse 1/1 judge=noisy policy=m\nhard 10 beam 1/1 judge=noisy policy=m\n",
	} {
		got, err := TTSTable(rows, named)
		if err != nil || got.String() != want {
			t.Errorf("named %v: %v\n%swant\n%s", named, err, got, want)
		}
	}
	if _, err := TTSTable(rows[6:], false); !errors.Is(err, ErrTable) {
		t.Errorf("nothing to make a table of: %v", err)
	}
}

// TestTTSOfATable: what bench table prints, a contender takes.
func TestTTSOfATable(t *testing.T) {
	c, err := ParseContender("tts:table=hard 40 beam 3/4; easy 40 bestofn 1/2 judge=none")
	if err != nil || len(c.Settings.Table) != 2 || c.Settings.Table[0].Method != search.Beam {
		t.Errorf("%+v, %v", c.Settings.Table, err)
	}
	if _, err := ParseContender("tts:table=hard"); !errors.Is(err, ErrContender) {
		t.Errorf("half a table: %v", err)
	}
}
