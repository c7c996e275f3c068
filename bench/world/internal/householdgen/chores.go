package householdgen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// chore is a part of a request.
type chore struct {
	key   string   // what it is, whatever the words
	text  string   // an imperative without a full stop
	uses  []string // things and devices that no other chore of the request may use
	opens bool     // a container is opened, which may be closed again
	last  bool     // nothing can follow
	write func(*writer)
}

var chores = []func(*rand.Rand) chore{fetch, fetch, fetchTwo, fetchTwo, light, television, reading, drinking, eating, washing, laundry, typing, sleeping, wiping, cutting, listening, moving, greeting}

// lies says where a thing is: the milk from the fridge.
func lies(name string) string {
	o, _ := Find(name)
	return "the " + name + " from the " + o.Place
}

func at(place string) Object {
	o, _ := Find(place)
	return o
}

// lid says that a place has a lid or a door.
func lid(place string) bool { return at(place).Is(Container) }

func pickItem(r *rand.Rand, t Trait) string { return draw.Pick(r, Names(Items, t)...) }

// target draws a place to put things that are at another one.
func target(r *rand.Rand, from string) string {
	for {
		if p := draw.Pick(r, Names(Fixtures, Surface|Container|Bin)...); p != from {
			return p
		}
	}
}

func onto(place string) string {
	if at(place).Is(Container | Bin) {
		return "in the " + place
	}
	return "on the " + place
}

func fetch(r *rand.Rand) chore {
	item := pickItem(r, 0)
	from := at(item).Place
	to := target(r, from)
	text := fmt.Sprintf(draw.Pick(r, "get %s and put it %s", "bring %s and lay it %s", "take %s and place it %s", "move %s, it belongs %s"), lies(item), onto(to))
	return chore{
		key: "fetch " + item + " " + to, text: text, uses: []string{item}, opens: lid(from) || lid(to),
		write: func(w *writer) { w.take(item); w.put(to, item) },
	}
}

func fetchTwo(r *rand.Rand) chore {
	a := pickItem(r, 0)
	from := at(a).Place
	var rest []string
	for _, o := range Items {
		if o.Place == from && o.Name != a {
			rest = append(rest, o.Name)
		}
	}
	b := draw.Pick(r, rest...)
	to := target(r, from)
	text := fmt.Sprintf(draw.Pick(r, "take the %s and the %s together from the %s and put both %s", "carry both the %s and the %s from the %s at once and leave them %s"), a, b, from, onto(to))
	pair := []string{a, b}
	slices.Sort(pair)
	return chore{
		key: "fetch " + strings.Join(pair, " ") + " " + to, text: text, uses: pair, opens: lid(from) || lid(to),
		write: func(w *writer) { w.take(a, b); w.put(to, a, b) },
	}
}

func light(r *rand.Rand) chore {
	var can []string
	for _, o := range Fixtures {
		if o.Is(Device) && !o.Is(Lit) && !o.Is(Container) {
			can = append(can, o.Name)
		}
	}
	d := draw.Pick(r, can...)
	text := fmt.Sprintf(draw.Pick(r, "switch on the %s", "turn the %s on", "start the %s"), d)
	if at(d).Is(Plug) {
		text += draw.Pick(r, " (it is not plugged in)", ", after plugging it in")
	}
	return chore{key: "light " + d, text: text, uses: []string{d}, write: func(w *writer) { w.start(d) }}
}

func television(r *rand.Rand) chore {
	seat := draw.Pick(r, "sofa", "armchair")
	text := fmt.Sprintf(draw.Pick(r, "switch on the tv, sit down on the %s and watch", "watch tv: turn it on and then sit on the %s to watch it"), seat)
	return chore{key: "tv " + seat, text: text, uses: []string{"tv"}, write: func(w *writer) {
		w.start("tv")
		w.sit(seat)
		w.do(line{"watch", "tv"})
	}}
}

func reading(r *rand.Rand) chore {
	item, seat := pickItem(r, Text), draw.Pick(r, Names(Fixtures, Seat)...)
	text := fmt.Sprintf(draw.Pick(r, "take %s, sit down on the %s and read it", "get %s and read it sitting on the %s"), lies(item), seat)
	return chore{key: "read " + item + " " + seat, text: text, uses: []string{item}, opens: lid(at(item).Place), write: func(w *writer) {
		w.take(item)
		w.sit(seat)
		w.do(line{"read", item})
	}}
}

func drinking(r *rand.Rand) chore {
	cup, what := pickItem(r, Vessel), pickItem(r, Liquid)
	text := fmt.Sprintf(draw.Pick(r, "take %s, then %s, pour the %[3]s into the %[4]s and drink from the %[4]s", "drink some %[3]s: first take %[1]s, then %[2]s, pour, and drink from the %[4]s"), lies(cup), lies(what), what, cup)
	return chore{key: "drink " + cup + " " + what, text: text, uses: []string{cup, what}, opens: true, write: func(w *writer) {
		w.take(cup)
		w.take(what)
		w.do(line{"pour", what, cup})
		w.do(line{"drink", cup})
	}}
}

