package azimuth_test

import (
	"context"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/world"
)

func TestLexicalModelBooksTrips(t *testing.T) {
	for _, name := range []string{"trip", "home"} {
		w, err := world.Open(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		tasks, err := world.Tasks(name, 7, 20)
		if err != nil {
			t.Fatal(err)
		}
		ok := 0
		for _, task := range tasks {
			a, err := azimuth.New(nil, &azimuth.Options{World: w})
			if err != nil {
				t.Fatal(err)
			}
			r, err := a.Run(context.Background(), task.Goal)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(r.Status, r.Error, len(r.Steps), r.Usage, r.Answer)
			if r.Status == "succeeded" {
				ok++
			}
		}
		t.Log(name, ok)
	}
}
