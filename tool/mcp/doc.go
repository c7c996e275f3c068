// Package mcp turns the tools of Model Context Protocol servers into [tool.Tool] values.
//
// A program names its servers in the file that desktop clients use too, and connects to all of them at once:
//
//	cfg, err := mcp.ParseConfig(raw) // {"mcpServers": {"files": {"command": "mcp-server-filesystem", "args": ["/data"]}}}
//	servers, err := mcp.Connect(ctx, cfg, nil)
//	defer servers.Close()
//	set := servers.Tools()
//
// A server is either a command, spoken to over its standard input and output, or a URL of streamable HTTP.
// Connect returns once all of them have answered and listed their tools; when one does not start, dies or hangs
// within its start timeout, the others are closed and the [*ServerError] names it, with the last lines of its
// standard error.
//
// # Effects
//
// What a server says about its tools is a claim by a stranger. By default (trust "none") no claim is believed
// and every tool has the effect class [tool.Unknown], which a search never calls and a commit asks about. Two
// settings of a server change that: effects, rules by tool name that always win, and trust "annotations", which
// believes the server's hints:
//
//	"files": {
//	  "command": "mcp-server-filesystem", "args": ["/data"],
//	  "trust": "annotations",
//	  "effects": {"read_*": "read", "move_file": "reversible"}
//	}
//
// Rules are tried in the order of the file. Specs are read once, at the start: a server that announces a changed
// tool list, or whose answers talk about permissions, changes no effect class during a run.
//
// # Secrets
//
// ${NAME} in env, headers, args, command and url is replaced from the environment, so that a configuration file
// holds no secret. A child process gets a short list of harmless variables (PATH, HOME and the like) and what env
// names, never the whole environment. The values of env and headers are replaced by their names in every error
// and every stderr line; those whose names say that they are secrets (key, token, password and so on) also in
// what tools answer.
//
// # Failures
//
// A tool that ran and failed, or a server that refused a call, is a [tool.Result] with IsError set. A server that
// died, hung past the call's timeout or broke the protocol is an error: whether the call took effect is then
// not known, and nothing here tries it again. A dead server is not restarted, since the state it had is gone.
package mcp
