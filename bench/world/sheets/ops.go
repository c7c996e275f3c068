package sheets

import (
	"slices"

	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/bench/world/internal/sheet"
	"github.com/azimuthdev/azimuth/tool"
)

// op is a tool over a table.
type op = sandbox.Op[sheet.Table]

type (
	table  = sheet.Table
	values = []sandbox.Value
)

func ops() []op {
	return slices.Concat(readers(), cellOps(), rowOps(), columnOps(), totals())
}

// change makes an op of a function that returns the table after it.
func change(name, doc string, e tool.Effect, f func(t table, v values) (table, error), args ...sandbox.Arg) op {
	return op{Name: name, Doc: doc, Effect: e, Args: args, Do: func(t table, v values) (table, tool.Result, error) {
		next, err := f(t, v)
		if err != nil {
			return t, tool.Result{}, err
		}
		return next, sandbox.Say("Done. The sheet has %d rows and %d columns.", next.Height(), next.Width()), nil
	}}
}

func cellArg(name, doc string) sandbox.Arg {
	return sandbox.Arg{Name: name, Doc: doc, Type: sandbox.Pattern, Regexp: sheet.CellPattern, Like: "B2"}
}

func rangeArg(name, doc string) sandbox.Arg {
	return sandbox.Arg{Name: name, Doc: doc, Type: sandbox.Pattern, Regexp: sheet.RangePattern, Like: "A2:C5"}
}

func columnArg(name, doc string) sandbox.Arg {
	return sandbox.Arg{Name: name, Doc: doc, Type: sandbox.Pattern, Regexp: sheet.ColumnPattern, Like: "B"}
}

func textArg(name, doc string) sandbox.Arg {
	return sandbox.Arg{Name: name, Doc: doc, Type: sandbox.Text}
}

func listArg(doc string) sandbox.Arg {
	return sandbox.Arg{Name: "values", Doc: doc, Type: sandbox.Texts}
}

func rowArg(doc string) sandbox.Arg {
	return sandbox.Arg{Name: "row", Doc: doc, Type: sandbox.Integer, Min: 2, Max: sheet.MaxRows}
}

func readers() []op {
	return []op{
		{
			Name: "get_table", Doc: "Returns the whole sheet with row numbers and column letters.", Effect: tool.Read,
			Do: func(t table, _ values) (table, tool.Result, error) { return t, sandbox.Say("%s", t), nil },
		},
		{
			Name: "read_range", Doc: "Returns the values of a range.", Effect: tool.Read,
			Args: []sandbox.Arg{rangeArg("range", "The range to read, for example A2:C5.")},
			Do: func(t table, v values) (table, tool.Result, error) {
				r, err := sheet.ParseRange(v[0].Text)
				return t, sandbox.Say("%s", t.Read(r)), err
			},
		},
	}
}

func cellOps() []op {
	return []op{
		change("update_cell", "Writes a value into one cell and keeps its format.", tool.Idempotent, func(t table, v values) (table, error) {
			r, err := sheet.ParseCell(v[0].Text)
			if err != nil {
				return t, err
			}
			return t.Update(r, [][]string{{v[1].Text}})
		}, cellArg("cell", "The cell, for example B2."), textArg("value", "What to write; a number is written with digits only.")),
		change("update_range", "Writes values into a range, row by row, and keeps the formats.", tool.Idempotent, func(t table, v values) (table, error) {
			r, err := sheet.ParseRange(v[0].Text)
			if err != nil {
				return t, err
			}
			return t.Update(r, v[1].Rows)
		}, rangeArg("range", "The range, for example A2:C3."),
			sandbox.Arg{Name: "values", Type: sandbox.Grid, Doc: "The rows to write, each a list of texts; as many as the range has, and as long."}),
		change("find_and_replace", "Replaces a text by another one wherever it stands in a cell, also as a part of a longer text.", tool.Idempotent,
			func(t table, v values) (table, error) {
				next, _ := t.Replace(v[0].Text, v[1].Text)
				return next, nil
			}, textArg("find", "The text to look for; capitals matter."), textArg("replace", "The text that takes its place.")),
		change("copy_range", "Copies the values of a range to another place and overwrites what is there.", tool.Idempotent, func(t table, v values) (table, error) {
			from, err := sheet.ParseRange(v[0].Text)
			if err != nil {
				return t, err
			}
			to, err := sheet.ParseCell(v[1].Text)
			if err != nil {
				return t, err
			}
			return t.Copy(from, to)
		}, rangeArg("source", "The range to copy."), cellArg("destination", "The upper left cell of the place to copy to.")),
		change("format_range", "Adds a format to the cells of a range and keeps those they have.", tool.Idempotent, func(t table, v values) (table, error) {
			r, err := sheet.ParseRange(v[0].Text)
			if err != nil {
				return t, err
			}
			return t.Format(r, v[1].Text)
		}, rangeArg("range", "The range to format; for one cell B2:B2."), sandbox.Arg{Name: "format", Doc: "The format.", Type: sandbox.Choice, Enum: sheet.Formats}),
		change("clear_range", "Empties the cells of a range and keeps their formats.", tool.Destructive, func(t table, v values) (table, error) {
			r, err := sheet.ParseRange(v[0].Text)
			if err != nil {
				return t, err
			}
			return t.Clear(r)
		}, rangeArg("range", "The range to empty; for one cell B2:B2.")),
	}
}

