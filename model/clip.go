package model

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// ShownBytes is how much of one output a model is shown.
const ShownBytes = 8 << 10

// Clip shortens a text to about limit bytes: two thirds of its head, a third of its tail, and a note between them of
// how much was left out. Cuts fall between runes; invalid UTF-8 is replaced.
func Clip(text string, limit int) string {
	if len(text) <= limit {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	head := text[:runeStart(text, limit*2/3)]
	tail := text[runeStart(text, len(text)-limit/3):]
	note := fmt.Sprintf("\n[... %d bytes left out ...]\n", len(text)-len(head)-len(tail))
	return strings.ToValidUTF8(head+note+tail, "\uFFFD")
}

// runeStart moves i down to where a rune starts, by at most the length of one.
func runeStart(text string, i int) int {
	for j := i; j > i-utf8.UTFMax && j > 0; j-- {
		if j < len(text) && utf8.RuneStart(text[j]) {
			return j
		}
	}
	return i
}
