package mcp

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/azimuthdev/azimuth/tool"
)

func TestConvert(t *testing.T) {
	size := int64(9)
	text := func(s string) sdk.Content { return &sdk.TextContent{Text: s} }
	for _, c := range []struct {
		name string
		in   sdk.CallToolResult
		want tool.Result
	}{
		{"nothing", sdk.CallToolResult{}, tool.Result{}},
		{"texts", sdk.CallToolResult{Content: []sdk.Content{text("a"), text("b")}}, tool.Result{Content: "a\nb"}},
		{"failed", sdk.CallToolResult{IsError: true, Content: []sdk.Content{text("no")}}, tool.Result{Content: "no", IsError: true}},
		{"binary", sdk.CallToolResult{Content: []sdk.Content{
			&sdk.ImageContent{MIMEType: "image/png", Data: []byte("12345")}, &sdk.AudioContent{MIMEType: "audio/wav", Data: []byte("1")},
			&sdk.EmbeddedResource{Resource: &sdk.ResourceContents{URI: "x://b", MIMEType: "a/b", Blob: []byte("12")}},
			&sdk.ResourceLink{URI: "x://c", MIMEType: "a/c", Size: &size}, &sdk.ResourceLink{URI: "x://d"},
		}}, tool.Result{Content: "[image image/png, 5 bytes]\n[audio audio/wav, 1 bytes]\n[resource x://b a/b, 2 bytes]\n[resource x://c a/c, 9 bytes]\n[resource x://d]"}},
		{"resource text", sdk.CallToolResult{Content: []sdk.Content{&sdk.EmbeddedResource{Resource: &sdk.ResourceContents{URI: "x://a", Text: "in it"}}}},
			tool.Result{Content: "in it"}},
		{"empty resource", sdk.CallToolResult{Content: []sdk.Content{&sdk.EmbeddedResource{}}}, tool.Result{Content: "[resource without content]"}},
		{"value only", sdk.CallToolResult{StructuredContent: map[string]any{"b": 1.0, "a": "x"}},
			tool.Result{Content: `{"a":"x","b":1}`, Value: json.RawMessage(`{"a":"x","b":1}`)}},
		{"value and text", sdk.CallToolResult{StructuredContent: []any{1.0}, Content: []sdk.Content{text("one")}},
			tool.Result{Content: "one", Value: json.RawMessage(`[1]`)}},
	} {
		if d := cmp.Diff(c.want, convert(&c.in)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// The SDK reads numbers as float64; the digits of a large id come from the text that repeats the value.
func TestExactNumbers(t *testing.T) {
	const raw = `{"structuredContent":{"id":9007199254740993},"content":[{"type":"text","text":%s}]}`
	for text, want := range map[string]string{
		`{"id": 9007199254740993}`: `{"id":9007199254740993}`,
		`{"id": 1}`:                `{"id":9007199254740992}`,
		`not JSON`:                 `{"id":9007199254740992}`,
	} {
		quoted, _ := json.Marshal(text)
		var r sdk.CallToolResult
		if err := json.Unmarshal([]byte(strings.Replace(raw, "%s", string(quoted), 1)), &r); err != nil {
			t.Fatal(err)
		}
		if got := convert(&r); string(got.Value) != want {
			t.Errorf("text %s: got %s, want %s", text, got.Value, want)
		}
	}
	if !inexact([]any{map[string]any{"a": 1e17}}) || inexact([]any{"x", 1.5, nil}) {
		t.Error("inexact")
	}
}

func TestValueTooLarge(t *testing.T) {
	r := convert(&sdk.CallToolResult{StructuredContent: strings.Repeat("x", tool.JournalLimit)})
	if r.Value != nil || r.Content != "\n[structured value left out: 16777218 bytes, at most 16777216 are kept]" {
		t.Errorf("got %.100q", r.Content)
	}
	deep := any(1)
	for range 1000 {
		deep = []any{deep}
	}
	if r = convert(&sdk.CallToolResult{StructuredContent: deep}); r.Value != nil || !strings.Contains(r.Content, "nested deeper") {
		t.Errorf("got %.100q", r.Content)
	}
}
