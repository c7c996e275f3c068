package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/model/demos"
	"github.com/azimuthdev/azimuth/search"
)

// sourceFlags say where tools come from.
type sourceFlags struct {
	MCPConfig []string      `name:"mcp-config" group:"Tools" help:"MCP servers to start or reach: a file with {\"mcpServers\": {…}}. May be repeated." placeholder:"FILE" type:"path" sep:"none" json:"mcp_config,omitempty"`
	OpenAPI   []string      `name:"openapi" group:"Tools" help:"OpenAPI 3.x document whose operations become tools. May be repeated." placeholder:"FILE|URL" sep:"none" json:"openapi,omitempty"`
	BaseAPI   string        `name:"openapi-url" group:"Tools" help:"Where calls to the OpenAPI service go, instead of the document's server." placeholder:"URL" json:"openapi_url,omitempty"`
	Start     time.Duration `name:"start-timeout" group:"Tools" help:"How long an MCP server may take to start and to list its tools." default:"30s" placeholder:"TIME" json:"start_timeout,omitempty"`
	World     string        `group:"Tools" help:"A sandbox to plan in instead of real tools: ${worlds}; or a request of one, WORLD-SEED-N, such as game24-7-3." placeholder:"NAME" json:"world,omitempty"`
	Distract  int           `name:"distractors" group:"Tools" help:"So many extra tools that the sandbox's tasks do not need." placeholder:"N" json:"distractors,omitempty"`
}

// modelFlags say what proposes the calls.
type modelFlags struct {
	Model   string `group:"Model" help:"PROVIDER/NAME of what proposes calls; lexical needs no key and no network." default:"lexical" json:"model,omitempty"`
	BaseURL string `name:"base-url" group:"Model" help:"Endpoint of an OpenAI-compatible server." placeholder:"URL" json:"base_url,omitempty"`
	Prices  string `group:"Model" help:"File with prices that replace the built-in ones." placeholder:"FILE" type:"path" default:"" json:"prices,omitempty"`
	Mode    string `name:"model-mode" group:"Model" help:"How calls are asked for: tools, json (bound to a schema, for small models), auto." enum:"auto,tools,json" default:"auto" json:"mode,omitempty"`

	Aligned    string `group:"Model" help:"--decode transferq: PROVIDER/NAME of the model whose answers are gone by." placeholder:"MODEL" json:"aligned,omitempty"`
	AlignedURL string `name:"aligned-url" group:"Model" help:"Endpoint of that model." placeholder:"URL" json:"aligned_url,omitempty"`
}

// second is the model that --aligned names.
func (f modelFlags) second() *modelFlags {
	f.Model, f.BaseURL = f.Aligned, f.AlignedURL
	return &f
}

// checkAligned refuses a second model that nothing goes by.
func (f *modelFlags) checkAligned(rule string) error {
	switch {
	case f.Aligned != "" && rule != decode.ByTransferQ:
		return fmt.Errorf("aligned: only --decode %s reads it; choose that, or leave it out", decode.ByTransferQ)
	case f.Aligned == "" && f.AlignedURL != "":
		return errors.New("aligned-url: there is no aligned model; name it with --aligned, or leave the URL out")
	}
	return nil
}

