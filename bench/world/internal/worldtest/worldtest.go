// Package worldtest is what the tests of the worlds share.
package worldtest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/tool"
)

// Script reads calls, one a line: tool {args}.
func Script(text string) []tool.Call {
	var out []tool.Call
	for line := range strings.Lines(text) {
		if name, args, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			out = append(out, tool.Call{Tool: name, Args: json.RawMessage(args)})
		}
	}
	return out
}

// Run makes calls, which must work, and returns the last one's answer.
func Run(t testing.TB, w tool.World, calls ...tool.Call) tool.Result {
	t.Helper()
	var last tool.Result
	for _, c := range calls {
		var err error
		if last, err = w.Call(t.Context(), c); err != nil || last.IsError {
			t.Fatalf("%v: %+v, %v", c, last, err)
		}
	}
	return last
}

// Refuses checks a rule: the calls before the last must work, the last must fail with the remedy and change nothing.
func Refuses(t testing.TB, w tool.World, remedy string, calls ...tool.Call) {
	t.Helper()
	last := len(calls) - 1
	Run(t, w, calls[:last]...)
	before := string(w.State())
	res, err := w.Call(t.Context(), calls[last])
	if err != nil || !res.IsError || !strings.Contains(res.Content, remedy) {
		t.Errorf("%v: got %+v, %v, want a failure that says %q", calls, res, err, remedy)
	}
	if string(w.State()) != before {
		t.Errorf("%v: the failed call changed %s to %s", calls, before, w.State())
	}
}

// Any makes a call with any bytes: it works, or it fails with a reason and changes nothing.
func Any(t testing.TB, w tool.World, name string, args []byte) {
	t.Helper()
	before := string(w.State())
	res, err := w.Call(t.Context(), tool.Call{Tool: name, Args: args})
	if err != nil || res.IsError && (res.Content == "" || string(w.State()) != before) {
		t.Errorf("%s(%q): %+v, %v, state %s", name, args, res, err, w.State())
	}
}
