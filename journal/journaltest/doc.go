// Package journaltest checks that a [journal.Store] does what the rest of Azimuth relies on.
//
//	func TestStore(t *testing.T) {
//		journaltest.RunDurable(t, func(tb testing.TB, dir string) journal.Store {
//			s, err := sqlite.OpenFile(tb.Context(), filepath.Join(dir, "a.db"), nil)
//			...
//			return s
//		})
//	}
//
// [Run] is for any store. [RunDurable] adds what only holds for one that outlives its process: it starts the test's
// own binary again and kills it.
package journaltest
