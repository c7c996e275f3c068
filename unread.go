package azimuth

import (
	"encoding/json"
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
}

// Error says which option it is, why nobody reads it, and what to do.
func (e *UnreadError) Error() string {
	return fmt.Sprintf("%s: %s; %s", e.Option, e.Why, e.Remedy)
}

// unread is the error about an option; the remedy is also to leave it out.
func unread(option, why, remedy string) error {
	return &UnreadError{Option: option, Why: why, Remedy: remedy + ", or leave it out"}
}

// known refuses settings of a newer program: without them the run would be another one.
func known(config json.RawMessage) error {
	var head struct {
		Settings map[string]json.RawMessage `json:"settings"`
	}
	if err := json.Unmarshal(config, &head); err != nil {
		return err
	}
	for name := range head.Settings {
		if _, there := settingField(name); !there {
			return fmt.Errorf("there is no setting %q here; use the newer program that began the run", name)
		}
	}
	return nil
}

// settingField finds a setting by its name in JSON.
func settingField(name string) (reflect.StructField, bool) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Settings]()) { // those of embedded structs too
		if n, _, _ := strings.Cut(f.Tag.Get("json"), ","); n == name && !f.Anonymous {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// Without returns the settings without one option, by its name in JSON: with its default.
func (s Settings) Without(option string) Settings {
	if f, there := settingField(option); there {
		reflect.ValueOf(&s).Elem().FieldByIndex(f.Index).SetZero()
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
