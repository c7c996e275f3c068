package journal

import (
	"errors"
	"fmt"
	"regexp"
)

// Further errors of stores; match with errors.Is.
var (
	ErrExists    = errors.New("a run of that id exists already")
	ErrAmbiguous = errors.New("several runs begin like that; write more of the id")
	ErrID        = errors.New("a run's id is 1 to 100 letters, digits, dots, dashes and underscores, begins with a letter or digit, and is not \"last\"")
)

// CorruptError says that a record is there but can't be read.
type CorruptError struct {
	Run string // empty when whoever found it doesn't know
	Seq uint64 // 0 when no single record is to blame
	Err error
}

// Error names the run and the record, and what is wrong.
func (e *CorruptError) Error() string {
	run := e.Run
	if run == "" {
		run = "a run"
	}
	return fmt.Sprintf("the journal of %s is damaged at record %d: %v; what is before it can still be exported", run, e.Seq, e.Err)
}

// Unwrap returns what is wrong.
func (e *CorruptError) Unwrap() error { return e.Err }

var idPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// CheckID says whether id can name a run, with [ErrID]. Ids are also the names of files.
func CheckID(id string) error {
	if id == "last" || !idPattern.MatchString(id) {
		return fmt.Errorf("run id %q: %w", id, ErrID)
	}
	return nil
}
