package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/world"
)

// cli is the command line.
type cli struct {
	Globals

	Run    runCmd    `cmd:"" help:"Plan, ask for approval where effects need it, carry out, and print the answer and the steps."`
	Plan   planCmd   `cmd:"" help:"Search without effects; print the steps, their effects and the price."`
	Apply  applyCmd  `cmd:"" help:"Carry out exactly a plan that was reviewed."`
	Show   showCmd   `cmd:"" help:"Show a run: its plan, what was carried out, what it used."`
	Tree   treeCmd   `cmd:"" help:"Draw the search tree of a run, with what each choice was made by."`
	Runs   runsCmd   `cmd:"" help:"List runs."`
	Resume resumeCmd `cmd:"" help:"Go on with a run that was interrupted or ended early."`
	Fork   forkCmd   `cmd:"" help:"Start a new run that branches off at a node of an earlier one."`
	Replay replayCmd `cmd:"" help:"Rebuild a run from its journal, step by step, and check that it comes out the same."`
	Export exportCmd `cmd:"" help:"Write a run's journal as JSON lines."`
	Import importCmd `cmd:"" help:"Read a journal that export wrote."`

	Bench     benchCmd     `cmd:"" help:"Compare strategies on the same tasks at equal budget, and check what papers claim."`
	Calibrate calibrateCmd `cmd:"" help:"Fit the weight of a vote, and how many demonstrations to show, to journals, and print the flags that set them."`

	Papers papersCmd `cmd:"" help:"List the papers that Azimuth is built from, with their places in the code."`

	Tools      toolsCmd      `cmd:"" help:"List what is connected: tools, their effects, their servers."`
	Memory     memoryCmd     `cmd:"" help:"Look at and edit the plans that are remembered."`
	Models     modelsCmd     `cmd:"" help:"List models with their prices."`
	Doctor     doctorCmd     `cmd:"" help:"Say what is wrong with the set-up."`
	Completion completionCmd `cmd:"" help:"Print a completion script for a shell."`
}

// Globals are flags of every command.
type Globals struct {
	Config  string           `help:"Configuration file, YAML: keys are the flags' names, paths are relative to the file." placeholder:"FILE" type:"path"`
	JSON    bool             `name:"json" help:"Print one JSON object on standard output."`
	Quiet   bool             `short:"q" help:"No progress on standard error."`
	Version kong.VersionFlag `help:"Print the version." env:"-"`

	file  *configFile
	taken string // the flag whose value was last taken from the file
}

const about = `Azimuth plans before it acts: it searches over chains of tool calls for the cheapest plan, under hard budgets,
and causes no effect that nobody approved.

  azimuth run --world trip "Find a bus from Chicago to Buffalo on 2027-07-11 …"
  azimuth plan --mcp-config servers.json "Tidy up my notes" -o plan.json
  azimuth apply plan.json
  azimuth tree last

Exit codes: 0 succeeded, 1 failed or no plan, 2 usage, 3 budget, 4 denied. Each flag can be set in the environment
(--store is AZIMUTH_STORE) and in the configuration file (key store); flags win.`

func newParser(c *cli, e *env, exit func(int)) (*kong.Kong, error) {
	return kong.New(c,
		kong.Name("azimuth"), kong.Description(about), kong.Writers(e.out, e.err),
		kong.Vars{"version": version(), "strategies": azimuth.Strategies(), "worlds": strings.Join(world.Names(), ", ")}, kong.DefaultEnvars("AZIMUTH"),
		kong.ValueFormatter(withDefault),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
		kong.Exit(func(n int) { exit(n); panic(helped{}) }),
		kong.Resolvers(fileResolver{c: c, e: e}), kong.Bind(e),
	)
}

// withDefault is the help of a flag, with its default where that is not said already. The variables follow from the names.
func withDefault(v *kong.Value) string {
	if v.Default == "" || strings.Contains(v.Help, "default") {
		return v.Help
	}
	return fmt.Sprintf("%s (default %s).", strings.TrimSuffix(v.Help, "."), v.Default)
}

// version is the module's version, or what the build says of the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) > 12 {
			v += " " + s.Value[:12]
		}
	}
	return fmt.Sprintf("%s %s", v, info.GoVersion)
}
