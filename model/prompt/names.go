package prompt

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// maxName is the longest function name that chat APIs accept.
const maxName = 64

// names maps wire names, which chat APIs limit to letters, digits, - and _, to the tools' own.
type names map[string]string

func (n names) add(name string) (string, error) {
	if name == "" {
		return "", fmt.Errorf("a tool has no name: give it one")
	}
	wire := wireName(name)
	if prior, ok := n[wire]; ok {
		return "", fmt.Errorf("tools %q and %q have the same name: rename one or take it off the list", prior, name)
	}
	n[wire] = name
	return wire, nil
}

// wireName keeps a name that is fine as it is; any other is cleaned, and made unique by a hash of the original.
func wireName(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
			return r
		}
		return '_'
	}, name)
	if clean == name && len(name) <= maxName {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return clean[:min(len(clean), maxName-9)] + "_" + hex.EncodeToString(sum[:4])
}

// real returns the tool's own name; a name that was never offered is returned as it is, for the caller to refuse.
func (n names) real(wire string) string {
	if name, ok := n[wire]; ok {
		return name
	}
	return wire
}

// known finds an offered tool by its wire name or its own.
func (n names) known(word string) (string, bool) {
	if name, ok := n[word]; ok {
		return name, true
	}
	name, ok := n[wireName(word)]
	return name, ok && name == word
}
