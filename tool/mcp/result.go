package mcp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// convert makes a result of an answer. Text parts are joined by line breaks; of pictures, sound and other binary
// parts a note with type and size remains, since no model port here takes them. An answer that has only a
// structured value shows that as its text.
func convert(r *sdk.CallToolResult) tool.Result {
	if r.NeedsInput() {
		return failed("the tool asks for input from a person, which is not supported")
	}
	var parts, texts []string
	for _, c := range r.Content {
		if t, ok := c.(*sdk.TextContent); ok {
			texts = append(texts, t.Text)
		}
		parts = append(parts, describe(c))
	}
	res := tool.Result{IsError: r.IsError}
	var note string
	if r.StructuredContent != nil {
		res.Value, note = structured(r.StructuredContent, texts)
	}
	res.Content = strings.Join(parts, "\n")
	if res.Content == "" {
		res.Content = string(res.Value)
	}
	res.Content = tool.Clip(res.Content, tool.JournalLimit) + note
	return res
}

func failed(why string) tool.Result { return tool.Result{IsError: true, Content: why} }

func describe(c sdk.Content) string {
	switch c := c.(type) {
	case *sdk.TextContent:
		return c.Text
	case *sdk.ImageContent:
		return fmt.Sprintf("[image %s, %d bytes]", c.MIMEType, len(c.Data))
	case *sdk.AudioContent:
		return fmt.Sprintf("[audio %s, %d bytes]", c.MIMEType, len(c.Data))
	case *sdk.ResourceLink:
		return resourceLink(c)
	case *sdk.EmbeddedResource:
		return resource(c.Resource)
	}
	return fmt.Sprintf("[%T is not supported]", c)
}

func resourceLink(c *sdk.ResourceLink) string {
	note := "[resource " + c.URI
	if c.MIMEType != "" {
		note += " " + c.MIMEType
	}
	if c.Size != nil {
		note += fmt.Sprintf(", %d bytes", *c.Size)
	}
	return note + "]"
}

func resource(r *sdk.ResourceContents) string {
	switch {
	case r == nil:
		return "[resource without content]"
	case r.Text != "":
		return r.Text
	}
	return fmt.Sprintf("[resource %s %s, %d bytes]", r.URI, r.MIMEType, len(r.Blob))
}

// structured returns the value in canonical form, or a note why it is left out.
func structured(v any, texts []string) (json.RawMessage, string) {
	raw, err := canon.Marshal(v)
	switch {
	case err != nil:
		return nil, fmt.Sprintf("\n[structured value left out: %v]", err)
	case len(raw) > tool.JournalLimit:
		return nil, fmt.Sprintf("\n[structured value left out: %d bytes, at most %d are kept]", len(raw), tool.JournalLimit)
	case inexact(v):
		raw = exact(raw, texts)
	}
	return raw, ""
}

// inexact says whether a number in v may have lost digits: the SDK reads numbers as float64, which holds integers
// to 2^53 only.
func inexact(v any) bool {
	switch v := v.(type) {
	case float64:
		return math.Abs(v) >= 1<<53
	case []any:
		return slices.ContainsFunc(v, inexact)
	case map[string]any:
		for _, e := range v {
			if inexact(e) {
				return true
			}
		}
	}
	return false
}

// exact looks for the same value in the text parts, where servers repeat it for older clients and where its
// numbers have all their digits.
func exact(lossy json.RawMessage, texts []string) json.RawMessage {
	for _, text := range texts {
		var v any
		if json.Unmarshal([]byte(text), &v) != nil {
			continue
		}
		same, err := canon.Marshal(v)
		if err != nil || !bytes.Equal(same, lossy) {
			continue
		}
		if raw, err := canon.JSON([]byte(text)); err == nil {
			return raw
		}
	}
	return lossy
}
