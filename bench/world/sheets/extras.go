package sheets

import "github.com/azimuthdev/azimuth/bench/world/internal/sandbox"

// extras are tools that a larger spreadsheet API has and that no request needs. What they set is part of the state.
func extras() []sandbox.Extra {
	text, read := sandbox.TextExtra, sandbox.ReadExtra
	rows := func(name, doc, arg string) sandbox.Extra {
		return sandbox.ArgExtra(name, doc, sandbox.Arg{Doc: arg, Type: sandbox.Integer, Min: 1, Max: 100})
	}
	place := func(name, doc, arg string) sandbox.Extra {
		return sandbox.ArgExtra(name, doc, rangeArg("value", arg))
	}
	return []sandbox.Extra{
		text("add_chart", "Adds a chart.", "Title of the chart."), text("add_comment", "Adds a comment.", "The comment."), text("rename_sheet", "Renames the sheet.", "The new name."),
		text("share_sheet", "Shares the sheet.", "E-mail address."), text("set_locale", "Sets the language of the sheet.", "Language code."), text("add_sheet", "Adds a sheet.", "Name of the sheet."),
		text("set_font", "Sets the font of the sheet.", "Name of the font."), text("export_sheet", "Exports the sheet.", "pdf, csv or xlsx."), text("add_note", "Adds a note.", "The note."),
		rows("freeze_rows", "Freezes rows at the top.", "Number of rows."), rows("freeze_columns", "Freezes columns on the left.", "Number of columns."), rows("resize_rows", "Sets the height of rows.", "Height."),
		rows("hide_row", "Hides a row.", "The number of the row."), rows("group_rows", "Groups rows.", "Number of rows."), rows("resize_columns", "Sets the width of columns.", "Width."),
		place("merge_cells", "Merges the cells of a range.", "The range."), place("protect_range", "Protects a range.", "The range."), place("add_filter", "Adds a filter.", "The range."),
		place("set_border", "Draws a border.", "The range."), place("name_range", "Gives a range a name.", "The range."), place("validate_range", "Checks the values of a range on entry.", "The range."),
		read("list_sheets", "Lists the sheets of the document.", "There is one sheet."), read("get_revisions", "Lists earlier versions.", "No earlier versions."),
		read("get_permissions", "Lists who may edit.", "You."),
	}
}
