package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/command"
	"github.com/azimuthdev/azimuth/tool/mcp"
	"github.com/azimuthdev/azimuth/tool/openapi"
)

// origin is where a run's tools and model come from. It is kept with the run, so that resume finds them again.
type origin struct {
	sourceFlags
	modelFlags
	judgeFlags
	ConfigFile string `json:"config,omitempty"`
}

func (o origin) raw() json.RawMessage {
	b, _ := json.Marshal(o) // strings and numbers only
	return b
}

// connection is what a run can call.
type connection struct {
	tools   []tool.Tool
	world   tool.World
	servers []serverInfo
	close   func() error
}

// serverInfo is a connected server, for tools and doctor.
type serverInfo struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"` // mcp, openapi, command, world
	Tools int    `json:"tools"`
}

// connect opens everything that the flags and the configuration name. The connection must be closed.
func connect(ctx context.Context, f *sourceFlags, file *configFile, e *env) (*connection, error) {
	c := &connection{close: func() error { return nil }}
	if f.Start < 0 {
		return nil, usagef("start-timeout: %v: write a duration such as 30s", f.Start)
	}
	if f.World != "" {
		if len(f.MCPConfig)+len(f.OpenAPI) > 0 {
			return nil, usagef("world: a sandbox has its own tools; leave --mcp-config and --openapi out")
		}
		return c, usage(c.addWorld(f))
	}
	for _, add := range []func(context.Context, *sourceFlags, *configFile, *env) error{c.addCommands, c.addOpenAPI, c.addMCP} {
		if err := add(ctx, f, file, e); err != nil {
			return nil, usage(errors.Join(err, c.close()))
		}
	}
	if len(c.tools) == 0 {
		return nil, usagef("no tools: give --world trip for a sandbox, --mcp-config FILE or --openapi FILE, or list tools in the configuration")
	}
	return c, nil
}

func (c *connection) addWorld(f *sourceFlags) error {
	w, err := world.Open(f.World, &world.Options{Distractors: f.Distract, Seed: 1})
	if err != nil {
		return fmt.Errorf("world: %w", err)
	}
	c.world = w
	c.servers = append(c.servers, serverInfo{f.World, "world", len(w.Specs())})
	return nil
}

func (c *connection) addCommands(_ context.Context, _ *sourceFlags, file *configFile, _ *env) error {
	if file == nil {
		return nil
	}
	for i, spec := range file.Tools {
		t, err := command.New(spec, nil)
		if err != nil {
			return fmt.Errorf("tools[%d]: %w", i, err)
		}
		c.tools = append(c.tools, t)
		c.servers = append(c.servers, serverInfo{t.Spec().Name, "command", 1})
	}
	return nil
}

func (c *connection) addOpenAPI(ctx context.Context, f *sourceFlags, file *configFile, e *env) error {
	for _, doc := range f.OpenAPI {
		o := &openapi.Options{BaseURL: f.BaseAPI, Credential: credential(e)}
		if file != nil {
			o.Effects, o.Trust = file.Effects, file.Trust
		}
		if o.Trust == "" { // the document is the user's own choice
			o.Trust = tool.TrustAnnotations
		}
		s, err := openapi.Load(ctx, doc, o)
		if err != nil {
			return err
		}
		c.tools = append(c.tools, s.Tools()...)
		c.servers = append(c.servers, serverInfo{doc, "openapi", len(s.Tools())})
	}
	return nil
}

// credential reads the secret of a security scheme from AZIMUTH_OPENAPI_<SCHEME>.
func credential(e *env) func(string) string {
	return func(scheme string) string {
		name := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' {
				return r - 'a' + 'A'
			}
			if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
				return r
			}
			return '_'
		}, scheme)
		return e.getenv("AZIMUTH_OPENAPI_" + name)
	}
}

func (c *connection) addMCP(ctx context.Context, f *sourceFlags, _ *configFile, e *env) error {
	all := mcp.Config{Servers: map[string]mcp.ServerConfig{}}
	for _, path := range f.MCPConfig {
		raw, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("mcp config: %w", err)
		}
		conf, err := mcp.ParseConfig(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for name, s := range conf.Servers {
			if _, ok := all.Servers[name]; ok {
				return fmt.Errorf("%s: mcp server %q is in another file too; rename one", path, name)
			}
			all.Servers[name] = s
		}
	}
	if len(all.Servers) == 0 {
		return nil
	}
	s, err := mcp.Connect(ctx, all, &mcp.Options{Version: version(), StartTimeout: f.Start})
	if err != nil {
		return err
	}
	c.close = s.Close
	c.tools = append(c.tools, s.Tools()...)
	for _, i := range s.Info() {
		c.servers = append(c.servers, serverInfo{i.Server, "mcp " + i.Transport, i.Tools})
	}
	return nil
}

// secrets are the values that must never reach a journal: everything in the environment that looks like one, and
// what the configuration names.
func secrets(file *configFile, e *env) []journal.Secret {
	s := journal.EnvSecrets(e.environ())
	if file == nil {
		return s
	}
	for _, name := range file.Secrets {
		s = append(s, journal.Secret{Name: name, Value: e.getenv(name)})
	}
	return s
}
