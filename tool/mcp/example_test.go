package mcp_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/azimuthdev/azimuth/tool/mcp"
)

// The configuration that desktop clients use, and what it gives a planner.
func Example() {
	raw, err := os.ReadFile("mcp.json")
	if err != nil {
		log.Fatal(err)
	}
	cfg, err := mcp.ParseConfig(raw)
	if err != nil {
		log.Fatal(err)
	}
	servers, err := mcp.Connect(context.Background(), cfg, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer servers.Close()
	for _, t := range servers.Tools() {
		fmt.Println(t.Spec().Name, t.Spec().Effect)
	}
}

// A mistake in the file is named with its place and what to write instead.
func ExampleParseConfig() {
	_, err := mcp.ParseConfig([]byte(`{"mcpServers": {"files": {"command": "mcp-server-filesystem", "trust": "yes"}}}`))
	fmt.Println(err)
	// Output: mcp config: server "files": trust: trust "yes": want "none" or "annotations"
}
