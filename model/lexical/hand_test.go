package lexical_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/bench/world/home"
	"github.com/azimuthdev/azimuth/bench/world/trip"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/tool"
)

type handmadeRequest struct{ world, goal, want string }

// handmade requests are worded by hand, in ways that no template has; 12 of 15 were right at first sight. want is the
// state without what search fills in.
var handmade = []handmadeRequest{
	{"trip", "Book a flight and a hotel: 2 adults from Boston to Lisbon, leaving March 3 2027, back March 10, hotel with a king bed under $300 a night.",
		`{"booking_type":"both","transportation":"flight","num_adults":2,"origin":"Boston","destination":"Lisbon","hotel_location":"Lisbon","departure_date":"2027-03-03","return_date":"2027-03-10","checkin_date":"2027-03-03","checkout_date":"2027-03-10","room_type":"King Bed","max_room_price":300}`},
	{"trip", "Take the train from Porto to Madrid on 5 May 2027; two grown-ups and three kids; fares below 80 euros.",
		`{"booking_type":"trip tickets","transportation":"train","origin":"Porto","destination":"Madrid","departure_date":"2027-05-05","num_adults":2,"num_children":3,"max_ticket_price":80}`},
	{"trip", "Hotel in St. Louis, MO, check in June 1, 2027, check out June 4. Queen bed, at least $90 and at most $140 a night, 2 rooms",
		`{"booking_type":"hotels","hotel_location":"St. Louis, MO","checkin_date":"2027-06-01","checkout_date":"2027-06-04","room_type":"Queen Bed","min_room_price":90,"max_room_price":140,"num_rooms":2}`},
	{"trip", "We'd like to sail from Miami to Nassau on 2027-08-14 and be back on 2027-08-21. 4 adults, no more than $1,200 a ticket.",
		`{"booking_type":"trip tickets","transportation":"cruise","origin":"Miami","destination":"Nassau","departure_date":"2027-08-14","return_date":"2027-08-21","num_adults":4,"max_ticket_price":1200}`},
	{"trip", "fly from boston to lisbon on march 3 2027, one adult",
		`{"booking_type":"trip tickets","transportation":"flight","origin":"boston","destination":"lisbon","departure_date":"2027-03-03","num_adults":1}`},
	{"trip", "I want to go by bus, Oslo to Bergen, 12.07.2027, 1 adult and 1 child, tickets between $20 and $60",
		`{"booking_type":"trip tickets","transportation":"bus","origin":"Oslo","destination":"Bergen","departure_date":"2027-07-12","num_adults":1,"num_children":1,"min_ticket_price":20,"max_ticket_price":60}`},
	{"trip", "Please reserve a luxury room in Kyoto from April 2 to April 9, 2027. Budget $450 per night.",
		`{"booking_type":"hotels","hotel_location":"Kyoto","checkin_date":"2027-04-02","checkout_date":"2027-04-09","room_type":"Luxury","max_room_price":450}`},
	{"trip", "Get me to Chicago from Denver by plane on Sept 9th, 2027, returning Sept 12th. Just one passenger, an adult. Spend at most $350.",
		`{"booking_type":"trip tickets","transportation":"flight","origin":"Denver","destination":"Chicago","departure_date":"2027-09-09","return_date":"2027-09-12","num_adults":1,"max_ticket_price":350}`},
	{"home", "3-bedroom house for sale in Austin, TX with at least 2 bathrooms, under $900,000 and over 1,500 sq ft",
		`{"location":"Austin, TX","buy_or_rent":"buy","home_types":["house"],"num_beds":3,"num_baths":2,"max_price":900000,"min_square_feet":1500}`},
	{"home", "Looking for an apartment to rent near Portland, Oregon: 2br/1ba, max $2,400 a month, commute under 30 minutes",
		`{"location":"Portland, Oregon","buy_or_rent":"rent","home_types":["apartment"],"num_beds":2,"num_baths":1,"max_price":2400,"max_commute_time":30}`},
	{"home", "We plan on purchasing a condo or townhome in Denver. Price range $400k-$650k, two-car garage, a balcony, two and a half baths.",
		`{"location":"Denver","buy_or_rent":"buy","home_types":["condo","townhouse"],"min_price":400000,"max_price":650000,"num_garages":2,"num_balconies":1,"num_baths":2.5}`},
	{"home", "Seattle. Renting. Flats on the fifth floor with 1 bedroom and between 500 and 800 square feet, no more than $1900.",
		`{"location":"Seattle","buy_or_rent":"rent","home_types":["apartment"],"floor_number":5,"num_beds":1,"min_square_feet":500,"max_square_feet":800,"max_price":1900}`},
	{"home", "Buy land in Montana, at most $250,000.",
		`{"location":"Montana","buy_or_rent":"buy","home_types":["land"],"max_price":250000}`},
	{"home", "I'd love to own a home with a swimming pool and 4 bedrooms in San Diego; my budget is 1.2 million dollars; houses only.",
		`{"location":"San Diego","buy_or_rent":"buy","home_types":["house"],"num_swimming_pools":1,"num_beds":4,"max_price":1200000}`},
	{"home", "Rent a townhouse in Salt Lake City, three beds, 2.5 baths, 1 garage, 1,800 sq ft or more, $3k a month tops",
		`{"location":"Salt Lake City","buy_or_rent":"rent","home_types":["townhouse"],"num_beds":3,"num_baths":2.5,"num_garages":1,"min_square_feet":1800,"max_price":3000}`},
}

// TestHandmade counts how many of the requests worded by hand the greedy walk gets right.
func TestHandmade(t *testing.T) {
	for _, set := range []struct {
		name     string
		requests []handmadeRequest
		least    int
	}{{"handmade", handmade, 15}, {"held out", heldout, 14}, {"later", later, 11}, {"final", final, 5}} {
		good := 0
		for _, q := range set.requests {
			if diff := wrong(t, q); diff == "" {
				good++
			} else if *showMisses {
				t.Logf("%s\n%s", q.goal, diff)
			}
		}
		t.Logf("%s: %d of %d", set.name, good, len(set.requests))
		if good < set.least {
			t.Errorf("%s: %d of %d requests reach the goal, want %d", set.name, good, len(set.requests), set.least)
		}
	}
}

// wrong walks through a request and says what is wrong with the outcome, "" if nothing is.
func wrong(t *testing.T, q handmadeRequest) string {
	t.Helper()
	var w tool.World = trip.New()
	if q.world == "home" {
		w = home.New()
	}
	steps, _ := walk(t, lexical.New(nil), w, q.goal, 0)
	got, want := state(t, w.State(), q.want)
	diff := cmp.Diff(want, got)
	for _, s := range steps {
		if s.Result.IsError {
			diff += "\nfailed: " + s.Call.String() + ": " + s.Result.Content
		}
	}
	return diff
}

// state decodes a world's state and what it should be, without the defaults that the search fills in.
func state(t *testing.T, raw json.RawMessage, wanted string) (got, want map[string]any) {
	t.Helper()
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(wanted), &want); err != nil {
		t.Fatal(err)
	}
	if got["searched"] != true {
		t.Logf("no search: %s", raw)
		return got, want
	}
	delete(got, "searched")
	for k, v := range got {
		if _, stated := want[k]; !stated && (v == 0.0 && strings.HasPrefix(k, "min_") || k == "num_rooms" && v == 1.0) {
			delete(got, k)
		}
	}
	return got, want
}
