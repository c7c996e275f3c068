package memory_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/tool"
)

func Example() {
	demos, err := memory.Load(strings.NewReader(`
- goal: Book a hotel in Oslo
  calls:
    - {tool: find_city, args: {name: Oslo}}
    - {tool: find_hotels}
    - {tool: book}
`), memory.YAML)
	if err != nil {
		log.Fatal(err)
	}
	index, err := memory.NewIndex(demos, nil)
	if err != nil {
		log.Fatal(err)
	}
	path := []tool.Call{{Tool: "find_city"}}
	candidates := []cost.Candidate{{Call: tool.Call{Tool: "find_hotels"}}, {Call: tool.Call{Tool: "book"}}, {Finish: true}}
	next, err := index.Prior().Next(context.Background(), &cost.State{Path: path}, candidates)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("find_hotels %.1f, book %.1f, finish %.1f\n", next[0], next[1], next[2])
	fmt.Printf("a weather report instead: %.1f of the path is known\n", index.ScoreNext(path, tool.Call{Tool: "weather"}))
	// Output:
	// find_hotels 0.8, book 0.2, finish 0.0
	// a weather report instead: 0.5 of the path is known
}
