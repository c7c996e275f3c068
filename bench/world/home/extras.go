package home

import "github.com/azimuthdev/azimuth/bench/world/internal/sandbox"

// extras are tools that a larger service of this kind would have and that no request asks for.
func extras() []sandbox.Extra {
	whole := func(doc string) *sandbox.Arg {
		return &sandbox.Arg{Name: "value", Doc: doc, Type: sandbox.Integer}
	}
	word := func(doc string, enum ...string) *sandbox.Arg {
		return &sandbox.Arg{Name: "value", Doc: doc, Type: sandbox.Choice, Enum: enum}
	}
	text := func(doc string) *sandbox.Arg {
		return &sandbox.Arg{Name: "value", Doc: doc, Type: sandbox.Text}
	}
	return []sandbox.Extra{
		{Name: "set_currency", Doc: "Sets the currency in which prices are shown." + afterMode, Arg: word("Currency code.", "USD", "EUR", "GBP", "CAD")},
		{Name: "set_sort_order", Doc: "Sets how the results are sorted." + afterMode, Arg: word("Sort order.", "price", "newest", "size", "distance")},
		{Name: "set_min_lot_size", Doc: "Sets the smallest size of the lot." + afterMode, Arg: whole("Smallest lot in square feet.")},
		{Name: "set_max_lot_size", Doc: "Sets the largest size of the lot." + afterMode, Arg: whole("Largest lot in square feet.")},
		{Name: "set_min_year_built", Doc: "Sets the earliest year of construction." + afterMode, Arg: whole("Year.")},
		{Name: "set_max_year_built", Doc: "Sets the latest year of construction." + afterMode, Arg: whole("Year.")},
		{Name: "set_max_hoa_fee", Doc: "Sets the highest monthly fee of the owners' association." + afterMode, Arg: whole("Fee in US dollars a month.")},
		{Name: "set_num_fireplaces", Doc: "Sets the number of fireplaces." + afterMode, Arg: whole("Number of fireplaces.")},
		{Name: "set_num_parking_spaces", Doc: "Sets the number of outdoor parking spaces." + afterMode, Arg: whole("Number of parking spaces.")},
		{Name: "set_num_stories", Doc: "Sets the number of stories of the building." + afterMode, Arg: whole("Number of stories.")},
		{Name: "set_school_rating", Doc: "Sets the lowest rating of nearby schools." + afterMode, Arg: whole("Rating from 1 to 10.")},
		{Name: "set_walk_score", Doc: "Sets the lowest walk score of the neighborhood." + afterMode, Arg: whole("Score from 0 to 100.")},
		{Name: "set_max_days_listed", Doc: "Leaves out homes that were listed longer ago." + afterMode, Arg: whole("Days.")},
		{Name: "set_heating", Doc: "Sets the kind of heating." + afterMode, Arg: word("Kind of heating.", "gas", "electric", "heat pump")},
		{Name: "set_cooling", Doc: "Sets the kind of cooling." + afterMode, Arg: word("Kind of cooling.", "central", "window", "none")},
		{Name: "set_view", Doc: "Sets the view that the home must have." + afterMode, Arg: word("View.", "water", "mountain", "city")},
		{Name: "set_furnishing", Doc: "Sets whether the home is furnished." + afterMode, Arg: word("Furnishing.", "furnished", "unfurnished")},
		{Name: "set_pet_policy", Doc: "Sets which pets must be allowed." + afterMode, Arg: word("Pets.", "none", "cats", "dogs", "any")},
		{Name: "save_search", Doc: "Saves the criteria under a name." + afterMode, Arg: text("Name of the saved search.")},
		{Name: "set_alert_email", Doc: "Sends new results to an address." + afterMode, Arg: text("E-mail address.")},
		{Name: "set_agent", Doc: "Sets the agent who is told of the search." + afterMode, Arg: text("Name of the agent.")},
		{Name: "list_saved_searches", Doc: "Lists the searches that were saved earlier.", Answer: "No saved searches."},
		{Name: "get_market_trends", Doc: "Describes how prices have moved lately.", Answer: "Prices have been stable."},
		{Name: "get_mortgage_rates", Doc: "Lists current mortgage rates.", Answer: "30 years fixed: 6.1 %. 15 years fixed: 5.4 %."},
	}
}
