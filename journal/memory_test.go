package journal_test

import (
	"testing"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/journal/journaltest"
)

func TestMemory(t *testing.T) {
	journaltest.Run(t, func(testing.TB) journal.Store { return journal.NewMemory() })
}
