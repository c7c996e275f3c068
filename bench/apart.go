package bench

import (
	"context"

	"github.com/azimuthdev/azimuth/journal"
)

// apart is a store that keeps journals and shows none to the next run: strategies that learn from earlier runs would
// otherwise learn from other contenders and tasks, in whatever order these ended.
type apart struct{ journal.Store }

func apartOf(s journal.Store) journal.Store {
	if s == nil {
		return nil
	}
	return apart{s}
}

// Runs implements [journal.Store].
func (apart) Runs(context.Context, int) ([]journal.Run, error) { return nil, nil }

// AppendSync implements [journal.SyncAppender] as far as the store does.
func (a apart) AppendSync(ctx context.Context, run string, recs ...journal.Record) error {
	return journal.AppendSync(ctx, a.Store, run, recs...)
}
