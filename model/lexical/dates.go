package lexical

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// clock tells the time; it is asked only for dates that don't name their year, and for "today" and "tomorrow".
type clock func() time.Time

// date is a day of the calendar; the year is 0 until it is known.
type date struct{ year, month, day int }

// String returns the day as in ISO 8601.
func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

// valid says whether there is such a day; without a year, the 29th of February is one.
func (d date) valid() bool {
	year := d.year
	if year == 0 {
		year = 2000
	}
	t := time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return d.month >= 1 && d.month <= 12 && t.Day() == d.day && int(t.Month()) == d.month
}

const (
	monthRE = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
	dayRE   = `(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?`
	rangeRE = `(?:\s*(?:-|–|—|to|through|until|till)\s*` + dayRE + `)?`
	yearRE  = `(?:,?\s+(?:of\s+)?((?:19|20|21)\d\d))?`
)

// A dateForm is a wording and how its groups are read; the groups are numbered year, month, day, second day.
type dateForm struct {
	re                *regexp.Regexp
	year, month       int
	day, secondDay    int
	perhapsDayInFront bool
}

var dateForms = []dateForm{
	{re: regexp.MustCompile(`\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})\b`), year: 1, month: 2, day: 3},
	{re: regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`), month: 1, day: 2, year: 3, perhapsDayInFront: true},
	{re: regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b`), day: 1, month: 2, year: 3},
	{re: regexp.MustCompile(`(?i)\b` + dayRE + rangeRE + `\s+(?:of\s+)?` + monthRE + yearRE + `\b`), day: 1, secondDay: 2, month: 3, year: 4},
	{re: regexp.MustCompile(`(?i)\b` + monthRE + `\s+` + dayRE + rangeRE + yearRE + `\b`), month: 1, day: 2, secondDay: 3, year: 4},
}

// findDates finds days in ISO form, "March 3, 2027", "3rd of March", "3-10 March 2027", 03/14/2027 (month first, as
// in the United States, unless it can't be) and 14.03.2027. A date without a year takes that of the next one that
// has it, else of the one before, else the next such day by the clock.
func findDates(text string, now clock) []*mention {
	var out []*mention
	free := func(m *mention) bool { return !slices.ContainsFunc(out, m.overlaps) }
	for _, f := range dateForms {
		for _, loc := range f.re.FindAllStringSubmatchIndex(text, -1) {
			for _, m := range f.read(text, loc) {
				if m.date.valid() && free(m) {
					out = append(out, m)
				}
			}
		}
	}
	out = append(out, relativeDays(text, now, free)...)
	slices.SortFunc(out, func(a, b *mention) int { return a.start - b.start })
	giveYears(out, now)
	return finishDates(text, out)
}

func (f dateForm) read(text string, loc []int) []*mention {
	group := func(i int) string {
		if i == 0 || loc[2*i] < 0 {
			return ""
		}
		return text[loc[2*i]:loc[2*i+1]]
	}
	d := date{atoi(group(f.year)), monthNumber(group(f.month)), atoi(group(f.day))}
	if f.perhapsDayInFront && d.month > 12 {
		d.month, d.day = d.day, d.month
	}
	first := &mention{kind: kindDate, start: loc[0], end: loc[1], date: d}
	second := group(f.secondDay)
	if second == "" {
		return []*mention{first}
	}
	first.end = loc[2*f.secondDay]
	first.role = roleStart
	d.day = atoi(second)
	return []*mention{first, {kind: kindDate, start: first.end, end: loc[1], date: d, role: roleEnd}}
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func monthNumber(s string) int {
	if len(s) > 0 && isDigit(s[0]) {
		return atoi(s)
	}
	if len(s) < 3 {
		return 0
	}
	const months = "janfebmaraprmayjunjulaugsepoctnovdec"
	return strings.Index(months, strings.ToLower(s[:3]))/3 + 1
}

var relativeDay = regexp.MustCompile(`(?i)\b(today|tonight|tomorrow|day after tomorrow)\b`)

func relativeDays(text string, now clock, free func(*mention) bool) []*mention {
	if now == nil {
		return nil
	}
	var out []*mention
	for _, loc := range relativeDay.FindAllStringIndex(text, -1) {
		ahead := map[string]int{"tomorrow": 1, "day after tomorrow": 2}[strings.ToLower(text[loc[0]:loc[1]])]
		t := now().AddDate(0, 0, ahead)
		m := &mention{kind: kindDate, start: loc[0], end: loc[1], date: date{t.Year(), int(t.Month()), t.Day()}}
		if free(m) {
			out = append(out, m)
		}
	}
	return out
}

func giveYears(ms []*mention, now clock) {
	for i := len(ms) - 2; i >= 0; i-- {
		if ms[i].date.year == 0 && ms[i+1].date.year != 0 && ms[i].end+60 > ms[i+1].start {
			ms[i].date.year = ms[i+1].date.year - b2i(before(ms[i+1].date, ms[i].date))
		}
	}
	for i := 1; i < len(ms); i++ {
		if ms[i].date.year == 0 && ms[i-1].date.year != 0 {
			ms[i].date.year = ms[i-1].date.year + b2i(before(ms[i].date, ms[i-1].date))
		}
	}
	for _, m := range ms {
		if m.date.year == 0 && now != nil {
			m.date.year = nextYear(m.date, now())
		}
	}
}

// before compares days within a year.
func before(a, b date) bool { return a.month < b.month || a.month == b.month && a.day < b.day }

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func nextYear(d date, now time.Time) int {
	today := date{now.Year(), int(now.Month()), now.Day()}
	return now.Year() + b2i(before(d, today))
}

// finishDates drops days whose year nobody knows and gives the others their text and part.
func finishDates(text string, ms []*mention) []*mention {
	out := ms[:0]
	for _, m := range ms {
		if m.date.year == 0 || !m.date.valid() {
			continue
		}
		m.text = m.date.String()
		if m.role == noRole {
			m.role = dateRole(text, m.start)
		}
		out = append(out, m)
	}
	startFirst(out)
	return out
}

// startFirst takes the first day of which nothing is said for the start where no other day is: "a flight on May 3".
func startFirst(ms []*mention) {
	for _, m := range ms {
		if m.role == roleStart {
			return
		}
	}
	for _, m := range ms {
		if m.role == noRole {
			m.role = roleStart
			return
		}
	}
}

var (
	startWords = regexp.MustCompile(`(?i)\b(leav\w*|depart\w*|outbound|going|go|fly\w*|start\w*|begin\w*|arriv\w*|check(?:ing)?[- ]?in)\b|\b(from|between)\s+(the\s+)?$`)
	endWords   = regexp.MustCompile(`(?i)\b(back|return\w*|until|till|through|thru|end\w*|check(?:ing)?[- ]?out|home|inbound|due|deadline)\b|\b(to|and|by|before)\s+(the\s+)?$|\d\s*[-–—]\s*$`)
)

// dateRole goes by the last word before the date that says whether something starts or ends.
func dateRole(text string, at int) role {
	before := text[max(0, at-40):at]
	if i := strings.LastIndexAny(before, ";\n"); i >= 0 {
		before = before[i+1:]
	}
	start, end := lastMatch(startWords, before), lastMatch(endWords, before)
	switch {
	case start < 0 && end < 0:
		return noRole
	case start > end:
		return roleStart
	}
	return roleEnd
}

// lastMatch returns where the last match begins, -1 if there is none.
func lastMatch(re *regexp.Regexp, s string) int {
	all := re.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return -1
	}
	return all[len(all)-1][0]
}
