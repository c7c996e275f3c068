package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// told is what an expansion with five candidates of 100-byte calls and one observation leaves behind.
func told(n int) journal.Told {
	t := journal.Told{
		Request: search.Request{ID: uint64(n), Node: search.NodeID(n * 5), Samples: 5},
		Outcome: search.Outcome{Failed: search.None, Samples: 5},
		Usage:   model.Usage{Requests: 1, Samples: 5, Prompt: 1800, Cached: 1200, Completion: 140, USD: 0.00031},
		Observed: []journal.Observation{{Node: search.NodeID(n * 5), Result: tool.Result{
			Content: "3 homes match:\n" + strings.Repeat("\"Elm Street 12\", 3 rooms, 450000\n", 4)}}},
	}
	for i := range 5 {
		id := search.ActionID(n*5 + i)
		t.Outcome.Candidates = append(t.Outcome.Candidates, search.Candidate{Parent: -1, Action: id, Votes: 1,
			Remaining: 2.4, Prior: 0.137, Parts: []float64{0.25, 0.8125, 0.3333333333333333}})
		t.Actions = append(t.Actions, journal.Action{ID: id, Call: &tool.Call{Tool: "search_homes",
			Args: json.RawMessage(fmt.Sprintf(`{"city":"Springfield","max_price":%d,"rooms":3,"sort":"price","type":"house"}`, 400000+int(id)))}})
	}
	return t
}

// resumeRecords is what a run of 10,000 nodes leaves behind: 2,000 tells of 5 candidates.
const resumeRecords = 2000

func openBench(tb testing.TB) *Store {
	s, err := OpenFile(context.Background(), filepath.Join(tb.TempDir(), "a.db"), nil)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

// fill writes a run of n tells.
func fill(tb testing.TB, s journal.Store, run string, n int) {
	ctx := context.Background()
	w, err := journal.Begin(ctx, s, journal.Run{ID: run}, secrets(), &journal.WriterOptions{Age: time.Hour})
	if err != nil {
		tb.Fatal(err)
	}
	for i := range n {
		if err := w.Append(ctx, journal.KindTold, told(i)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(ctx); err != nil {
		tb.Fatal(err)
	}
}

func secrets() *journal.Scrubber {
	var env []string
	for i := range 10 {
		env = append(env, fmt.Sprintf("SERVICE%d_TOKEN=%dabc&def\"%032d", i, i*7, i*i*99991))
	}
	return journal.NewScrubber(journal.EnvSecrets(env)...)
}

func benchmarkAppend(b *testing.B, s journal.Store) {
	ctx := context.Background()
	w, err := journal.Begin(ctx, s, journal.Run{ID: "r"}, secrets(), nil)
	if err != nil {
		b.Fatal(err)
	}
	t := told(7)
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Append(ctx, journal.KindTold, &t); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(ctx); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkAppend is one batched record through the writer: encoded, scrubbed of ten secrets, stored. Hold: 50 µs.
func BenchmarkAppend(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchmarkAppend(b, openBench(b)) })
	b.Run("memory", func(b *testing.B) { benchmarkAppend(b, journal.NewMemory()) })
}

// BenchmarkAppendSync is one intent, on the disk when it returns.
func BenchmarkAppendSync(b *testing.B) {
	ctx := context.Background()
	w, err := journal.Begin(ctx, openBench(b), journal.Run{ID: "r"}, secrets(), nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := w.AppendSync(ctx, journal.KindIntent, journal.Intent{Key: "k"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkResumeRead reads and decodes a run of 10,000 nodes. Hold: 50 ms, half of a resume.
func BenchmarkResumeRead(b *testing.B) {
	s := openBench(b)
	fill(b, s, "r", resumeRecords)
	ctx := context.Background()
	b.Run("raw", func(b *testing.B) {
		for b.Loop() {
			for _, err := range s.Records(ctx, "r", 1) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("decoded", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, err := range journal.Read(ctx, s, "r", 1) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkOpen is what each start of the command pays.
func BenchmarkOpen(b *testing.B) {
	path := openBench(b).Path()
	for b.Loop() {
		s, err := OpenFile(context.Background(), path, nil)
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}
