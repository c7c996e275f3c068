package lexical

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// found writes the mentions of the given kinds in a text, one after another.
func found(text string, now clock, kinds ...kind) string {
	var out []string
	for _, m := range parseGoal(text, now, newCatalog(nil)).mentions {
		if !slices.Contains(kinds, m.kind) || m.implied {
			continue
		}
		s := m.text
		switch m.qual {
		case atLeast:
			s = ">=" + s
		case atMost:
			s = "<=" + s
		}
		if m.kind == kindMoney {
			s = "$" + s
		}
		out = append(out, s+roleNames[m.role])
	}
	return strings.Join(out, " ")
}

var roleNames = map[role]string{roleFrom: "/from", roleTo: "/to", roleIn: "/in", roleStart: "/start", roleEnd: "/end"}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"3 beds and 2.5 baths":                 "3 2.5",
		"at least 2 bathrooms":                 ">=2",
		"under $900,000":                       "$<=900000",
		"1,500 square feet or more":            ">=1500",
		"a 3-bedroom flat":                     "3",
		"3br/2ba":                              "3 2",
		"three bedrooms, two and a half baths": "3 2.5",
		"twenty-five minutes":                  "25",
		"between $200 and $400k":               "$>=200000 $<=400000",
		"$200-400":                             "$>=200 $<=400",
		"from 2 to 3 rooms":                    ">=2 <=3",
		"1.2 million dollars":                  "$1200000",
		"US$455k":                              "$455000",
		"450,000 USD":                          "$450000",
		"no less than 5 rooms":                 ">=5",
		"rent can't be over 2800 dollars":      "$<=2800",
		"the 3rd floor":                        "3",
		"on the second floor":                  "2",
		"2+ beds":                              ">=2",
		"$3k a month tops":                     "$<=3000",
		"my budget is $500":                    "$<=500",
		"2 hotel rooms and a price of at most 280 USD": "2 $<=280",
		"half an hour":       "0.5",
		"beds: 3, baths: 2":  "3 2",
		"a couple of rooms":  "2",
		"10 of 12, 3. And 4": "10 12 3 4",
		"no more than 55 minutes of commuting, a price of $10 or less": "<=55 $<=10",
	} {
		if got := found(text, nil, kindNumber, kindMoney); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestImplied(t *testing.T) {
	g := parseGoal("a garage, no balcony and a 2 car port", nil, newCatalog(nil))
	var got []string
	for _, m := range g.mentions {
		if m.implied {
			got = append(got, fmt.Sprint(m.num, m.words[0].concept))
		}
	}
	if diff := cmp.Diff([]string{"1garage", "0balcony"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"on 2027-03-03":                       "2027-03-03/start",
		"March 3, 2027":                       "2027-03-03/start",
		"leaving March 3 2027, back March 10": "2027-03-03/start 2027-03-10/end",
		"3 March 2027":                        "2027-03-03/start",
		"the 3rd of March, 2027":              "2027-03-03/start",
		"03/14/2027":                          "2027-03-14/start",
		"14/03/2027":                          "2027-03-14/start",
		"14.03.2027":                          "2027-03-14/start",
		"from March 3-10, 2027":               "2027-03-03/start 2027-03-10/end",
		"3 to 10 March 2027":                  "2027-03-03/start 2027-03-10/end",
		"from Dec 30 to January 2, 2028":      "2027-12-30/start 2028-01-02/end",
		"check-in 2027-01-15, check-out January 20th, 2027": "2027-01-15/start 2027-01-20/end",
		"between 27 July 2027 and 8/3/2027":                 "2027-07-27/start 2027-08-03/end",
		"February 30, 2027":                                 "",
		"March 3":                                           "",
		"may 5 people come":                                 "",
		"Feb 29, 2028":                                      "2028-02-29/start",
	} {
		if got := found(text, nil, kindDate); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestDatesByClock(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
	for text, want := range map[string]string{
		"tomorrow": "2026-11-24/start", "the day after tomorrow": "2026-11-25/start", "December 1": "2026-12-01/start", "March 3": "2027-03-03/start",
	} {
		if got := found(text, now, kindDate); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for text, want := range map[string]string{
		"from Boston to Lisbon":                   "Boston/from Lisbon/to",
		"Oslo to Bergen by bus":                   "Oslo/from Bergen/to",
		"Tokyo → Osaka":                           "Tokyo/from Osaka/to",
		"a house in Austin, TX with 3 beds":       "Austin, TX/in",
		"near St. Louis, MO":                      "St. Louis, MO/in",
		"hotel in New York, New York":             "New York, New York/in",
		"leaving Montreal for Seattle":            "Montreal/from Seattle/to",
		"fly from boston to lisbon on a monday":   "boston/from lisbon/to",
		"In March I want to go to Rio de Janeiro": "Rio de Janeiro/to",
		"Find a King Bed":                         "",
		"arriving in Paris, France on Monday":     "Paris, France/to",
		"I want to buy a house":                   "",
		"Seattle. Two beds.":                      "Seattle",
	} {
		if got := found(text, nil, kindPlace); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestStrings(t *testing.T) {
	for text, want := range map[string]string{
		`say "hello there" and 'bye' it's`:         "hello there|bye",
		"read notes/todo.txt.":                     "notes/todo.txt",
		"open /etc/hosts, ~/x and ../y/z":          "/etc/hosts|~/x|../y/z",
		"mail ann.b@example.org please":            "ann.b@example.org",
		"get (https://example.org/a?b=c#d).":       "https://example.org/a?b=c#d",
		"e.g. this and/or that, i.e. buy/rent":     "",
		"the folder reports and a file named list": "reports",
		"“curly” and «guillemets» and `code`":      "curly|guillemets|code",
		"an unfinished \"quote":                    "",
		"in the current directory":                 ".",
		"all *.go files":                           "*.go",
	} {
		var got []string
		for _, m := range parseGoal(text, nil, newCatalog(nil)).mentions {
			if m.kind != kindText && !m.implied {
				got = append(got, m.text)
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: got %q, want %q", text, s, want)
		}
	}
}

func TestConcepts(t *testing.T) {
	for a, b := range map[string]string{
		"bedrooms": "bed", "Balconies": "balcony", "children": "kid", "creating": "create", "purchased": "buy",
		"moves": "moving", "flats": "apartment", "planes": "flight", "condominium": "condos", "queries": "query",
	} {
		if conceptOf(a) != conceptOf(b) {
			t.Errorf("%s is %s, %s is %s", a, conceptOf(a), b, conceptOf(b))
		}
	}
	for a, b := range map[string]string{"plan": "plane", "house": "home", "bus": "business", "price": "prize"} {
		if conceptOf(a) == conceptOf(b) {
			t.Errorf("%s and %s are both %s", a, b, conceptOf(a))
		}
	}
	if got := concepts("check-in, square feet, town houses"); !cmp.Equal(got, []string{"checkin", "sqft", "townhouse"}) {
		t.Errorf("phrases: %q", got)
	}
}

func TestSplitName(t *testing.T) {
	for name, want := range map[string]string{
		"getUserID": "get User ID", "set_min_price": "set min price", "HTTPServer": "HTTP Server", "a.b-c": "a b c", "Loc": "Loc",
	} {
		if got := splitName(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func FuzzGoal(f *testing.F) {
	for _, s := range []string{
		"3br/2ba under $900k in Austin, TX from March 3-10, 2027", "“a” 'b' 1,2,3,456.7.8 twenty- and a half", "St. to → - $$$ US$",
		"\xff\xfe 2nd 3/3/2027 99/99/9999 31.2.2027", "a a a no no the the", "x@y.z http:// ~/ ./ * **.go",
	} {
		f.Add(s)
	}
	now := func() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }
	f.Fuzz(func(t *testing.T, text string) {
		g := parseGoal(text, now, newCatalog(nil))
		for _, m := range g.mentions {
			if m.start < 0 || m.end > len(text) || m.start >= m.end {
				t.Fatalf("%q: mention %+v", text, m)
			}
			if m.kind == kindDate && !m.date.valid() {
				t.Errorf("%q: no such day %v", text, m.date)
			}
		}
		for i, tok := range g.tokens {
			if tok.start >= tok.end || i > 0 && tok.start < g.tokens[i-1].end || text[tok.start:tok.end] != tok.text {
				t.Fatalf("%q: token %d %+v", text, i, tok)
			}
		}
		if len(g.clauses) == 0 || g.clauses[len(g.clauses)-1].end != len(text) {
			t.Fatalf("%q: clauses %v", text, g.clauses)
		}
	})
}

func FuzzSchema(f *testing.F) {
	f.Add(`{"type":["string","null"],"properties":{"a":{"$ref":"#/$defs/x"}},"$defs":{"x":{"$ref":"#"}}}`)
	f.Add(`{"properties":{"a":true,"b":{"items":[{}]},"c":null},"required":"a","anyOf":[null,{"type":"null"}]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		s := parseSchema([]byte(raw))
		for _, slot := range slotsOf(&fact{}, s, nil, true) {
			if len(slot.path) == 0 || len(slot.path) > 2*maxSlotDepth {
				t.Fatalf("%s: path %v", raw, slot.path)
			}
		}
	})
}
