package lint

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

const (
	maxFileLines     = 600
	maxFunctionLines = 80
)

// panics lists, by folder and function, who may panic on a mistake of the programmer (never on foreign input).
// Functions whose name begins with Must may too.
var panics = []string{
	"tool.Func",             // a Go type without a schema: known at the first start
	"cmd/azimuth.newParser", // unwinds where the parser would exit
	"cmd/azimuth.parse",     // panics on with what was not that
	"internal/seeded.init",  // before tests: a library that does not know its own flag
}

func packageComments(all []source) []string {
	documented := map[string]bool{}
	first := map[string]source{}
	for _, s := range all {
		if s.test() {
			continue
		}
		if _, seen := first[s.dir()]; !seen {
			first[s.dir()] = s
		}
		if s.file.Doc != nil {
			documented[s.dir()] = true
		}
	}
	var found []string
	for dir, s := range first {
		if !documented[dir] {
			found = append(found, s.at(s.file.Package, "package %s has no comment: say in doc.go what it is for and how to use it", s.file.Name.Name))
		}
	}
	slices.Sort(found)
	return found
}

// noSleep allows the fake clock of testing/synctest.
func noSleep(s source) []string {
	if !s.test() || s.imports("testing/synctest") {
		return nil
	}
	var found []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Sleep" && isIdent(sel.X, "time") {
			found = append(found, s.at(n.Pos(), "a test sleeps: wait for a channel, or use testing/synctest"))
		}
		return true
	})
	return found
}

func isIdent(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func noPanic(s source) []string {
	if s.test() {
		return nil
	}
	var found []string
	for _, d := range s.file.Decls {
		f, name := d, ""
		if fn, ok := d.(*ast.FuncDecl); ok {
			name = fn.Name.Name
		}
		if strings.HasPrefix(strings.ToLower(name), "must") || slices.Contains(panics, s.dir()+"."+name) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && isIdent(c.Fun, "panic") {
				found = append(found, s.at(n.Pos(), "%s panics: return an error, or name it in internal/lint with a reason", name))
			}
			return true
		})
	}
	return found
}

func exportedDocumented(s source) []string {
	if s.test() || s.file.Name.Name == "main" {
		return nil
	}
	var found []string
	missing := func(id *ast.Ident) {
		found = append(found, s.at(id.Pos(), "%s has no comment: say what it is, with units, ranges and errors", id.Name))
	}
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) {
				missing(d.Name)
			}
		case *ast.GenDecl:
			for _, id := range undocumented(d) {
				missing(id)
			}
		}
	}
	return found
}

// exportedReceiver says whether a method can be reached by name; a function has no receiver and can.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	exported := true
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			exported = id.IsExported()
			return false
		}
		return true
	})
	return exported
}

// undocumented returns the exported names of a declaration that have no comment, neither above the group, nor
// above or behind the line.
func undocumented(d *ast.GenDecl) []*ast.Ident {
	var names []*ast.Ident
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if d.Doc == nil && spec.Doc == nil && spec.Comment == nil && spec.Name.IsExported() {
				names = append(names, spec.Name)
			}
		case *ast.ValueSpec:
			for _, id := range spec.Names {
				if d.Doc == nil && spec.Doc == nil && spec.Comment == nil && id.IsExported() {
					names = append(names, id)
				}
			}
		}
	}
	return names
}

func shortEnough(s source) []string {
	if s.test() {
		return nil
	}
	lines := func(from, to token.Pos) int { return s.fset.Position(to).Line - s.fset.Position(from).Line + 1 }
	var found []string
	if n := s.fset.File(s.file.FileStart).LineCount(); n > maxFileLines {
		found = append(found, s.at(1, "%d lines, at most %d: split it by noun", n, maxFileLines))
	}
	for _, d := range s.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := lines(f.Pos(), f.End()); n > maxFunctionLines {
			found = append(found, s.at(f.Pos(), "%s has %d lines, at most %d: take a part of it out and name it", f.Name.Name, n, maxFunctionLines))
		}
	}
	return found
}

// panickers are the functions of a file that panic, as in the list.
func panickers(s source) []string {
	var names []string
	for _, d := range s.file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			ast.Inspect(fn, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok && isIdent(c.Fun, "panic") {
					names = append(names, s.dir()+"."+fn.Name.Name)
				}
				return true
			})
		}
	}
	return names
}

func TestPanicsListIsCurrent(t *testing.T) {
	var there []string
	for _, s := range sources(t) {
		there = append(there, panickers(s)...)
	}
	for _, p := range panics {
		if !slices.Contains(there, p) {
			t.Errorf("%s does not panic any more: take it off the list", p)
		}
	}
}
