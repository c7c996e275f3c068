package sheetsgen

import (
	"math/rand/v2"
	"strconv"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// domain is what a table is about: a name, the header (a key, a category, two numbers), and what stands in the columns.
// Keys alternate between the spaces: even ones are for tasks, odd ones for demonstrations.
type domain struct {
	title, row string
	header     [4]string
	keys       []string
	categories []string
	lo, hi     [2]int // of the numbers
	step       [2]int
}

var domains = []domain{
	{"Products", "product", [4]string{"Product", "Category", "Price", "Stock"},
		[]string{"Hammer", "Wrench", "Drill", "Saw", "Pliers", "Chisel", "Lantern", "Rope", "Bucket", "Ladder", "Shovel", "Rake", "Hose", "Tarp", "Anvil", "Clamp",
			"Sander", "Level", "Mallet", "Trowel", "Crowbar", "Toolbox", "Gloves", "Goggles", "Stapler", "Scissors", "Funnel", "Wheel"},
		[]string{"Tools", "Garden", "Safety", "Storage"}, [2]int{5, 10}, [2]int{90, 200}, [2]int{1, 1}},
	{"Staff", "person", [4]string{"Name", "Department", "Salary", "Age"},
		[]string{"Abel", "Brenda", "Carlos", "Dora", "Edgar", "Fiona", "Gustav", "Helen", "Igor", "Judith", "Klaus", "Laura", "Manuel", "Nora", "Oscar", "Petra",
			"Quentin", "Rita", "Stefan", "Thelma", "Ulrich", "Vanessa", "Walter", "Xenia", "Yusuf", "Zoe", "Amir", "Beatrix"},
		[]string{"Sales", "Support", "Research", "Finance"}, [2]int{3000, 20}, [2]int{9000, 65}, [2]int{50, 1}},
	{"Expenses", "item", [4]string{"Item", "Type", "Amount", "Days"},
		[]string{"Taxi", "Hotel", "Lunch", "Dinner", "Parking", "Fuel", "Ferry", "Museum", "Laundry", "Postage", "Printing", "Coffee", "Insurance", "Visa", "Luggage", "Tips",
			"Toll", "Map", "Umbrella", "Adapter", "Sunscreen", "Souvenir", "Camping", "Bicycle", "Ski pass", "Sauna", "Phone card", "Repair"},
		[]string{"Travel", "Food", "Office", "Leisure"}, [2]int{10, 1}, [2]int{400, 14}, [2]int{1, 1}},
	{"Grades", "student", [4]string{"Student", "Class", "Math", "English"},
		[]string{"Adele", "Bruno", "Celia", "Dario", "Edith", "Flora", "Goran", "Hanna", "Ivan", "Jolie", "Karim", "Lena", "Milo", "Nadia", "Otto", "Pia",
			"Rene", "Sonja", "Timo", "Ursula", "Viktor", "Wanda", "Yves", "Zita", "Alma", "Boris", "Chloe", "Dylan"},
		[]string{"7A", "7B", "8A", "8B"}, [2]int{40, 40}, [2]int{100, 100}, [2]int{1, 1}},
	{"Library", "book", [4]string{"Title", "Genre", "Pages", "Copies"},
		[]string{"Dust", "Harbor", "Winter Road", "The Clock", "Glass City", "Red Hill", "Salt", "Northern Light", "The Well", "Paper Boats", "Amber", "Old Bridge", "Storm", "Silence",
			"The Orchard", "Echo", "Two Rivers", "Iron", "Lighthouse", "The Map", "Ember", "Snowfall", "Driftwood", "The Garden", "Compass", "Velvet", "Tides", "Stone"},
		[]string{"Novel", "Poetry", "History", "Science"}, [2]int{90, 1}, [2]int{700, 12}, [2]int{1, 1}},
	{"Orders", "order", [4]string{"Order", "Region", "Quantity", "Total"},
		[]string{"Q-104", "Q-211", "Q-318", "Q-425", "Q-532", "Q-639", "Q-746", "Q-853", "Q-960", "Q-117", "Q-224", "Q-331", "Q-438", "Q-545", "Q-652", "Q-759",
			"Q-866", "Q-973", "Q-130", "Q-237", "Q-344", "Q-451", "Q-558", "Q-665", "Q-772", "Q-879", "Q-986", "Q-143"},
		[]string{"North", "South", "East", "West"}, [2]int{1, 20}, [2]int{60, 900}, [2]int{1, 5}},
}

// words is a table's share of the world's words for one request.
type words struct {
	domain
	spare []string // keys that are not in the table
}

// number draws one for the column 2 or 3.
func (d domain) number(r *rand.Rand, column int) string {
	i := column - 2
	n := (d.hi[i] - d.lo[i]) / d.step[i]
	return strconv.Itoa(d.lo[i] + d.step[i]*r.IntN(n+1))
}

// fresh draws the rows of a table.
func fresh(r *rand.Rand, space draw.Space) (words, [][]string) {
	d := draw.Pick(r, domains...)
	var keys []string
	for i := int(space); i < len(d.keys); i += 2 {
		keys = append(keys, d.keys[i])
	}
	keys = draw.Shuffled(r, keys)
	n := 4 + r.IntN(9)
	rows := [][]string{d.header[:]}
	for _, k := range keys[:n] {
		rows = append(rows, d.line(r, k))
	}
	return words{d, keys[n:]}, rows
}

func (d domain) line(r *rand.Rand, key string) []string {
	return []string{key, draw.Pick(r, d.categories...), d.number(r, 2), d.number(r, 3)}
}
