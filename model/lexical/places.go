package lexical

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// notPlaces are words that are often written with a capital and are no places.
var notPlaces = wordSet(`i i'm i'd i'll monday tuesday wednesday thursday friday saturday sunday january february march
april may june july august september october november december usd eur gbp tv ok please mr mrs ms a the my our we you it
king queen double luxury bed suite sq ft utc am pm book find search looking need want hotel flight train bus cruise
house condo townhouse apartment land mobile multi co op home buy rent check departing returning leaving
json yaml csv xml html http https url api id`)

// inParts may stand inside the name of a place.
var inParts = wordSet(`de del la las los el of da do dos di du le les al sur upon am`)

var regions = wordSet(`alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho
illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
argentina australia austria belgium brazil canada chile china colombia croatia denmark egypt england finland france germany
greece hungary iceland india indonesia ireland israel italy japan kenya malaysia mexico morocco netherlands norway peru
philippines poland portugal scotland singapore spain sweden switzerland thailand turkey ukraine usa uk vietnam`)

var placeRoles = []struct {
	re   *regexp.Regexp
	role role
}{
	{regexp.MustCompile(`(?i)\b((leav|depart|start|originat|com|travell?|fly)\w*\s+(from|out of|in|at)|from|out of|leaving|departing|origin\s*(?:is|:|of)?)\s+(the\s+)?$`), roleFrom},
	{regexp.MustCompile(`(?i)\b(arriv\w*\s+(in|at)|to|into|towards?|visit(ing)?|bound for|for|headed|reach(ing)?|destination\s*(?:is|:|of)?)\s+(the\s+)?$|(->|→|–>|=>)\s*$`), roleTo},
	{regexp.MustCompile(`(?i)\b(in|at|near|around|within|inside|location\s*(?:is|:|of)?|city\s*(?:is|:|of)?|area of|outside|close to|next to)\s+(the\s+)?$`), roleIn},
}

// findPlaces finds spans of capitalised words: with certainty after a preposition of place or with a state behind
// them, weakly elsewhere; the first word of a sentence only with such support. Without any, words in lower case after
// from, to and in are tried.
func findPlaces(g *goal) []*mention {
	out := collect(g, readPlace)
	for i, m := range out {
		if m.role == noRole && i+1 < len(out) && out[i+1].role == roleTo && linked(g.text[m.end:out[i+1].start]) {
			m.role, m.weak = roleFrom, 0
		}
	}
	if len(out) == 0 {
		out = lowerPlaces(g)
	}
	return out
}

func linked(between string) bool {
	between = strings.TrimSpace(strings.ToLower(between))
	return between == "to" || between == "->" || between == "→" || between == "–" || between == "-"
}

func readPlace(g *goal, i int) (*mention, int) {
	if !placeWord(g, g.tokens[i]) {
		return nil, i + 1
	}
	end := i + 1
	for j := end; j < len(g.tokens) && touches(g, j); j++ {
		if placeWord(g, g.tokens[j]) {
			end = j + 1
		} else if !inParts[g.tokens[j].low] && g.tokens[j].text != "-" && g.tokens[j].text != "." {
			break
		}
	}
	end, region := withRegion(g, end)
	m := &mention{kind: kindPlace, start: g.tokens[i].start, end: g.tokens[end-1].end}
	m.text = g.text[m.start:m.end]
	m.role = placeRole(g.text[:m.start])
	if m.role == noRole && !region {
		if sentenceStart(g, i) && !followedByTo(g, end) && !(alone(g, end) && unknownWord(g.tokens[i].low)) {
			return nil, i + 1
		}
		m.weak = 1
	}
	return m, end
}

// touches says that token j follows the one before it with nothing but white space between, or is a sign in a name.
func touches(g *goal, j int) bool {
	t := g.tokens[j]
	if t.text == "." {
		return len(g.tokens[j-1].text) <= 2 && j+1 < len(g.tokens) && g.tokens[j+1].start == t.end+1 // "St. Louis"
	}
	return !t.punct || t.text == "-" && t.start == g.tokens[j-1].end
}

func placeWord(g *goal, t token) bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsUpper(r) && !notPlaces[t.low] && g.free(t.start, t.end)
}

// withRegion takes ", TX" and ", Portugal" behind a name.
func withRegion(g *goal, end int) (int, bool) {
	if end+1 >= len(g.tokens) || g.tokens[end].text != "," || !placeWord(g, g.tokens[end+1]) {
		return end, false
	}
	r := g.tokens[end+1]
	if regions[r.low] || len(r.text) == 2 && strings.ToUpper(r.text) == r.text {
		return end + 2, true
	}
	two := end+2 < len(g.tokens) && regionPairs[r.low+" "+g.tokens[end+2].low]
	if two {
		return end + 3, true
	}
	return end, false
}

var regionPairs = map[string]bool{
	"new york": true, "new jersey": true, "new mexico": true, "new hampshire": true, "north carolina": true,
	"south carolina": true, "north dakota": true, "south dakota": true, "west virginia": true, "rhode island": true,
	"united states": true, "united kingdom": true, "new zealand": true, "south africa": true, "south korea": true,
	"costa rica": true, "czech republic": true,
}

func placeRole(before string) role {
	before = before[max(0, len(before)-40):]
	for _, p := range placeRoles {
		if p.re.MatchString(before) {
			return p.role
		}
	}
	return noRole
}

func sentenceStart(g *goal, i int) bool {
	return i == 0 || sentenceEnd(g.tokens[i-1]) || g.tokens[i-1].text == ":"
}

// alone says that a phrase ends before token i: "Seattle. Two bedrooms."
func alone(g *goal, i int) bool {
	return i >= len(g.tokens) || g.tokens[i].text == "." || g.tokens[i].text == ","
}

func followedByTo(g *goal, i int) bool {
	return i < len(g.tokens) && (g.tokens[i].low == "to" || g.tokens[i].text == "→") && i+1 < len(g.tokens) && placeWord(g, g.tokens[i+1])
}

var lowerPlace = regexp.MustCompile(`\b(from|to|in|near|around)\s+([a-z]{3,}(?:\s[a-z]{3,})?)`)

// lowerPlaces reads "from boston to lisbon": words after a preposition that are no other known word.
func lowerPlaces(g *goal) []*mention {
	var out []*mention
	for _, loc := range lowerPlace.FindAllStringSubmatchIndex(g.text, -1) {
		start, end := loc[4], loc[5]
		words := strings.Fields(g.text[start:end])
		if !unknownWord(words[0]) || g.known[conceptOf(words[0])] || !g.free(start, end) {
			continue
		}
		if len(words) == 2 && (!unknownWord(words[1]) || g.known[conceptOf(words[1])]) {
			end = start + len(words[0])
		}
		m := &mention{kind: kindPlace, start: start, end: end, text: g.text[start:end], weak: 1}
		m.role = placeRole(g.text[:start])
		out = append(out, m)
	}
	return out
}

// moreKnown are words that the tables of concepts lack and that follow "to" and "in" more often than a place does.
var moreKnown = wordSet(`stay go see me have visit travel leave come use be work live move total cash advance time
leaving economy business class first case general particular order addition walking good great nice quiet about around under over
which between within only also just more than every each their there here`)

func unknownWord(w string) bool {
	_, concept := conceptWords[stem(w)]
	_, number := numberWords[w]
	return !concept && !number && !stopWords[w] && !notPlaces[w] && !moreKnown[w]
}
