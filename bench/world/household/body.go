package household

import (
	"errors"
	"fmt"
	"slices"

	hg "github.com/azimuthdev/azimuth/bench/world/internal/householdgen"
	"github.com/azimuthdev/azimuth/tool"
)

func body() []verb {
	rest := func(posture string) func(house, object, object) (house, error) {
		return func(h house, o, _ object) (house, error) {
			return h.with("posture", posture), first(h.upright(), h.reach(o))
		}
	}
	return []verb{
		{name: "sit", objects: fixtures(hg.Seat), doc: "Sits down. You must stand near the seat.", do: rest(sitting)},
		{name: "lie", objects: fixtures(hg.Couch), doc: "Lies down. You must stand near the bed or the sofa.", do: rest(lying)},
		{name: "stand_up", doc: "Gets up from a seat or a bed. Needed before walking and before handling things.",
			do: func(h house, _, _ object) (house, error) {
				if h.posture() != sitting && h.posture() != lying {
					return h, fmt.Errorf("you are %s", h.posture())
				}
				return h.with("posture", standing), nil
			}},
		{name: "sleep", doc: "Falls asleep. You must be lying.",
			do: func(h house, _, _ object) (house, error) {
				if h.posture() != lying {
					return h, errors.New("you are not lying; lie down first")
				}
				return h.with("posture", asleep), nil
			}},
		{name: "wake_up", doc: "Wakes up.",
			do: func(h house, _, _ object) (house, error) {
				if h.posture() != asleep {
					return h, errors.New("you are awake")
				}
				return h.with("posture", lying), nil
			}},
		{name: "eat", objects: items(hg.Food), doc: "Eats something that you hold.",
			do: func(h house, o, _ object) (house, error) {
				return h.with("at "+o.Name, "stomach"), first(h.awake(), h.holding(o))
			}},
		{name: "drink", slots: sets("filled {object}"), objects: items(hg.Drink | hg.Vessel), do: drink,
			doc: "Drinks from something that you hold: a drink, or a glass or mug that something was poured into."},
	}
}

func drink(h house, o, _ object) (house, error) {
	if err := first(h.awake(), h.holding(o)); err != nil {
		return h, err
	}
	if o.Is(hg.Vessel) && !h.is("filled", o, false) {
		return h, fmt.Errorf("the %s is empty; pour something into it first", o.Name)
	}
	return h.make("filled", o, false), nil
}

func chores() []verb {
	clean := func(h house, o, _ object) (house, error) {
		if o.Fixture() {
			return h.make("clean", o, true), first(h.upright(), h.reach(o))
		}
		if f, _ := hg.Find(h.near()); !f.Is(hg.Sink) {
			return h, errors.New("you are not near a sink; find one first")
		}
		return h.make("clean", o, true), first(h.upright(), h.holding(o))
	}
	return []verb{
		{name: "wash", slots: cleans, objects: items(hg.Dish), doc: "Washes something that you hold. You must stand near a sink.", do: clean},
		{name: "rinse", slots: cleans, objects: items(hg.Dish), doc: "Rinses something that you hold. You must stand near a sink.", do: clean},
		{name: "scrub", slots: cleans, objects: append(items(hg.Dish), fixtures(hg.Wipeable)...), do: clean,
			doc: "Scrubs something that you hold, near a sink, or a piece of furniture that you stand near."},
		{name: "wipe", slots: cleans, objects: fixtures(hg.Wipeable), do: wipe,
			doc: "Wipes a piece of furniture that you stand near. You must hold a sponge or a towel."},
		{name: "squeeze", slots: sets("squeezed {object}"), objects: items(hg.Soft), doc: "Squeezes something that you hold.",
			do: func(h house, o, _ object) (house, error) {
				return h.make("squeezed", o, true), first(h.awake(), h.holding(o))
			}},
		{name: "cut", slots: sets("cut {object}"), objects: items(hg.Cut), do: cut, doc: "Cuts something that you hold with the knife, which you must hold too."},
		{name: "read", slots: nothing, objects: items(hg.Text), doc: "Reads something that you hold.",
			do: func(h house, o, _ object) (house, error) { return h, first(h.awake(), h.holding(o)) }},
	}
}

func wipe(h house, o, _ object) (house, error) {
	if !slices.ContainsFunc(hg.Items, func(i object) bool { return i.Is(hg.Cloth) && h.holds(i) }) {
		return h, errors.New("you hold neither a sponge nor a towel; grab one first")
	}
	return h.make("clean", o, true), first(h.upright(), h.reach(o))
}

func cut(h house, o, _ object) (house, error) {
	knife, _ := hg.Find("knife")
	return h.make("cut", o, true), first(h.awake(), h.holding(knife), h.holding(o))
}

func senses() []verb {
	notice := func(h house, o, _ object) (house, error) { return h, first(h.awake(), h.sameRoom(o)) }
	return []verb{
		{name: "turn_to", slots: nothing, objects: both(0), doc: "Turns to something in the room that you are in.", do: notice},
		{name: "look_at", slots: nothing, objects: both(0), doc: "Looks at something in the room that you are in.", do: notice, looks: true},
		{name: "point_at", slots: nothing, objects: both(0), doc: "Points at something in the room that you are in.", do: notice},
		{name: "touch", slots: &tool.Slots{Uses: []string{"open"}}, objects: both(0), doc: "Touches something that you hold or are near to.",
			do: func(h house, o, _ object) (house, error) { return h, first(h.awake(), h.reach(o)) }},
		{name: "greet", slots: nothing, objects: fixtures(hg.Being), doc: "Greets somebody in the room that you are in.", do: notice},
	}
}
