// Package sheets is a spreadsheet in memory, with seventeen tools in the style of a spreadsheet API. It is re-created by
// rule from the Google Sheets tasks of SambaNova ToolBench (github.com/sambanova/toolbench, Apache-2.0); tables and
// requests are our own, so scores compare in kind and not in value.
//
//	w, _ := sheets.New([][]string{{"Product", "Price"}, {"Rope", "12"}, {"Saw", "30"}}, sheets.Options{})
//	w.Call(ctx, tool.Call{Tool: "sum_range", Args: []byte(`{"cell":"B4","range":"B2:B3"}`)})
//	w.State() // {"A1":"Product",...,"B4":42}
//
// Row 1 is the header and stays where it is. Values are texts as one would type them: what looks like a number becomes
// one. The state holds the value of each cell that is not empty by its address, and its formats by the address and
// the word format; a run succeeds when that is what the label has, and no call failed. By name, without a request, the
// register opens a small list of prices.
//
// A request has four to twelve rows and two to six edits, which have to be made in the order in which they are told
// where that matters. It shows the table as it is at first; get_table shows it later.
package sheets
