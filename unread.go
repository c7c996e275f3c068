package azimuth

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// UnreadError is about an option that counts for nothing with the other settings as they are; it is an [ErrSetting].
type UnreadError struct {
	Option string // by its name in JSON
	Why    string // nobody reads it, such as: strategy vote does not read it
	Remedy string
	as     string // what the text calls it
}

// Error says which option it is, why nobody reads it, and what to do.
func (e *UnreadError) Error() string {
	return fmt.Sprintf("%s: %s; %s", cmp.Or(e.as, e.Option), e.Why, e.Remedy)
}

// unread is the error about an option; the remedy is also to leave it out.
func unread(option, why, remedy string) error {
	return &UnreadError{Option: option, Why: why, Remedy: remedy + ", or leave it out"}
}

// Without returns the settings without one option, by its name in JSON: with its default.
func (s Settings) Without(option string) Settings {
	v := reflect.ValueOf(&s).Elem()
	for _, f := range reflect.VisibleFields(v.Type()) { // those of embedded structs too
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name == option && !f.Anonymous {
			v.FieldByIndex(f.Index).SetZero()
		}
	}
	return s
}

// Read returns the settings without the options that count for nothing, and their names: a run that an earlier build began may
// have some, which [Settings.Validate] refuses where they are new.
func (s Settings) Read() (Settings, []string) {
	var gone []string
	for {
		var u *UnreadError
		if !errors.As(s.Validate(), &u) || slices.Contains(gone, u.Option) {
			return s, gone
		}
		s, gone = s.Without(u.Option), append(gone, u.Option)
	}
}
