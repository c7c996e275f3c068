package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestData(t *testing.T) {
	for xdg, want := range map[string]string{"": "/home/me/.local/share/azimuth", "/data": "/data/azimuth", "relative": "/home/me/.local/share/azimuth"} {
		getenv := func(name string) string { return map[string]string{"XDG_DATA_HOME": xdg}[name] }
		if got := Data(getenv, "/home/me"); got != filepath.FromSlash(want) {
			t.Errorf("XDG_DATA_HOME=%s: %s, want %s", xdg, got, want)
		}
	}
}

func says(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "f"), filepath.Join(dir, "link")
	if err := os.Symlink("f", link); err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk full")
	for _, step := range []struct {
		path  string
		perm  fs.FileMode
		write func(io.Writer) error
		err   error
		want  string
		mode  fs.FileMode
	}{
		{path, 0o640, says("one"), nil, "one", 0o640},
		{path, 0o600, says("two"), nil, "two", 0o640},
		{link, 0o600, says("three"), nil, "three", 0o640},
		{path, 0o600, func(w io.Writer) error { return errors.Join(says("fo")(w), full) }, full, "three", 0o640},
	} {
		if err := Replace(step.path, step.perm, step.write); !errors.Is(err, step.err) {
			t.Fatalf("%s: %v", step.want, err)
		}
		got, err := os.ReadFile(path)
		info, _ := os.Lstat(path)
		if err != nil || string(got) != step.want || info.Mode() != step.mode {
			t.Errorf("%q, %v, %v, want %q, %v", got, info.Mode(), err, step.want, step.mode)
		}
	}
	if target, err := os.Readlink(link); err != nil || target != "f" {
		t.Errorf("the link became %q, %v", target, err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 2 {
		t.Errorf("left behind: %v, %v", all, err)
	}
}
