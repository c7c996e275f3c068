// Package sqlite keeps journals in an SQLite file.
//
//	store, err := sqlite.Open(ctx, sqlite.DefaultPath(os.Getenv, home), nil)
//	defer store.Close()
//	w, err := journal.Begin(ctx, store, journal.Run{ID: id, Goal: goal}, scrubber, nil)
//
// # What survives
//
// The file is in WAL mode. What Append returned from survives the death of the process, kill -9 included: it is in
// the kernel's hands. A power cut may take the newest of these records (synchronous=NORMAL: commits are not waited for on
// the disk), but always leaves a prefix of each run, never a hole or a half record. What AppendSync returned from, and
// everything appended before it, survives a power cut as well as the disk's promise to have written holds
// (synchronous=FULL: the commit waits until the log is on the disk). So tells are cheap, and an effect's intent is on the
// disk before the effect starts.
//
// A full disk, or any failed commit, leaves nothing of that Append behind.
//
// Records are stored as they are: deflate would take 18 µs more for each to save three quarters of about 2 KB, which is
// 3 MB for a run of 10,000 nodes.
//
// # Processes
//
// Several processes may use one file at once; each waits up to five seconds for the other's write. A run is carried on by one
// of them: Lock takes an advisory lock on a file of the run's own in the directory FILE.locks, which the kernel gives
// up when its holder dies. WAL needs shared memory, so the file must not lie on a network file system.
//
// # Schema
//
// PRAGMA user_version counts the scripts of the folder schema that the file has seen; Open runs those that are
// missing, in one transaction. With a number that SQLite keeps anyway, and nothing but plain scripts that only go
// forward, a migration tool has nothing to add: its own table of versions doesn't refuse a file from the future, which is
// the one case that must not go wrong, and it would have to be loaded by every start of the command.
package sqlite
