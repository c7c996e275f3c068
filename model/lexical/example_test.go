package lexical_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/tool"
)

func Example() {
	path := json.RawMessage(`{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}`)
	tools := []tool.Spec{
		{Name: "list_directory", Description: "List a directory.", Input: path},
		{Name: "read_file", Description: "Read a file.", Input: path},
	}
	resp, err := lexical.New(nil).Propose(context.Background(), model.Request{
		Tools: tools, Goal: "list the folder notes, then read notes/todo.txt", N: 1, Outline: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := resp.Samples[0]
	fmt.Println(s.Calls, s.Outline)
	// Output: [{list_directory {"path":"notes"}}] [{read_file {"path":"notes/todo.txt"}}]
}
