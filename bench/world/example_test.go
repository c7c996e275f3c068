package world_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/tool"
)

func ExampleOpen() {
	w, err := world.Open("home", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range []tool.Call{
		{Tool: "set_num_beds", Args: json.RawMessage(`{"value":2}`)},
		{Tool: "set_location", Args: json.RawMessage(`{"value":"Denver"}`)},
	} {
		res, err := w.Call(context.Background(), c)
		fmt.Println(res.IsError, res.Content, err)
	}
	fmt.Println(string(w.State()))
	// Output:
	// true set_num_beds: call set_location first, then set_buy_or_rent <nil>
	// false location is now "Denver". <nil>
	// {"location":"Denver"}
}

func ExampleOpen_request() {
	w, err := world.Open("game24-7-3", nil) // as request 3 of seed 7 finds it
	if err != nil {
		fmt.Println(err)
		return
	}
	tasks, err := world.Tasks("game24", 7, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tasks[3].Goal)
	fmt.Println(world.Goal(tasks[3].ID))
	fmt.Println(string(w.State()))
	// Output:
	// Target 24, cards 13, 11, 5, 9. Only + - * / are allowed.
	// Target 24, cards 13, 11, 5, 9. Only + - * / are allowed. <nil>
	// {"numbers":["5","9","11","13"]}
}