// searchFlags shape the search.
type searchFlags struct {
	Strategy    string        `group:"Search" help:"How to search: ${strategies}." default:"astar" placeholder:"NAME"`
	Preset      string        `group:"Search" help:"Costs of astar: paper, azimuth, outline, auto." default:"auto" placeholder:"NAME"`
	Samples     int           `short:"k" group:"Search" help:"Samples a model request (default 10 for astar where one request returns as many, but for preset paper; cpl 3; greedy, adaplanner, reflexion 1; else 5). costa: lists of subtasks a request (default 10 where the model returns all at once, else 1)." placeholder:"K"`
	Parallel    int           `group:"Search" help:"Requests under way at once." default:"1" placeholder:"W"`
	Parallelism string        `group:"Search" help:"exact: the same tree for every width; batch: more throughput." enum:"exact,batch" default:"exact"`
	Budget      budget.Limits `group:"Search" help:"What the run may spend, such as usd=0.50,tokens=200k,time=2m,calls=50,tools=100,expansions=100,depth=20 (default expansions=100)." placeholder:"LIMITS"`
	Seed        uint64        `group:"Search" help:"Seed of everything random." default:"0" placeholder:"N"`
	Alpha       *float64      `group:"Search" help:"Preset paper: weight of memory against self-consistency, 0 to 1 (default 0.5). costa: cost against quality, 0 (quality alone) to 2 (cost alone; default 1)." placeholder:"X"`
	Beta        *float64      `group:"Search" help:"Preset paper: weight of the position in memory against the imagined rest, 0 to 1 (default 0.5)." placeholder:"X"`
	Costs       costsFlag     `group:"Search" help:"Constants of the costs, such as tau=0.8,n0=0.5,s=8,omega=0.5,rho=0.5,w=1,phi=2,tp=0.9,fp=0.2,price=0.1,latency=0.1,health=0.5,length=8,step=0.3,evidence=softmax (default: the preset's)." placeholder:"NAME=VALUE,..."`
	Gate        *float64      `group:"Search" help:"astar, uniform, qstar: take a step whose lead is this share of the samples without branching, above 0 to 1 (default off, preset auto 0.8; negative for off)." placeholder:"X"`
	ReopenMax   *int          `group:"Search" help:"astar: up to how many samples a place may be asked again (default 40, negative for never)." placeholder:"N"`
	MinSupport  *int          `group:"Search" help:"astar: samples from which on an outline's place needs no request of its own (default half of --samples)." placeholder:"N"`
	Margin      *int          `group:"Search" help:"astar: lead that these samples must show (default 3, negative for none)." placeholder:"N"`
	MaxSupport  *int          `group:"Search" help:"astar: samples that are enough without a lead (default 25)." placeholder:"N"`
	Patience    *int          `group:"Search" help:"astar, preset auto: requests by which outlines may fall behind a walk, which asks once a call, before single steps take over (default 4, with fewer than 10 samples a request 12; negative for no limit)." placeholder:"N"`
	First       bool          `name:"first-accepted" group:"Search" help:"astar, qstar: take the first plan that the judge accepts, and a rejected one only when nothing else is left."`
	Temperature float64       `group:"Search" help:"Of samples, above 0 to 2 (default 1)." placeholder:"T"`
	MaxTokens   int           `group:"Search" help:"Completion tokens of one sample (default 1024)." placeholder:"N"`
	Shortlist   int           `group:"Search" help:"Most tools that the model is shown (default 32)." placeholder:"N"`
	ToolTokens  int           `group:"Search" help:"Most tokens of tool definitions that the model is shown (default 12000)." placeholder:"N"`
	Demos       azimuth.Demos `group:"Search" help:"Demonstrations from memory that the model is shown (default 3, negative for none), or auto: as many as are like the goal." placeholder:"N|auto"`
	DemoTokens  int           `group:"Search" help:"Most tokens of demonstrations that the model is shown (default no limit; 1000 with --demos auto)." placeholder:"N"`
	DemoControl string        `name:"demo-controller" group:"Search" help:"--demos auto: file that says how many a request needs; azimuth calibrate -o writes one (default: by likeness alone)." placeholder:"FILE" type:"path" default:""`
	Reason      bool          `group:"Search" help:"Have the model think in words before each call."`
	Shuffle     int           `group:"Search" help:"Draw samples in so many groups, each with the tools in another order; each is a model call." placeholder:"M"`
	Repairs     int           `group:"Search" help:"How often to search on after a plan met with reality (default 8)." placeholder:"N"`
	Imagine     bool          `group:"Search" help:"Imagine what follows each candidate in a request of its own, as the ToolChain* paper does."`
	Select      string        `group:"Strategies" help:"bestofn, majority: who chooses among plans: judge, vote, weighted (votes by the judge's score) (default judge; majority vote)." placeholder:"HOW"`
	TTSTable    string        `name:"tts-table" group:"Strategies" help:"tts: file of what was measured, by which it chooses; azimuth bench table makes one." placeholder:"FILE" type:"path" default:""`
	Plans       int           `group:"Strategies" help:"bestofn, majority: how many plans (default 5)." placeholder:"N"`
	Width       int           `group:"Strategies" help:"beam: how many states are kept (default 3)." placeholder:"B"`
	Diverse     bool          `group:"Strategies" help:"beam: keep the best of each subtree instead of the best of all."`
	ValueBeta   *float64      `group:"Strategies" help:"vgps: temperature of the choice by ratings, 0 takes the best (default 0.1)." placeholder:"X"`
	Threshold   float64       `group:"Strategies" help:"dfs: rating up to which a step is left out, below 1 (default 0.2, negative for none). costa: least quality that passes the check (default 0.8, negative for none)." placeholder:"X"`
	Trials      int           `group:"Strategies" help:"reflexion, adaplanner: how many trials (default 5). costa: settings of a tool that are tried (default 2)." placeholder:"N"`
	Iterations  int           `group:"Strategies" help:"mcts, rap, lats, cpl: how many passes." placeholder:"N"`
	Explore     *float64      `group:"Strategies" help:"mcts, rap, lats, cpl: weight of what was seldom tried (default 1, cpl 1.5)." placeholder:"X"`
	Lambda      *float64      `group:"Strategies" help:"lats: weight of a rating against the share of votes, 0 to 1 (default 0.5)." placeholder:"X"`
	Rollout     string        `group:"Strategies" help:"mcts: how to go on from a new place: real, wide, value (default real)." placeholder:"HOW"`
	NoReflect   bool          `name:"no-reflection" group:"Strategies" help:"lats: no lessons, for models that write no text."`
	Weight      *float64      `group:"Strategies" help:"qstar: weight of what was paid so far, 0 to 1 (default 1)." placeholder:"X"`
	Batch       int           `group:"Strategies" help:"qstar: steps worked on at a time (default: as --parallel)." placeholder:"N"`
	Decode      string        `group:"Search" help:"Steer what the model proposes by memory, token by token: vas, transferq. The model must show its next tokens (llama.cpp)." placeholder:"RULE"`
	DecodeBy    string        `group:"Search" help:"How --decode steers: logprobs (default), drawn here from the tokens that the model shows, or bias, drawn by the endpoint under a logit bias." placeholder:"MEANS"`
	DecodeBeta  *float64      `group:"Search" help:"How much memory counts in --decode, 0 to 1000000 (default 3)." placeholder:"X"`
	Eager       bool          `group:"Strategies" help:"costa: carry out every tool that could come next, as the paper does, not only the one that promises most."`
	Merge       bool          `group:"Search" help:"Orders of calls that commute share one node and one vote."`
	Adaptive    bool          `group:"Search" help:"Ask for 2 samples first and for 3 more where they disagree."`
	ExactMemory bool          `group:"Search" help:"Compare whole calls with memory, not only tool names."`

	table      search.Table
	controller *demos.Controller
	said       said
}

