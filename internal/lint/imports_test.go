package lint

import (
	"path"
	"slices"
	"strings"
)

// rooms are the top-level folders, the highest first, as in the design; "" is the root package. A room imports
// only rooms below it; rooms on one line don't import each other. Tests may also import test kits (modeltest) and
// worlds; external tests may import everything.
var rooms = [][]string{
	{"cmd"},
	{"server"},
	{"bench"},
	{""},
	{"explain", "tune"},
	{"learn", "reward"},
	{"engine"},
	{"effect"},
	{"journal"},
	{"judge"},
	{"memory"},
	{"cost"},
	{"search"},
	{"model"},
	{"budget"},
	{"tool"},
	{"internal"},
}

// onlyInternal are the rooms that import nothing of ours but internal: numbers and ids, so that they can be
// fuzzed and proved.
var onlyInternal = []string{"search"}

// heavy are modules that cost build time or a service; only these folders import them.
var heavy = map[string][]string{
	"modernc.org/sqlite":                     {"journal", "memory"},
	"github.com/jackc/pgx":                   {"journal"},
	"github.com/pressly/goose":               {"journal"},
	"github.com/sashabaranov/go-openai":      {"model/openai"},
	"github.com/anthropics/anthropic-sdk-go": {"model/anthropic"},
	"github.com/tiktoken-go/tokenizer":       {"model"},
	"charm.land/catwalk":                     {"model"},
	"github.com/modelcontextprotocol/go-sdk": {"tool/mcp", "server"},
	"github.com/getkin/kin-openapi":          {"tool/openapi"},
	"cel.dev/cel-go":                         {"judge"},
	"github.com/alecthomas/kong":             {"cmd/azimuth"},
	"charm.land/bubbletea":                   {"cmd/azimuth"},
	"charm.land/lipgloss":                    {"cmd/azimuth"},
	"github.com/nats-io":                     {"engine", "server"},
	"github.com/danielgtaylor/huma":          {"server"},
	"go.opentelemetry.io":                    {"server", "engine/otel"},
	"gonum.org/v1/gonum":                     {"learn", "tune", "bench"},
}

// room is the first folder of a package's path within the module.
func room(dir string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(dir, "."), "/")
	return first
}

func level(room string) int {
	return slices.IndexFunc(rooms, func(r []string) bool { return slices.Contains(r, room) })
}

// within says whether a path is the folder or below it.
func within(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

func importsPointDown(s source) []string {
	from := room(s.dir())
	if from == "tools" || s.external() {
		return nil // another module; an external test sees the package as its users do, who may be anywhere
	}
	if level(from) < 0 {
		return []string{s.at(1, "folder %q is no room: add it to the table of rooms, here and in the design", from)}
	}
	var found []string
	for _, i := range s.file.Imports {
		p := strings.Trim(i.Path.Value, `"`)
		if !within(p, module) {
			continue
		}
		dir := strings.TrimPrefix(strings.TrimPrefix(p, module), "/")
		to := room(dir)
		kit := s.test() && (strings.HasSuffix(path.Base(dir), "test") || within(dir, "bench/world"))
		switch {
		case to == from || kit:
		case level(to) <= level(from):
			found = append(found, s.at(i.Pos(), "%s imports %s, which is not below it: move what is needed down, or hand it in from above",
				named(from), named(to)))
		case slices.Contains(onlyInternal, from) && to != "internal":
			found = append(found, s.at(i.Pos(), "%s imports nothing of ours but internal: turn what is needed into numbers and ids", from))
		}
	}
	return found
}

func named(room string) string {
	if room == "" {
		return "the root package"
	}
	return room
}

func heavyModules(s source) []string {
	if s.test() {
		return nil
	}
	var found []string
	for _, i := range s.file.Imports {
		p := strings.Trim(i.Path.Value, `"`)
		for m, folders := range heavy {
			if !within(p, m) || slices.ContainsFunc(folders, func(f string) bool { return within(s.dir(), f) }) {
				continue
			}
			found = append(found, s.at(i.Pos(), "%s belongs to %s: ask that room for what is needed", p, strings.Join(folders, ", ")))
		}
	}
	return found
}

// goldStaysInBench keeps graders, which know the right answers, out of reach of a search. External tests may
// grade what came of one, since no code under test can import them.
func goldStaysInBench(s source) []string {
	if within(s.dir(), "bench") || s.external() {
		return nil
	}
	var found []string
	for _, i := range s.file.Imports {
		p := strings.Trim(i.Path.Value, `"`)
		graders := func(part string) bool { return strings.HasPrefix(part, "grade") || strings.HasPrefix(part, "gold") }
		if within(p, module) && slices.ContainsFunc(strings.Split(p, "/"), graders) {
			found = append(found, s.at(i.Pos(), "%s imports a grader: only the bench may; take the world without its gold", s.dir()))
		}
	}
	return found
}
