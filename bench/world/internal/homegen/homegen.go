// Package homegen draws home search requests: what is asked for, how it is worded, and the gold answer. The
// world's package uses the wording only, the grade package the answer only.
package homegen

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
)

// Name is the world's name, part of every request's id and seed.
const Name = "home"

// Home types that can be bought and rented, as the tool's schema writes them.
var (
	BuyTypes  = []string{"House", "Townhouse", "Condo", "Land", "Multi-family", "Mobile", "Co-op"}
	RentTypes = []string{"House", "Townhouse", "Condo", "Apartment"}
)

// Keys of the further criteria, in the order in which gold plans set them. Each has a tool set_KEY.
var Keys = []string{"min_price", "max_price", "min_square_feet", "max_square_feet", "num_beds", "num_baths",
	"num_garages", "num_swimming_pools", "num_balconies", "floor_number", "max_commute_time"}

// Request is one drawn request.
type Request struct {
	ID, Goal string
	city     string
	rent     bool
	types    []string
	values   map[string]int64 // by key; num_baths in halves
}

// Task returns the request without its answer.
func (q *Request) Task() (id, goal string) { return q.ID, q.Goal }

// Draw returns the request i of a seed.
func Draw(space draw.Space, seed uint64, i int) *Request {
	r := draw.New(Name, space, seed, i)
	q := &Request{
		ID:     draw.ID(Name, space, seed, i),
		city:   draw.Pick(r, draw.Cities(space)...),
		rent:   draw.Chance(r, 0.45),
		values: map[string]int64{},
	}
	kinds := BuyTypes
	if q.rent {
		kinds = RentTypes
	}
	q.types = draw.Shuffled(r, kinds)[:1+r.IntN(3)]
	for _, key := range draw.Shuffled(r, Keys)[:3+r.IntN(5)] {
		q.values[key] = q.value(r, key)
	}
	half := func(n int64) int64 { return n / 2 }
	draw.Order(q.values, "min_price", "max_price", half)
	draw.Order(q.values, "min_square_feet", "max_square_feet", half)
	q.Goal = q.goal(r)
	return q
}

func (q *Request) value(r *rand.Rand, key string) int64 {
	switch key {
	case "min_price", "max_price":
		if q.rent {
			return 800 + 50*r.Int64N(80)
		}
		return 150_000 + 5_000*r.Int64N(200)
	case "min_square_feet", "max_square_feet":
		return 500 + 50*r.Int64N(70)
	case "num_beds":
		return 1 + r.Int64N(6)
	case "num_baths":
		return 2 + r.Int64N(8)
	case "floor_number":
		return 1 + r.Int64N(30)
	case "max_commute_time":
		return 10 + 5*r.Int64N(17)
	}
	return 1 + r.Int64N(3)
}

// raw returns a criterion's value in canonical JSON.
func (q *Request) raw(key string) json.RawMessage {
	if key == "num_baths" {
		return json.RawMessage(baths(q.values[key]))
	}
	return json.RawMessage(strconv.FormatInt(q.values[key], 10))
}

func baths(halves int64) string { return strconv.FormatFloat(float64(halves)/2, 'g', -1, 64) }

func (q *Request) verb() string {
	if q.rent {
		return "rent"
	}
	return "buy"
}

// Label returns the gold answer.
func (q *Request) Label() label.Label {
	var b label.Builder
	loc := b.Add("set_location", sandbox.Object("value", sandbox.Quote(q.city)))
	mode := b.Add("set_buy_or_rent", sandbox.Object("value", sandbox.Quote(q.verb())), loc)
	types := slices.Sorted(slices.Values(q.types))
	b.Add("select_home_type", sandbox.Object("values", sandbox.Quotes(types)), mode)
	for _, key := range Keys {
		if _, ok := q.values[key]; ok {
			b.Add("set_"+key, sandbox.Object("value", q.raw(key)), mode)
		}
	}
	l := b.Finish("search", q.dict())
	l.ID, l.Goal = q.ID, q.Goal
	return l
}

func (q *Request) dict() json.RawMessage {
	var d sandbox.Dict
	d = d.With("location", sandbox.Quote(q.city)).With("buy_or_rent", sandbox.Quote(q.verb()))
	d = d.With("home_types", sandbox.Quotes(sandbox.Lower(q.types))).With(sandbox.Searched, json.RawMessage("true"))
	for key := range q.values {
		d = d.With(key, q.raw(key))
	}
	return d.WithZero("min_price", "min_square_feet").JSON()
}
