// Package journal is the append-only record of runs: resume, replay, fork, the live page and learning all read it.
//
// A run is a list of records, numbered from 1. Each has a kind, and the payload type of that kind (payload.go):
// [Started], then a [Told] for every outcome that changed the tree, then the approvals, intents and results of carrying the
// plan out, and [Ended]. A tree is rebuilt by telling a fresh strategy the same outcomes in the same order.
//
// Records are written by a [Writer], which numbers and dates them, takes secrets out and writes them in batches:
//
//	scrubber := journal.NewScrubber(journal.EnvSecrets(os.Environ())...)
//	w, err := journal.Begin(ctx, store, journal.Run{ID: id, Goal: goal}, scrubber, nil)
//	err = w.Append(ctx, journal.KindTold, told)         // soon in the store
//	err = w.Flush(ctx)                                  // in the store
//	err = w.AppendSync(ctx, journal.KindIntent, intent) // on the disk: now the effect may start
//	err = w.End(ctx, "succeeded")
//
// and read with [Read], which decodes them:
//
//	for e, err := range journal.Read(ctx, store, id, 1) {
//		if err != nil {
//			return err
//		}
//		switch p := e.Payload.(type) {
//		case *journal.Told:
//			strategy.Tell(tree, p.Request, p.Outcome)
//		}
//	}
//
// # Stores
//
// [NewMemory] keeps records as long as the process lasts; journal/sqlite keeps them in a file. What a [Store] has to
// do is checked by journal/journaltest. [Export] and [Import] move a run between stores as lines of JSON.
//
// # Versions
//
// Every run and record says with which [Version] it was written. Older ones are read; a newer one, or a kind that this
// program doesn't know, is [ErrNewer], because leaving a record out would rebuild another tree. Fields may be added
// to a payload within a version when a reader that doesn't know them is still right.
//
// # Secrets
//
// What is replaced by [secret NAME] can't be brought back: a call whose arguments held a secret is in the journal
// without it, and a run that is resumed has to ask for such a call anew. See [Scrubber] for what it can't see.
package journal
