package sheets

import (
	"encoding/json"
	"fmt"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/bench/world/internal/sheet"
	"github.com/azimuthdev/azimuth/bench/world/internal/sheetsgen"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of the world: how many distracting tools it has, and the seed that chooses them.
type Options = sandbox.Options

// New returns a sheet with these texts, the header first. It has at most 100 rows and 26 columns.
func New(rows [][]string, o Options) (tool.World, error) {
	if len(rows) > sheet.MaxRows {
		return nil, fmt.Errorf("rows: %d are more than %d", len(rows), sheet.MaxRows)
	}
	for i, r := range rows {
		if len(r) > sheet.MaxColumns {
			return nil, fmt.Errorf("rows[%d]: %d columns are more than %d", i, len(r), sheet.MaxColumns)
		}
	}
	return tools.Open(o, sheet.New(rows))
}

// Open returns the sheet of a request, or a small list of prices where none is named.
func Open(id draw.Request, o Options) (tool.World, error) {
	if !id.Named {
		return New([][]string{{"Product", "Category", "Price", "Stock"}, {"Rope", "Garden", "12", "40"}, {"Saw", "Tools", "30", "7"},
			{"Bucket", "Garden", "8", "25"}, {"Drill", "Tools", "85", "3"}}, o)
	}
	return tools.Open(o, sheetsgen.Draw(id.Space, id.Seed, id.I).Start)
}

var tools = sandbox.NewTools(sandbox.Table[sheet.Table]{Ops: ops, Extras: extras, Set: note})

func note(t sheet.Table, key string, v json.RawMessage) (sheet.Table, error) {
	return t.Note(key, v), nil
}
