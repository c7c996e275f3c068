package lexical

import (
	"context"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/trip"
	"github.com/azimuthdev/azimuth/model"
)

// BenchmarkPropose asks for ten samples of whole plans, with the tools and the goal read before and anew.
func BenchmarkPropose(b *testing.B) {
	r := model.Request{
		Tools: trip.New().Specs(), N: 10, Temperature: 0.7, Outline: true,
		Goal: "Book a flight and a hotel: 2 adults from Boston to Lisbon, leaving March 3 2027, back March 10, hotel with a king bed under $300 a night.",
	}
	m := New(nil)
	b.Run("known", func(b *testing.B) {
		for b.Loop() {
			if _, err := m.Propose(context.Background(), r); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(nil).Propose(context.Background(), r); err != nil {
				b.Fatal(err)
			}
		}
	})
}
