package trip

import (
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of the world: how many distracting tools it has, and the seed that chooses them.
type Options = sandbox.Options

// New returns a session in which nothing is set, with the twenty tools.
func New() tool.World { return tools.Plain(sandbox.Dict{}) }

// NewWith is [New] with distracting tools. The error is that of [Options.Validate].
func NewWith(o Options) (tool.World, error) { return tools.Open(o, sandbox.Dict{}) }

var (
	form  = sandbox.Form{Begun: begun}
	tools = sandbox.NewTools(sandbox.Table[sandbox.Dict]{Ops: ops, Extras: extras, Set: form.Extra})
)
