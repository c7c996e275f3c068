package mcp

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"go.uber.org/goleak"

	"github.com/azimuthdev/azimuth/internal/racetest"
	"github.com/azimuthdev/azimuth/tool"
)

// childMode tells the test binary to be a server instead: a real process that can die and hang.
const childMode = "TEST_SERVER_MODE"

func TestMain(m *testing.M) {
	if mode := os.Getenv(childMode); mode != "" {
		os.Exit(beServer(mode))
	}
	racetest.Leave()
	// The SDK's HTTP server, which only the tests run, leaves this one behind when a client gives up a call.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/modelcontextprotocol/go-sdk/mcp.(*streamableServerConn).Read"))
}

func beServer(mode string) int {
	switch mode {
	case "dies":
		for i := range 20 {
			fmt.Fprintf(os.Stderr, "line %d\n", i)
		}
		fmt.Fprintf(os.Stderr, "key is %s \x1b[31mred\n", os.Getenv("API_KEY"))
		return 3
	case "hangs":
		fmt.Fprintln(os.Stderr, "waiting for a licence")
		bufio.NewScanner(os.Stdin).Scan()
		select {}
	case "garbage":
		fmt.Println("{this is not JSON}")
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		}
		return 0
	case "stubborn":
		signal.Ignore(syscall.SIGTERM)
	case "banner":
		fmt.Println("Welcome to the server!\n[info] listening")
	case "parent":
		child := exec.Command(os.Args[0])
		child.Env = []string{childMode + "=grandchild"}
		child.Stdout, child.Stderr = os.Stdout, os.Stderr
		if err := child.Start(); err != nil {
			return 4
		}
		fmt.Fprintf(os.Stderr, "grandchild %d\n", child.Process.Pid)
	case "grandchild":
		select {}
	}
	err := newTestServer(nil).Run(context.Background(), &sdk.StdioTransport{})
	if mode == "stubborn" {
		select {}
	}
	if err != nil && !strings.Contains(err.Error(), "EOF") {
		return 1
	}
	return 0
}

type textIn struct {
	Text string `json:"text"`
}

func says(text string) *sdk.CallToolResult {
	return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: text}}}
}

func add(s *sdk.Server, name string, a *sdk.ToolAnnotations, f func(context.Context, textIn) (*sdk.CallToolResult, error)) {
	sdk.AddTool(s, &sdk.Tool{Name: name, Annotations: a},
		func(ctx context.Context, _ *sdk.CallToolRequest, in textIn) (*sdk.CallToolResult, any, error) {
			r, err := f(ctx, in)
			return r, nil, err
		})
}

// newTestServer has a tool for each way to answer, and some to fail. The one that hangs also ends with quit,
// because the SDK's stateless handler does not end it when its client goes away.
func newTestServer(quit <-chan struct{}) *sdk.Server {
	s := sdk.NewServer(&sdk.Implementation{Name: "test", Version: "1.2"}, nil)
	add(s, "echo", &sdk.ToolAnnotations{ReadOnlyHint: true}, func(_ context.Context, in textIn) (*sdk.CallToolResult, error) {
		return says(in.Text), nil
	})
	add(s, "fails", nil, func(context.Context, textIn) (*sdk.CallToolResult, error) {
		return nil, fmt.Errorf("no such file")
	})
	add(s, "env", nil, func(_ context.Context, in textIn) (*sdk.CallToolResult, error) {
		return says(os.Getenv(in.Text)), nil
	})
	add(s, "dies", nil, func(context.Context, textIn) (*sdk.CallToolResult, error) {
		fmt.Fprintln(os.Stderr, "out of memory")
		os.Exit(7)
		return nil, nil
	})
	add(s, "hangs", nil, func(ctx context.Context, _ textIn) (*sdk.CallToolResult, error) {
		select {
		case <-ctx.Done():
		case <-quit:
		}
		return nil, ctx.Err()
	})
	add(s, "big", nil, func(context.Context, textIn) (*sdk.CallToolResult, error) {
		return says(strings.Repeat("ü", tool.JournalLimit/2+1)), nil
	})
	return s
}

// child is a configuration that starts this test binary as a server.
func child(mode string) ServerConfig {
	return ServerConfig{Command: os.Args[0], Env: map[string]string{childMode: mode, "GORACE": os.Getenv("GORACE")}}
}

// one connects to a single server named s, and closes it with the test.
func one(t *testing.T, c ServerConfig, o *Options) *Servers {
	t.Helper()
	s, err := Connect(t.Context(), Config{Servers: map[string]ServerConfig{"s": c}}, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// inMemory dials the servers given by name instead of what the configuration says.
func inMemory(servers map[string]*sdk.Server) *Options {
	return &Options{StartTimeout: 5 * time.Second, dial: func(name string, _ ServerConfig, _ Options) (link, error) {
		here, there := sdk.NewInMemoryTransports()
		_, err := servers[name].Connect(context.Background(), there, nil)
		return link{transport: here}, err
	}}
}

func find(t *testing.T, s *Servers, name string) tool.Tool {
	t.Helper()
	for _, x := range s.Tools() {
		if x.Spec().Name == name {
			return x
		}
	}
	t.Fatalf("no tool %q among %v", name, names(s))
	return nil
}

func names(s *Servers) []string {
	var all []string
	for _, x := range s.Tools() {
		all = append(all, x.Spec().Name)
	}
	return all
}
