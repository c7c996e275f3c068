package tool_test

import (
	"context"
	"fmt"

	"github.com/azimuthdev/azimuth/tool"
)

func ExampleFunc() {
	type query struct {
		City string `json:"city" jsonschema:"where to look"`
		Days int    `json:"days,omitempty" jsonschema:"how far ahead, default 1"`
	}
	type forecast struct {
		Celsius []float64 `json:"celsius"`
	}
	lookUp := func(_ context.Context, q query) (forecast, error) {
		if q.City != "Oslo" {
			return forecast{}, fmt.Errorf("no forecast for %s", q.City)
		}
		return forecast{make([]float64, max(q.Days, 1))}, nil
	}
	set, err := tool.NewSet(tool.Func("forecast", "Weather forecast for a city", lookUp, &tool.FuncOptions{Effect: tool.Read}))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, args := range []string{`{"city": "Oslo", "days": 2}`, `{"city": "Atlantis"}`, `{"town": "Oslo"}`} {
		call, err := set.Parse("forecast", args)
		if err != nil {
			fmt.Println(err)
			continue
		}
		t, _ := set.Lookup(call.Tool)
		res, err := t.Call(context.Background(), call.Args)
		fmt.Println(call, res.Content, res.IsError, err)
	}
	// Output:
	// forecast({"city":"Oslo","days":2}) {"celsius":[0,0]} false <nil>
	// forecast({"city":"Atlantis"}) no forecast for Atlantis true <nil>
	// forecast was not called: args.city: missing property, it is required; args.town: there is no such property; there are city, days
}

func ExampleResolve() {
	args := []byte(`{"room": "${steps.1.rooms[0].id}", "nights": 2}`)
	resolved, err := tool.Resolve(args, func(step int) (tool.Result, bool) {
		return tool.Result{Value: []byte(`{"rooms": [{"id": "r7"}]}`)}, step == 1
	})
	fmt.Println(string(resolved), err)
	// Output: {"nights":2,"room":"r7"} <nil>
}

func ExampleShortlist() {
	specs := []tool.Spec{
		{Name: "send_mail", Description: "Send a message to somebody"},
		{Name: "read_file", Description: "Read a text file"},
		{Name: "list_files", Description: "List the files of a directory"},
	}
	for _, s := range tool.Shortlist(specs, "What is in my text files?", 2, 0) {
		fmt.Println(s.Name)
	}
	// Output:
	// list_files
	// read_file
}
