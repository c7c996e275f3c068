package main

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
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

// leaf is a command with the flags that it takes.
type leaf struct {
	name, help string
	flags      []*kong.Flag
}

func leaves(app *kong.Application) []leaf {
	var out []leaf
	for _, n := range app.Children {
		l := leaf{n.Name, n.Help, slices.Clone(n.Flags)}
		for _, sub := range n.Children {
			l.flags = append(l.flags, sub.Flags...)
		}
		l.flags = append(l.flags, app.Flags...)
		out = append(out, l)
	}
	return out
}

func bashCompletion(app *kong.Application) string {
	var b strings.Builder
	var names []string
	b.WriteString("_azimuth() {\n  local cur=${COMP_WORDS[COMP_CWORD]} words=\n  case ${COMP_WORDS[1]} in\n")
	for _, l := range leaves(app) {
		names = append(names, l.name)
		var flags []string
		for _, f := range l.flags {
			flags = append(flags, "--"+f.Name)
		}
		fmt.Fprintf(&b, "  %s) words='%s' ;;\n", l.name, strings.Join(flags, " "))
	}
	fmt.Fprintf(&b, "  esac\n  if [ \"$COMP_CWORD\" -eq 1 ]; then words='%s'; fi\n", strings.Join(names, " "))
	b.WriteString("  case $cur in\n  -*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n")
	b.WriteString("  *) if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")); else COMPREPLY=($(compgen -f -- \"$cur\")); fi ;;\n")
	b.WriteString("  esac\n}\ncomplete -o filenames -F _azimuth azimuth\n")
	return b.String()
}

func fishCompletion(app *kong.Application) string {
	var b strings.Builder
	for _, l := range leaves(app) {
		fmt.Fprintf(&b, "complete -c azimuth -n __fish_use_subcommand -a %s -d %s\n", l.name, fishQuote(l.help))
		for _, f := range l.flags {
			fmt.Fprintf(&b, "complete -c azimuth -n '__fish_seen_subcommand_from %s' -l %s -d %s\n", l.name, f.Name, fishQuote(f.Help))
		}
	}
	return b.String()
}

func fishQuote(s string) string {
	return "'" + strings.NewReplacer("\\", "\\\\", "'", "\\'").Replace(s) + "'"
}
