package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/command"
)

var updateDocs = flag.Bool("update-docs", false, "write the tables of docs/config.md anew")

const configPage = "../../docs/config.md"

// docsParser is the command's own parser, away from any configuration of the machine.
func docsParser(t *testing.T) *kong.Kong {
	t.Helper()
	p, _ := docsCommand(t)
	return p
}

// docsCommand is that parser with a function that makes it as new, which takes far less time than to make another.
func docsCommand(t *testing.T) (p *kong.Kong, renew func()) {
	t.Helper()
	c, vars := new(cli), map[string]string{"HOME": t.TempDir()}
	e := &env{
		in: nil, out: t.Output(), err: t.Output(), environ: func() []string { return nil },
		getenv: func(name string) string { return vars[name] },
	}
	p, err := newParser(c, e, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	return p, func() {
		*c = cli{}
		_ = kong.Visit(p.Model, func(v kong.Visitable, next kong.Next) error {
			switch v := v.(type) {
			case *kong.Flag:
				v.Set = false
			case *kong.Value:
				v.Set = false
			}
			return next(nil)
		})
	}
}

// TestDocsTables holds the tables of docs/config.md against the flags that there are.
func TestDocsTables(t *testing.T) {
	raw, err := os.ReadFile(configPage)
	if err != nil {
		t.Fatal(err)
	}
	app := docsParser(t).Model
	page := string(raw)
	for name, table := range map[string]string{"commands": commandTable(app), "flags": flagTables(app)} {
		page = between(t, page, name, table)
	}
	if page == string(raw) {
		return
	}
	if !*updateDocs {
		t.Fatal("docs/config.md is stale: go test ./cmd/azimuth -run TestDocs -update-docs")
	}
	if err := os.WriteFile(configPage, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}

// between puts text between the marker of that name and the next end marker.
func between(t *testing.T, page, name, text string) string {
	t.Helper()
	start := strings.Index(page, "<!-- "+name+":")
	if start < 0 {
		t.Fatalf("docs/config.md has no marker %q", name)
	}
	start += strings.Index(page[start:], "\n") + 1
	return page[:start] + "\n" + text + "\n" + page[start+strings.Index(page[start:], "<!-- end -->"):]
}

func commandTable(app *kong.Application) string {
	var b strings.Builder
	b.WriteString("| command | does |\n|---|---|\n")
	for _, n := range app.Leaves(true) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", n.Summary(), cell(n.Help))
	}
	return strings.ReplaceAll(b.String(), " [flags]`", "`")
}

// use is a flag and the commands that take it.
type use struct {
	flag     *kong.Flag
	commands []string
}

func flagTables(app *kong.Application) string {
	var uses []*use
	groups := []string{""}
	for _, n := range app.Leaves(true) {
		for _, f := range slices.Concat(n.AllFlags(true)...) {
			i := slices.IndexFunc(uses, func(u *use) bool { return u.flag.Name == f.Name && u.flag.Help == f.Help })
			if i < 0 {
				i = len(uses)
				uses = append(uses, &use{flag: f})
			}
			uses[i].commands = append(uses[i].commands, n.Path())
			if g := group(f); !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
	}
	var b strings.Builder
	for _, g := range groups {
		if g != "" {
			fmt.Fprintf(&b, "\n### %s\n\n", g)
		}
		b.WriteString("| flag | environment | key | commands | default | what |\n|---|---|---|---|---|---|\n")
		for _, u := range uses {
			if group(u.flag) == g {
				b.WriteString(u.row(len(app.Leaves(true))))
			}
		}
	}
	return b.String()
}

func group(f *kong.Flag) string {
	if f.Group == nil {
		return ""
	}
	return f.Group.Key
}

func (u *use) row(all int) string {
	name := "`--" + u.flag.Name + "`"
	if u.flag.Short != 0 {
		name += fmt.Sprintf(", `-%c`", u.flag.Short)
	}
	variable, key := "", "`"+u.flag.Name+"`"
	if len(u.flag.Envs) > 0 && u.flag.Name != "help" {
		variable = "`" + strings.Join(u.flag.Envs, "`, `") + "`"
	}
	if onlyTyped(u.flag.Name) || len(u.flag.Envs) == 0 {
		key = ""
	}
	where := strings.Join(u.commands, ", ")
	if len(u.commands) == all {
		where = "all"
	}
	def := ""
	if u.flag.Default != "" {
		def = "`" + u.flag.Default + "`"
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s |\n", name, variable, key, where, def, cell(u.flag.Help))
}

// cell is text in a table. The strategies, which are many, have a page.
func cell(s string) string {
	s = strings.ReplaceAll(s, azimuth.Strategies(), "see [strategies](strategies.md)")
	return strings.ReplaceAll(s, "|", "\\|")
}

// TestDocsConfigExample loads the example of the configuration file as the command does.
func TestDocsConfigExample(t *testing.T) {
	path := filepath.Join(t.TempDir(), "azimuth.yaml")
	if err := os.WriteFile(path, []byte(configExample(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(path, docsParser(t).Model)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Rules) != 2 || len(c.Effects) != 1 || c.Trust != tool.TrustAnnotations || len(c.Tools) != 2 || len(c.Secrets) != 1 {
		t.Errorf("read %+v", c.structured)
	}
	for _, k := range []string{"model", "budget", "mcp-config", "approve", "judge"} {
		if c.flags[k] == nil {
			t.Errorf("key %s was not taken for a flag", k)
		}
	}
	for i, spec := range c.Tools {
		if _, err := command.New(spec, nil); err != nil {
			t.Errorf("tools[%d]: %v", i, err)
		}
	}
}

func configExample(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(configPage)
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok := strings.Cut(string(raw), "<!-- config example -->\n```yaml\n")
	if !ok {
		t.Fatal("docs/config.md has no example of the configuration file")
	}
	text, _, _ = strings.Cut(text, "```")
	return text
}

var (
	fenced = regexp.MustCompile("(?ms)^```sh\n(.*?)^```")
	inline = regexp.MustCompile("`(azimuth [^`]+)`")
)

// TestDocsCommands parses every command line of the pages with the command's own parser.
func TestDocsCommands(t *testing.T) {
	lines := commandLines(t)
	example := configExample(t)
	t.Chdir(t.TempDir())
	files := map[string]string{"needs.txt": "0 2/1 2 3 4", "azimuth.yaml": example, "run.jsonl": example, "demos.yaml": example, "FILE": example}
	for name, text := range files { // what has to be there to be read
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, renew := docsCommand(t)
	for where, words := range lines {
		renew()
		if _, err := parse(p, words); err != nil && !mention(where, err) {
			t.Errorf("%s: %v", where, err)
		}
	}
	if len(lines) < 30 {
		t.Errorf("only %d command lines found", len(lines))
	}
}

// mention says that a command in running text only lacks what the sentence has no use for.
func mention(where string, err error) bool {
	return strings.HasPrefix(where, inText) && strings.Contains(err.Error(), "expected") && !strings.Contains(err.Error(), "unexpected")
}

const inText = "in the text of "

// commandLines are the arguments of each command line, by where it stands.
func commandLines(t *testing.T) map[string][]string {
	t.Helper()
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, page := range append(pages, "../../README.md") {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		at := filepath.Base(page) + ": "
		for _, m := range fenced.FindAllStringSubmatch(string(raw), -1) {
			for line := range strings.SplitSeq(m[1], "\n") {
				found[at+line] = commandWords(line)
			}
		}
		for _, m := range inline.FindAllStringSubmatch(string(raw), -1) {
			found[inText+at+m[1]] = commandWords(m[1])
		}
	}
	maps.DeleteFunc(found, func(_ string, words []string) bool { return words == nil })
	return found
}

// commandWords are the arguments of a line that starts the command; nil for another line and for a pattern of one.
func commandWords(line string) []string {
	words := shellWords(line)
	for len(words) > 0 && strings.Contains(words[0], "=") { // variables of this one command
		words = words[1:]
	}
	switch {
	case len(words) > 1 && words[0] == "azimuth":
		words = words[1:]
	case len(words) > 3 && words[0] == "go" && words[1] == "run" && words[2] == "./cmd/azimuth":
		words = words[3:]
	default:
		return nil
	}
	if slices.ContainsFunc(words, func(w string) bool { return w == "COMMAND" || w == "…" }) {
		return nil
	}
	return words
}

// shellWords splits a line as a shell does, as far as the pages go: quotes, and an end at <, > and |.
func shellWords(line string) []string {
	var words []string
	var word strings.Builder
	quote, any := rune(0), false
	flush := func() {
		if any {
			words = append(words, word.String())
		}
		word.Reset()
		any = false
	}
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, any = r, true
		case r == ' ':
			flush()
		case r == '<' || r == '>' || r == '|':
			flush()
			return words
		default:
			any = true
			word.WriteRune(r)
		}
	}
	flush()
	return words
}
