package trip

import "github.com/azimuthdev/azimuth/bench/world/internal/sandbox"

// extras are tools that a larger service of this kind would have and that no request asks for.
func extras() []sandbox.Extra {
	text, whole, word, read := sandbox.TextExtra, sandbox.IntegerExtra, sandbox.ChoiceExtra, sandbox.ReadExtra
	return sandbox.Later(afterType,
		word("set_currency", "Sets the currency in which prices are shown.", "Currency code.", "USD", "EUR", "GBP", "CAD"),
		word("set_cabin_class", "Sets the class of travel.", "Class.", "economy", "business", "first"),
		word("set_seat_preference", "Sets the preferred seat.", "Seat.", "window", "aisle", "any"),
		whole("set_num_bags", "Sets the number of checked bags.", "Number of bags."),
		whole("set_num_infants", "Sets the number of infants without a seat.", "Number of infants."),
		whole("set_num_seniors", "Sets the number of senior tickets.", "Number of seniors."),
		whole("set_max_stops", "Sets the largest number of stops.", "Number of stops."),
		whole("set_max_travel_time", "Sets the longest time of travel.", "Hours."),
		text("set_carrier", "Sets the preferred carrier.", "Name of the carrier."),
		word("set_meal", "Sets the meal on board.", "Meal.", "standard", "vegetarian", "vegan", "none"),
		whole("set_hotel_stars", "Sets the least number of stars of the hotel.", "Stars, from 1 to 5."),
		text("set_hotel_chain", "Sets the preferred hotel chain.", "Name of the chain."),
		word("set_board", "Sets which meals the hotel serves.", "Board.", "none", "breakfast", "half board", "full board"),
		whole("set_num_guests", "Sets the number of guests in a room.", "Number of guests."),
		whole("set_max_distance_to_center", "Sets the largest distance of the hotel from the center.", "Miles."),
		word("set_pet_policy", "Sets which pets must be allowed.", "Pets.", "none", "cats", "dogs", "any"),
		word("set_sort_order", "Sets how the offers are sorted.", "Sort order.", "price", "duration", "rating"),
		text("set_loyalty_number", "Sets the number of a loyalty program.", "Number."),
		text("set_coupon", "Applies a coupon code.", "Code."),
		word("set_insurance", "Sets whether the trip is insured.", "Insurance.", "none", "basic", "full"),
		text("save_search", "Saves the criteria under a name.", "Name of the saved search."),
		read("list_saved_searches", "Lists the searches that were saved earlier.", "No saved searches."),
		read("get_exchange_rates", "Lists current exchange rates.", "1 USD = 0.92 EUR = 0.79 GBP."),
		read("get_baggage_rules", "Describes what may be taken on board.", "One bag of at most 8 kg in the cabin."),
	)
}
