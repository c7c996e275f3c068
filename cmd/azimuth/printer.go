package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

func isTerminal(f *os.File) bool { return f != nil && term.IsTerminal(int(f.Fd())) }

// widthOf is the width of a terminal; 120 for what is none.
func widthOf(f *os.File) int {
	if w, _, err := term.GetSize(int(f.Fd())); err == nil && w >= minWidth {
		return w
	}
	return 120
}

// printer writes results to standard output and progress to standard error.
type printer struct {
	out, err io.Writer
	json     bool
	quiet    bool
	redraw   bool          // progress is one line that is drawn again
	sandbox  bool          // effects need no approval
	stopped  bool          // an error ended the run early
	store    string        // the --store that commands need to find the run, if not the default
	plan     *azimuth.Plan // the result is this plan, which was not carried out
	planFile string        // where it was written

	mu    sync.Mutex
	drawn bool
	said  int // expansions when the progress was last printed as a line of its own
	used  model.Usage
}

func newPrinter(e *env, g *Globals) *printer {
	return &printer{out: e.out, err: e.err, json: g.JSON, quiet: g.Quiet, redraw: e.terminal}
}

// events are what the engine tells as it goes.
func (p *printer) events() *engine.Events {
	if p.quiet {
		return nil
	}
	return &engine.Events{
		Told: p.told, Chosen: p.chosen, Asked: p.asked,
		Start:  func(_ search.NodeID, c tool.Call) { p.line("→ " + short(c.String(), 160)) },
		Finish: func(_ search.NodeID, s model.Step) { p.line("  " + outcome(s)) },
		Note:   p.note,
	}
}

func outcome(s model.Step) string {
	mark := "✓ "
	if s.Status == model.Failed {
		mark = "✗ "
	}
	return mark + short(s.Result.Content, 160)
}

// told redraws the progress: what the search has done so far. Without a terminal it says so every now and then.
func (p *printer) told(t *search.Tree, r journal.Told) {
	if r.Request.Kind != search.Expand && r.Request.Kind != search.Judge {
		return
	}
	p.used = p.used.Add(r.Usage)
	n := t.Expansions()
	if !p.redraw && (n == p.said || n%20 != 0) {
		return
	}
	p.said = n
	text := fmt.Sprintf("searching: %s, %s, depth %d, %s", count(n, "expansion"), count(t.Len()-1, "node"), t.Depth(r.Request.Node),
		count(p.used.Requests, "model call")) + spending(p.used.Prompt+p.used.Completion, p.used.USD)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.redraw {
		fmt.Fprintln(p.err, text)
		return
	}
	fmt.Fprintf(p.err, "\r\x1b[K%s", text)
	p.drawn = true
}

// spending is what was spent of what costs something, empty for nothing.
func spending(tokens int, usd float64) string {
	s := ""
	if tokens > 0 {
		s = ", " + count(tokens, "token")
	}
	if usd > 0 {
		s += fmt.Sprintf(", $%.4f", usd)
	}
	return s
}

func (p *printer) chosen(pl engine.Plan) {
	p.line(fmt.Sprintf("plan of %s found, cost %s", count(len(pl.Steps), "step"), number(pl.Cost)))
}

func (p *printer) asked(s effect.Step, a effect.Answer) {
	p.line(fmt.Sprintf("step %d %s: %s (%s)", s.Number, s.Call.Tool, a.Decision, a.By))
}

func (p *printer) note(text string) { p.line(text) }

func (p *printer) line(text string) {
	if p.quiet {
		return
	}
	p.clear()
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintln(p.err, text)
}

// clear takes the progress line away.
func (p *printer) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.err, "\r\x1b[K")
		p.drawn = false
	}
}

