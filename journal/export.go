package journal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// MaxLine is the length in bytes from which [Import] refuses a line.
const MaxLine = 256 << 20

// header is the first line of an export.
type header struct {
	Format int `json:"azimuth_journal"`
	Run    Run `json:"run"`
}

// Export writes a run as lines of JSON: what the store knows of the run, then record after record. run is an id as
// for [Store].Get. Of a damaged journal everything before the damage is written, and the error returned.
func Export(ctx context.Context, s Store, run string, w io.Writer) error {
	r, err := s.Get(ctx, run)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	err = exportLines(ctx, s, r, b)
	return errors.Join(err, b.Flush())
}

func exportLines(ctx context.Context, s Store, r Run, w io.Writer) error {
	if err := exportLine(w, header{Version, r}); err != nil {
		return err
	}
	left := r.Records // what is appended meanwhile is left out, so that the header stays true
	for rec, err := range s.Records(ctx, r.ID, 1) {
		if err != nil {
			return err
		}
		if left == 0 {
			break
		}
		left--
		if !json.Valid(rec.Data) {
			return &CorruptError{Run: r.ID, Seq: rec.Seq, Err: errNoObject}
		}
		if err := exportLine(w, rec); err != nil {
			return err
		}
	}
	return nil
}

func exportLine(w io.Writer, v any) error {
	line, err := canon.Encode(v)
	if err == nil {
		_, err = w.Write(append(line, '\n'))
	}
	return err
}

// Import reads what [Export] wrote and registers the run under its id: the whole of it, or, with an error, nothing.
// Every record is checked. Errors: [ErrExists], [ErrNewer], [*CorruptError], the reader's.
func Import(ctx context.Context, s Store, r io.Reader) (Run, error) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, MaxLine)
	run, err := importHeader(in)
	if err != nil {
		return Run{}, err
	}
	if err := s.Create(ctx, run); err != nil {
		return Run{}, err
	}
	if err := importRecords(ctx, s, run, in); err != nil {
		return Run{}, errors.Join(err, s.Delete(context.WithoutCancel(ctx), run.ID))
	}
	return s.Get(ctx, run.ID)
}

func importHeader(in *bufio.Scanner) (Run, error) {
	var h header
	if !in.Scan() {
		return Run{}, fmt.Errorf("import: no journal in it: %w", cmpErr(in.Err(), io.ErrUnexpectedEOF))
	}
	if err := json.Unmarshal(in.Bytes(), &h); err != nil || h.Format < 1 {
		return Run{}, fmt.Errorf("import: line 1 is not the beginning of an exported journal, want {\"azimuth_journal\":%d,…}", Version)
	}
	if h.Format > Version {
		return Run{}, fmt.Errorf("import: format %d: %w", h.Format, ErrNewer)
	}
	if err := checkTime(h.Run.Started); err != nil {
		return Run{}, fmt.Errorf("import: run %s: %w", h.Run.ID, err)
	}
	return h.Run, h.Run.Readable()
}

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// importRecords appends the records in batches.
func importRecords(ctx context.Context, s Store, run Run, in *bufio.Scanner) error {
	var batch []Record
	size, next := 0, uint64(1)
	flush := func() error {
		err := s.Append(ctx, run.ID, batch...)
		batch, size = nil, 0
		return err
	}
	for in.Scan() {
		rec, err := importRecord(in.Bytes(), next)
		if err != nil {
			return inRun(run.ID, err)
		}
		next++
		batch, size = append(batch, rec), size+len(rec.Data)
		if len(batch) >= 256 || size >= 1<<20 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := in.Err(); err != nil {
		return &CorruptError{Run: run.ID, Seq: next, Err: err}
	}
	if next-1 != run.Records {
		return &CorruptError{Run: run.ID, Seq: next, Err: fmt.Errorf("there are %d records and not %d as its beginning says", next-1, run.Records)}
	}
	return flush()
}

// inRun names the run in an error that doesn't know it.
func inRun(run string, err error) error {
	var ce *CorruptError
	if errors.As(err, &ce) && ce.Run == "" {
		ce.Run = run
	}
	return err
}

// importRecord reads one line and checks it as far as a resume would.
func importRecord(line []byte, want uint64) (Record, error) {
	var rec Record
	bad := func(err error) (Record, error) { return Record{}, &CorruptError{Seq: want, Err: err} }
	if err := json.Unmarshal(line, &rec); err != nil {
		return bad(err)
	}
	if rec.Seq != want {
		return bad(fmt.Errorf("it has the number %d", rec.Seq))
	}
	if rec.Version < 1 {
		return bad(fmt.Errorf("it has no version"))
	}
	if err := checkTime(rec.At); err != nil {
		return bad(err)
	}
	if _, err := rec.Payload(); err != nil {
		return Record{}, err
	}
	var b bytes.Buffer
	if err := json.Compact(&b, rec.Data); err != nil {
		return bad(err)
	}
	rec.At, rec.Data = rec.At.UTC(), b.Bytes()
	return rec, nil
}

// checkTime refuses what can't be counted in nanoseconds from 1970.
func checkTime(t time.Time) error {
	if y := t.Year(); !t.IsZero() && (y < 1700 || y > 2200) {
		return fmt.Errorf("the year %d is out of range", y)
	}
	return nil
}
