// Package replaytest is for tests that talk to a model server which scripts/test-real.sh started, and whose answers others play.
package replaytest

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/replay"
)

// Live is the server at AZIMUTH_REAL_URL; without it the test is skipped. With AZIMUTH_REAL_RECORD set to a folder, what the
// server answers is written there as a cassette of that name (without its ending, .jsonl); nothing is for an empty one.
func Live(t *testing.T, cassette string) endpoint.Options {
	t.Helper()
	url := os.Getenv("AZIMUTH_REAL_URL")
	if url == "" {
		t.Skip("AZIMUTH_REAL_URL is not set: run scripts/test-real.sh")
	}
	at := endpoint.Options{BaseURL: url, Timeout: 5 * time.Minute}
	if dir := Recording(); dir != "" && cassette != "" {
		f, err := os.Create(filepath.Join(dir, cassette+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		at.Transport = replay.RecordHTTP(http.DefaultTransport, f)
	}
	return at
}

// Recording is the folder that cassettes are written to; empty where none are.
func Recording() string { return os.Getenv("AZIMUTH_REAL_RECORD") }
