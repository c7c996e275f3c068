package household

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/worldtest"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

// script reads lines such as put_on milk > coffee table.
func script(text string) []tool.Call {
	var out []tool.Call
	for line := range strings.SplitSeq(text, ";") {
		verb, objects, _ := strings.Cut(strings.TrimSpace(line), " ")
		object, target, two := strings.Cut(objects, " > ")
		args := `{}`
		switch {
		case two:
			args = `{"object":"` + object + `","target":"` + target + `"}`
		case object != "":
			args = `{"object":"` + object + `"}`
		}
		out = append(out, tool.Call{Tool: verb, Args: []byte(args)})
	}
	return out
}

func fresh() tool.World {
	w, err := New(Options{})
	if err != nil {
		return nil
	}
	return w
}

const good = `walk kitchen;find kitchen cabinet;open kitchen cabinet;grab glass;close kitchen cabinet;find fridge;open fridge;grab milk;` +
	`pour milk > glass;drink glass;close fridge;find trash can;put_in milk > trash can;walk living room;find tv;switch_on tv;find sofa;sit sofa;watch tv`

func TestWorldKeepsItsPromises(t *testing.T) {
	tooltest.World(t, fresh, script(good)...)
}

func TestFortyVerbs(t *testing.T) {
	if n := len(fresh().Specs()); n != 40 {
		t.Errorf("there are %d verbs, want 40", n)
	}
}

func TestScript(t *testing.T) {
	w := fresh()
	worldtest.Run(t, w, script(good)...)
	want := `{"at glass":"hands","at milk":"trash can","filled glass":"false","near":"sofa","on tv":"true","open fridge":"false",` +
		`"open kitchen cabinet":"false","posture":"sitting","room":"living room"}`
	if got := string(w.State()); got != want {
		t.Errorf("the state is %s, want %s", got, want)
	}
}

// Every rule: the calls before the last must work, the last must fail with the remedy and change nothing.
func TestRules(t *testing.T) {
	for _, c := range []struct{ calls, remedy string }{
		{"find fridge", "no fridge in the hall"},
		{"grab umbrella", "out of reach"},
		{"walk kitchen;open fridge", "find it first"},
		{"walk kitchen;find fridge;grab milk", "fridge is closed"},
		{"walk kitchen;find fridge;open fridge;open fridge", "open already"},
		{"walk kitchen;find fridge;close fridge", "closed already"},
		{"walk kitchen;find fridge;open fridge;grab milk;grab cheese;grab yogurt", "put something down first"},
		{"walk kitchen;find fridge;open fridge;grab milk;grab milk", "hold the milk already"},
		{"walk kitchen;find kitchen counter;put_on apple > kitchen counter", "grab it first"},
		{"walk kitchen;find kitchen counter;grab apple;put_in apple > fridge", "find it first"},
		{"walk kitchen;find kitchen counter;grab apple;find fridge;put_in apple > fridge", "open it first"},
		{"walk kitchen;find toaster;switch_on toaster", "plug_in first"},
		{"walk kitchen;find toaster;plug_in toaster;plug_in toaster", "that way already"},
		{"walk kitchen;find microwave;open microwave;switch_on microwave", "close it first"},
		{"walk bedroom;find bedside lamp;switch_on bedside lamp", "on already"},
		{"walk living room;find tv;switch_off tv", "off already"},
		{"walk living room;watch tv", "switch it on first"},
		{"walk living room;find sofa;sit sofa;walk hall", "stand_up first"},
		{"walk bedroom;find bed;lie bed;sleep;walk hall", "wake_up, then stand_up"},
		{"walk bedroom;find bed;lie bed;sleep;look_at bed", "wake_up first"},
		{"walk bedroom;find bed;sit bed;sleep", "lie down first"},
		{"stand_up", "you are standing"}, {"wake_up", "you are awake"},
		{"walk kitchen;find kitchen cabinet;open kitchen cabinet;grab glass;drink glass", "pour something"},
		{"walk kitchen;find kitchen counter;grab bread;cut bread", "don't hold the knife"},
		{"walk kitchen;find kitchen counter;wipe kitchen counter", "neither a sponge"},
		{"walk kitchen;find kitchen counter;grab knife;wash knife", "not near a sink"},
		{"walk office;find computer;switch_on computer;type computer", "not sitting"},
		{"read novel", "grab it first"}, {"greet cat", "no cat in the hall"}, {"eat cat", "not one of"},
	} {
		worldtest.Refuses(t, fresh(), c.remedy, script(c.calls)...)
	}
}

func TestDroppedThingsLieOnTheFloor(t *testing.T) {
	w := fresh()
	worldtest.Run(t, w, script("find hall table;grab keys;walk kitchen;drop keys;find stove;grab keys;walk hall;find hall table;put_back keys")...)
	if !strings.Contains(string(w.State()), `"at keys":"hall table"`) {
		t.Errorf("the state is %s", w.State())
	}
}

// What is declared to commute does: with things in both hands at the sink, on a device in reach, on the sofa.
func TestDeclaredOrders(t *testing.T) {
	paths := [][]tool.Call{
		nil, script(`walk kitchen;find kitchen cabinet;open kitchen cabinet;grab glass;grab mug;find kitchen sink`),
		script(`walk kitchen;find kitchen cabinet;open kitchen cabinet;grab glass;find fridge;open fridge;grab milk`),
		script(`walk living room;find radio`), script(`walk living room;find tv;switch_on tv;find sofa;sit sofa`),
		script(`walk office;find computer;switch_on computer;find office chair;sit office chair`), script(`walk kitchen;find dishwasher;open dishwasher`),
	}
	calls := script(`wash glass;rinse mug;scrub glass;scrub kitchen sink;wipe kitchen sink;pour milk > glass;pour milk > mug;drink glass;drink milk;squeeze sponge;` +
		`cut bread;plug_in radio;plug_out radio;switch_on radio;switch_off radio;listen_to radio;switch_on tv;watch tv;type computer;switch_on computer;` +
		`open dishwasher;close dishwasher;switch_on dishwasher;touch dishwasher;touch milk;touch glass;open fridge;close fridge;look_at radio;turn_to tv;` +
		`point_at sofa;greet cat;greet grandmother;read newspaper;push armchair;pull armchair;move office chair`)
	if pairs := tooltest.Order(t, fresh, paths, calls...); pairs < 20 {
		t.Errorf("%d pairs were compared that did something", pairs)
	}
}
