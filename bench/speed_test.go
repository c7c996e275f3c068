package bench

import (
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