// AfterApply is called by kong: what is in files goes into the settings, so that a run keeps it and not where it was.
func (f *searchFlags) AfterApply(k *kong.Context, e *env) error {
	f.said = sources(k, e)
	if f.Temperature == 0 && f.said.place("temperature") != nowhere {
		return errors.New("--temperature: 0 would be taken for the default, 1: write a small number, such as 0.01")
	}
	return errors.Join(f.readTable(), f.readController())
}

func (f *searchFlags) readTable() error {
	if f.TTSTable == "" {
		return nil
	}
	raw, err := os.ReadFile(f.TTSTable)
	if err == nil {
		f.table, err = search.ParseTable(string(raw))
	}
	if err == nil && len(f.table) == 0 {
		err = fmt.Errorf("%s holds no measurement; azimuth bench table makes one", f.TTSTable)
	}
	if err != nil {
		return fmt.Errorf("--tts-table: %w", err)
	}
	return nil
}

func (f *searchFlags) readController() error {
	if f.DemoControl == "" {
		return nil
	}
	raw, err := os.ReadFile(f.DemoControl)
	if err != nil {
		return fmt.Errorf("--demo-controller: %w", err)
	}
	f.controller = &demos.Controller{}
	if err := f.controller.UnmarshalText(raw); err != nil {
		return fmt.Errorf("--demo-controller: %s: %w; azimuth calibrate -o writes one", f.DemoControl, err)
	}
	return nil
}

