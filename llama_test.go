package azimuth_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/replay"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/mcp"
)

// The folder is part of what the model is told, so its name is part of the cassette.
const llamaFolder = "/tmp/azimuth-notes"

const llamaGoal = "Read the file " + llamaFolder + "/todo.txt and answer with what it says."

// filesystemTools starts the real filesystem server of npm on a small folder.
func filesystemTools(t *testing.T) []tool.Tool {
	t.Helper()
	bin := os.Getenv("AZIMUTH_NPM")
	if bin == "" {
		bin = filepath.Join(".cache", "npm", "node_modules", ".bin")
	}
	server := filepath.Join(bin, "mcp-server-filesystem")
	if _, err := os.Stat(server); err != nil {
		t.Skip("the filesystem server of npm is not installed: run make npm")
	}
	if err := os.MkdirAll(llamaFolder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"todo.txt": "buy milk\ncall Anna about the boat\n", "boat.txt": "the key is at the marina\n"} {
		if err := os.WriteFile(filepath.Join(llamaFolder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := mcp.Connect(t.Context(), mcp.Config{Servers: map[string]mcp.ServerConfig{
		"fs": {Command: server, Args: []string{llamaFolder}, Trust: tool.TrustAnnotations},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s.Tools()
}

// llamaRun is what a run over the filesystem server with a small real model came to, without what differs each time.
type llamaRun struct {
	Status string
	Answer string
	Steps  []azimuth.Step
	Calls  int // model calls
	Tools  int64
}

func (r llamaRun) text(t *testing.T) string {
	t.Helper()
	raw, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw) + "\n"
}

// runLlama runs the goal with four samples a request, in JSON mode: the very small models can do nothing else. They
// read the right file, two samples of four, and then don't know what to do with it: what is tested is that every part
// works together, not that the goal is reached.
func runLlama(t *testing.T, url string, transport http.RoundTripper) llamaRun {
	t.Helper()
	m, err := openai.New("real", &openai.Options{
		Options: endpoint.Options{BaseURL: url, Timeout: 10 * time.Minute, Transport: transport}, Provider: "llamacpp", Mode: openai.JSON, MaxN: 4,
		Prices: &model.Prices{},
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := azimuth.New(filesystemTools(t), &azimuth.Options{Model: m, Settings: azimuth.Settings{
		Strategy: "vote", Samples: 4, MaxTokens: 200, Seed: 5, Shortlist: 3, Temperature: 0.5, Budget: budget.Limits{ModelCalls: 8, Depth: 3},
	}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Run(context.Background(), llamaGoal)
	if err != nil {
		t.Fatal(err)
	}
	return llamaRun{Status: string(r.Status), Answer: r.Answer, Steps: r.Steps, Calls: r.Usage.ModelCalls, Tools: r.Usage.ToolCalls}
}

const (
	llamaCassette = "testdata/llamacpp/filesystem.jsonl"
	llamaResult   = "testdata/llamacpp/filesystem.json"
)

// TestRecordedModelOverTheRealFilesystemServer plays what a llama.cpp server answered once, over a real MCP server.
func TestRecordedModelOverTheRealFilesystemServer(t *testing.T) {
	tape, err := replay.LoadFile(llamaCassette)
	if err != nil {
		t.Fatal(err)
	}
	got := runLlama(t, "http://localhost/v1", replay.PlayHTTP(tape))
	raw, err := os.ReadFile(llamaResult)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(raw), got.text(t)); d != "" {
		t.Error(d)
	}
	if got.Tools == 0 || got.Calls == 0 {
		t.Errorf("the recording shows nothing: %+v", got)
	}
}
