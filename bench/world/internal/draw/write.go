package draw

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

var words = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// Count writes a small number, as a digit or a word.
func Count(r *rand.Rand, n int64) string {
	if n >= 0 && int(n) < len(words) && Chance(r, 0.5) {
		return words[n]
	}
	return strconv.FormatInt(n, 10)
}

// Plural writes n and a noun: 1 balcony, two balconies.
func Plural(r *rand.Rand, n int64, one, many string) string {
	if n == 1 {
		return Count(r, n) + " " + one
	}
	return Count(r, n) + " " + many
}

// Thousands writes a number with commas, 1,250,000.
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Whole writes a number with or without commas.
func Whole(r *rand.Rand, n int64) string {
	if Chance(r, 0.5) {
		return Thousands(n)
	}
	return strconv.FormatInt(n, 10)
}

// Money writes an amount of dollars: $450,000, $450k, 450000 dollars, 450,000 USD.
func Money(r *rand.Rand, n int64) string {
	if n >= 10_000 && n%1000 == 0 && Chance(r, 0.3) {
		return Pick(r, "$", "$", "US$") + strconv.FormatInt(n/1000, 10) + Pick(r, "k", "K")
	}
	return Pick(r, "$"+Thousands(n), "$"+strconv.FormatInt(n, 10), Whole(r, n)+" dollars", Thousands(n)+" USD")
}

// Ordinal writes 1st, 2nd, 3rd, 4th.
func Ordinal(n int64) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.FormatInt(n, 10) + suffix
}

// Date writes a day: July 14, 2027, 14 July 2027, 2027-07-14, 7/14/2027, July 14th, 2027.
func Date(r *rand.Rand, t time.Time) string {
	return Pick(r, t.Format("January 2, 2006"), t.Format("2 January 2006"), t.Format("2006-01-02"), t.Format("1/2/2006"),
		t.Format("Jan 2, 2006"), fmt.Sprintf("%s %s, %d", t.Month(), Ordinal(int64(t.Day())), t.Year()))
}

// List joins items with commas and a last word: a, b and c.
func List(items []string, last string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	n := len(items) - 1
	return strings.Join(items[:n], ", ") + " " + last + " " + items[n]
}

// Article puts a or an in front.
func Article(noun string) string {
	if strings.ContainsRune("aeiouAEIOU", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// Range writes what a lower and an upper bound (either may be nil) ask of a quantity, as a noun phrase:
// a price between $1 and $2.
func Range(r *rand.Rand, noun string, lo, hi *int64, write func(int64) string) string {
	switch {
	case lo != nil && hi != nil:
		if Chance(r, 0.5) {
			return fmt.Sprintf("%s between %s and %s", Article(noun), write(*lo), write(*hi))
		}
		return fmt.Sprintf("%s from %s to %s", Article(noun), write(*lo), write(*hi))
	case lo != nil:
		return fmt.Sprintf(Pick(r, "%s of at least %s", "%s of %s or more", "%s of no less than %s"), Article(noun), write(*lo))
	}
	return fmt.Sprintf(Pick(r, "%s of at most %s", "%s of up to %s", "%s of no more than %s"), Article(noun), write(*hi))
}

// Bounds appends the [Range] of the bounds min_KEY and max_KEY, nothing where there is neither.
func Bounds(out []string, r *rand.Rand, values map[string]int64, noun, key string, write func(int64) string) []string {
	var lo, hi *int64
	if n, ok := values["min_"+key]; ok {
		lo = &n
	}
	if n, ok := values["max_"+key]; ok {
		hi = &n
	}
	if lo == nil && hi == nil {
		return out
	}
	return append(out, Range(r, noun, lo, hi, write))
}

// Order makes the lower bound the lower one where both are there, and the upper one more where they are equal.
func Order(values map[string]int64, lo, hi string, more func(int64) int64) {
	a, okA := values[lo]
	b, okB := values[hi]
	if !okA || !okB {
		return
	}
	if a == b {
		b += more(a)
	}
	values[lo], values[hi] = min(a, b), max(a, b)
}

// Wishes appends noun phrases to a first sentence (which ends in a full stop or a question mark), in one of
// several manners. leads are the words that a sentence of its own may begin with.
func Wishes(r *rand.Rand, first string, wishes, leads []string) string {
	if len(wishes) == 0 {
		return first
	}
	wishes = Shuffled(r, wishes)
	stem := strings.TrimRight(first, ".?!")
	end := first[len(stem):]
	switch r.IntN(6) {
	case 0:
		return stem + " with " + List(wishes, "and") + end
	case 1:
		return first + " " + Pick(r, leads...) + List(wishes, "and") + "."
	case 2:
		return first + " " + Pick(r, "Requirements: ", "My wishes: ", "Details: ") + strings.Join(wishes, "; ") + "."
	case 3:
		k := 1 + r.IntN(len(wishes))
		s := stem + " with " + List(wishes[:k], "and") + end
		if k < len(wishes) {
			s += " " + Pick(r, leads...) + List(wishes[k:], "and") + "."
		}
		return s
	case 4:
		return Pick(r, "Keep in mind: ", "What I have in mind: ") + List(wishes, "and") + ". " + first
	}
	return first + " " + capitalize(List(wishes, "and")) + Pick(r, ", please.", " if possible.")
}

func capitalize(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
