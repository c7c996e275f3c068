package lexical

import "github.com/azimuthdev/azimuth/model"

// habits is what demonstrations say of tools.
type habits struct {
	place map[string]float64            // mean position in a plan, from 0 to 1
	share map[string]float64            // share of the plans that have it
	next  map[string]map[string]float64 // how often a tool came right after another; "" is the start
}

// habitsOf counts. Only the names of tools count, not the arguments.
func habitsOf(demos []model.Demo) habits {
	h := habits{map[string]float64{}, map[string]float64{}, map[string]map[string]float64{}}
	count := map[string]float64{}
	for _, d := range demos {
		seen, prev := map[string]bool{}, ""
		for i, c := range d.Calls {
			h.place[c.Tool] += (float64(i) + 0.5) / float64(len(d.Calls))
			count[c.Tool]++
			if !seen[c.Tool] {
				seen[c.Tool] = true
				h.share[c.Tool] += 1 / float64(len(demos))
			}
			h.follow(prev, c.Tool)
			prev = c.Tool
		}
	}
	for name, n := range count {
		h.place[name] /= n
	}
	for _, row := range h.next {
		normalise(row)
	}
	return h
}

func (h habits) follow(prev, name string) {
	if h.next[prev] == nil {
		h.next[prev] = map[string]float64{}
	}
	h.next[prev][name]++
}

func normalise(row map[string]float64) {
	total := 0.0
	for _, n := range row {
		total += n
	}
	for name := range row {
		row[name] /= total
	}
}
