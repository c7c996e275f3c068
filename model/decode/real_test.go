//go:build real

package decode_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/replay"
)

// real is the server that scripts/test-real.sh started. With AZIMUTH_REAL_RECORD set to a folder, what it answers is
// written there as a cassette of that name.
func real(t *testing.T, cassette string) *openai.Model {
	t.Helper()
	url := os.Getenv("AZIMUTH_REAL_URL")
	if url == "" {
		t.Skip("AZIMUTH_REAL_URL is not set: run scripts/test-real.sh")
	}
	at := endpoint.Options{BaseURL: url, Timeout: 5 * time.Minute}
	if dir := os.Getenv("AZIMUTH_REAL_RECORD"); dir != "" {
		f, err := os.Create(filepath.Join(dir, cassette+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		at.Transport = replay.RecordHTTP(http.DefaultTransport, f)
	}
	return llama(t, at)
}

func TestRealSteering(t *testing.T) { steering(t, real(t, "steering")) }

func TestRealProposer(t *testing.T) { proposing(t, real(t, "proposer")) }
