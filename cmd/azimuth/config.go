package main

import (
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

// Validate implements [kong.Resolver]: it runs before any value is resolved, and reads the file.
func (r fileResolver) Validate(app *kong.Application) error { return nil }

// Resolve implements [kong.Resolver].
func (r fileResolver) Resolve(k *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
	if f.Name == "config" || f.Name == "help" || f.Name == "version" {
		return nil, nil
	}
	if r.c.file == nil {
		file, err := loadConfig(configPath(k, r.e), k.Model)
		if err != nil {
			return nil, err
		}
		r.c.file = file
	}
	return r.c.file.flags[f.Name], nil
}

// configPath is --config, else AZIMUTH_CONFIG, else the default path if something is there.
func configPath(k *kong.Context, e *env) string {
	for _, p := range k.Path {
		if p.Flag != nil && p.Flag.Name == "config" {
			return p.Flag.Target.String()
		}
	}
	for i, a := range k.Args {
		if v, ok := strings.CutPrefix(a, "--config="); ok {
			return v
		}
		if a == "--config" && i+1 < len(k.Args) {
			return k.Args[i+1]
		}
	}
	if p := e.getenv("AZIMUTH_CONFIG"); p != "" {
		return p
	}
	p := defaultConfig(e)
	if _, err := os.Stat(p); errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return p
}

func defaultConfig(e *env) string {
	dir := e.getenv("XDG_CONFIG_HOME")
	if dir == "" {
		dir = filepath.Join(e.getenv("HOME"), ".config")
	}
	return filepath.Join(dir, "azimuth", "config.yaml")
}

// loadConfig reads a configuration file; an empty path is an empty configuration. Unknown keys are errors.
func loadConfig(path string, app *kong.Application) (*configFile, error) {
	c := &configFile{path: path, flags: map[string]any{}}
	if path == "" {
		return c, nil
	}
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
		default:
			return fmt.Errorf("unknown key %q; known are %s", k, strings.Join(append(structuredKeys, known...), ", "))
		}
	}
	again, err := yaml.Marshal(rest)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalWithOptions(again, &c.structured, yaml.DisallowUnknownField()); err != nil {
		return errors.New(yaml.FormatError(err, false, false))
	}
	return effect.Policy{Rules: c.Rules}.Validate()
}

// flagValue turns a YAML value into what kong's mappers take: lists of words become one word, separated by commas.
func flagValue(v any) any {
	if list, ok := v.([]any); ok {
		words := make([]string, len(list))
		for i, x := range list {
			words[i] = fmt.Sprint(x)
		}
		return strings.Join(words, ",")
	}
	if b, ok := v.(bool); ok {
		return b
	}
	return fmt.Sprint(v)
}

// flagNames are the names of all flags of all commands, sorted.
func flagNames(app *kong.Application) []string {
	var names []string
	var walk func(n *kong.Node)
	walk = func(n *kong.Node) {
		for _, f := range n.Flags {
			if f.Name != "help" && f.Name != "version" && f.Name != "config" && !slices.Contains(names, f.Name) {
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
