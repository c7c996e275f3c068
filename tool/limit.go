package tool

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	// ModelLimit is how much of a tool's output a model is shown by default, in bytes (8 KiB, about 2,000 tokens).
	ModelLimit = 8 << 10
	// JournalLimit is how much of a tool's output is kept at all, in bytes (16 MiB).
	JournalLimit = 16 << 20
)

// Clip returns s if it has at most limit bytes, otherwise its head and tail with a note between them of how much was
// left out. It cuts between runes, keeps two thirds of the room for the head, and never returns more than limit
// bytes; where the note does not fit (limit below about 40), only the head is returned. Invalid UTF-8 is replaced first.
func Clip(s string, limit int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= limit {
		return s
	}
	room := limit - len(note(len(s)))
	if room <= 0 {
		return s[:runeStart(s, max(limit, 0))]
	}
	head := runeStart(s, room*2/3)
	tail := len(s) - (room - head)
	for tail < len(s) && !utf8.RuneStart(s[tail]) {
		tail++
	}
	return s[:head] + note(tail-head) + s[tail:]
}

func note(cut int) string { return fmt.Sprintf("\n[... %d bytes left out ...]\n", cut) }

// runeStart returns the largest index <= i at which a rune starts.
func runeStart(s string, i int) int {
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}
