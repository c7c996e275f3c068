package sheets

import (
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/worldtest"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

var script = worldtest.Script

func small(t *testing.T) tool.World {
	w, err := New([][]string{{"Name", "Kind", "N"}, {"a", "x", "3"}, {"b", "y", "1"}, {"c", "x", "2.50"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

const good = `update_cell {"cell":"C2","value":"7"}
update_range {"range":"A3:B3","values":[["bb","yy"]]}
append_row {"values":["d","x","4"]}
insert_row {"row":2,"values":["e","z","9"]}
delete_row {"row":3}
sort_by_column {"column":"C","order":"descending"}
format_range {"format":"bold","range":"A1:C1"}
insert_column {"column":"B","values":["New","1"]}
delete_column {"column":"B"}
find_and_replace {"find":"y","replace":"w"}
copy_range {"destination":"E1","source":"C1:C3"}
sum_range {"cell":"G1","range":"C2:C5"}
average_range {"cell":"G2","range":"C2:C5"}
update_where {"column":"C","match_column":"B","match_value":"x","value":"0"}
clear_range {"range":"E2:E2"}
read_range {"range":"A1:B2"}
get_table {}`

func TestWorldKeepsItsPromises(t *testing.T) {
	tooltest.World(t, func() tool.World { return small(t) }, script(good)...)
	tooltest.World(t, func() tool.World {
		w, err := Open(draw.Request{}, Options{Distractors: 24, Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}, script("merge_cells {\"value\":\"A1:B2\"}\nfreeze_rows {\"value\":1}\nlist_sheets {}")...)
}

func TestScript(t *testing.T) {
	w := small(t)
	worldtest.Run(t, w, script(good)...)
	want := `{"A1":"Name","A1 format":["bold"],"A2":"e","A3":"d","A4":"c","A5":"bb","B1":"Kind","B1 format":["bold"],"B2":"z","B3":"x","B4":"x","B5":"ww",` +
		`"C1":"N","C1 format":["bold"],"C2":9,"C3":0,"C4":0,"C5":1,"E1":"N","E3":4,"G1":16.5,"G2":4.13}`
	if got := string(w.State()); got != want {
		t.Errorf("the state is %s\nwant %s", got, want)
	}
}

func TestRules(t *testing.T) {
	for _, c := range []struct{ call, says string }{
		{`update_cell {"cell":"2B","value":"7"}`, "such as B2"}, {`update_cell {"cell":"A101","value":"7"}`, "places are such as"},
		{`update_range {"range":"A2:B3","values":[["a","b"]]}`, "does not fit"}, {`update_range {"range":"B3:A2","values":[["a"]]}`, "upper left corner first"},
		{`delete_row {"row":1}`, "from 2"}, {`delete_row {"row":5}`, "no such row"}, {`insert_row {"row":6,"values":["a"]}`, "no such row"},
		{`sort_by_column {"column":"D","order":"ascending"}`, "no such column"}, {`delete_column {"column":"D"}`, "no such column"},
		{`insert_column {"column":"E","values":["a"]}`, "no such column"}, {`sum_range {"cell":"D1","range":"A1:B4"}`, "no number"},
		{`update_where {"column":"Z","match_column":"A","match_value":"a","value":"1"}`, "no such column"},
		{`format_range {"format":"blink","range":"A1:A1"}`, "not one of"}, {`copy_range {"destination":"Z99","source":"A1:B4"}`, "no room"},
	} {
		worldtest.Refuses(t, small(t), c.says, script(c.call)...)
	}
}

func TestLimits(t *testing.T) {
	if _, err := New(make([][]string, 101), Options{}); err == nil {
		t.Error("101 rows are accepted")
	}
	if _, err := New([][]string{make([]string, 27)}, Options{}); err == nil {
		t.Error("27 columns are accepted")
	}
}
