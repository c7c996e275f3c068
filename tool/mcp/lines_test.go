package mcp

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestJSONLines(t *testing.T) {
	const in = "Welcome!\n\n  {\"a\":1}\n[info] up\n{\"b\":\n{\"c\":2}\nlast"
	for name, r := range map[string]io.Reader{
		"whole": strings.NewReader(in), "by byte": iotest.OneByteReader(strings.NewReader(in)),
	} {
		var junk bytes.Buffer
		got, err := io.ReadAll(&jsonLines{r: r, junk: &junk})
		if want := "{\"a\":1}\n{\"b\":\n{\"c\":2}\n"; err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
		}
		if want := "Welcome!\n[info] up\nlast"; junk.String() != want {
			t.Errorf("%s: junk %q, want %q", name, junk.String(), want)
		}
	}
}

func FuzzJSONLines(f *testing.F) {
	f.Add("a\n{b\n \t\r\n{}\n", uint8(3))
	f.Fuzz(func(t *testing.T, in string, size uint8) {
		var junk bytes.Buffer
		filter := &jsonLines{r: strings.NewReader(in), junk: &junk}
		var got []byte
		buf := make([]byte, int(size)+1)
		for {
			n, err := filter.Read(buf)
			got = append(got, buf[:n]...)
			if err != nil {
				break
			}
		}
		want := ""
		for line := range strings.Lines(in) {
			if line = strings.TrimLeft(line, " \t\r\n"); strings.HasPrefix(line, "{") {
				want += line
			}
		}
		if string(got) != want {
			t.Errorf("kept %q of %q, want %q", got, in, want)
		}
	})
}

func TestTail(t *testing.T) {
	var tl tail
	for i := range 15 {
		fmt.Fprintf(&tl, "line %d\n", i)
	}
	fmt.Fprint(&tl, "par", "tial \x1b[2J\x07", strings.Repeat("x", 2*tailWidth))
	got := tl.last()
	if len(got) != tailLines || got[0] != "line 6" {
		t.Errorf("got %d lines from %q", len(got), got[0])
	}
	last := got[len(got)-1]
	if !strings.HasPrefix(last, "partial [2Jxxx") || len(last) > tailWidth {
		t.Errorf("last line %q", last)
	}
	fmt.Fprint(&tl, "\n \n\xff\n")
	if d := cmp.Diff(got, tl.last()); d != "" {
		t.Errorf("blank lines count: %s", d)
	}
}
