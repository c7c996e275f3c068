package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/command"
)

// configFile is the configuration: values of flags by name, and what has no flag.
type configFile struct {
	path  string
	given bool           // by flag or environment, not found at the default path
	flags map[string]any // by flag name; the border where YAML is not typed yet
	structured
}

// structured are the keys of the configuration file that have no flag.
type structured struct {
	Rules   []effect.Rule     `yaml:"rules"`   // approvals by tool pattern
	Effects []tool.EffectRule `yaml:"effects"` // effect classes by tool pattern, for --openapi
	Trust   tool.Trust        `yaml:"trust"`   // whether OpenAPI methods are believed
	Tools   []command.Config  `yaml:"tools"`   // command lines as tools
	Secrets []string          `yaml:"secrets"` // names of environment variables that never reach a journal
}

var structuredKeys = []string{"rules", "effects", "trust", "tools", "secrets"}

// fileResolver gives flags that were not on the command line nor in the environment their value from the file.
type fileResolver struct {
	c *cli
	e *env
}

// Validate implements [kong.Resolver]; there is nothing to say before the file is read.
func (r fileResolver) Validate(app *kong.Application) error { return nil }

// Resolve implements [kong.Resolver]. A resolver's value would win over the environment's.
func (r fileResolver) Resolve(k *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
	if onlyTyped(f.Name) || len(f.Envs) == 0 { // what the environment can't say, a file can't either
		return nil, nil
	}
	if r.c.file == nil {
		path, given := configPath(k, r.e)
		file, err := loadConfig(path, k.Model)
		if err != nil {
			return nil, configError{err}
		}
		file.given = given
		r.c.file = file
	}
	if slices.ContainsFunc(f.Envs, func(name string) bool { return r.e.getenv(name) != "" }) {
		return nil, nil
	}
	r.c.taken = f.Name
	return r.c.file.value(f), nil
}

// configError is a mistake in the configuration file, to be told from mistakes in flags.
type configError struct{ error }

// value is what the file says of a flag. Paths in a file are relative to the file.
func (c *configFile) value(f *kong.Flag) any {
	v := c.flags[f.Name]
	if f.Tag.Type != "path" {
		return v
	}
	switch v := v.(type) {
	case string:
		return c.rooted(v)
	case []any:
		paths := make([]any, len(v))
		for i, p := range v {
			paths[i] = c.rooted(fmt.Sprint(p))
		}
		return paths
	}
	return v
}

func (c *configFile) rooted(p string) string {
	if filepath.IsAbs(p) || strings.HasPrefix(p, "~/") || p == "-" {
		return kong.ExpandPath(p)
	}
	return filepath.Join(filepath.Dir(c.path), p)
}

// configPath is --config, else AZIMUTH_CONFIG, else the default path if something is there. given says that it was
// one of the first two.
func configPath(k *kong.Context, e *env) (path string, given bool) {
	for _, p := range k.Path {
		if p.Flag != nil && p.Flag.Name == "config" {
			return fmt.Sprint(k.FlagValue(p.Flag)), true
		}
	}
	if p := e.getenv("AZIMUTH_CONFIG"); p != "" {
		return kong.ExpandPath(p), true
	}
	p := defaultConfig(e)
	if _, err := os.Stat(p); errors.Is(err, fs.ErrNotExist) {
		return "", false
	}
	return p, false
}

func defaultConfig(e *env) string {
	dir := e.getenv("XDG_CONFIG_HOME")
	if dir == "" {
		dir = filepath.Join(e.getenv("HOME"), ".config")
	}
	return filepath.Join(dir, "azimuth", "config.yaml")
}

// loadConfig reads a configuration file; an empty path is an empty configuration. Unknown keys are errors.
// Without an application only what has no flag is read.
func loadConfig(path string, app *kong.Application) (*configFile, error) {
	c := &configFile{flags: map[string]any{}}
	if path == "" {
		return c, nil
	}
	c.path = kong.ExpandPath(path)
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	if err := c.read(raw, flagNames(app)); err != nil {
		return nil, fmt.Errorf("config %s: %w", path, err)
	}
	return c, nil
}

func (c *configFile) read(raw []byte, known []string) error {
	var all map[string]any
	if err := yaml.Unmarshal(raw, &all); err != nil {
		return errors.New(yaml.FormatError(err, false, false))
	}
	rest := map[string]any{}
	for k, v := range all {
		name := strings.ReplaceAll(k, "_", "-")
		switch {
		case slices.Contains(structuredKeys, k):
			rest[k] = v
		case slices.Contains(known, name):
			c.flags[name] = flagValue(v)
		case known == nil:
		default:
			return fmt.Errorf("unknown key %q; known are %s", k, strings.Join(append(structuredKeys, known...), ", "))
		}
	}
	return c.structure(rest)
}

// structure reads the keys that have no flag, each by itself so that a mistake can be named.
func (c *configFile) structure(values map[string]any) error {
	return cmp.Or(
		listInto(&c.Tools, "tools", values["tools"]), listInto(&c.Rules, "rules", values["rules"]),
		listInto(&c.Effects, "effects", values["effects"]), listInto(&c.Secrets, "secrets", values["secrets"]),
		valueInto(&c.Trust, "trust", values["trust"]), effect.Policy{Rules: c.Rules}.Validate(),
	)
}

// listInto reads a list; what is wrong with an element is said with its place.
func listInto[T any](list *[]T, name string, v any) error {
	if v == nil {
		return nil
	}
	all, ok := v.([]any)
	if !ok {
		return fmt.Errorf("%s: want a list", name)
	}
	*list = make([]T, len(all))
	for i, x := range all {
		if err := valueInto(&(*list)[i], fmt.Sprintf("%s[%d]", name, i), x); err != nil {
			return err
		}
	}
	return nil
}

// valueInto reads one value. Positions in the error are those of a copy, so they are left out.
func valueInto[T any](to *T, name string, v any) error {
	if v == nil {
		return nil
	}
	raw, err := yaml.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := yaml.UnmarshalWithOptions(raw, to, yaml.DisallowUnknownField()); err != nil {
		text := yaml.FormatError(err, false, false)
		if _, rest, ok := strings.Cut(text, "] "); ok && strings.HasPrefix(text, "[") {
			text = rest
		}
		return fmt.Errorf("%s: %s", name, text)
	}
	return nil
}

// flagValue turns a YAML value into what kong's mappers take: numbers as they are written.
func flagValue(v any) any {
	switch v.(type) {
	case []any, bool:
		return v
	}
	return fmt.Sprint(v)
}

// onlyTyped says whether a flag counts only where it is typed: a file must not name another file, nor approve plans that
// its writer never saw.
func onlyTyped(name string) bool {
	return name == "config" || name == "help" || name == "version" || name == "yes"
}

// flagNames are the names of all flags of all commands, sorted.
func flagNames(app *kong.Application) []string {
	if app == nil {
		return nil
	}
	var names []string
	var walk func(n *kong.Node)
	walk = func(n *kong.Node) {
		for _, f := range n.Flags {
			if !onlyTyped(f.Name) && !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(app.Node)
	slices.Sort(names)
	return names
}
