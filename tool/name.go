package tool

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// ProviderName is the longest name of a tool or a parameter that every provider of models takes, in bytes.
const ProviderName = 64

// ValidName makes a name that every provider takes (^[a-zA-Z0-9_-]{1,64}$): a run of other characters becomes one
// underscore, and what is too long ends in a hash of the whole, see [HashName].
func ValidName(s string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range s {
		if !(r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			if last == '_' {
				continue
			}
			r = '_'
		}
		b.WriteRune(r)
		last = r
	}
	switch {
	case b.Len() == 0:
		return "_"
	case b.Len() > ProviderName:
		return HashName(b.String(), s)
	}
	return b.String()
}

// HashName returns name, cut where it is too long, with eight letters of a hash of of at its end.
func HashName(name, of string) string {
	sum := sha256.Sum256([]byte(of))
	suffix := "_" + hex.EncodeToString(sum[:4])
	return name[:min(len(name), ProviderName-len(suffix))] + suffix
}
