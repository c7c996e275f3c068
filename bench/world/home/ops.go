package home

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/homegen"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

const afterMode = " Call it after set_buy_or_rent."

// op is a tool over the criteria.
type op = sandbox.Op[sandbox.Dict]

func ops() []op {
	out := []op{
		{
			Name:   "set_location",
			Doc:    "Sets the city or area to search for homes. Must be the first call, before anything else is set.",
			Effect: tool.Reversible,
			Args:   []sandbox.Arg{{Name: "value", Doc: "City or area, for example Denver.", Type: sandbox.Text}},
			Do:     setLocation,
		},
		{
			Name: "set_buy_or_rent",
			Doc: "Sets whether to look for homes to buy or homes to rent. Must be the second call, directly after " +
				"set_location and before any other criterion.",
			Effect: tool.Reversible,
			Args: []sandbox.Arg{{Name: "value", Doc: "buy for homes for sale, rent for homes to let.",
				Type: sandbox.Choice, Enum: []string{"buy", "rent"}}},
			Do: setMode,
		},
		{
			Name: "select_home_type",
			Doc: "Selects the types of home to include, all of them in one call." + afterMode + " Homes to buy can be " +
				strings.Join(homegen.BuyTypes, ", ") + "; homes to rent can be " + strings.Join(homegen.RentTypes, ", ") + ".",
			Effect: tool.Reversible,
			Slots:  &tool.Slots{Sets: []string{"home_types"}},
			Args: []sandbox.Arg{{Name: "values", Doc: "The types of home that are wanted.", Type: sandbox.Choices,
				Enum: append(slices.Clone(homegen.BuyTypes), "Apartment")}},
			Do: selectTypes,
		},
	}
	out = append(out, setters()...)
	return append(out, form.Search("Runs the search with the criteria that were set and lists matching homes. Call it last: it ends the "+
		"session, and nothing can be set afterwards. Needs at least set_location and set_buy_or_rent. A minimum "+
		"price or size that was not set counts as 0.", listingSchema, fill, listings))
}

func setters() []op {
	return []op{
		setter("min_price", "Sets the lowest price, in US dollars (a month when renting).", "Lowest price in US dollars.", sandbox.Integer),
		setter("max_price", "Sets the highest price, in US dollars (a month when renting).", "Highest price in US dollars.", sandbox.Integer),
		setter("min_square_feet", "Sets the smallest size of the home.", "Smallest living area in square feet.", sandbox.Integer),
		setter("max_square_feet", "Sets the largest size of the home.", "Largest living area in square feet.", sandbox.Integer),
		setter("num_beds", "Sets the number of bedrooms.", "Number of bedrooms (beds).", sandbox.Integer),
		setter("num_baths", "Sets the number of bathrooms; half bathrooms are allowed.", "Number of bathrooms (baths), for example 2.5.", sandbox.Number),
		setter("num_garages", "Sets the number of garages.", "Number of garages.", sandbox.Integer),
		setter("num_swimming_pools", "Sets the number of swimming pools.", "Number of swimming pools.", sandbox.Integer),
		setter("num_balconies", "Sets the number of balconies.", "Number of balconies.", sandbox.Integer),
		setter("floor_number", "Sets the floor on which the home must be.", "Number of the floor.", sandbox.Integer),
		setter("max_commute_time", "Sets the longest commute from the home to work.", "Longest commute time in minutes.", sandbox.Integer),
	}
}

func setter(key, doc, arg string, t sandbox.Type) op {
	return form.Setter("set_"+key, key, doc+afterMode, sandbox.Arg{Name: "value", Doc: arg, Type: t})
}

// begun says what has to come before the criteria.
func begun(d sandbox.Dict) error {
	switch {
	case !d.Has("location"):
		return errors.New("call set_location first, then set_buy_or_rent")
	case !d.Has("buy_or_rent"):
		return errors.New("call set_buy_or_rent first")
	}
	return nil
}

func setLocation(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
	if d.Len() > 0 {
		return d, tool.Result{}, fmt.Errorf("the location is %q already; it is the first thing to be set and can't be changed", d.Text("location"))
	}
	return sandbox.Put(d, "location", v[0])
}

func setMode(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
	if !d.Has("location") {
		return d, tool.Result{}, errors.New("call set_location first")
	}
	if d.Len() > 1 {
		return d, tool.Result{}, fmt.Errorf("it is %q already; it is set once, directly after set_location", d.Text("buy_or_rent"))
	}
	return sandbox.Put(d, "buy_or_rent", v[0])
}

func selectTypes(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
	if err := form.Ready(d); err != nil {
		return d, tool.Result{}, err
	}
	mode, allowed := d.Text("buy_or_rent"), homegen.BuyTypes
	if mode == "rent" {
		allowed = homegen.RentTypes
	}
	for _, t := range v[0].List {
		if !slices.Contains(sandbox.Lower(allowed), t) {
			return d, tool.Result{}, fmt.Errorf("there is no %s to %s; choose from %s", t, mode, strings.Join(allowed, ", "))
		}
	}
	return sandbox.Put(d, "home_types", v[0])
}

// fill gives the lower bounds that search assumes.
func fill(d sandbox.Dict) (sandbox.Dict, error) {
	return d.WithZero("min_price", "min_square_feet"), nil
}
