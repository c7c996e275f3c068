package arith

import "github.com/azimuthdev/azimuth/bench/world/internal/sandbox"

// extras are tools that an assistant of this kind would have beside a calculator, and that no problem needs.
func extras() []sandbox.Extra {
	text, read := sandbox.TextExtra, sandbox.ReadExtra
	return []sandbox.Extra{
		text("write_note", "Writes a note to the scratch pad.", "The note."),
		text("set_variable_name", "Gives the last result a name.", "The name."),
		text("set_unit", "Sets the unit in which results are shown.", "The unit, for example km."),
		text("set_currency", "Sets the currency in which amounts are shown.", "Currency code."),
		text("set_rounding", "Sets how results are rounded when they are shown.", "up, down or nearest."),
		text("define_function", "Stores a formula under a name.", "The formula."),
		text("draw_chart", "Draws a chart of some numbers.", "The numbers, separated by commas."),
		text("set_reminder", "Sets a reminder.", "What to be reminded of."),
		text("save_result", "Saves the last result to a file.", "Name of the file."),
		text("translate_problem", "Stores a translation of the problem.", "The translation."),
		text("estimate", "Stores a rough estimate without calculating.", "The estimate."),
		text("set_precision", "Sets how many decimals are shown.", "Number of decimals."),
		text("ask_expert", "Leaves a question for a person, who answers later.", "The question."),
		text("tag_problem", "Files the problem under a topic.", "The topic."),
		text("set_language", "Sets the language of the answers.", "Language code."),
		read("get_today", "Returns today's date.", "It is Monday."),
		read("get_exchange_rates", "Lists exchange rates.", "1 EUR = 1.10 USD. 1 GBP = 1.30 USD."),
		read("get_weather", "Describes the weather.", "Sunny, 21 degrees."),
		read("list_constants", "Lists mathematical constants.", "pi = 3.14159265. e = 2.71828183."),
		read("list_units", "Lists conversions of units.", "1 mile = 1.609 km. 1 inch = 2.54 cm. 1 dozen = 12."),
		read("get_tax_rates", "Lists tax rates.", "Standard rate: 20 %. Reduced rate: 8 %."),
		read("list_notes", "Lists the notes that were written.", "No notes."),
		read("get_random_number", "Returns a number that was drawn at random long ago.", "37"),
		read("get_help", "Describes how to solve word problems.", "Write down what is given and what is asked for; calculate step by step."),
	}
}
