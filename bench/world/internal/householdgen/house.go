package householdgen

import (
	"slices"
	"strings"
)

// Trait is a set of things that can be done with an object.
type Trait uint32

// The traits. Those of fixtures come first.
const (
	Surface   Trait = 1 << iota // things can be put on it
	Container                   // things can be put in it; it is closed at first
	Bin                         // a container without a lid
	Device                      // can be switched on and off
	Plug                        // a device with a plug, which is pulled at first
	Seat                        // can be sat on
	Couch                       // can be lain on
	Sink                        // dishes can be washed there
	Wipeable                    // can be wiped and scrubbed
	Movable                     // can be pushed, pulled and moved
	Screen                      // a device that can be watched
	Sound                       // a device that can be listened to
	Keyboard                    // a device that can be typed on
	Lit                         // a device that is on at first
	Being                       // can be greeted

	Drink   // can be drunk
	Liquid  // can be poured
	Vessel  // can be poured into, and then drunk from
	Food    // can be eaten
	Cut     // can be cut
	Text    // can be read
	Dish    // can be washed, rinsed and scrubbed
	Soft    // can be squeezed
	Knife   // cuts
	Cloth   // wipes
	Clothes // can be washed in the machine
)

// Object is a fixture, which stands in a room, or an item, which lies on or in a fixture.
type Object struct {
	Name   string
	Place  string // the room of a fixture, the fixture of an item
	Traits Trait
}

// Is says whether the object has one of the traits.
func (o Object) Is(t Trait) bool { return o.Traits&t != 0 }

// Rooms are the rooms. Everybody starts in the first.
var Rooms = []string{"hall", "kitchen", "dining room", "living room", "bedroom", "bathroom", "office", "laundry room"}

// Fixtures stand in rooms.
var Fixtures = []Object{
	{"coat rack", "hall", Surface}, {"shoe rack", "hall", Surface}, {"hall table", "hall", Surface},
	{"fridge", "kitchen", Container}, {"kitchen cabinet", "kitchen", Container}, {"kitchen counter", "kitchen", Surface | Wipeable},
	{"kitchen sink", "kitchen", Sink | Wipeable}, {"stove", "kitchen", Device | Wipeable}, {"microwave", "kitchen", Container | Device},
	{"dishwasher", "kitchen", Container | Device}, {"coffee maker", "kitchen", Device | Plug}, {"toaster", "kitchen", Device | Plug},
	{"trash can", "kitchen", Bin}, {"cat", "kitchen", Being},
	{"dining table", "dining room", Surface | Wipeable}, {"dining chair", "dining room", Seat | Movable}, {"sideboard", "dining room", Surface | Wipeable},
	{"tv", "living room", Device | Screen}, {"sofa", "living room", Seat | Couch}, {"armchair", "living room", Seat | Movable},
	{"coffee table", "living room", Surface | Wipeable}, {"bookshelf", "living room", Surface}, {"floor lamp", "living room", Device | Plug},
	{"radio", "living room", Device | Plug | Sound}, {"grandmother", "living room", Being},
	{"bed", "bedroom", Seat | Couch | Surface}, {"nightstand", "bedroom", Surface | Wipeable}, {"wardrobe", "bedroom", Container},
	{"bedside lamp", "bedroom", Device | Lit}, {"alarm clock", "bedroom", Device | Sound},
	{"bathroom sink", "bathroom", Sink | Wipeable}, {"bathroom cabinet", "bathroom", Container}, {"mirror", "bathroom", Wipeable},
	{"shower", "bathroom", Device | Wipeable}, {"bathtub", "bathroom", Wipeable},
	{"desk", "office", Surface | Wipeable}, {"computer", "office", Device | Screen | Keyboard}, {"office chair", "office", Seat | Movable},
	{"printer", "office", Device | Plug}, {"filing cabinet", "office", Container},
	{"washing machine", "laundry room", Container | Device}, {"dryer", "laundry room", Container | Device},
	{"laundry basket", "laundry room", Bin}, {"ironing board", "laundry room", Surface},
}

// Items lie on or in fixtures.
var Items = []Object{
	{"coat", "coat rack", Clothes}, {"umbrella", "coat rack", 0}, {"scarf", "coat rack", Clothes},
	{"boots", "shoe rack", 0}, {"sneakers", "shoe rack", 0},
	{"keys", "hall table", 0}, {"newspaper", "hall table", Text}, {"sunglasses", "hall table", 0},
	{"milk", "fridge", Drink | Liquid}, {"orange juice", "fridge", Drink | Liquid}, {"cheese", "fridge", Food | Cut},
	{"yogurt", "fridge", Food}, {"lettuce", "fridge", Food | Cut}, {"lemon", "fridge", Cut | Soft},
	{"glass", "kitchen cabinet", Vessel | Dish}, {"mug", "kitchen cabinet", Vessel | Dish}, {"plate", "kitchen cabinet", Dish},
	{"bowl", "kitchen cabinet", Dish}, {"pan", "kitchen cabinet", Dish},
	{"bread", "kitchen counter", Food | Cut}, {"knife", "kitchen counter", Knife | Dish}, {"apple", "kitchen counter", Food | Cut},
	{"sponge", "kitchen counter", Soft | Cloth}, {"dish towel", "kitchen counter", Cloth},
	{"vase", "sideboard", Dish}, {"candle", "sideboard", 0}, {"tray", "sideboard", Dish},
	{"novel", "bookshelf", Text}, {"cookbook", "bookshelf", Text}, {"photo album", "bookshelf", Text}, {"atlas", "bookshelf", Text},
	{"magazine", "coffee table", Text}, {"remote control", "coffee table", 0},
	{"diary", "nightstand", Text}, {"reading glasses", "nightstand", 0}, {"phone", "nightstand", 0},
	{"shirt", "wardrobe", Clothes}, {"sweater", "wardrobe", Clothes}, {"blanket", "wardrobe", 0},
	{"toothbrush", "bathroom cabinet", 0}, {"toothpaste", "bathroom cabinet", Soft}, {"shampoo", "bathroom cabinet", Soft},
	{"bath towel", "bathroom cabinet", Cloth},
	{"letter", "desk", Text}, {"notebook", "desk", Text}, {"pen", "desk", 0},
	{"contract", "filing cabinet", Text}, {"tax form", "filing cabinet", Text},
	{"socks", "laundry basket", Clothes}, {"jeans", "laundry basket", Clothes}, {"pajamas", "laundry basket", Clothes},
}

// Find returns the fixture or item of a name.
func Find(name string) (Object, bool) {
	for _, list := range [][]Object{Fixtures, Items} {
		if i := slices.IndexFunc(list, func(o Object) bool { return strings.EqualFold(o.Name, name) }); i >= 0 {
			return list[i], true
		}
	}
	return Object{}, false
}

// Fixture says whether the object stands in a room.
func (o Object) Fixture() bool { return slices.Contains(Rooms, o.Place) }

// Names returns the objects of a list that have one of the traits, all where it is 0.
func Names(list []Object, t Trait) []string {
	var out []string
	for _, o := range list {
		if t == 0 || o.Is(t) {
			out = append(out, o.Name)
		}
	}
	return out
}

// In returns the fixtures of a room.
func In(room string) []string {
	var out []string
	for _, o := range Fixtures {
		if o.Place == room {
			out = append(out, o.Name)
		}
	}
	return out
}
