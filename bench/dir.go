package bench

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/azimuthdev/azimuth/internal/disk"
)

// Dir is a directory with the results of one run: manifest.json, and results.jsonl with a line for each row. It is a
// [Sink].
type Dir struct {
	Collected
	Manifest Manifest
	path     string
	file     *os.File
	lock     *flock.Flock
}

const (
	manifestFile = "manifest.json"
	resultsFile  = "results.jsonl"
	lockFile     = ".lock"
)

// Errors about directories of results.
var (
	ErrThere = errors.New("there are results already")
	ErrInUse = errors.New("another process writes there")
)

// OpenDir makes a directory of results, or opens one to go on with it where resume is set. Errors: [ErrThere] where
// resume is not set, [*Mismatch] where the results there are of another run, [ErrInUse], a damaged file by its line.
func OpenDir(path string, m Manifest, resume bool) (*Dir, error) {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, fmt.Errorf("results: %w", err)
	}
	d := &Dir{Manifest: m, path: path, lock: flock.New(filepath.Join(path, lockFile))}
	switch ok, err := d.lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("results: %w", err)
	case !ok:
		return nil, fmt.Errorf("%s: %w", path, ErrInUse)
	}
	if err := d.open(m, resume); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Dir) open(m Manifest, resume bool) error {
	old, err := readManifest(d.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := writeManifest(d.path, m); err != nil {
			return err
		}
	case err != nil:
		return err
	case !resume:
		return fmt.Errorf("%s: %w; go on with them (--resume), or name another directory", d.path, ErrThere)
	default:
		if err := old.Same(m); err != nil {
			return fmt.Errorf("%s: %w", d.path, err)
		}
		d.Manifest = old
	}
	if d.file, err = os.OpenFile(filepath.Join(d.path, resultsFile), os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return err
	}
	whole, err := d.load(d.file)
	if err != nil {
		return err
	}
	if err := d.file.Truncate(whole); err != nil { // a line that was being written when the process died
		return err
	}
	_, err = d.file.Seek(whole, io.SeekStart)
	return err
}

// LoadDir reads a directory of results without locking or changing it. A last line that is not whole is left out.
func LoadDir(path string) (*Dir, error) {
	d := &Dir{path: path}
	var err error
	if d.Manifest, err = readManifest(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s holds no results; azimuth bench run --out %s makes them: %w", path, path, err)
		}
		return nil, err
	}
	f, err := os.Open(filepath.Join(path, resultsFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	_, err = d.load(f)
	return d, err
}

// load reads rows and returns how many bytes hold whole ones.
func (d *Dir) load(r io.Reader) (int64, error) {
	lines := bufio.NewReaderSize(r, 1<<18)
	whole := int64(0)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		switch {
		case errors.Is(err, io.EOF):
			return whole, nil
		case err != nil:
			return 0, err
		}
		var row Row
		if err := json.Unmarshal(line, &row); err != nil {
			return 0, fmt.Errorf("%s: line %d is damaged (%w): take it out to have its task run again", filepath.Join(d.path, resultsFile), n, err)
		}
		_ = d.Collected.Put(row) // never fails
		whole += int64(len(line))
	}
}

// Put implements [Sink]: the row is in the file when Put returns.
func (d *Dir) Put(r Row) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if _, err := d.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return d.Collected.Put(r)
}

// Close lets go of the directory.
func (d *Dir) Close() error {
	var errs []error
	if d.file != nil {
		errs = append(errs, d.file.Close())
	}
	if d.lock != nil {
		errs = append(errs, d.lock.Unlock())
	}
	return errors.Join(errs...)
}

func readManifest(dir string) (Manifest, error) {
	var m Manifest
	raw, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("%s: %w", filepath.Join(dir, manifestFile), err)
	}
	if m.Format != ManifestFormat {
		return m, fmt.Errorf("%s: format %d: this program reads format %d", filepath.Join(dir, manifestFile), m.Format, ManifestFormat)
	}
	return m, nil
}

// writeManifest writes the file whole or not at all.
func writeManifest(dir string, m Manifest) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	err = disk.Replace(filepath.Join(dir, manifestFile), 0o644, func(w io.Writer) error {
		_, err := w.Write(append(raw, '\n'))
		return err
	})
	if err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return nil
}