func rowOps() []op {
	return []op{
		change("append_row", "Adds a row below the last one.", tool.Reversible, func(t table, v values) (table, error) {
			return t.Append(v[0].List)
		}, listArg("The values of the row, from column A on.")),
		change("insert_row", "Inserts a row; those from there on move down.", tool.Reversible, func(t table, v values) (table, error) {
			return t.Insert(int(v[0].Int)-1, v[1].List)
		}, rowArg("The number that the new row gets; row 1 is the header."), listArg("The values of the row, from column A on.")),
		change("delete_row", "Deletes a row; those below move up.", tool.Destructive, func(t table, v values) (table, error) {
			return t.Delete(int(v[0].Int) - 1)
		}, rowArg("The number of the row; row 1 is the header, which can't be deleted.")),
		change("sort_by_column", "Sorts the rows below the header by a column. Equal ones keep their order; empty cells come last.", tool.Reversible,
			func(t table, v values) (table, error) {
				return t.Sort(int(v[0].Text[0]-'A'), v[1].Text == "descending")
			}, columnArg("column", "The letter of the column."), sandbox.Arg{Name: "order", Doc: "The direction.", Type: sandbox.Choice, Enum: []string{"ascending", "descending"}}),
		{
			Name: "update_where", Effect: tool.Idempotent,
			Doc: "Writes a value into a column of each row in which another column has a certain value.",
			Args: []sandbox.Arg{columnArg("match_column", "The letter of the column to look at."), textArg("match_value", "The value that it must have."),
				columnArg("column", "The letter of the column to write to."), textArg("value", "What to write.")},
			Do: func(t table, v values) (table, tool.Result, error) {
				next, n, err := t.UpdateWhere(int(v[0].Text[0]-'A'), v[1].Text, int(v[2].Text[0]-'A'), v[3].Text)
				return next, sandbox.Say("%d rows were updated.", n), err
			},
		},
	}
}

func columnOps() []op {
	return []op{
		change("insert_column", "Inserts a column; those from there on move right.", tool.Reversible, func(t table, v values) (table, error) {
			return t.InsertColumn(int(v[0].Text[0]-'A'), v[1].List)
		}, columnArg("column", "The letter that the new column gets."), listArg("The values of the column, the header first.")),
		change("delete_column", "Deletes a column; those right of it move left.", tool.Destructive, func(t table, v values) (table, error) {
			return t.DeleteColumn(int(v[0].Text[0] - 'A'))
		}, columnArg("column", "The letter of the column.")),
	}
}

func totals() []op {
	total := func(name, doc string, average bool) op {
		return op{
			Name: name, Doc: doc, Effect: tool.Idempotent,
			Args: []sandbox.Arg{rangeArg("range", "The range with the numbers, for example C2:C9."), cellArg("cell", "Where to write the result.")},
			Do: func(t table, v values) (table, tool.Result, error) {
				r, err := sheet.ParseRange(v[0].Text)
				if err != nil {
					return t, tool.Result{}, err
				}
				to, err := sheet.ParseCell(v[1].Text)
				if err != nil {
					return t, tool.Result{}, err
				}
				next, s, err := t.Total(r, to, average)
				return next, sandbox.Say("%s is now %s.", v[1].Text, s), err
			},
		}
	}
	return []op{
		total("sum_range", "Writes the sum of the numbers of a range into a cell, as a value.", false),
		total("average_range", "Writes the average of the numbers of a range into a cell, as a value rounded to two decimals.", true),
	}
}
