package homegen

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

var nouns = map[string][]string{
	"House": {"house", "house", "single house"}, "Townhouse": {"townhouse", "townhouse", "town house"},
	"Condo": {"condo", "condo", "condominium"}, "Land": {"piece of land", "plot of land"},
	"Multi-family": {"multi-family home", "multi-family house"}, "Mobile": {"mobile home", "mobile house"},
	"Co-op": {"co-op", "co-op", "co-op unit"}, "Apartment": {"apartment", "apartment", "flat"},
}

var firsts = map[bool][]string{
	false: {
		"I want to buy %[1]s in %[2]s.", "I'm looking to purchase %[1]s in %[2]s.", "Find me %[1]s for sale in %[2]s.",
		"Can you search %[2]s for %[1]s to buy?", "We are moving to %[2]s and plan to buy %[1]s.",
		"Show me what is on sale in %[2]s: I'm after %[1]s.", "Please find %[1]s I can purchase in %[2]s.",
		"My partner and I would like to buy %[1]s in %[2]s.", "Which homes could I buy in %[2]s? I am thinking of %[1]s.",
	},
	true: {
		"I want to rent %[1]s in %[2]s.", "I'm looking for %[1]s to rent in %[2]s.", "Find me %[1]s for rent in %[2]s.",
		"Can you search %[2]s for %[1]s to rent?", "We are moving to %[2]s and plan to rent %[1]s.",
		"Show me rentals in %[2]s: I'm after %[1]s.", "Please find %[1]s I can lease in %[2]s.",
		"My partner and I would like to rent %[1]s in %[2]s.", "Which homes could I rent in %[2]s? I am thinking of %[1]s.",
	},
}

var leads = []string{"It should have ", "I need ", "It must have ", "I would like "}

// goal words the request.
func (q *Request) goal(r *rand.Rand) string {
	kinds := make([]string, len(q.types))
	for i, t := range q.types {
		kinds[i] = draw.Article(draw.Pick(r, nouns[t]...))
	}
	first := fmt.Sprintf(draw.Pick(r, firsts[q.rent]...), draw.List(kinds, "or"), q.city)
	return draw.Wishes(r, first, q.wishes(r), leads)
}

func (q *Request) wishes(r *rand.Rand) []string {
	money := func(n int64) string { return draw.Money(r, n) }
	area := func(n int64) string {
		return draw.Whole(r, n) + draw.Pick(r, " square feet", " sq ft", " square feet")
	}
	price := draw.Pick(r, "price", "price")
	if q.rent {
		price = draw.Pick(r, "price", "monthly price", "rent")
	}
	var out []string
	out = draw.Bounds(out, r, q.values, price, "price", money)
	out = draw.Bounds(out, r, q.values, draw.Pick(r, "size", "living area"), "square_feet", area)
	for _, key := range Keys {
		if n, ok := q.values[key]; ok && !strings.Contains(key, "price") && !strings.Contains(key, "square") {
			out = append(out, count(r, key, n))
		}
	}
	return out
}

// count words a criterion that is a number of things.
func count(r *rand.Rand, key string, n int64) string {
	switch key {
	case "num_beds":
		return draw.Plural(r, n, draw.Pick(r, "bedroom", "bed"), draw.Pick(r, "bedrooms", "beds"))
	case "num_baths":
		if n == 2 {
			return "1 bathroom"
		}
		return baths(n) + draw.Pick(r, " bathrooms", " baths")
	case "num_garages":
		return draw.Plural(r, n, "garage", "garages")
	case "num_swimming_pools":
		return draw.Plural(r, n, "swimming pool", draw.Pick(r, "swimming pools", "pools"))
	case "num_balconies":
		return draw.Plural(r, n, "balcony", "balconies")
	case "floor_number":
		return draw.Pick(r, "a place on the "+draw.Ordinal(n)+" floor", "floor number "+strconv.FormatInt(n, 10))
	}
	minutes := strconv.FormatInt(n, 10) + draw.Pick(r, " minutes", " min")
	return fmt.Sprintf(draw.Pick(r, "a commute of at most %s", "a commute time of up to %s", "no more than %s of commuting"), minutes)
}