func eating(r *rand.Rand) chore {
	item, seat := pickItem(r, Food), draw.Pick(r, Names(Fixtures, Seat)...)
	text := fmt.Sprintf(draw.Pick(r, "take %s, sit down on the %s and eat it", "eat %s while sitting on the %s"), lies(item), seat)
	return chore{key: "eat " + item + " " + seat, text: text, uses: []string{item}, opens: lid(at(item).Place), write: func(w *writer) {
		w.take(item)
		w.sit(seat)
		w.do(line{"eat", item})
		w.held--
	}}
}

func washing(r *rand.Rand) chore {
	item, sink, verb := pickItem(r, Dish), draw.Pick(r, Names(Fixtures, Sink)...), draw.Pick(r, "wash", "rinse", "scrub")
	to := target(r, sink)
	text := fmt.Sprintf("take %s, %s it at the %s and put it %s", lies(item), verb, sink, onto(to))
	return chore{key: "wash " + item + sink + verb + to, text: text, uses: []string{item}, opens: lid(at(item).Place) || lid(to), write: func(w *writer) {
		w.take(item)
		w.to(sink)
		w.do(line{verb, item})
		w.put(to, item)
	}}
}

func laundry(r *rand.Rand) chore {
	machine := draw.Pick(r, "washing machine", "dryer")
	pair := draw.Shuffled(r, []string{"socks", "jeans", "pajamas"})[:1+r.IntN(2)]
	text := fmt.Sprintf(draw.Pick(r, "put the %s from the laundry basket in the %s, close its door and switch it on", "load the %s out of the laundry basket into the %s, close that and start it"), strings.Join(pair, " and the "), machine)
	return chore{key: "laundry " + machine + strings.Join(slices.Sorted(slices.Values(pair)), " "), text: text, uses: append(slices.Clone(pair), machine), write: func(w *writer) {
		w.take(pair...)
		shut := w.shut
		w.shut = true
		w.put(machine, pair...)
		w.shut = shut
		w.do(line{"switch_on", machine})
	}}
}

func typing(r *rand.Rand) chore {
	text := draw.Pick(r, "switch on the computer, sit down on the office chair and type on the computer", "work at the computer: turn it on, take a seat on the office chair and type")
	return chore{key: "type", text: text, uses: []string{"computer"}, write: func(w *writer) {
		w.start("computer")
		w.sit("office chair")
		w.do(line{"type", "computer"})
	}}
}

func sleeping(r *rand.Rand) chore {
	text := draw.Pick(r, "switch off the bedside lamp, lie down on the bed and sleep", "go to bed: turn the bedside lamp off, lie down on the bed and sleep")
	return chore{key: "sleep", text: text, uses: []string{"bedside lamp"}, last: true, write: func(w *writer) {
		w.to("bedside lamp")
		w.do(line{"switch_off", "bedside lamp"})
		w.to("bed")
		w.do(line{"lie", "bed"})
		w.do(line{"sleep"})
	}}
}

func wiping(r *rand.Rand) chore {
	cloth, what := pickItem(r, Cloth), draw.Pick(r, Names(Fixtures, Wipeable)...)
	text := fmt.Sprintf(draw.Pick(r, "take %s and wipe the %s", "with %s, wipe the %s"), lies(cloth), what)
	return chore{key: "wipe " + cloth + what, text: text, uses: []string{cloth}, opens: lid(at(cloth).Place), write: func(w *writer) {
		w.take(cloth)
		w.to(what)
		w.do(line{"wipe", what})
	}}
}

func cutting(r *rand.Rand) chore {
	what := pickItem(r, Cut)
	text := fmt.Sprintf(draw.Pick(r, "take the knife from the kitchen counter, then %s, and cut it", "cut it up: first get the knife from the kitchen counter, then %s, then cut"), lies(what))
	return chore{key: "cut " + what, text: text, uses: []string{"knife", what}, opens: lid(at(what).Place), write: func(w *writer) {
		w.take("knife")
		w.take(what)
		w.do(line{"cut", what})
	}}
}

func listening(r *rand.Rand) chore {
	text := draw.Pick(r, "plug in the radio, switch it on and listen to it", "listen to the radio, which must be plugged in and switched on first")
	return chore{key: "listen", text: text, uses: []string{"radio"}, write: func(w *writer) {
		w.start("radio")
		w.do(line{"listen_to", "radio"})
	}}
}

func moving(r *rand.Rand) chore {
	what, verb := draw.Pick(r, Names(Fixtures, Movable)...), draw.Pick(r, "push", "pull", "move")
	return chore{key: verb + what, text: verb + " the " + what, uses: []string{what}, write: func(w *writer) {
		w.to(what)
		w.stand()
		w.do(line{verb, what})
	}}
}

func greeting(r *rand.Rand) chore {
	who := draw.Pick(r, Names(Fixtures, Being)...)
	return chore{key: "greet " + who, text: "go to the " + at(who).Place + " and greet the " + who, uses: []string{who}, write: func(w *writer) {
		w.enter(at(who).Place)
		w.do(line{"greet", who})
	}}
}
