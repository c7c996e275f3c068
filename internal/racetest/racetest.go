// Package racetest is for tests that start processes of their own binary under the race detector.
package racetest

import (
	"os"
	"strings"
)

// Leave makes processes that are started from now on, and get GORACE from this one, leave at once: the race detector lets each
// that ends sleep for a second, in which nothing is left to race but what main did not wait for. Ten milliseconds are kept for
// that. What GORACE says already goes before.
func Leave() {
	_ = os.Setenv("GORACE", strings.TrimSpace("atexit_sleep_ms=10 "+os.Getenv("GORACE"))) // neither name nor value can be wrong
}
