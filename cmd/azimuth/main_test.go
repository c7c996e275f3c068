package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/azimuthdev/azimuth/internal/racetest"
)

func TestMain(m *testing.M) {
	racetest.Leave()
	testscript.Main(m, map[string]func(){"azimuth": main})
}

// TestScripts runs the command as people do. The scripts of testdata/script begin with what each shows; beside the
// commands of testscript they have:
//
//	code N azimuth …    the command ends with this exit code
//	untouched           no data directory was made and nothing is in it
//	model FILE          starts a model server that answers as the file says, see [scripted]; $MODEL are its flags' values
//	serve NAME FILE     serves a file over HTTP at the URL $NAME
//	nest FILE N         writes N nested JSON arrays
//	lines FILE N        the file has so many lines
//	object [KEY:] KEY…  standard output was one JSON object and no more, with exactly these keys; of a key's value, or
//	                    of its first element, with a colon
//	any RE              standard output or standard error has it
//	newer STORE [N]     makes the runs of a store, or N of them, those of a newer version
//	bigger FILE N       the file has more than N bytes
//	id                  $ID is the first word that was printed
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"), RequireUniqueNames: true, Setup: setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "untouched": untouched, "model": startModel, "serve": serve, "nest": nest, "lines": lines,
			"object": object, "id": id, "any": anywhere, "newer": newer, "bigger": bigger,
		},
		Condition: condition,
	})
}

// setup keeps a script away from the user's own files and keys.
func setup(e *testscript.Env) error {
	for name, value := range map[string]string{
		"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "conf", "HOME": "home",
	} {
		e.Setenv(name, filepath.Join(e.WorkDir, value))
	}
	e.Setenv("GORACE", os.Getenv("GORACE"))
	return os.Mkdir(filepath.Join(e.WorkDir, "home"), 0o755)
}

func condition(name string) (bool, error) {
	switch name {
	case "root":
		return os.Geteuid() == 0, nil
	case "linux":
		return runtime.GOOS == "linux", nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}

func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command …")
	}
	got := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit code %d, want %s\n%s%s", got, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func untouched(ts *testscript.TestScript, neg bool, _ []string) {
	_, err := os.Lstat(ts.Getenv("XDG_DATA_HOME"))
	if made := err == nil; made != neg {
		ts.Fatalf("the data directory was made: %v", made)
	}
}

func nest(ts *testscript.TestScript, _ bool, args []string) {
	n := 0
	_, err := fmt.Sscan(args[1], &n)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat("[", n)+strings.Repeat("]", n)), 0o600))
}

func lines(ts *testscript.TestScript, neg bool, args []string) {
	got := fmt.Sprint(strings.Count(ts.ReadFile(args[0]), "\n"))
	if (got == args[1]) == neg {
		ts.Fatalf("%s has %s lines", args[0], got)
	}
}

func object(ts *testscript.TestScript, _ bool, args []string) {
	d := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	var v map[string]json.RawMessage
	ts.Check(d.Decode(&v))
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		ts.Fatalf("more than one object was printed")
	}
	if path, ok := strings.CutSuffix(args[0], ":"); ok {
		raw := v[path]
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
			raw = list[0]
		}
		v, args = nil, args[1:]
		ts.Check(json.Unmarshal(raw, &v))
	}
	if got := slices.Sorted(maps.Keys(v)); !slices.Equal(got, slices.Sorted(slices.Values(args))) {
		ts.Fatalf("its keys are %v", got)
	}
}

func id(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Setenv("ID", strings.Fields(ts.ReadFile("stdout"))[0])
}

func anywhere(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if regexp.MustCompile(args[0]).MatchString(text) == neg {
		ts.Fatalf("%q: found: %v, in\n%s", args[0], neg, text)
	}
}

func newer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	limit := "-1"
	if len(args) > 1 {
		limit = args[1]
	}
	_, err = db.Exec("UPDATE runs SET version = version + 1 WHERE rowid IN (SELECT rowid FROM runs LIMIT " + limit + ")")
	ts.Check(errors.Join(err, db.Close()))
}

func bigger(ts *testscript.TestScript, _ bool, args []string) {
	n := 0
	_, err := fmt.Sscan(args[1], &n)
	ts.Check(err)
	if got := len(ts.ReadFile(args[0])); got <= n {
		ts.Fatalf("%s has %d bytes", args[0], got)
	}
}
