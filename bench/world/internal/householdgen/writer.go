package householdgen

import (
	"slices"

	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
)

// writer writes a gold plan: groups of calls, free in their order within a group. It keeps track of where it is, so
// that it walks only where it has to. bad says that a plan is not possible: too many things to hold.
type writer struct {
	label.Builder
	before []int // the group that the next one needs

	room, near string
	up         bool
	held       int
	open       []string
	shut       bool // close what was opened
	bad        bool
}

func newWriter(shut bool) *writer { return &writer{room: Rooms[0], up: true, shut: shut} }

// line is a verb and its objects.
type line []string

// do appends a group.
func (w *writer) do(group ...line) {
	var now []int
	for _, l := range group {
		now = append(now, w.Add(l[0], args(l[1:]), w.before...))
	}
	w.before = now
}

// args are the arguments of a verb: object, then target.
func args(objects []string) []byte {
	var d sandbox.Dict
	for i, o := range objects {
		d = d.With([]string{"object", "target"}[i], sandbox.Quote(o))
	}
	return d.JSON()
}

// to goes to a fixture.
func (w *writer) to(name string) {
	o, _ := Find(name)
	w.enter(o.Place)
	if w.near != name {
		w.stand()
		w.do(line{"find", name})
		w.near = name
	}
}

func (w *writer) enter(room string) {
	if w.room != room {
		w.stand()
		w.do(line{"walk", room})
		w.room, w.near = room, ""
	}
}

func (w *writer) stand() {
	if !w.up {
		w.do(line{"stand_up"})
		w.up = true
	}
}

// unlock opens a container that is closed.
func (w *writer) unlock(name string) {
	o, _ := Find(name)
	if o.Is(Container) && !slices.Contains(w.open, name) {
		w.do(line{"open", name})
		w.open = append(w.open, name)
	}
}

// lock closes a container again, where that is asked for.
func (w *writer) lock(name string) {
	if i := slices.Index(w.open, name); i >= 0 && w.shut {
		w.do(line{"close", name})
		w.open = slices.Delete(w.open, i, i+1)
	}
}

// take grabs things that lie together.
func (w *writer) take(names ...string) {
	o, _ := Find(names[0])
	w.to(o.Place)
	w.stand()
	w.unlock(o.Place)
	var group []line
	for _, n := range names {
		group = append(group, line{"grab", n})
	}
	w.do(group...)
	w.lock(o.Place)
	w.held += len(names)
	w.bad = w.bad || w.held > 2
}

// put lays things on or in a fixture.
func (w *writer) put(place string, names ...string) {
	o, _ := Find(place)
	w.to(place)
	w.stand()
	w.unlock(place)
	verb := "put_on"
	if o.Is(Container | Bin) {
		verb = "put_in"
	}
	var group []line
	for _, n := range names {
		group = append(group, line{verb, n, place})
	}
	w.do(group...)
	w.lock(place)
	w.held -= len(names)
}

// start switches a device on, which may have to be plugged in.
func (w *writer) start(name string) {
	o, _ := Find(name)
	w.to(name)
	if o.Is(Plug) {
		w.do(line{"plug_in", name})
	}
	w.do(line{"switch_on", name})
}

func (w *writer) sit(name string) {
	w.to(name)
	w.stand()
	w.do(line{"sit", name})
	w.up = false
}
