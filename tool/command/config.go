package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/tool"
)

// DefaultTimeout limits one call where Config.Timeout is zero.
const DefaultTimeout = time.Minute

// Config describes a command line as a tool. Name and Argv are required.
type Config struct {
	Name        string   `json:"name" yaml:"name"`
	Description string   `json:"description,omitempty" yaml:"description,omitempty"`
	Argv        []string `json:"argv" yaml:"argv"` // the program, and its arguments with {{param}} in them
	// Params is the JSON Schema of the parameters. Empty makes each {{param}} a required text.
	Params Schema      `json:"params,omitempty" yaml:"params,omitempty"`
	Effect tool.Effect `json:"effect,omitempty" yaml:"effect,omitempty"`
	// Timeout limits one call, default [DefaultTimeout].
	Timeout Duration `json:"timeout,omitempty" yaml:"timeout,omitempty"`
	// Dir is the directory to run in, default that of this process.
	Dir string `json:"dir,omitempty" yaml:"dir,omitempty"`
	// Env names the environment variables that the program gets beside [BaseEnv]. The values of those that are
	// secrets by their names are cut out of answers.
	Env []string `json:"env,omitempty" yaml:"env,omitempty"`
	// Stdin names the parameter that is written to the program's standard input.
	Stdin string `json:"stdin,omitempty" yaml:"stdin,omitempty"`
	// KeyParam names the parameter that takes an idempotency key.
	KeyParam string `json:"key_param,omitempty" yaml:"key_param,omitempty"`
	// Slots says what a call touches, so that calls which have nothing to do with each other may change places.
	Slots *tool.Slots `json:"slots,omitempty" yaml:"slots,omitempty"`
}

// BaseEnv are the variables that every program gets, as far as they are set.
var BaseEnv = [...]string{"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "SystemRoot"}

// Options are what a test or an embedding program may want otherwise. A nil pointer and the zero value are fine.
type Options struct {
	// LookupEnv reads the environment, default [os.LookupEnv].
	LookupEnv func(string) (string, bool)
}

// Schema is a JSON Schema that may be written in YAML too.
type Schema json.RawMessage

// UnmarshalJSON keeps the text.
func (s *Schema) UnmarshalJSON(b []byte) error { *s = slices.Clone(b); return nil }

// MarshalJSON writes the text.
func (s Schema) MarshalJSON() ([]byte, error) { return json.RawMessage(s).MarshalJSON() }

// UnmarshalYAML turns YAML into JSON.
func (s *Schema) UnmarshalYAML(unmarshal func(any) error) error {
	var v any
	if err := unmarshal(&v); err != nil {
		return err
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("params: %w", err)
	}
	*s = raw
	return nil
}

// Duration is a [time.Duration] that is written like 1m30s.
type Duration time.Duration

// MarshalText writes the duration.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads a duration and says how one is written.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil {
		return fmt.Errorf("timeout %q: want a duration such as 30s or 2m", b)
	}
	*d = Duration(v)
	return nil
}

var placeholder = regexp.MustCompile(`\{\{\s*([A-Za-z0-9_-]+)\s*\}\}`)

// Validate says which field is wrong, and what to write.
func (c Config) Validate() error {
	if len(c.Argv) == 0 || c.Argv[0] == "" {
		return errors.New("argv: empty: write the program and its arguments as a list")
	}
	if strings.Contains(c.Argv[0], "{{") {
		return fmt.Errorf("argv: %q: the program itself can't be a parameter", c.Argv[0])
	}
	if c.Timeout < 0 {
		return fmt.Errorf("timeout: %v: want 0 (%v) or more", time.Duration(c.Timeout), DefaultTimeout)
	}
	if c.Dir != "" {
		if st, err := os.Stat(c.Dir); err != nil || !st.IsDir() {
			return fmt.Errorf("dir: %q is not a directory", c.Dir)
		}
	}
	for _, name := range c.Env {
		if name == "" || strings.ContainsAny(name, "=\x00") {
			return fmt.Errorf("env: %q: write names only; values come from the environment", name)
		}
	}
	return c.checkParams()
}

// checkParams refuses parameters that go nowhere, and places that no parameter goes to.
func (c Config) checkParams() error {
	used := c.used()
	for i, el := range c.Argv {
		if strings.Contains(placeholder.ReplaceAllString(el, ""), "{{") {
			return fmt.Errorf("argv[%d]: %q: write parameters as {{name}}, of letters, digits, _ and -", i, el)
		}
	}
	if c.KeyParam != "" && !used[c.KeyParam] {
		return fmt.Errorf("key_param: %q is used neither in argv nor as stdin", c.KeyParam)
	}
	if len(c.Params) == 0 {
		return nil
	}
	var top struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(c.Params, &top); err != nil {
		return fmt.Errorf("params: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if top.Properties[name] == nil {
			return fmt.Errorf("params: no property %q, which argv or stdin uses", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(top.Properties)) {
		if !used[name] {
			return fmt.Errorf("params: property %q is used neither in argv nor as stdin", name)
		}
	}
	return nil
}

// used returns the parameters that go somewhere.
func (c Config) used() map[string]bool {
	used := map[string]bool{}
	for _, el := range c.Argv {
		for _, m := range placeholder.FindAllStringSubmatch(el, -1) {
			used[m[1]] = true
		}
	}
	if c.Stdin != "" {
		used[c.Stdin] = true
	}
	return used
}

// spec is the tool's specification.
func (c Config) spec() (tool.Spec, error) {
	input := json.RawMessage(c.Params)
	if len(input) == 0 {
		type text struct {
			Type string `json:"type"`
		}
		names := slices.Sorted(maps.Keys(c.used()))
		props := map[string]text{}
		for _, n := range names {
			props[n] = text{"string"}
		}
		var err error
		input, err = json.Marshal(struct {
			Type       string          `json:"type"`
			Properties map[string]text `json:"properties"`
			Required   []string        `json:"required,omitempty"`
			Additional bool            `json:"additionalProperties"`
		}{"object", props, names, false})
		if err != nil {
			return tool.Spec{}, err
		}
	}
	sp := tool.Spec{Name: c.Name, Description: c.Description, Input: input, Effect: c.Effect, KeyParam: c.KeyParam, Slots: c.Slots}
	return sp, sp.Validate()
}

// New makes the tool. The program must be found, so that a wrong name is an error now and not in the middle of a
// plan. Errors name the tool and the field.
func New(c Config, opts *Options) (tool.Tool, error) {
	lookup := os.LookupEnv
	if opts != nil && opts.LookupEnv != nil {
		lookup = opts.LookupEnv
	}
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("command tool %q: %w", c.Name, err)
	}
	sp, err := c.spec()
	if err != nil {
		return nil, err
	}
	path, err := exec.LookPath(c.Argv[0])
	if err != nil {
		return nil, fmt.Errorf("command tool %q: argv: %w: install it, or write its full path", c.Name, err)
	}
	if c.Timeout == 0 {
		c.Timeout = Duration(DefaultTimeout)
	}
	t := &program{spec: sp, config: c, path: path}
	t.readEnv(lookup)
	return t, nil
}
