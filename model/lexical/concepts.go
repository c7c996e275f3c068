package lexical

import "strings"

// conceptTable lists words of everyday English that stand for the same thing, the name of the concept first. It
// knows no tool: only the language that people and API documentation use.
const conceptTable = `
bed bedroom br bdrm bd
bath bathroom ba bathrooms
price cost budget pricing rate
sqft sf squarefeet
garage garages carport
pool pools swimmingpool
balcony balconies
floor level
story storey
commute traveltime
minute min mins
hour hr hrs
adult adults grownup grownups
child children kid kids
person people persons traveler traveller passenger travelers guests guest
location city town area where neighborhood neighbourhood region address
flight flights fly airplane flying airline air
train rail railway
bus coach
cruise ship boat sail
hotel accommodation lodging inn
ticket
fare airfare
night nightly
buy purchase own buying
rent rental lease renting
house houses
home residence
townhouse townhome rowhouse
condo condominium
apartment apartments apt flat
land lot plot acreage
mobile manufactured trailer
multifamily duplex triplex
coop cooperative
luxury luxurious upscale
double twin
both
depart departure departing leave leaving outbound
return returning back inbound
checkin
checkout
arrive arrival arriving
origin
destination
begin start
end until till finish
date day when
path filename filepath
directory folder dir
file document
read show print display view open
write save store
creat make new mkdir
delet remove erase rm unlink
mov rename mv
list enumerate ls
search find lookup look locate
edit modify change update
info metadata stat
copy duplicate
get fetch retrieve obtain
send post
add append insert
name named called titled entitled
content saying text body message
query about regarding topic pattern containing
url link website webpage uri
email mail
weather forecast temperature
image photo picture media audio
booking book reserve reservation
round
sum total
number num count quantity
maximum max most ceiling
minimum min least
`

// phraseTable lists concepts that take two words (with or without a hyphen).
const phraseTable = `
square foot=sqft
square feet=sqft
sq ft=sqft
square footage=sqft
living area=sqft
floor area=sqft
living space=sqft
sq feet=sqft
sq foot=sqft
check in=checkin
check out=checkout
swimming pool=pool
travel time=commute
town home=townhouse
town house=townhouse
row house=townhouse
multi family=multifamily
co op=coop
grown up=adult
file path=path
`

// relatedTable lists what a word makes likely without meaning it: the first is hinted at by the others.
const relatedTable = `
ticket fare flight train bus cruise trip travel
room hotel night suite
hotel night room stay
flight ticket airport
commute minute hour work office
time hour minute
price fare afford spend pay money
person adult child
path file directory
file path
directory path
query search
image png
sqft size
garage car parking
location near place
floor story
story floor
checkin arrive stay
checkout depart stay
`

// stopWords carry no topic.
var stopWords = wordSet(`a an the of to in on at for and or with by from is are be it its this that these those as i we you
my our your me us please would like want need can could will should which what who into than then if not no so do does
have has had was were am let set use using used value values given new one any all only must via per each`)

var (
	conceptWords   = readConcepts(conceptTable)
	phraseConcepts = readPhrases(phraseTable)
	related        = readRelated(relatedTable)
)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

func readConcepts(table string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(table) {
		for i, w := range strings.Fields(line) {
			head := strings.Fields(line)[0]
			if _, ok := out[stem(w)]; !ok || i == 0 {
				out[stem(w)] = head
			}
		}
	}
	return out
}

func readPhrases(table string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(table) {
		phrase, c, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok {
			continue
		}
		a, b, _ := strings.Cut(phrase, " ")
		out[conceptOf(a)+" "+conceptOf(b)] = c
	}
	return out
}

func readRelated(table string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for line := range strings.Lines(table) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		set := map[string]bool{}
		for _, w := range words[1:] {
			set[conceptOf(w)] = true
		}
		out[conceptOf(words[0])] = set
	}
	return out
}

// conceptOf returns what a word stands for: the head of its line in the table, else its stem.
func conceptOf(word string) string {
	s := stem(strings.ToLower(word))
	if c, ok := conceptWords[s]; ok {
		return c
	}
	return s
}

// likeness says how much a word in the goal speaks for a concept: 1 if it means it, 0.6 if it hints at it.
func likeness(want, have string) float64 {
	switch {
	case have == "":
		return 0
	case want == have:
		return 1
	case related[want][have]:
		return 0.6
	}
	return 0
}

var irregular = map[string]string{
	"children": "child", "people": "person", "feet": "foot", "men": "man", "women": "woman", "made": "make",
	"rating": "ratin", "ratings": "ratin", // not a rate
	"plane": "airplane", "planes": "airplane", // "plan" is another word
	"wrote": "write", "written": "write", "found": "find", "sent": "send", "bought": "buy", "movies": "movie",
}

// stem cuts plural and verb endings. It need not give a word, only the same for both sides.
func stem(w string) string {
	if s, ok := irregular[w]; ok {
		w = s
	}
	w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && hasAnySuffix(w, "sses", "xes", "ches", "shes", "zes"):
		w = w[:len(w)-2]
	case len(w) > 2 && strings.HasSuffix(w, "s") && !hasAnySuffix(w, "ss", "us", "is", "as"):
		w = w[:len(w)-1]
	}
	switch {
	case len(w) > 5 && strings.HasSuffix(w, "ing"):
		w = undouble(w[:len(w)-3])
	case len(w) > 4 && strings.HasSuffix(w, "ed"):
		w = undouble(w[:len(w)-2])
	}
	if len(w) > 3 {
		w = strings.TrimSuffix(w, "e")
	}
	return w
}

func hasAnySuffix(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

func undouble(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("ls", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}
