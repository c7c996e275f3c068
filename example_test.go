package azimuth_test

import (
	"context"
	"fmt"
	"log"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/tool"
)

type city struct {
	City string `json:"city" jsonschema:"name of the city"`
}

type forecast struct {
	Sky string `json:"sky"`
}

type booking struct {
	City  string `json:"city" jsonschema:"name of the city"`
	Seats int    `json:"seats" jsonschema:"how many people come"`
}

type booked struct {
	Text string `json:"text"`
}

func lookUp(_ context.Context, in city) (forecast, error) {
	return forecast{Sky: "clear over " + in.City}, nil
}

func reserve(_ context.Context, in booking) (booked, error) {
	return booked{Text: fmt.Sprintf("a table for %d in %s", in.Seats, in.City)}, nil
}

// Two Go functions become tools. Looking up the weather is a read: it may be done while searching. Booking changes the
// world: it is only done when the plan is carried out, and only because the rule approves it.
func Example() {
	tools := []tool.Tool{
		tool.Func("weather", "Looks up the weather in a city.", lookUp, &tool.FuncOptions{Effect: tool.Read}),
		tool.Func("book_table", "Books a table outside in a city for a number of seats.", reserve, &tool.FuncOptions{Effect: tool.Destructive}),
	}
	agent, err := azimuth.New(tools, &azimuth.Options{
		Approve: effect.Policy{Rules: []effect.Rule{{Tool: "book_*", Decision: effect.Approve}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	result, err := agent.Run(context.Background(), "Look up the weather in Lisbon and book a table in Lisbon for 4 seats")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Status)
	for _, s := range result.Steps {
		fmt.Println(s.Tool, string(s.Args), "->", string(s.Value))
	}
	// Output:
	// succeeded
	// weather {"city":"Lisbon"} -> {"sky":"clear over Lisbon"}
	// book_table {"city":"Lisbon","seats":4} -> {"text":"a table for 4 in Lisbon"}
}
