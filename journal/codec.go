package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// kindOf returns the kind whose payload p is, empty when it is none.
func kindOf(p any) Kind {
	switch p.(type) {
	case Started, *Started:
		return KindStarted
	case Told, *Told:
		return KindTold
	case Chosen, *Chosen:
		return KindChosen
	case Approval, *Approval:
		return KindApproval
	case Intent, *Intent:
		return KindIntent
	case Done, *Done:
		return KindDone
	case Spent, *Spent:
		return KindSpent
	case Ended, *Ended:
		return KindEnded
	}
	return ""
}

// New makes a record of a payload: one of the types in payload.go, or a pointer to one. Time is kept in UTC. A tool's
// result above [tool.JournalLimit] bytes is cut, and says so. It is an error when the payload is not of that kind or holds
// a number that JSON has no word for (NaN, infinity).
func New(seq uint64, at time.Time, kind Kind, payload any) (Record, error) {
	if k := kindOf(payload); k == "" || k != kind {
		return Record{}, fmt.Errorf("record %d: a %T is no payload of kind %q", seq, payload, kind)
	}
	data, err := canon.Encode(cut(payload))
	if err != nil {
		return Record{}, fmt.Errorf("record %d of kind %s: %w", seq, kind, err)
	}
	return Record{Version: Version, Seq: seq, At: at.Round(0).UTC(), Kind: kind, Data: data}, nil
}

// Decode returns a record's payload; T is one of the types in payload.go. Raw JSON in it may share the record's memory. Errors: [ErrNewer] for a version or a kind
// that this program does not know, [*CorruptError] for what can't be read.
func Decode[T any](r Record) (T, error) {
	var v T
	if err := r.Readable(); err != nil {
		return v, err
	}
	if k := kindOf(v); k != r.Kind {
		return v, fmt.Errorf("record %d is of kind %s, and not %q", r.Seq, r.Kind, k)
	}
	if err := unmarshal(r.Data, &v); err != nil {
		var zero T
		return zero, &CorruptError{Seq: r.Seq, Err: err}
	}
	return v, nil
}

// Readable says with [ErrNewer] when the record's version or kind is not known to this program.
func (r Record) Readable() error {
	if r.Version > Version {
		return fmt.Errorf("record %d has version %d: %w", r.Seq, r.Version, ErrNewer)
	}
	switch r.Kind {
	case KindStarted, KindTold, KindChosen, KindApproval, KindIntent, KindDone, KindSpent, KindEnded:
		return nil
	}
	return fmt.Errorf("record %d is of the unknown kind %q: %w", r.Seq, r.Kind, ErrNewer)
}

var errNoObject = errors.New("not a JSON object")

func unmarshal(data []byte, v any) error {
	if len(data) == 0 || data[0] != '{' {
		return errNoObject
	}
	if t, ok := v.(*Told); ok {
		if fastTold(data, t) {
			return nil
		}
		*t = Told{}
	}
	return json.Unmarshal(data, v)
}

// Payload decodes a record into a pointer to the type of its kind (*Started, *Told, …), for a type switch.
// Errors are those of [Decode].
func (r Record) Payload() (any, error) {
	switch r.Kind {
	case KindStarted:
		return pointer[Started](r)
	case KindTold:
		return pointer[Told](r)
	case KindChosen:
		return pointer[Chosen](r)
	case KindApproval:
		return pointer[Approval](r)
	case KindIntent:
		return pointer[Intent](r)
	case KindDone:
		return pointer[Done](r)
	case KindSpent:
		return pointer[Spent](r)
	case KindEnded:
		return pointer[Ended](r)
	}
	return nil, r.Readable()
}

func pointer[T any](r Record) (any, error) {
	v, err := Decode[T](r)
	if err != nil {
		return nil, err
	}
	return &v, nil
}
