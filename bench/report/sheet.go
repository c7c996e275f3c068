package report

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode/utf8"
)

// sheet is a table of texts. Texts between backquotes are names: Markdown sets them, other forms leave the quotes out.
type sheet struct {
	Title   string
	Columns []string // the first is that of the rows' names
	Rows    [][]string
}

// code marks a name.
func code(s string) string { return "`" + s + "`" }

// plain is a text without its marks.
func plain(s string) string { return strings.ReplaceAll(s, "`", "") }

func (s sheet) write(b *strings.Builder, markdown bool) {
	if markdown {
		s.markdown(b)
		return
	}
	width := utf8.RuneCountInString(s.Columns[0])
	for _, r := range s.Rows {
		width = max(width, utf8.RuneCountInString(plain(r[0])))
	}
	fmt.Fprintln(b, plain(s.Title))
	tw := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, r := range append([][]string{s.Columns}, s.Rows...) {
		fmt.Fprintf(tw, "%-*s\t%s\t\n", width, plain(r[0]), plain(strings.Join(r[1:], "\t")))
	}
	_ = tw.Flush() // a builder takes everything
}

// markdown writes it as the pages in docs have their tables.
func (s sheet) markdown(b *strings.Builder) {
	head := append([]string(nil), s.Columns...)
	if head[0] == "contender" {
		head[0] = ""
	}
	fmt.Fprintf(b, "### %s\n\n%s%s\n", s.Title, line(head), strings.Repeat("|---", len(head))+"|")
	for _, r := range s.Rows {
		b.WriteString(line(append([]string{named(r[0])}, r[1:]...)))
	}
}

func line(cells []string) string {
	return strings.ReplaceAll("| "+strings.Join(cells, " | ")+" |\n", "|  |", "| |")
}

// named writes a contender's name as docs do: the preset for A* with one, options after it.
func named(s string) string {
	parts := strings.Split(s, "`")
	for i := 1; i < len(parts); i += 2 {
		parts[i] = shortName(parts[i])
	}
	return strings.Join(parts, "")
}

func shortName(contender string) string {
	words := strings.Split(contender, ":")
	name, options := words[0], words[1:]
	for i, o := range options {
		if preset, ok := strings.CutPrefix(o, "preset="); ok && name == "astar" {
			name = preset
			options = append(options[:i:i], options[i+1:]...)
			break
		}
	}
	out := code(name)
	for _, o := range options {
		out += " " + strings.TrimSuffix(o, "=true")
	}
	return out
}
