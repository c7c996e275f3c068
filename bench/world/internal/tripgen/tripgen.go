// Package tripgen draws trip booking requests: what is asked for, how it is worded, and the gold answer. The
// world's package uses the wording only, the grade package the answer only.
package tripgen

import (
	"math/rand/v2"
	"time"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// Name is the world's name, part of every request's id and seed.
const Name = "trip"

// The choices of the world's tools.
var (
	BookingTypes = []string{"hotels", "trip tickets", "both"}
	Transports   = []string{"flight", "train", "bus", "cruise"}
	RoomTypes    = []string{"King Bed", "Queen Bed", "Double", "Luxury"}
)

// Request is one drawn request. Fields that are zero are not asked for.
type Request struct {
	ID, Goal          string
	booking           string
	transport         string
	from, to, hotel   string
	depart, back      time.Time // zero: not asked for (of both: the hotel's dates are meant)
	checkin, checkout time.Time
	room              string
	counts            map[string]int64 // criteria that are numbers, by key
}

func (q *Request) tickets() bool { return q.booking != "hotels" }
func (q *Request) rooms() bool   { return q.booking != "trip tickets" }

// Task returns the request without its answer.
func (q *Request) Task() (id, goal string) { return q.ID, q.Goal }

// Draw returns the request i of a seed.
func Draw(space draw.Space, seed uint64, i int) *Request {
	r := draw.New(Name, space, seed, i)
	q := &Request{ID: draw.ID(Name, space, seed, i), booking: draw.Pick(r, BookingTypes...), counts: map[string]int64{}}
	towns := draw.Shuffled(r, draw.Cities(space))
	first := time.Date(2027, 1, 5, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(500))
	last := first.AddDate(0, 0, 2+r.IntN(12))
	q.from, q.to, q.hotel = towns[0], towns[1], towns[1]
	switch q.booking {
	case "hotels":
		q.from, q.to = "", ""
		q.checkin, q.checkout = first, last
	case "trip tickets":
		q.hotel = ""
		q.depart = first
		if draw.Chance(r, 0.6) {
			q.back = last
		}
	default:
		q.checkin, q.checkout = first, last
		if draw.Chance(r, 0.25) {
			q.depart = first.AddDate(0, 0, -1)
		}
	}
	if q.tickets() {
		q.transport = draw.Pick(r, Transports...)
	}
	q.extras(r)
	q.Goal = q.goal(r)
	return q
}

// extras draws the criteria that a request may leave out: one to five, four where the plan is long already.
func (q *Request) extras(r *rand.Rand) {
	var keys []string
	if q.tickets() {
		keys = append(keys, "num_adults", "num_children", "min_ticket_price", "max_ticket_price")
	}
	if q.rooms() {
		keys = append(keys, "num_rooms", "room_type", "min_room_price", "max_room_price")
	}
	most := 5
	if q.booking == "both" {
		most = 4
	}
	for _, key := range draw.Shuffled(r, keys)[:1+r.IntN(min(most, len(keys)))] {
		if key == "room_type" {
			q.room = draw.Pick(r, RoomTypes...)
			continue
		}
		q.counts[key] = count(r, key)
	}
	by := func(int64) int64 { return 100 }
	draw.Order(q.counts, "min_ticket_price", "max_ticket_price", by)
	draw.Order(q.counts, "min_room_price", "max_room_price", by)
}

func count(r *rand.Rand, key string) int64 {
	switch key {
	case "num_adults":
		return 1 + r.Int64N(5)
	case "num_children":
		return 1 + r.Int64N(3)
	case "num_rooms":
		return 2 + r.Int64N(3)
	}
	return 40 + 10*r.Int64N(60)
}
