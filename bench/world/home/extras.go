package home

import "github.com/azimuthdev/azimuth/bench/world/internal/sandbox"

// extras are tools that a larger service of this kind would have and that no request asks for.
func extras() []sandbox.Extra {
	text, whole, word, read := sandbox.TextExtra, sandbox.IntegerExtra, sandbox.ChoiceExtra, sandbox.ReadExtra
	return sandbox.Later(afterMode,
		word("set_currency", "Sets the currency in which prices are shown.", "Currency code.", "USD", "EUR", "GBP", "CAD"),
		word("set_sort_order", "Sets how the results are sorted.", "Sort order.", "price", "newest", "size", "distance"),
		whole("set_min_lot_size", "Sets the smallest size of the lot.", "Smallest lot in square feet."),
		whole("set_max_lot_size", "Sets the largest size of the lot.", "Largest lot in square feet."),
		whole("set_min_year_built", "Sets the earliest year of construction.", "Year."),
		whole("set_max_year_built", "Sets the latest year of construction.", "Year."),
		whole("set_max_hoa_fee", "Sets the highest monthly fee of the owners' association.", "Fee in US dollars a month."),
		whole("set_num_fireplaces", "Sets the number of fireplaces.", "Number of fireplaces."),
		whole("set_num_parking_spaces", "Sets the number of outdoor parking spaces.", "Number of parking spaces."),
		whole("set_num_stories", "Sets the number of stories of the building.", "Number of stories."),
		whole("set_school_rating", "Sets the lowest rating of nearby schools.", "Rating from 1 to 10."),
		whole("set_walk_score", "Sets the lowest walk score of the neighborhood.", "Score from 0 to 100."),
		whole("set_max_days_listed", "Leaves out homes that were listed longer ago.", "Days."),
		word("set_heating", "Sets the kind of heating.", "Kind of heating.", "gas", "electric", "heat pump"),
		word("set_cooling", "Sets the kind of cooling.", "Kind of cooling.", "central", "window", "none"),
		word("set_view", "Sets the view that the home must have.", "View.", "water", "mountain", "city"),
		word("set_furnishing", "Sets whether the home is furnished.", "Furnishing.", "furnished", "unfurnished"),
		word("set_pet_policy", "Sets which pets must be allowed.", "Pets.", "none", "cats", "dogs", "any"),
		text("save_search", "Saves the criteria under a name.", "Name of the saved search."),
		text("set_alert_email", "Sends new results to an address.", "E-mail address."),
		text("set_agent", "Sets the agent who is told of the search.", "Name of the agent."),
		read("list_saved_searches", "Lists the searches that were saved earlier.", "No saved searches."),
		read("get_market_trends", "Describes how prices have moved lately.", "Prices have been stable."),
		read("get_mortgage_rates", "Lists current mortgage rates.", "30 years fixed: 6.1 %. 15 years fixed: 5.4 %."),
	)
}
