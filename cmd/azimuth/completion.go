package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/search"
)

// completionCmd prints a script that completes commands, flags and their values.
type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." enum:"bash,zsh,fish"`
}

func (c *completionCmd) Run(k *kong.Context, e *env) error {
	var script string
	switch c.Shell {
	case "bash":
		script = bashCompletion(k.Model)
	case "zsh":
		script = "autoload -U +X bashcompinit && bashcompinit\n" + bashCompletion(k.Model)
	case "fish":
		script = fishCompletion(k.Model)
	}
	_, err := fmt.Fprint(e.out, script)
	return err
}

// leaf is a command with what can follow it.
type leaf struct {
	name, help string
	subs       []string
	flags      []*kong.Flag
}

func leaves(app *kong.Application) []leaf {
	var out []leaf
	for _, n := range app.Children {
		l := leaf{name: n.Name, help: n.Help, flags: slices.Clone(n.Flags)}
		for _, sub := range n.Children {
			l.subs = append(l.subs, sub.Name)
			l.flags = append(l.flags, sub.Flags...)
		}
		l.flags = append(l.flags, app.Flags...)
		out = append(out, l)
	}
	return out
}

// values are the words that a flag takes, where there is a list of them.
func values(f *kong.Flag) []string {
	switch f.Name {
	case "strategy":
		return search.Names()
	case "preset":
		return cost.Presets()
	case "world":
		return world.Names()
	case "select":
		return []string{search.ByJudge, search.ByVote, search.Weighted}
	case "rollout":
		return []string{search.Real, search.Wide, search.Value}
	case "decode":
		return []string{decode.ByVAS, decode.ByTransferQ}
	case "decode-by":
		return []string{decode.ByLogProbs, decode.ByBias}
	case "approve":
		return []string{"ask", "all", "reads"}
	}
	if f.Enum == "" {
		return nil
	}
	return strings.Split(f.Enum, ",")
}

func bashCompletion(app *kong.Application) string {
	var names []string
	var cases strings.Builder
	valued := map[string]string{}
	for _, l := range leaves(app) {
		names = append(names, l.name)
		var flags []string
		for _, f := range l.flags {
			if flag := "--" + f.Name; !slices.Contains(flags, flag) {
				flags = append(flags, flag)
			}
			if v := values(f); v != nil {
				valued["--"+f.Name] = strings.Join(v, " ")
			}
		}
		fmt.Fprintf(&cases, "  %s) flags='%s' words='%s' ;;\n", l.name, strings.Join(flags, " "), strings.Join(l.subs, " "))
	}
	var options strings.Builder
	for _, flag := range slices.Sorted(maps.Keys(valued)) {
		fmt.Fprintf(&options, "  %s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n", flag, valued[flag])
	}
	return strings.NewReplacer("@COMMANDS", strings.Join(names, " "), "@VALUES\n", options.String(), "@CASES\n", cases.String()).Replace(bashScript)
}

const bashScript = `_azimuth() {
  local cur=${COMP_WORDS[COMP_CWORD]} flags= words=
  case ${COMP_WORDS[COMP_CWORD-1]} in
@VALUES
  esac
  case ${COMP_WORDS[1]} in
@CASES
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='@COMMANDS'
  elif [ "$COMP_CWORD" -gt 2 ]; then
    words=
  fi
  case $cur in
  -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")) ;;
  *) if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$cur")); else COMPREPLY=($(compgen -f -- "$cur")); fi ;;
  esac
}
complete -o filenames -F _azimuth azimuth
`

func fishCompletion(app *kong.Application) string {
	var b strings.Builder
	for _, l := range leaves(app) {
		fmt.Fprintf(&b, "complete -c azimuth -n __fish_use_subcommand -a %s -d %s\n", l.name, fishQuote(l.help))
		for _, sub := range l.subs {
			fmt.Fprintf(&b, "complete -c azimuth -n '__fish_seen_subcommand_from %s' -a %s\n", l.name, sub)
		}
		for _, f := range l.flags {
			fmt.Fprintf(&b, "complete -c azimuth -n '__fish_seen_subcommand_from %s' -l %s -d %s", l.name, f.Name, fishQuote(f.Help))
			if v := values(f); v != nil {
				fmt.Fprintf(&b, " -x -a '%s'", strings.Join(v, " "))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func fishQuote(s string) string {
	return "'" + strings.NewReplacer("\\", "\\\\", "'", "\\'").Replace(s) + "'"
}