// costsFlag is constants as text.
type costsFlag struct{ azimuth.Costs }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (f *costsFlag) UnmarshalText(b []byte) (err error) {
	f.Costs, err = azimuth.ParseCosts(string(b))
	return err
}

func (f *searchFlags) settings() azimuth.Settings {
	return azimuth.Settings{
		Strategy: f.Strategy, Preset: f.Preset, Samples: f.Samples, Alpha: f.Alpha, Beta: f.Beta, Budget: f.Budget,
		Costs: f.Costs.Costs, Gate: f.Gate, ReopenMax: f.ReopenMax, MinSupport: f.MinSupport, Margin: f.Margin, MaxSupport: f.MaxSupport, Patience: f.Patience, FirstAccepted: f.First,
		Parallel: f.Parallel, Parallelism: engine.Parallelism(f.Parallelism), Seed: f.Seed, Temperature: f.Temperature,
		MaxTokens: f.MaxTokens, Shortlist: f.Shortlist, ToolTokens: f.ToolTokens, Demos: f.Demos, DemoTokens: f.DemoTokens, DemoController: f.controller, Reason: f.Reason, Shuffle: f.Shuffle, Repairs: f.Repairs,
		Select: f.Select, Table: f.table, Plans: f.Plans, Width: f.Width, Diverse: f.Diverse, ValueBeta: f.ValueBeta, Threshold: f.Threshold, Trials: f.Trials, Iterations: f.Iterations, Explore: f.Explore,
		Lambda: f.Lambda, Rollout: f.Rollout, NoReflection: f.NoReflect, Weight: f.Weight, Batch: f.Batch, Eager: f.Eager, Imagine: f.Imagine, Decode: f.Decode, DecodeBy: f.DecodeBy, DecodeBeta: f.DecodeBeta, Merge: f.Merge, Adaptive: f.Adaptive, ExactMemory: f.ExactMemory,
	}
}

// judgeFlags say who decides that a goal is reached.
type judgeFlags struct {
	Judge string `group:"Judge" help:"Who says that the goal is reached: none, cel:EXPRESSION, schema:FILE, command:ARGV, model[:RUBRIC]." default:"none" placeholder:"SPEC" json:"judge,omitempty"`
}

// storeFlags say where things are kept.
type storeFlags struct {
	Store string `group:"Storage" help:"Journals: a path, sqlite:PATH or memory: (default under the user's data directory)." placeholder:"DSN"`
}

// memoryFlags say where plans are remembered.
type memoryFlags struct {
	MemoryFile string   `name:"memory" group:"Storage" help:"Plans that succeeded: a path, or none (default under the user's data directory)." placeholder:"FILE"`
	Learn      []string `name:"demonstrations" group:"Storage" help:"File of demonstrations, YAML or JSON, for this run. May be repeated." placeholder:"FILE" type:"path" sep:"none"`
}

// approveFlags say which effects need somebody's word.
type approveFlags struct {
	Approve string `group:"Effects" help:"ask, all or reads (default ask on a terminal, reads otherwise)." placeholder:"MODE"`
	Unknown string `group:"Effects" help:"What to do about an effect whose outcome is unknown: ask, retry, done, abort." enum:"ask,retry,done,abort" default:"ask"`
}

func (f *approveFlags) policy(e *env, file *configFile) (effect.Policy, error) {
	p := effect.Policy{Mode: effect.ReadMode}
	if e.terminal {
		p.Mode = effect.AskMode
	}
	if file != nil {
		p.Rules = file.Rules
	}
	if f.Approve == "" {
		return p, nil
	}
	var err error
	p.Mode, err = effect.ParseMode(f.Approve)
	return p, usage(err)
}
