package tripgen

import (
	"fmt"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// Templates take: 1 the means of transport, 2 origin, 3 destination, 4 departure, 5 return, 6 hotel's place,
// 7 check-in, 8 check-out.
var oneWay = []string{
	"I need %[1]s from %[2]s to %[3]s on %[4]s.", "Book %[1]s leaving %[2]s for %[3]s on %[4]s.",
	"On %[4]s I want to travel from %[2]s to %[3]s, please find %[1]s.", "Find %[1]s to %[3]s from %[2]s, departing %[4]s.",
	"Can you get me %[1]s from %[2]s to %[3]s departing on %[4]s?",
}

var roundTrip = []string{
	"I need %[1]s from %[2]s to %[3]s on %[4]s, returning on %[5]s.",
	"Book %[1]s leaving %[2]s for %[3]s on %[4]s and coming back on %[5]s.",
	"We travel from %[2]s to %[3]s on %[4]s and return %[5]s, please find %[1]s.",
	"Find %[1]s to %[3]s from %[2]s, departing %[4]s and returning %[5]s.",
	"Can you get me %[1]s from %[2]s to %[3]s, going on %[4]s and back on %[5]s?",
}

var stay = []string{
	"I need a hotel in %[6]s from %[7]s to %[8]s.", "Find me a hotel in %[6]s, checking in on %[7]s and checking out on %[8]s.",
	"Please book a hotel room in %[6]s with check-in %[7]s and check-out %[8]s.",
	"We stay in %[6]s and look for a hotel: arrival %[7]s, check-out %[8]s.",
	"Can you search for hotels in %[6]s between %[7]s and %[8]s?",
}

var both = []string{
	"I need %[1]s from %[2]s to %[3]s and a hotel there, checking in on %[7]s and checking out on %[8]s.",
	"Plan a trip from %[2]s to %[3]s: %[1]s and a hotel in %[6]s from %[7]s to %[8]s.",
	"Book both %[1]s leaving %[2]s for %[3]s and a hotel in %[6]s, check-in %[7]s, check-out %[8]s.",
	"We are going from %[2]s to %[3]s and need %[1]s as well as a hotel room in %[6]s from %[7]s until %[8]s.",
	"Can you find %[1]s from %[2]s to %[3]s plus a hotel in %[6]s between %[7]s and %[8]s?",
}

var transports = map[string][]string{
	"flight": {"a flight", "a flight", "plane tickets"},
	"train":  {"a train", "train tickets", "a train ticket"},
	"bus":    {"a bus", "bus tickets", "a bus ticket"},
	"cruise": {"a cruise", "a cruise"},
}

var leads = []string{"I need ", "Please look for ", "We want ", "It should come with "}

// goal words the request.
func (q *Request) goal(r *rand.Rand) string {
	templates := both
	switch {
	case !q.tickets():
		templates = stay
	case !q.rooms() && q.back.IsZero():
		templates = oneWay
	case !q.rooms():
		templates = roundTrip
	}
	means := ""
	if q.tickets() {
		means = draw.Pick(r, transports[q.transport]...)
	}
	first := fmt.Sprintf(draw.Pick(r, templates...), means, q.from, q.to, draw.Date(r, q.depart),
		draw.Date(r, q.back), q.hotel, draw.Date(r, q.checkin), draw.Date(r, q.checkout))
	goal := draw.Wishes(r, first, q.wishes(r), leads)
	if q.booking == "both" && !q.depart.IsZero() {
		goal += fmt.Sprintf(draw.Pick(r, " We leave already on %s.", " The departure date is %s.", " Departure is on %s."), draw.Date(r, q.depart))
	}
	return goal
}

func (q *Request) wishes(r *rand.Rand) []string {
	var out []string
	if n, ok := q.counts["num_adults"]; ok {
		out = append(out, draw.Plural(r, n, "adult", "adults"))
	}
	if n, ok := q.counts["num_children"]; ok {
		out = append(out, draw.Plural(r, n, "child", draw.Pick(r, "children", "kids")))
	}
	money := func(n int64) string { return draw.Money(r, n) }
	out = draw.Bounds(out, r, q.counts, "ticket price", "ticket_price", money)
	if n, ok := q.counts["num_rooms"]; ok {
		out = append(out, draw.Plural(r, n, "room", draw.Pick(r, "rooms", "hotel rooms")))
	}
	if q.room != "" {
		out = append(out, roomPhrase(r, q.room))
	}
	return draw.Bounds(out, r, q.counts, draw.Pick(r, "room price", "room rate"), "room_price", money)
}

func roomPhrase(r *rand.Rand, room string) string {
	switch room {
	case "King Bed":
		return draw.Pick(r, "a king bed", "King Bed as the room type", "a king bed room")
	case "Queen Bed":
		return draw.Pick(r, "a queen bed", "Queen Bed as the room type", "a queen bed room")
	case "Double":
		return draw.Pick(r, "a double room", "Double as the room type")
	}
	return draw.Pick(r, "a luxury room", "Luxury as the room type")
}
