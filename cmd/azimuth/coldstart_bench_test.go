package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkColdStart starts the built command for its help, as a shell does: process, package variables, flag model, text.
// Hold: 50 ms.
func BenchmarkColdStart(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "azimuth")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for _, args := range [][]string{{"--version"}, {"--help"}, {"run", "--help"}} {
		b.Run(strings.Join(args, " "), func(b *testing.B) {
			for b.Loop() {
				if err := exec.Command(bin, args...).Run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
