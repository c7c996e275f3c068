package tool

import "fmt"

// Effect is what calling a tool does to the world. The zero value is [Unknown], which is treated as the worst.
type Effect uint8

// The effect classes, from the least known to the most dangerous.
const (
	Unknown     Effect = iota // nobody said; treated like Destructive
	Pure                      // depends on its arguments only
	Read                      // looks at the world and changes nothing
	Idempotent                // changes the world; the same call again changes nothing more
	Reversible                // changes the world; another tool can undo it
	Destructive               // changes the world for good
)

var effectNames = [...]string{"unknown", "pure", "read", "idempotent", "reversible", "destructive"}

// String returns the word used in configuration, journals and plan files.
func (e Effect) String() string {
	if int(e) < len(effectNames) {
		return effectNames[e]
	}
	return fmt.Sprintf("effect(%d)", uint8(e))
}

// Safe says whether a search may call the tool: only pure and read calls leave nothing behind.
func (e Effect) Safe() bool { return e == Pure || e == Read }

// MarshalText writes the word.
func (e Effect) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the word and names the words there are when it is none of them.
func (e *Effect) UnmarshalText(b []byte) error {
	for i, name := range effectNames {
		if name == string(b) {
			*e = Effect(i)
			return nil
		}
	}
	return fmt.Errorf("effect %q: want one of %v", b, effectNames)
}
