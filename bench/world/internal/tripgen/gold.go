package tripgen

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
)

// The kinds of handle that the constructors Loc and Date make.
const (
	LocKind  = "loc"
	DateKind = "date"
)

// ISO is how a date stands in a handle and in the state.
const ISO = "2006-01-02"

// plan builds a label call by call. made remembers which call made a handle, so that a place or a day that
// serves twice is constructed once.
type plan struct {
	label.Builder
	dict  sandbox.Dict
	first int // the call of select_booking_type
	made  map[string]int
}

// Label returns the gold answer.
func (q *Request) Label() label.Label {
	p := plan{made: map[string]int{}}
	p.first = p.Add("select_booking_type", sandbox.Object("value", sandbox.Quote(q.booking)))
	p.dict = p.dict.With("booking_type", sandbox.Quote(q.booking))
	if q.tickets() {
		p.set("select_transportation", "transportation", sandbox.Quote(q.transport))
		p.place("origin", q.from)
		p.place("destination", q.to)
	}
	if q.rooms() {
		p.place("hotel_location", q.hotel)
	}
	p.day("departure_date", q.depart)
	p.day("return_date", q.back)
	p.day("checkin_date", q.checkin)
	p.day("checkout_date", q.checkout)
	p.further(q)
	p.defaults(q)
	l := p.Finish("search", p.dict.JSON())
	l.ID, l.Goal = q.ID, q.Goal
	return l
}

func (p *plan) set(name, key string, v json.RawMessage, needs ...int) {
	p.Add(name, sandbox.Object("value", v), append([]int{p.first}, needs...)...)
	p.dict = p.dict.With(key, v)
}

func (p *plan) place(key, city string) {
	p.handle("set_"+key, key, LocKind, city, func(h string) int {
		return p.Make("Loc", sandbox.Object("text", sandbox.Quote(city)), h)
	})
}

func (p *plan) day(key string, t time.Time) {
	if t.IsZero() {
		return
	}
	p.handle("set_"+key, key, DateKind, t.Format(ISO), func(h string) int {
		return p.Make("Date", date(t), h)
	})
}

// date returns the arguments of Date.
func date(t time.Time) json.RawMessage {
	n := func(i int) json.RawMessage { return json.RawMessage(strconv.Itoa(i)) }
	return sandbox.Dict{}.With("month", n(int(t.Month()))).With("day", n(t.Day())).With("year", n(t.Year())).JSON()
}

// handle adds the setter's call and, where nothing made its argument yet, the constructor's before it.
func (p *plan) handle(name, key, kind, content string, construct func(handle string) int) {
	h := sandbox.MakeHandle(kind, content)
	at, ok := p.made[h]
	if !ok {
		at = construct(h)
		p.made[h] = at
	}
	p.Add(name, sandbox.Object(kind, sandbox.Quote(h)), p.first, at)
	p.dict = p.dict.With(key, sandbox.Quote(content))
}

func (p *plan) further(q *Request) {
	for _, key := range []string{"num_adults", "num_children", "min_ticket_price", "max_ticket_price", "num_rooms"} {
		p.number(q, key)
	}
	if q.room != "" {
		p.set("select_room_type", "room_type", sandbox.Quote(q.room))
	}
	p.number(q, "min_room_price")
	p.number(q, "max_room_price")
}

func (p *plan) number(q *Request, key string) {
	if n, ok := q.counts[key]; ok {
		p.set("set_"+key, key, json.RawMessage(strconv.FormatInt(n, 10)))
	}
}

// defaults are what the search fills in.
func (p *plan) defaults(q *Request) {
	if q.booking == "both" {
		in, _ := p.dict.Get("checkin_date")
		out, _ := p.dict.Get("checkout_date")
		p.dict = p.dict.WithDefault("departure_date", in).WithDefault("return_date", out)
	}
	if q.rooms() {
		p.dict = p.dict.WithDefault("num_rooms", json.RawMessage("1"))
	}
	p.dict = p.dict.WithZero("min_ticket_price", "min_room_price").With(sandbox.Searched, json.RawMessage("true"))
}
