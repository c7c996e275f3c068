package trip

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// need is a criterion that search asks for, and the tool that sets it.
type need struct{ key, tool string }

var (
	route  = []need{{"transportation", "select_transportation"}, {"origin", "set_origin"}, {"destination", "set_destination"}}
	leave  = []need{{"departure_date", "set_departure_date"}}
	lodge  = []need{{"hotel_location", "set_hotel_location"}, {"checkin_date", "set_checkin_date"}, {"checkout_date", "set_checkout_date"}}
	needed = map[string][][]need{"trip tickets": {route, leave}, "hotels": {lodge}, "both": {route, lodge}}
)

// fill gives the criteria that search assumes, or says which it can't do without.
func fill(d sandbox.Dict) (sandbox.Dict, error) {
	booking := d.Text("booking_type")
	if missing := lacks(d, booking); len(missing) > 0 {
		return d, fmt.Errorf("a search for %s needs more criteria: call %s first", booking, strings.Join(missing, ", "))
	}
	if booking == "both" {
		in, _ := d.Get("checkin_date")
		out, _ := d.Get("checkout_date")
		d = d.WithDefault("departure_date", in).WithDefault("return_date", out)
	}
	if booking != "trip tickets" {
		d = d.WithDefault("num_rooms", json.RawMessage("1"))
	}
	return d.WithZero("min_ticket_price", "min_room_price"), nil
}

func lacks(d sandbox.Dict, booking string) []string {
	var out []string
	for _, group := range needed[booking] {
		for _, n := range group {
			if !d.Has(n.key) {
				out = append(out, n.tool)
			}
		}
	}
	return out
}

// Offer is a made-up ticket or room within the criteria.
type Offer struct {
	Title string `json:"title"`
	Price int64  `json:"price"` // US dollars, a ticket or a room and night
}

// offerSchema describes the answer of search.
var offerSchema = json.RawMessage(`{"type":"object","properties":{"offers":{"type":"array","items":{"type":"object",` +
	`"properties":{"title":{"type":"string"},"price":{"type":"integer"}}}}},"required":["offers"]}`)

var hotels = []string{"Harbor House", "Grand Central Hotel", "The Maple Inn", "Riverside Lodge", "Hotel Meridian", "Parkview Suites"}

// offers invents two offers of each kind.
func offers(d sandbox.Dict, r *rand.Rand) (tool.Result, error) {
	booking := d.Text("booking_type")
	var out []Offer
	if booking != "hotels" {
		out = append(out, ticket(d, r), ticket(d, r))
	}
	if booking != "trip tickets" {
		for _, i := range r.Perm(len(hotels))[:2] {
			out = append(out, room(d, r, hotels[i]))
		}
	}
	var b strings.Builder
	b.WriteString("Offers (made up from the criteria, this is a sandbox):")
	for i, o := range out {
		fmt.Fprintf(&b, "\n%d. %s: $%s", i+1, o.Title, draw.Thousands(o.Price))
	}
	raw, err := canon.Marshal(map[string][]Offer{"offers": out})
	return tool.Result{Content: b.String(), Value: raw}, err
}

func ticket(d sandbox.Dict, r *rand.Rand) Offer {
	when := d.Text("departure_date")
	if back := d.Text("return_date"); back != "" {
		when += ", back " + back
	}
	title := fmt.Sprintf("%s %s to %s, %s at %02d:%02d", d.Text("transportation"), d.Text("origin"), d.Text("destination"),
		when, 6+r.IntN(14), 5*r.IntN(12))
	return Offer{Title: title, Price: sandbox.Within(d, r, "ticket_price", 320)}
}

func room(d sandbox.Dict, r *rand.Rand, name string) Offer {
	title := fmt.Sprintf("%s, %s, %s to %s, rooms: %d", name, d.Text("hotel_location"), d.Text("checkin_date"),
		d.Text("checkout_date"), d.Int("num_rooms", 1))
	if kind := d.Text("room_type"); kind != "" {
		title += ", " + kind
	}
	return Offer{Title: title, Price: sandbox.Within(d, r, "room_price", 180)}
}
