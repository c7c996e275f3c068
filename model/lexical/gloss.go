package lexical

import "strings"

// glosses returns for each value of an enumeration the words by which the argument's description explains it: of
// "buy for homes for sale, rent for homes to let", "sale" explains buy and "let" rent. Words that explain several
// values explain none; what is said of "both" counts for neither.
func glosses(s *slot) map[string][]string {
	texts := s.choices()
	parts, count := map[string][]string{}, map[string]int{}
	for _, text := range texts {
		if all, ok := allValue(s); ok && all.text == text {
			continue
		}
		for _, c := range concepts(glossOf(s.schema.Description, text, texts)) {
			parts[text] = append(parts[text], c)
			count[c]++
		}
	}
	for text, words := range parts {
		var own []string
		for _, w := range words {
			if count[w] == 1 {
				own = append(own, w)
			}
		}
		parts[text] = own
	}
	return parts
}

// glossOf returns what stands between a value and the next value (or the end) in a description.
func glossOf(description, text string, all []string) string {
	low := strings.ToLower(description)
	i := wordIndex(low, strings.ToLower(text))
	if i < 0 {
		return ""
	}
	rest := low[i+len(text):]
	for _, other := range all {
		if j := wordIndex(rest, strings.ToLower(other)); j >= 0 {
			rest = rest[:j]
		}
	}
	return rest
}

// wordIndex finds a phrase that no letter touches.
func wordIndex(s, phrase string) int {
	for from := 0; phrase != ""; {
		i := strings.Index(s[from:], phrase)
		if i < 0 {
			return -1
		}
		i += from
		end := i + len(phrase)
		if (i == 0 || !letter(s[i-1])) && (end == len(s) || !letter(s[end])) {
			return i
		}
		from = i + 1
	}
	return -1
}

func letter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }
