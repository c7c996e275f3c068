// Package disk says where a user's data is, and replaces files whole or not at all.
package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Data returns the folder of a user's data: azimuth under $XDG_DATA_HOME, or under .local/share in home. A relative
// XDG_DATA_HOME is passed over, as its specification demands.
func Data(getenv func(string) string, home string) string {
	dir := getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "azimuth")
}

// Replace has write make a new file beside path, makes it durable and puts it in the place of the old one, whose mode it
// takes; perm is the mode where there is none. After an error the old one is as it was. A link stays one: what it points
// to is replaced.
func Replace(path string, perm fs.FileMode, write func(io.Writer) error) (err error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if old, err := os.Stat(path); err == nil {
		perm = old.Mode().Perm()
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".azimuth-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	if err := errors.Join(write(tmp), tmp.Chmod(perm), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
