// Package seeded gives the property tests of a package the same draws each time: import it for that in a test file. Other draws
// take go test -rapid.seed=N, where 0 stands for any.
package seeded

import (
	"flag"

	"pgregory.net/rapid"
)

func init() {
	_ = rapid.Check // it defines the flag
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
}
