package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

// real finds a server of the npm registry, as `make test` installs them.
func real(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("AZIMUTH_NPM")
	if dir == "" {
		dir = filepath.Join("..", "..", ".cache", "npm", "node_modules", ".bin")
	}
	path, err := filepath.Abs(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: %s is not installed: run `make npm` (it needs npm), or set AZIMUTH_NPM to the folder that has it", name)
	}
	return path
}

func filesystem(t testing.TB, dir string, c ServerConfig) *Servers {
	t.Helper()
	c.Command, c.Args = real(t, "mcp-server-filesystem"), []string{dir}
	s, err := Connect(t.Context(), Config{Servers: map[string]ServerConfig{"files": c}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRealFilesystem(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "a.txt", "first\nsecond\n")
	s := filesystem(t, dir, ServerConfig{Trust: tool.TrustAnnotations})
	for name, want := range map[string]tool.Effect{
		"read_text_file": tool.Read, "list_directory": tool.Read, "write_file": tool.Idempotent, "edit_file": tool.Destructive,
	} {
		if got := find(t, s, name).Spec().Effect; got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	read := find(t, s, "read_text_file")
	args, _ := json.Marshal(map[string]any{"path": path})
	got, err := read.Call(t.Context(), args)
	if err != nil || got.IsError || got.Content != "first\nsecond\n" || string(got.Value) != `{"content":"first\nsecond\n"}` {
		t.Errorf("got %+v, %v", got, err)
	}
	got, err = read.Call(t.Context(), []byte(`{"path":"/etc/passwd"}`))
	if err != nil || !got.IsError || !strings.Contains(got.Content, "denied") {
		t.Errorf("outside: got %+v, %v", got, err)
	}
	args, _ = json.Marshal(map[string]any{"path": filepath.Join(dir, "b.txt"), "content": "new"})
	if got, err = find(t, s, "write_file").Call(t.Context(), args); err != nil || got.IsError {
		t.Errorf("write: got %+v, %v", got, err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "b.txt")); err != nil || string(text) != "new" {
		t.Errorf("file holds %q, %v", text, err)
	}
}

func TestRealFilesystemConforms(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "a.txt", "hello")
	quoted, _ := json.Marshal(path)
	tooltest.Run(t, func(t testing.TB) tool.Tool {
		for _, x := range filesystem(t, dir, ServerConfig{}).Tools() {
			if x.Spec().Name == "read_text_file" {
				return x
			}
		}
		t.Fatal("no read_text_file")
		return nil
	},
		tooltest.Sample{Args: fmt.Sprintf(`{"path":%s}`, quoted)},
		tooltest.Sample{Args: `{"path":"/nowhere/x"}`, Fails: true},
		tooltest.Sample{Args: `{"path":7}`, Refused: true},
		tooltest.Sample{Args: `{}`, Refused: true},
	)
}

func TestRealMemory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "graph.jsonl")
	s := one(t, ServerConfig{Command: real(t, "mcp-server-memory"), Env: map[string]string{"MEMORY_FILE_PATH": file}}, nil)
	got, err := find(t, s, "create_entities").Call(t.Context(),
		[]byte(`{"entities":[{"name":"Ada","entityType":"person","observations":["writes programs"]}]}`))
	if err != nil || got.IsError {
		t.Fatalf("got %+v, %v", got, err)
	}
	got, err = find(t, s, "search_nodes").Call(t.Context(), []byte(`{"query":"programs"}`))
	if err != nil || !strings.Contains(string(got.Value), `"name":"Ada"`) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRealEverything(t *testing.T) {
	s := one(t, ServerConfig{Command: real(t, "mcp-server-everything"), Args: []string{"stdio"}}, nil)
	everything(t, s)
}

func everything(t *testing.T, s *Servers) {
	t.Helper()
	for _, c := range []struct{ tool, args, want string }{
		{"echo", `{"message":"hi"}`, "hi"},
		{"get-sum", `{"a":2,"b":40}`, "42"},
		{"get-tiny-image", `{}`, "[image image/png, "},
	} {
		got, err := find(t, s, c.tool).Call(t.Context(), []byte(c.args))
		if err != nil || got.IsError || !strings.Contains(got.Content, c.want) {
			t.Errorf("%s: got %+v, %v", c.tool, got, err)
		}
	}
	weather := find(t, s, "get-structured-content")
	got, err := weather.Call(t.Context(), []byte(`{"location":"Chicago"}`))
	if err != nil || !strings.Contains(string(got.Value), `"temperature":`) || len(weather.Spec().Output) == 0 {
		t.Errorf("structured: got %+v, %v", got, err)
	}
}

func TestRealStreamableHTTP(t *testing.T) {
	url := startEverything(t)
	s := one(t, ServerConfig{URL: url}, nil)
	everything(t, s)
	if i := s.Info()[0]; i.Transport != "http" || i.Protocol == "" {
		t.Errorf("info %+v", i)
	}
}

// startEverything runs server-everything over HTTP on a free port of the loopback interface.
func startEverything(t *testing.T) string {
	program := real(t, "mcp-server-everything")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	cmd := exec.CommandContext(ctx, program, "streamableHttp")
	cmd.Env = append(os.Environ(), "PORT="+port)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); _ = cmd.Wait() })
	waitFor(t, out, "listening on port")
	return "http://127.0.0.1:" + port + "/mcp"
}

// waitFor reads until a text appears, and then goes on reading for as long as the process writes.
func waitFor(t *testing.T, r io.Reader, text string) {
	t.Helper()
	var seen []byte
	buf := make([]byte, 4096)
	for !strings.Contains(string(seen), text) {
		n, err := r.Read(buf)
		seen = append(seen, buf[:n]...)
		if err != nil {
			t.Fatalf("%v before %q: %s", err, text, seen)
		}
	}
	go func() { _, _ = io.Copy(io.Discard, r) }() // ends with the process
}

// All of them at once, as a user would write them: names stay unique, and closing leaves nothing behind.
func TestRealTogether(t *testing.T) {
	raw := fmt.Sprintf(`{"mcpServers": {
		"files": {"command": %q, "args": [%q], "trust": "annotations"},
		"memory": {"command": %q, "env": {"MEMORY_FILE_PATH": %q}},
		"all": {"type": "stdio", "command": %q, "effects": {"echo": "pure"}}}}`,
		real(t, "mcp-server-filesystem"), t.TempDir(), real(t, "mcp-server-memory"),
		filepath.Join(t.TempDir(), "m.jsonl"), real(t, "mcp-server-everything"))
	c, err := ParseConfig([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Connect(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if set, err := tool.NewSet(s.Tools()...); err != nil || set == nil {
		t.Errorf("the tools make no set: %v", err)
	}
	if got := find(t, s, "echo").Spec().Effect; got != tool.Pure {
		t.Errorf("echo is %v", got)
	}
	if all := names(s); len(all) < 20 || !slices.Contains(all, "read_graph") {
		t.Errorf("tools: %v", all)
	}
	begin := time.Now()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	t.Logf("closing three servers took %v", time.Since(begin).Round(time.Millisecond))
}
