package arithgen

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// Whatever is calculated with, the story says (the 2 of two people is said by their names); results are whole and
// not negative, and every result but the last is used.
func TestProblemsAreSound(t *testing.T) {
	lengths := map[int]int{}
	for i := range 3000 {
		q := Draw(draw.Space(i%2), 4, i)
		lengths[len(q.steps)]++
		used := map[int]bool{len(q.steps) - 1: true}
		for j, s := range q.steps {
			for _, n := range []num{s.a, s.b} {
				used[n.from] = true
				said := strings.Contains(q.Goal, n.value())
				if n.from < 0 && !said && !(n.v == 2 && strings.Contains(q.Goal, "eat too")) {
					t.Errorf("%d is not in %q", n.v, q.Goal)
				}
			}
			if s.result() < 0 || s.op == "/" && s.a.v%s.b.v != 0 {
				t.Errorf("step %d, %v, gives %d: %q", j, s, s.result(), q.Goal)
			}
		}
		for j := range q.steps {
			if !used[j] {
				t.Errorf("step %d is of no use: %v", j, q)
			}
		}
		if strings.Contains(q.Goal, "NAME") || strings.Contains(q.Goal, "%!") {
			t.Errorf("got %q", q.Goal)
		}
	}
	for n := 2; n <= 8; n++ {
		if lengths[n] < 20 {
			t.Errorf("only %d of 3000 problems have %d steps: %v", lengths[n], n, lengths)
		}
	}
}

func TestSpacesShareNoName(t *testing.T) {
	for _, n := range people[draw.Task] {
		if slices.Contains(people[draw.Demo], n) {
			t.Errorf("%s is in both spaces", n)
		}
	}
}

func ExampleDraw() {
	q := Draw(draw.Task, 7, 1)
	l := q.Label()
	fmt.Println(q.Goal)
	for i, c := range l.Plan {
		fmt.Println(c, l.Forms[i], l.Needs[i], l.Makes[i])
	}
	// Output:
	// From the oven Pablo takes 6 trays, each with 19 pretzels. Tara's children eat 18 of them. The rest is packed in boxes of 12. A box sells for $11. Pablo is 51 years old. There were 11 people in the street. How many dollars do all boxes bring in?
	// calculate({"expression":"6 * 19"}) {"expression":"6 * 19"} [] 114
	// calculate({"expression":"114 - 18"}) {"expression":"{0} - 18"} [0] 96
	// calculate({"expression":"96 / 12"}) {"expression":"{1} / 12"} [1] 8
	// calculate({"expression":"8 * 11"}) {"expression":"{2} * 11"} [2] 88
}
