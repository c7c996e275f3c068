package home

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

// Listing is a made-up home within the criteria.
type Listing struct {
	Address    string `json:"address"`
	Type       string `json:"type"`
	Price      int64  `json:"price"` // US dollars, a month when renting
	SquareFeet int64  `json:"square_feet"`
	Beds       int64  `json:"beds"`
}

// listingSchema describes the answer of search.
var listingSchema = json.RawMessage(`{"type":"object","properties":{"homes":{"type":"array","items":{"type":"object",` +
	`"properties":{"address":{"type":"string"},"type":{"type":"string"},"price":{"type":"integer"},` +
	`"square_feet":{"type":"integer"},"beds":{"type":"integer"}}}}},"required":["homes"]}`)

var streets = []string{"Maple Street", "Oak Avenue", "Lakeview Drive", "Mill Road", "Harbor Lane", "Cedar Court", "Hill Terrace", "Station Road"}

// listings invents three homes.
func listings(d sandbox.Dict, r *rand.Rand) (tool.Result, error) {
	homes := make([]Listing, 3)
	var b strings.Builder
	fmt.Fprintf(&b, "3 homes to %s in %s (made up from the criteria, this is a sandbox):", d.Text("buy_or_rent"), d.Text("location"))
	for i := range homes {
		homes[i] = invent(d, r)
		l := homes[i]
		fmt.Fprintf(&b, "\n%d. %s: %s, bedrooms: %d, %s sq ft, $%s", i+1, l.Address, l.Type, l.Beds,
			draw.Thousands(l.SquareFeet), draw.Thousands(l.Price))
	}
	raw, err := canon.Marshal(map[string][]Listing{"homes": homes})
	return tool.Result{Content: b.String(), Value: raw}, err
}

func invent(d sandbox.Dict, r *rand.Rand) Listing {
	usual := int64(600_000)
	if d.Text("buy_or_rent") == "rent" {
		usual = 3_000
	}
	return Listing{
		Address:    fmt.Sprintf("%d %s, %s", 10+r.IntN(900), draw.Pick(r, streets...), d.Text("location")),
		Type:       draw.Pick(r, types(d)...),
		Price:      sandbox.Within(d, r, "price", usual),
		SquareFeet: sandbox.Within(d, r, "square_feet", 1_800),
		Beds:       d.Int("num_beds", 1+r.Int64N(4)),
	}
}

func types(d sandbox.Dict) []string {
	var out []string
	if raw, ok := d.Get("home_types"); ok && json.Unmarshal(raw, &out) == nil && len(out) > 0 {
		return out
	}
	return []string{"house"}
}
