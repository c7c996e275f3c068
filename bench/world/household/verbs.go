package household

import (
	"errors"
	"fmt"
	"strings"

	hg "github.com/azimuthdev/azimuth/bench/world/internal/householdgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

// op is a tool over the house.
type op = sandbox.Op[house]

// verb describes a tool with one object, or two where targets is set.
type verb struct {
	name, doc string
	objects   []string
	targets   []string
	object2   string // what the target is
	do        func(h house, o, target object) (house, error)
	looks     bool // changes nothing
	slots     *tool.Slots
}

// What calls touch. Where one is and what one holds is told by every answer, so what changes that keeps its place. All
// that is named here is what the others have to do with one another.
var (
	nothing = &tool.Slots{}
	opens   = sets("open {object}")
	cleans  = sets("clean {object}")
	plugs   = sets("plugged {object}")
)

func sets(slot string, uses ...string) *tool.Slots {
	return &tool.Slots{Sets: []string{slot}, Uses: uses}
}

func ops() []op {
	var out []op
	for _, list := range [][]verb{moves(), handling(), devices(), body(), chores(), senses()} {
		for _, v := range list {
			out = append(out, v.op())
		}
	}
	return out
}

func (v verb) op() op {
	o := op{Name: v.name, Doc: v.doc, Effect: tool.Reversible, Slots: v.slots}
	if v.looks {
		o.Effect = tool.Read
	}
	if v.objects != nil {
		o.Args = append(o.Args, sandbox.Arg{Name: "object", Doc: "What to " + strings.ReplaceAll(v.name, "_", " ") + ".", Type: sandbox.Choice, Enum: v.objects})
	}
	if v.targets != nil {
		o.Args = append(o.Args, sandbox.Arg{Name: "target", Doc: v.object2, Type: sandbox.Choice, Enum: v.targets})
	}
	o.Do = func(h house, vals []sandbox.Value) (house, tool.Result, error) {
		var objects [2]object
		said := []string{strings.ReplaceAll(v.name, "_", " ")}
		for i, val := range vals {
			objects[i], _ = hg.Find(val.Text)
			if objects[i].Name == "" {
				objects[i].Name = val.Text // a room
			}
			said = append(said, val.Text)
		}
		next, err := v.do(h, objects[0], objects[1])
		if err != nil {
			return h, tool.Result{}, err
		}
		return next, sandbox.Say("Done: %s. %s", strings.Join(said, ", "), next.where()), nil
	}
	return o
}

// where says what one would see of oneself.
func (h house) where() string {
	s := "You are in the " + h.room()
	if h.near() != "" {
		s += " near the " + h.near()
	}
	s += ", " + h.posture()
	if held := h.held(); len(held) > 0 {
		s += ", holding the " + strings.Join(held, " and the ")
	}
	return s + "."
}

func fixtures(t hg.Trait) []string { return hg.Names(hg.Fixtures, t) }
func items(t hg.Trait) []string    { return hg.Names(hg.Items, t) }
func both(t hg.Trait) []string     { return append(fixtures(t), items(t)...) }

func plan() string {
	var rooms []string
	for _, r := range hg.Rooms {
		rooms = append(rooms, r+": "+strings.Join(hg.In(r), ", "))
	}
	return strings.Join(rooms, "; ")
}

func moves() []verb {
	goTo := func(h house, o, _ object) (house, error) {
		if err := h.upright(); err != nil {
			return h, err
		}
		return h.with("room", o.Name).with("near", ""), nil
	}
	return []verb{
		{name: "walk", objects: hg.Rooms, do: goTo,
			doc: "Walks to a room. You start in the hall. You must be standing. What stands in the rooms: " + plan() + "."},
		{name: "run", objects: hg.Rooms, do: goTo, doc: "Runs to a room, which is seldom needed. You must be standing."},
		{name: "find", objects: fixtures(0), doc: "Steps up to a piece of furniture, a device or somebody in the room that you are in, to be near it. You must be standing.",
			do: func(h house, o, _ object) (house, error) {
				return h.with("near", o.Name), first(h.upright(), h.sameRoom(o))
			}},
		{name: "push", slots: sets("moved {object}"), objects: fixtures(hg.Movable), doc: "Pushes a chair. You must stand near it.", do: shove},
		{name: "pull", slots: sets("moved {object}"), objects: fixtures(hg.Movable), doc: "Pulls a chair. You must stand near it.", do: shove},
		{name: "move", slots: sets("moved {object}"), objects: fixtures(hg.Movable), doc: "Moves a chair to the side. You must stand near it.", do: shove},
	}
}

func shove(h house, o, _ object) (house, error) {
	return h.make("moved", o, true), first(h.upright(), h.reach(o))
}

func handling() []verb {
	return []verb{
		{name: "grab", objects: items(0), do: grab,
			doc: "Takes a thing in your hand. You must stand near the furniture that it lies on or in, which must be open. You can hold two things."},
		{name: "drop", objects: items(0), doc: "Drops a thing that you hold on the floor.",
			do: func(h house, o, _ object) (house, error) {
				return h.with("at "+o.Name, "floor of the "+h.room()), first(h.awake(), h.holding(o))
			}},
		{name: "put_back", objects: items(0), doc: "Puts a thing that you hold back where it was at first. You must stand near that place, which must be open.",
			do: func(h house, o, _ object) (house, error) {
				f, _ := hg.Find(o.Place)
				return put(h, o, f)
			}},
		{name: "put_on", objects: items(0), targets: fixtures(hg.Surface), object2: "What to put it on.", do: put,
			doc: "Puts a thing that you hold on a table, a shelf or the like. You must stand near that."},
		{name: "put_in", objects: items(0), targets: fixtures(hg.Container | hg.Bin), object2: "What to put it in.", do: put,
			doc: "Puts a thing that you hold in a cabinet, a machine, a basket or the like. You must stand near that, and it must be open."},
		{name: "pour", slots: sets("filled {target}"), objects: items(hg.Liquid), targets: items(hg.Vessel), object2: "What to pour it into.", doc: "Pours a drink that you hold into a glass or mug that you hold.",
			do: func(h house, o, t object) (house, error) {
				return h.make("filled", t, true), first(h.awake(), h.holding(o), h.holding(t))
			}},
		{name: "open", slots: opens, objects: fixtures(hg.Container), doc: "Opens a piece of furniture or a machine with a door. You must stand near it.",
			do: func(h house, o, _ object) (house, error) {
				if h.isOpen(o) {
					return h, fmt.Errorf("the %s is open already", o.Name)
				}
				return h.make("open", o, true), first(h.upright(), h.reach(o))
			}},
		{name: "close", slots: opens, objects: fixtures(hg.Container), doc: "Closes what was opened. You must stand near it.",
			do: func(h house, o, _ object) (house, error) {
				if !h.isOpen(o) {
					return h, fmt.Errorf("the %s is closed already", o.Name)
				}
				return h.make("open", o, false), first(h.upright(), h.reach(o))
			}},
	}
}

func grab(h house, o, _ object) (house, error) {
	switch {
	case h.holds(o):
		return h, fmt.Errorf("you hold the %s already", o.Name)
	case len(h.held()) == 2:
		return h, fmt.Errorf("you hold the %s already; put something down first", strings.Join(h.held(), " and the "))
	}
	return h.with("at "+o.Name, hands), first(h.upright(), h.reach(o))
}

func put(h house, o, target object) (house, error) {
	if err := first(h.upright(), h.holding(o), h.reach(target)); err != nil {
		return h, err
	}
	if !h.isOpen(target) {
		return h, fmt.Errorf("the %s is closed; open it first", target.Name)
	}
	return h.with("at "+o.Name, target.Name), nil
}

func devices() []verb {
	return []verb{
		{name: "switch_on", slots: sets("on {object}", "plugged {object}", "open {object}"), objects: fixtures(hg.Device), do: switchOn,
			doc: "Switches a device on. You must stand near it; it must be plugged in and, if it has a door, closed. The coffee maker, toaster, floor lamp, radio and printer are unplugged at first."},
		{name: "switch_off", slots: sets("on {object}"), objects: fixtures(hg.Device), doc: "Switches a device off. You must stand near it. At first only the bedside lamp is on.",
			do: func(h house, o, _ object) (house, error) {
				if !h.isOn(o) {
					return h, fmt.Errorf("the %s is off already", o.Name)
				}
				return h.make("on", o, false), first(h.upright(), h.reach(o))
			}},
		{name: "plug_in", slots: plugs, objects: fixtures(hg.Plug), doc: "Plugs a device in. You must stand near it.",
			do: func(h house, o, _ object) (house, error) { return plug(h, o, true) }},
		{name: "plug_out", slots: plugs, objects: fixtures(hg.Plug), doc: "Pulls the plug of a device. You must stand near it.",
			do: func(h house, o, _ object) (house, error) { return plug(h, o, false) }},
		{name: "watch", slots: &tool.Slots{Uses: []string{"on {object}"}}, objects: fixtures(hg.Screen), doc: "Watches a screen that is on, in the room that you are in.", do: attend},
		{name: "listen_to", slots: &tool.Slots{Uses: []string{"on {object}"}}, objects: fixtures(hg.Sound), doc: "Listens to a device that is on, in the room that you are in.", do: attend},
		{name: "type", slots: sets("typed on {object}", "on {object}"), objects: fixtures(hg.Keyboard), doc: "Types on a device that is on, in the room that you are in. You must be sitting.",
			do: func(h house, o, _ object) (house, error) {
				if h.posture() != sitting {
					return h, errors.New("you are not sitting; find a chair and sit down first")
				}
				next, err := attend(h, o, object{})
				return next.make("typed on", o, true), err
			}},
	}
}

func switchOn(h house, o, _ object) (house, error) {
	if err := first(h.upright(), h.reach(o)); err != nil {
		return h, err
	}
	switch {
	case h.isOn(o):
		return h, fmt.Errorf("the %s is on already", o.Name)
	case o.Is(hg.Plug) && !h.is("plugged", o, false):
		return h, fmt.Errorf("the %s is not plugged in; call plug_in first", o.Name)
	case o.Is(hg.Container) && h.isOpen(o):
		return h, fmt.Errorf("the %s is open; close it first", o.Name)
	}
	return h.make("on", o, true), nil
}

func plug(h house, o object, in bool) (house, error) {
	if h.is("plugged", o, false) == in {
		return h, fmt.Errorf("the plug of the %s is that way already", o.Name)
	}
	return h.make("plugged", o, in), first(h.upright(), h.reach(o))
}

func attend(h house, o, _ object) (house, error) {
	if err := first(h.awake(), h.sameRoom(o)); err != nil {
		return h, err
	}
	if !h.isOn(o) {
		return h, fmt.Errorf("the %s is off; switch it on first", o.Name)
	}
	return h, nil
}
