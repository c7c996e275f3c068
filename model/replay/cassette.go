package replay

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/internal/secret"
)

// Entry is one line of a cassette.
type Entry struct {
	Key      string          `json:"key"`
	Kind     string          `json:"kind"`  // propose, complete or http
	Model    string          `json:"model"` // the model's name; for http the method and path
	Request  json.RawMessage `json:"request"`
	Response json.RawMessage `json:"response,omitempty"`
	Error    *Failure        `json:"error,omitempty"`
}

// Tape is a cassette in memory. It may be used from several goroutines at once.
type Tape struct {
	entries []Entry
	byKey   map[string][]int

	mu   sync.Mutex
	used map[string]int
}

// Load reads a cassette. Errors name the line: not JSON, unknown fields, a key that is not that of its request (the
// line was edited), nested too deep.
func Load(r io.Reader) (*Tape, error) {
	t := &Tape{byKey: map[string][]int{}, used: map[string]int{}}
	in := bufio.NewReader(r)
	for line := 1; ; line++ {
		raw, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("cassette: %w", err)
		}
		if len(bytes.TrimSpace(raw)) > 0 {
			if err := t.add(raw); err != nil {
				return nil, fmt.Errorf("cassette: line %d: %w", line, err)
			}
		}
		if err != nil {
			return t, nil
		}
	}
}

// LoadFile reads a cassette from a file.
func LoadFile(path string) (*Tape, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := Load(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

// Len is how many recordings there are.
func (t *Tape) Len() int { return len(t.entries) }

func (t *Tape) add(raw []byte) error {
	if err := canon.CheckDepth(raw); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var e Entry
	if err := d.Decode(&e); err != nil {
		return err
	}
	want, err := key(e.Kind, e.Model, e.Request)
	if err != nil {
		return err
	}
	if e.Key != want {
		return fmt.Errorf("key %.12s is not that of the request, which is %.12s: record it again instead of editing it", e.Key, want)
	}
	t.byKey[e.Key] = append(t.byKey[e.Key], len(t.entries))
	t.entries = append(t.entries, e)
	return nil
}

// next returns the recording of a request: the first one that was not given out yet, or the last.
func (t *Tape) next(key string) (Entry, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := t.byKey[key]
	if len(all) == 0 {
		return Entry{}, false
	}
	i := min(t.used[key], len(all)-1)
	t.used[key]++
	return t.entries[all[i]], true
}

// key identifies a request: equal requests to the same model have equal keys.
func key(kind, model string, request json.RawMessage) (string, error) {
	body, err := canon.JSON(request)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s", kind, model, body))
	return hex.EncodeToString(sum[:16]), nil
}

// writer appends entries, one at a time.
type writer struct {
	mu      sync.Mutex
	w       io.Writer
	secrets *secret.Cutter
}

func (w *writer) write(e Entry) error {
	raw, err := json.Marshal(e)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.w.Write(append(raw, '\n')); err != nil {
		return fmt.Errorf("cassette: %w", err)
	}
	return nil
}

// scrubbed is the canonical JSON of a value without secrets.
func scrubbed(v any, secrets *secret.Cutter) (json.RawMessage, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if err := canon.CheckDepth(raw); err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	return canon.Marshal(scrubTree(tree, secrets))
}

func scrubTree(v any, secrets *secret.Cutter) any {
	switch v := v.(type) {
	case string:
		return secret.Settings(secrets.Cut(v))
	case []any:
		for i, e := range v {
			v[i] = scrubTree(e, secrets)
		}
	case map[string]any:
		for k, e := range v {
			v[k] = scrubTree(e, secrets)
		}
	}
	return v
}
