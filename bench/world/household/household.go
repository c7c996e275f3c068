package household

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/householdgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of the world: how many distracting tools it has, and the seed that chooses them.
type Options = sandbox.Options

// New returns the house as everybody finds it. The error is that of [Options.Validate].
func New(o Options) (tool.World, error) { return tools.Open(o, house{}) }

var tools = sandbox.NewTools(sandbox.Table[house]{Ops: ops, Extras: extras, Set: set})

// house is what differs from the house as it is at first.
type house struct{ d sandbox.Dict }

// JSON returns room, near, posture, and what was moved, opened, switched, plugged and filled.
func (h house) JSON() json.RawMessage { return h.d.JSON() }

func set(h house, key string, v json.RawMessage) (house, error) {
	return h.with("note "+key, string(v)), nil
}

type object = householdgen.Object

func (h house) with(key, val string) house { return house{h.d.With(key, sandbox.Quote(val))} }

func (h house) get(key, other string) string {
	if h.d.Has(key) {
		return h.d.Text(key)
	}
	return other
}

func (h house) room() string    { return h.get("room", householdgen.Rooms[0]) }
func (h house) near() string    { return h.get("near", "") }
func (h house) posture() string { return h.get("posture", standing) }

// The postures.
const (
	standing = "standing"
	sitting  = "sitting"
	lying    = "lying"
	asleep   = "asleep"
)

// hands is the place of what is held.
const hands = "hands"

func (h house) place(o object) string { return h.get("at "+o.Name, o.Place) }
func (h house) holds(o object) bool   { return !o.Fixture() && h.place(o) == hands }

func (h house) held() []string {
	var out []string
	for _, o := range householdgen.Items {
		if h.holds(o) {
			out = append(out, o.Name)
		}
	}
	return out
}

// is reads what can be so or not: open, on, plugged in, filled.
func (h house) is(what string, o object, atFirst bool) bool {
	return h.get(what+" "+o.Name, fmt.Sprint(atFirst)) == "true"
}

func (h house) make(what string, o object, yes bool) house {
	return h.with(what+" "+o.Name, fmt.Sprint(yes))
}

func (h house) isOpen(o object) bool {
	return !o.Is(householdgen.Container) || h.is("open", o, false)
}

func (h house) isOn(o object) bool { return h.is("on", o, o.Is(householdgen.Lit)) }

// The conditions that verbs have. Each returns what has to be done first.

func (h house) upright() error {
	switch h.posture() {
	case standing:
		return nil
	case asleep:
		return fmt.Errorf("you are asleep; call wake_up, then stand_up")
	}
	return fmt.Errorf("you are %s; call stand_up first", h.posture())
}

func (h house) awake() error {
	if h.posture() == asleep {
		return fmt.Errorf("you are asleep; call wake_up first")
	}
	return nil
}

// roomOf is the room in which an object is, "" for one that is held or lies on the floor somewhere else.
func (h house) roomOf(o object) string {
	p := h.place(o)
	if p == hands {
		return h.room()
	}
	if room, ok := strings.CutPrefix(p, "floor of the "); ok {
		return room
	}
	if slices.Contains(householdgen.Rooms, p) {
		return p
	}
	if f, ok := householdgen.Find(p); ok {
		return f.Place
	}
	return ""
}

func (h house) sameRoom(o object) error {
	if h.roomOf(o) != h.room() {
		return fmt.Errorf("there is no %s in the %s; walk to the right room first", o.Name, h.room())
	}
	return nil
}

// reach says whether an object is held, or is or lies on or in the fixture that one is near to.
func (h house) reach(o object) error {
	if err := h.sameRoom(o); err != nil || h.holds(o) {
		return err
	}
	p := h.place(o)
	switch {
	case strings.HasPrefix(p, "floor of the "):
		return nil
	case o.Fixture() && h.near() != o.Name:
		return fmt.Errorf("you are not near the %s; find it first", o.Name)
	case o.Fixture():
		return nil
	case h.near() != p:
		return fmt.Errorf("the %s is out of reach; find the place where it lies first", o.Name)
	}
	if f, _ := householdgen.Find(p); !h.isOpen(f) {
		return fmt.Errorf("the %s is closed; open it first", p)
	}
	return nil
}

func (h house) holding(o object) error {
	if !h.holds(o) {
		return fmt.Errorf("you don't hold the %s; grab it first", o.Name)
	}
	return nil
}

// first returns the first condition that does not hold.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
