package bench

import (
	"errors"
	"testing"

	"github.com/azimuthdev/azimuth/budget"
)

// BenchmarkTasks is how many tasks a second the bench does on one core, with everything that a run is made of. Hold: 300
// tasks of 10 contenders in a minute, 50 tasks a second.
func BenchmarkTasks(b *testing.B) {
	for _, suite := range []string{"home", "trip"} {
		for _, name := range []string{"greedy", "vote", "astar:preset=paper", "astar:preset=azimuth", "astar:preset=outline"} {
			s := Spec{Suites: []string{suite}, Strategies: []string{name}, Tasks: 20, Seeds: 1, Budgets: []budget.Limits{{ModelCalls: 40}}, Judges: []string{Noisy}}
			b.Run(suite+"/"+name, func(b *testing.B) {
				r, err := NewRunner(s, &RunnerOptions{Parallel: 1})
				if err != nil {
					b.Fatal(err)
				}
				tasks := 0
				for b.Loop() {
					var rows Collected
					if err := r.Run(b.Context(), &rows); err != nil {
						b.Fatal(err)
					}
					tasks += s.Tasks
				}
				b.ReportMetric(float64(tasks)/b.Elapsed().Seconds(), "tasks/s")
			})
		}
	}
}

// BenchmarkResults is how fast the rows of a large comparison are read and compared. Hold: 800,000 rows (240 conditions, 12
// contenders, 300 tasks) in 30 seconds and 2 GB, so 40 µs and 2.5 kB a row.
func BenchmarkResults(b *testing.B) {
	s := Spec{
		Suites: []string{"home", "trip"}, Budgets: []budget.Limits{{ModelCalls: 10}, {ModelCalls: 40}}, P: []float64{0.55, 0.8}, Tasks: 300, Seeds: 1,
		Strategies: []string{"greedy", "vote", "beam", "dfs", "astar:preset=azimuth", "astar:preset=auto"},
	}.WithDefaults()
	contenders, err := ParseContenders(s.Strategies)
	if err != nil {
		b.Fatal(err)
	}
	path := b.TempDir()
	d, err := OpenDir(path, Manifest{Format: ManifestFormat, Spec: s}, false)
	if err != nil {
		b.Fatal(err)
	}
	s.keys(contenders, func(k Key, c int) {
		err = errors.Join(err, d.Put(Row{Key: k, Measures: Measures{Success: k.Task%7 > c, Finished: true, Status: "succeeded", ModelCalls: 9 + c, Prompt: 12000, F1: 0.3636363636363636}}))
	})
	if err := errors.Join(err, d.Close()); err != nil {
		b.Fatal(err)
	}
	n := d.Len()
	b.ReportAllocs()
	for b.Loop() {
		d, err := LoadDir(path)
		if err != nil || len(Tables(s, d.Rows())) != len(s.Conditions()) {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/row")
}
