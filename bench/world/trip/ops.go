package trip

import (
	"errors"
	"fmt"
	"time"

	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/bench/world/internal/tripgen"
	"github.com/azimuthdev/azimuth/tool"
)

const afterType = " Call it after select_booking_type."

// op is a tool over the criteria.
type op = sandbox.Op[sandbox.Dict]

func ops() []op {
	out := []op{bookingType()}
	out = append(out, constructors()...)
	out = append(out, ticketOps()...)
	out = append(out, hotelOps()...)
	return append(out, form.Search("Runs the search with the criteria that were set and lists offers. Call it last: it ends the session, and "+
		"nothing can be set afterwards. Trip tickets need transportation, origin, destination and departure date; hotels "+
		"need location, check-in and check-out date; both needs all of them, except that the departure date defaults to "+
		"the check-in date and the return date to the check-out date. One room and minimum prices of 0 are assumed.", offerSchema, fill, offers))
}

func bookingType() op {
	return op{
		Name:   "select_booking_type",
		Doc:    "Selects what to book. Must be the first call, before any criterion is set.",
		Effect: tool.Reversible,
		Args: []sandbox.Arg{{Name: "value", Type: sandbox.Choice, Enum: tripgen.BookingTypes,
			Doc: "hotels for a stay, trip tickets for travel (flight, train, bus, cruise), both for travel and stay."}},
		Do: func(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
			if d.Len() > 0 {
				return d, tool.Result{}, fmt.Errorf("the booking type is %q already; it is the first thing to be set and can't be changed", d.Text("booking_type"))
			}
			return sandbox.Put(d, "booking_type", v[0])
		},
	}
}

func constructors() []op {
	return []op{
		{
			Name:   "Loc",
			Doc:    "Makes a location from a text. Pass the loc of its answer on to set_origin, set_destination or set_hotel_location.",
			Effect: tool.Pure,
			Slots:  &tool.Slots{Sets: []string{"loc:{text}"}},
			Args:   []sandbox.Arg{{Name: "text", Doc: "City or place, for example Boston.", Type: sandbox.Text}},
			Output: sandbox.HandleOutput(tripgen.LocKind, "Location handle, to be passed on unchanged."),
			Do: func(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
				return d, made(tripgen.LocKind, v[0].Text), nil
			},
		},
		{
			Name:   "Date",
			Doc:    "Makes a date. Pass the date of its answer on to set_departure_date, set_return_date, set_checkin_date or set_checkout_date.",
			Effect: tool.Pure,
			Slots:  &tool.Slots{Sets: []string{"date:{year}-{month:2}-{day:2}"}}, // as the handle begins
			Args: []sandbox.Arg{
				{Name: "month", Doc: "Month, from 1 to 12.", Type: sandbox.Integer, Min: 1, Max: 12},
				{Name: "day", Doc: "Day of the month, from 1 to 31.", Type: sandbox.Integer, Min: 1, Max: 31},
				{Name: "year", Doc: "Year, for example 2027.", Type: sandbox.Integer, Min: 1900, Max: 2200},
			},
			Output: sandbox.HandleOutput(tripgen.DateKind, "Date handle, to be passed on unchanged."),
			Do:     makeDate,
		},
	}
}

func made(kind, content string) tool.Result {
	h := sandbox.MakeHandle(kind, content)
	return tool.Result{Content: fmt.Sprintf("%s = %s", kind, h), Value: sandbox.HandleValue(kind, h)}
}

func makeDate(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
	month, day, year := int(v[0].Int), int(v[1].Int), int(v[2].Int)
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return d, tool.Result{}, fmt.Errorf("day: %s %d has no day %d", time.Month(month), year, day)
	}
	return d, made(tripgen.DateKind, t.Format(tripgen.ISO)), nil
}

func ticketOps() []op {
	return []op{
		choice("select_transportation", "transportation", "Selects the means of transportation of the trip.", "Means of transportation.", tripgen.Transports),
		place("origin", "Sets where the trip starts."),
		place("destination", "Sets where the trip goes to."),
		day("departure_date", "Sets the day on which the trip starts."),
		day("return_date", "Sets the day of the trip back."),
		number("num_adults", "Sets the number of adult tickets.", "Number of adults."),
		number("num_children", "Sets the number of child tickets.", "Number of children (kids)."),
		number("min_ticket_price", "Sets the lowest price of a ticket.", "Lowest ticket price in US dollars."),
		number("max_ticket_price", "Sets the highest price of a ticket.", "Highest ticket price in US dollars."),
	}
}

func hotelOps() []op {
	return []op{
		place("hotel_location", "Sets where the hotel is."),
		day("checkin_date", "Sets the day of arrival at the hotel (check-in)."),
		day("checkout_date", "Sets the day of departure from the hotel (check-out)."),
		number("num_rooms", "Sets the number of hotel rooms.", "Number of rooms."),
		choice("select_room_type", "room_type", "Selects the type of hotel room.", "Room type.", tripgen.RoomTypes),
		number("min_room_price", "Sets the lowest price of a hotel room.", "Lowest room price in US dollars."),
		number("max_room_price", "Sets the highest price of a hotel room.", "Highest room price in US dollars."),
	}
}

func number(key, doc, arg string) op {
	return setter("set_"+key, key, doc, sandbox.Arg{Name: "value", Doc: arg, Type: sandbox.Integer})
}

func choice(name, key, doc, arg string, enum []string) op {
	return setter(name, key, doc, sandbox.Arg{Name: "value", Doc: arg, Type: sandbox.Choice, Enum: enum})
}

func place(key, doc string) op {
	return setter("set_"+key, key, doc+" Takes the loc that Loc returned.", sandbox.Arg{Name: tripgen.LocKind,
		Doc: "Location handle from Loc.", Type: sandbox.Handle, Kind: tripgen.LocKind, From: "Loc"})
}

func day(key, doc string) op {
	return setter("set_"+key, key, doc+" Takes the date that Date returned.", sandbox.Arg{Name: tripgen.DateKind,
		Doc: "Date handle from Date.", Type: sandbox.Handle, Kind: tripgen.DateKind, From: "Date"})
}

func setter(name, key, doc string, arg sandbox.Arg) op {
	return form.Setter(name, key, doc+afterType, arg)
}

// begun says what has to come before the criteria.
func begun(d sandbox.Dict) error {
	if !d.Has("booking_type") {
		return errors.New("call select_booking_type first")
	}
	return nil
}
