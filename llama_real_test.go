//go:build real

package azimuth_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model/replay/replaytest"
)

// TestRealModelOverTheRealFilesystemServer is the live run behind the recorded one. With AZIMUTH_REAL_RECORD set to a
// folder it writes the cassette and its result there.
func TestRealModelOverTheRealFilesystemServer(t *testing.T) {
	at := replaytest.Live(t, strings.TrimSuffix(filepath.Base(llamaCassette), ".jsonl"))
	transport := at.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	r := runLlama(t, at.BaseURL, transport)
	t.Logf("%s after %d model calls and %d tool calls; answer %q", r.Status, r.Calls, r.Tools, r.Answer)
	for _, s := range r.Steps {
		t.Logf("  %s %s -> %.80q %s", s.Tool, s.Args, s.Result, s.Error)
	}
	if r.Tools == 0 {
		t.Error("no call was made: the model's answers were of no use")
	}
	dir := replaytest.Recording()
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, filepath.Base(llamaResult)), []byte(r.text(t)), 0o644); err != nil {
		t.Fatal(err)
	}
}
