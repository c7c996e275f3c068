package trip

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
		{Name: "set_currency", Doc: "Sets the currency in which prices are shown." + afterType, Arg: word("Currency code.", "USD", "EUR", "GBP", "CAD")},
		{Name: "set_cabin_class", Doc: "Sets the class of travel." + afterType, Arg: word("Class.", "economy", "business", "first")},
		{Name: "set_seat_preference", Doc: "Sets the preferred seat." + afterType, Arg: word("Seat.", "window", "aisle", "any")},
		{Name: "set_num_bags", Doc: "Sets the number of checked bags." + afterType, Arg: whole("Number of bags.")},
		{Name: "set_num_infants", Doc: "Sets the number of infants without a seat." + afterType, Arg: whole("Number of infants.")},
		{Name: "set_num_seniors", Doc: "Sets the number of senior tickets." + afterType, Arg: whole("Number of seniors.")},
		{Name: "set_max_stops", Doc: "Sets the largest number of stops." + afterType, Arg: whole("Number of stops.")},
		{Name: "set_max_travel_time", Doc: "Sets the longest time of travel." + afterType, Arg: whole("Hours.")},
		{Name: "set_carrier", Doc: "Sets the preferred carrier." + afterType, Arg: text("Name of the carrier.")},
		{Name: "set_meal", Doc: "Sets the meal on board." + afterType, Arg: word("Meal.", "standard", "vegetarian", "vegan", "none")},
		{Name: "set_hotel_stars", Doc: "Sets the least number of stars of the hotel." + afterType, Arg: whole("Stars, from 1 to 5.")},
		{Name: "set_hotel_chain", Doc: "Sets the preferred hotel chain." + afterType, Arg: text("Name of the chain.")},
		{Name: "set_board", Doc: "Sets which meals the hotel serves." + afterType, Arg: word("Board.", "none", "breakfast", "half board", "full board")},
		{Name: "set_num_guests", Doc: "Sets the number of guests in a room." + afterType, Arg: whole("Number of guests.")},
		{Name: "set_max_distance_to_center", Doc: "Sets the largest distance of the hotel from the center." + afterType, Arg: whole("Miles.")},
		{Name: "set_pet_policy", Doc: "Sets which pets must be allowed." + afterType, Arg: word("Pets.", "none", "cats", "dogs", "any")},
		{Name: "set_sort_order", Doc: "Sets how the offers are sorted." + afterType, Arg: word("Sort order.", "price", "duration", "rating")},
		{Name: "set_loyalty_number", Doc: "Sets the number of a loyalty program." + afterType, Arg: text("Number.")},
		{Name: "set_coupon", Doc: "Applies a coupon code." + afterType, Arg: text("Code.")},
		{Name: "set_insurance", Doc: "Sets whether the trip is insured." + afterType, Arg: word("Insurance.", "none", "basic", "full")},
		{Name: "save_search", Doc: "Saves the criteria under a name." + afterType, Arg: text("Name of the saved search.")},
		{Name: "list_saved_searches", Doc: "Lists the searches that were saved earlier.", Answer: "No saved searches."},
		{Name: "get_exchange_rates", Doc: "Lists current exchange rates.", Answer: "1 USD = 0.92 EUR = 0.79 GBP."},
		{Name: "get_baggage_rules", Doc: "Describes what may be taken on board.", Answer: "One bag of at most 8 kg in the cabin."},
	}
}
