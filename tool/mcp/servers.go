package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/azimuthdev/azimuth/tool"
)

// Options are the settings of [Connect]; nil and zero values mean the defaults.
type Options struct {
	StartTimeout time.Duration // from starting a server to having its tool list; 30 s
	CallTimeout  time.Duration // of one call, where the server's own Timeout is 0; 60 s
	// CloseGrace is how long a server may take to end after each push (end of input, request, force); 1 s.
	CloseGrace time.Duration
	Lookup     Lookup // environment for ${NAME} and for children; os.LookupEnv
	Version    string // of the program, told to the servers; "dev"

	dial dialer // tests connect in memory
}

type dialer func(name string, c ServerConfig, o Options) (link, error)

// Validate refuses negative durations.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	for name, d := range map[string]time.Duration{
		"StartTimeout": o.StartTimeout, "CallTimeout": o.CallTimeout, "CloseGrace": o.CloseGrace,
	} {
		if d < 0 {
			return fmt.Errorf("mcp options: %s: %v is negative: use 0 for the default", name, d)
		}
	}
	return nil
}

func (o *Options) orDefaults() Options {
	d := Options{StartTimeout: 30 * time.Second, CallTimeout: time.Minute, CloseGrace: time.Second,
		Lookup: os.LookupEnv, Version: "dev", dial: dial}
	if o == nil {
		return d
	}
	if o.StartTimeout > 0 {
		d.StartTimeout = o.StartTimeout
	}
	if o.CallTimeout > 0 {
		d.CallTimeout = o.CallTimeout
	}
	if o.CloseGrace > 0 {
		d.CloseGrace = o.CloseGrace
	}
	if o.Lookup != nil {
		d.Lookup = o.Lookup
	}
	if o.Version != "" {
		d.Version = o.Version
	}
	if o.dial != nil {
		d.dial = o.dial
	}
	return d
}

func dial(_ string, c ServerConfig, o Options) (link, error) {
	if c.URL != "" {
		t, idle, err := newHTTP(c)
		return link{transport: t, idle: idle}, err
	}
	p, err := startProcess(c, childEnv(c, o.Lookup), o.CloseGrace)
	if err != nil {
		return link{}, err
	}
	return link{transport: p.transport(), proc: p}, nil
}

// Servers are connected MCP servers. Its methods and its tools may be used from several goroutines at once.
type Servers struct {
	list  []*server
	tools []tool.Tool
	close func() error
}

// Connect starts every server of c that is not disabled, all at once, and reads their tool lists. ctx bounds the
// start only. If any of them fails, the others are closed and the error joins a [*ServerError] or a
// [*ConfigError] for each that did.
func Connect(ctx context.Context, c Config, opts *Options) (*Servers, error) {
	if err := errors.Join(opts.Validate(), c.Validate()); err != nil {
		return nil, err
	}
	s := &Servers{}
	s.close = sync.OnceValue(s.closeAll)
	for _, name := range c.names() {
		if config := c.Servers[name]; !config.Disabled {
			s.list = append(s.list, newServer(name, config, opts.orDefaults()))
		}
	}
	if err := s.each(func(v *server) error { return v.start(ctx) }); err != nil {
		_ = s.Close()
		return nil, err
	}
	s.tools = s.bind()
	return s, nil
}

// each runs f on all servers at once and joins the errors in the order of their names.
func (s *Servers) each(f func(*server) error) error {
	errs := make([]error, len(s.list))
	var all sync.WaitGroup
	for i, v := range s.list {
		all.Go(func() { errs[i] = f(v) })
	}
	all.Wait()
	return errors.Join(errs...)
}

func (s *Servers) closeAll() error { return s.each((*server).close) }

// Close ends all calls under way and all processes that Connect started, and waits for them: at most about four
// times Options.CloseGrace. Calling it again returns the same error.
func (s *Servers) Close() error { return s.close() }

// Tools returns the tools of all servers, by server and in its order. Names are valid for every model provider
// and unique: the tool's own, or server__tool where two servers have the same.
func (s *Servers) Tools() []tool.Tool { return append([]tool.Tool(nil), s.tools...) }

func (s *Servers) bind() []tool.Tool {
	var sources []source
	var bound []*boundTool
	for _, v := range s.list {
		for _, t := range v.listed {
			sources = append(sources, source{v.name, t.Name})
			bound = append(bound, &boundTool{server: v, remote: t.Name, spec: v.spec(t)})
		}
	}
	tools := make([]tool.Tool, len(bound))
	for i, name := range toolNames(sources) {
		bound[i].spec.Name = name
		tools[i] = bound[i]
	}
	return tools
}

// Info is what a server said about itself, for people: nothing is decided by it.
type Info struct {
	Server    string // its name in the configuration
	Transport string // "stdio" or "http"
	Name      string // its own name
	Version   string
	Protocol  string // protocol version agreed on, a date
	Tools     int
}

// Info describes the connected servers, by name.
func (s *Servers) Info() []Info {
	infos := make([]Info, len(s.list))
	for i, v := range s.list {
		infos[i] = v.info()
	}
	return infos
}

func (s *server) info() Info {
	i := Info{Server: s.name, Transport: "http", Tools: len(s.listed)}
	if s.config.Command != "" {
		i.Transport = "stdio"
	}
	r := s.session.InitializeResult()
	i.Protocol = r.ProtocolVersion
	if r.ServerInfo != nil {
		i.Name, i.Version = r.ServerInfo.Name, r.ServerInfo.Version
	}
	return i
}

// spec describes a tool as the server listed it; its name is given later.
func (s *server) spec(t *sdk.Tool) tool.Spec {
	return tool.Spec{
		Description: t.Description,
		Input:       schema(t.InputSchema),
		Output:      schema(t.OutputSchema),
		Effect:      tool.Classify(claimed(t.Annotations), s.config.Trust, s.config.Effects, t.Name),
		Server:      s.name,
	}
}

// schema is nil where a tool has none. What was read from JSON can be written as JSON.
func schema(v any) json.RawMessage {
	if v == nil {
		return nil
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return raw
}

// boundTool is one tool of one server.
type boundTool struct {
	server *server
	remote string // its name there
	spec   tool.Spec
}

// Spec implements [tool.Tool].
func (t *boundTool) Spec() tool.Spec { return t.spec }

// Call implements [tool.Tool]. The error is a [*ServerError].
func (t *boundTool) Call(ctx context.Context, args json.RawMessage) (tool.Result, error) {
	return t.server.call(ctx, t.remote, args)
}
