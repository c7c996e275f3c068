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