// result prints what came of a run.
func (p *printer) result(r *azimuth.Result) error {
	if p.json {
		return writeJSON(p.out, r)
	}
	var b strings.Builder
	p.steps(&b, r)
	if r.Answer != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(r.Answer))
	}
	fmt.Fprintf(&b, "\n%s\n", summary(r))
	if !p.stopped { // else it is said on standard error, with how to go on
		if r.Error != "" {
			fmt.Fprintf(&b, "%s\n", r.Error)
		}
		fmt.Fprintf(&b, "%s\n", p.hint(r))
	}
	_, err := io.WriteString(p.out, b.String())
	return err
}

func (p *printer) steps(b *strings.Builder, r *azimuth.Result) {
	if len(r.Steps) == 0 {
		return
	}
	fmt.Fprintf(b, "%s, cost %s\n", p.heading(r), number(r.Cost))
	width := 0
	for _, s := range r.Steps {
		width = max(width, len(s.Tool))
	}
	for i, s := range r.Steps {
		fmt.Fprintf(b, "%3d  %-*s  %-11s  %-9s %s\n", i+1, width, s.Tool, s.Effect, s.Status, short(string(s.Args), 120))
		if s.Error != "" {
			fmt.Fprintf(b, "     %*s  %s\n", width, "", short(s.Error, 160))
		}
	}
}

// heading says what the steps are and what carrying them out takes.
func (p *printer) heading(r *azimuth.Result) string {
	what := "Steps"
	if p.plan != nil || r.Status != engine.Succeeded {
		what = "Plan"
	}
	s := fmt.Sprintf("%s: %s, %s", what, count(len(r.Steps), "call"), count(effects(r.Steps), "effect"))
	if p.plan != nil {
		s += fmt.Sprintf(", price $%.2f", p.plan.Price.USD)
	}
	return s
}

func effects(steps []azimuth.Step) int {
	n := 0
	for _, s := range steps {
		if !s.Effect.Safe() {
			n++
		}
	}
	return n
}

func summary(r *azimuth.Result) string {
	u := r.Usage
	s := fmt.Sprintf("run %s: %s in %.1f s; %s, %s, %s, %s, %s", r.RunID, r.Status, float64(u.WallMS)/1000,
		count(u.ModelCalls, "model call"), count(u.Samples, "sample"), count(u.Expansions, "expansion"), count(u.Nodes, "node"),
		count(int(u.ToolCalls), "tool call"))
	if u.Turned > 0 {
		s += fmt.Sprintf("; outlines given up after %s", count(u.Turned, "expansion"))
	}
	return s + spending(u.PromptTokens+u.CompletionTokens, u.USD)
}

// hint says what could be done next.
func (p *printer) hint(r *azimuth.Result) string {
	run := r.RunID
	if p.store != "" {
		run += " --store " + p.store
	}
	switch {
	case strings.TrimSuffix(p.store, ":") == "memory":
		return "the run was not kept; with --store PATH it can be looked at and gone on with"
	case r.Status == engine.Denied && strings.Contains(r.Error, effect.ErrUnknown.Error()):
		return "decide with: azimuth resume " + run + " --unknown done (it took place), retry or abort"
	case r.Status == engine.Denied:
		return "approve with: azimuth resume " + run + " --approve all"
	case r.Status == engine.Exhausted:
		return "go on with a larger budget: azimuth resume " + run + " --budget LIMITS"
	case p.planFile != "" && (p.sandbox || effects(r.Steps) == 0):
		return "carry it out with: azimuth apply " + p.planFile
	case p.planFile != "":
		return "review it, then carry it out with: azimuth apply --yes " + p.planFile
	}
	return "see why: azimuth tree " + run
}

// interrupted says how to go on with a run that could not end.
func (p *printer) interrupted(r *azimuth.Result, err error) {
	fmt.Fprintf(p.err, "azimuth: %v\ngo on with: azimuth resume %s\n", err, r.RunID)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// short is text on one line, cut after so many runes.
func short(s string, limit int) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	r := []rune(s)
	if len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}

// clean takes control characters out: what a tool answered must not move the cursor of a terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return '·'
		}
		return r
	}, s)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
