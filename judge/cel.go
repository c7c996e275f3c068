package judge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// Limits of expressions.
const (
	// DefaultThreshold is the score from which an expression that returns a number accepts.
	DefaultThreshold = .5
	// DefaultCostLimit is how much work one evaluation may do, in CEL's cost units (about one an operation or ten
	// characters).
	DefaultCostLimit = 1_000_000
	// DefaultExpressionTimeout is how long one evaluation may take.
	DefaultExpressionTimeout = time.Second

	maxExpression = 16 << 10 // code points
	maxRecursion  = 100
	interruptStep = 8 // iterations between two looks at the deadline
)

// ErrLimit says that an expression did more work than it may, or took too long. The plan has no verdict.
var ErrLimit = errors.New("the expression passed its limit; look at fewer elements, or raise the limit")

// ExpressionOptions are limits of a CEL judge. The zero value is the default.
type ExpressionOptions struct {
	Threshold float64       // in (0,1], default [DefaultThreshold]
	CostLimit uint64        // default [DefaultCostLimit]
	Timeout   time.Duration // default [DefaultExpressionTimeout]
}

// Validate says which option is out of range.
func (o *ExpressionOptions) Validate() error {
	switch {
	case o == nil:
	case !(o.Threshold >= 0 && o.Threshold <= 1):
		return fmt.Errorf("threshold %v: want one in (0,1], or 0 for the default", o.Threshold)
	case o.Timeout < 0:
		return fmt.Errorf("timeout %v: want 0 for the default, or more", o.Timeout)
	}
	return nil
}

// ExpressionError says where an expression is wrong.
type ExpressionError struct {
	Line, Column int // from 1; 0 where the place is not known
	Message      string
}

// Error returns the place, the fault and what an expression may use.
func (e *ExpressionError) Error() string {
	where := ""
	if e.Line > 0 {
		where = fmt.Sprintf(" at line %d, column %d", e.Line, e.Column)
	}
	return fmt.Sprintf("expression%s: %s (it may use goal, answer, steps and state)", where, e.Message)
}

type expression struct {
	text      string
	program   cel.Program
	usesState bool
	opts      ExpressionOptions
}

// Expression returns a judge by an expression in the Common Expression Language, over
//
//	goal    string
//	answer  string
//	steps   list of {tool: string, args: map, status: string, result: any, error: string}
//	state   the world's state; any
//
// such as
//
//	size(state.bookings) == 1 && state.bookings[0].price <= 500.0
//	steps.exists(s, s.tool == "search" && s.error == "")
//
// A step's result is the tool's structured answer where there is one, else its text; error is empty where the step
// did not fail. JSON numbers are doubles, except whole ones beyond 2^53, which are integers and so exact. The
// expression's value is true or false, or a score in [0,1] that accepts from the threshold on.
//
// A value that is not there (a key of a state, an element of a list) rejects the plan and is named as the reason:
// what can't be seen is not shown to be reached. An expression that runs into its limits, or is about a state where
// there is none, gives an error instead. Errors of this function: [*ExpressionError], or what
// [ExpressionOptions.Validate] says.
func Expression(text string, o *ExpressionOptions) (Judge, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	j := &expression{text: text}
	if o != nil {
		j.opts = *o
	}
	j.defaults()
	env, err := environment()
	if err != nil {
		return nil, err
	}
	ast, issues := env.Compile(text)
	if err := firstIssue(issues); err != nil {
		return nil, err
	}
	if t := ast.OutputType(); !t.IsExactType(cel.BoolType) && !t.IsExactType(cel.DoubleType) && !t.IsExactType(cel.DynType) {
		return nil, &ExpressionError{Message: fmt.Sprintf("its value is of type %s; want true or false, or a score from 0.0 to 1.0", t)}
	}
	j.usesState = mentions(ast, "state")
	j.program, err = env.Program(ast, cel.CostLimit(j.opts.CostLimit), cel.InterruptCheckFrequency(interruptStep))
	if err != nil {
		return nil, &ExpressionError{Message: err.Error()}
	}
	return j, nil
}

func (j *expression) defaults() {
	if j.opts.Threshold == 0 {
		j.opts.Threshold = DefaultThreshold
	}
	if j.opts.CostLimit == 0 {
		j.opts.CostLimit = DefaultCostLimit
	}
	if j.opts.Timeout == 0 {
		j.opts.Timeout = DefaultExpressionTimeout
	}
}

// environment has the standard functions only: each of them is counted by what it works on. The extension for
// strings is left out because its replace can square a text for one unit of cost.
func environment() (*cel.Env, error) {
	return cel.NewEnv(
		cel.Variable("goal", cel.StringType),
		cel.Variable("answer", cel.StringType),
		cel.Variable("steps", cel.ListType(cel.MapType(cel.StringType, cel.DynType))),
		cel.Variable("state", cel.DynType),
		cel.CrossTypeNumericComparisons(true),
		cel.ParserExpressionSizeLimit(maxExpression),
		cel.ParserRecursionLimit(maxRecursion),
	)
}

func firstIssue(issues *cel.Issues) error {
	if issues.Err() == nil {
		return nil
	}
	all := issues.Errors()
	if len(all) == 0 {
		return &ExpressionError{Message: issues.Err().Error()}
	}
	e := &ExpressionError{Message: all[0].Message}
	if l := all[0].Location; l != nil && l.Line() > 0 {
		e.Line, e.Column = l.Line(), max(1, l.Column()+1)
	}
	return e
}

func mentions(ast *cel.Ast, name string) bool {
	found := false
	celast.PreOrderVisit(ast.NativeRep().Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		found = found || e.Kind() == celast.IdentKind && e.AsIdent() == name
	}))
	return found
}

// Name implements [Judge].
func (j *expression) Name() string { return "cel:" + j.text }

// Judge implements [Judge].
func (j *expression) Judge(ctx context.Context, p Plan) (Verdict, error) {
	if j.usesState && p.State == nil {
		return Verdict{}, errors.New("the expression is about state, and there is none outside of a world: use answer or steps")
	}
	vars, err := variables(p)
	if err != nil {
		return Verdict{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, j.opts.Timeout)
	defer cancel()
	value, _, err := j.program.ContextEval(ctx, vars)
	if err != nil {
		return failed(ctx, err)
	}
	return j.verdict(value)
}

// failed tells a limit, which is no verdict, from a value that is missing, which is one.
func failed(ctx context.Context, err error) (Verdict, error) {
	var stopped interpreter.EvalCancelledError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return Verdict{}, ctx.Err()
	case errors.As(err, &stopped) || ctx.Err() != nil || strings.Contains(err.Error(), "interrupted"):
		return Verdict{}, fmt.Errorf("%w: %v", ErrLimit, err)
	}
	return Verdict{Reason: err.Error()}, nil
}

func (j *expression) verdict(value ref.Val) (Verdict, error) {
	switch v := value.(type) {
	case types.Bool:
		if v {
			return Verdict{Accepted: true, Score: 1}, nil
		}
		return Verdict{Reason: "the expression is false"}, nil
	case types.Double:
		score := float64(v)
		if !(score >= 0 && score <= 1) {
			return Verdict{}, fmt.Errorf("the expression's score is %v, want one from 0.0 to 1.0", score)
		}
		return Verdict{Accepted: score >= j.opts.Threshold, Score: score,
			Reason: fmt.Sprintf("score %.3g, accepted from %.3g", score, j.opts.Threshold)}, nil
	}
	return Verdict{}, fmt.Errorf("the expression's value is a %s, want true or false, or a score from 0.0 to 1.0", value.Type())
}

// variables is where JSON becomes values.
func variables(p Plan) (map[string]any, error) {
	state, err := jsonValue("state", p.State)
	if err != nil {
		return nil, err
	}
	steps := make([]map[string]any, len(p.Steps))
	for i, s := range p.Steps {
		args, err := jsonValue(fmt.Sprintf("steps[%d].args", i), s.Call.Args)
		if err != nil {
			return nil, err
		}
		result, err := jsonValue(fmt.Sprintf("steps[%d].result", i), s.Result.Value)
		if err != nil {
			return nil, err
		}
		if s.Result.Value == nil {
			result = s.Result.Content
		}
		steps[i] = map[string]any{"tool": s.Call.Tool, "args": args, "status": s.Status.String(), "result": result, "error": ""}
		if s.Result.IsError {
			steps[i]["result"], steps[i]["error"] = nil, orText(s.Result.Content, "failed")
		}
	}
	return map[string]any{"goal": p.Goal, "answer": p.Answer, "steps": steps, "state": state}, nil
}

func orText(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

// jsonValue decodes a document; nothing is null.
func jsonValue(field string, raw json.RawMessage) (any, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	if err := canon.CheckDepth(raw); err != nil {
		return nil, fmt.Errorf("%s: %w", field, err)
	}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("%s: %w", field, err)
	}
	return numbers(v), nil
}

// numbers makes doubles of numbers in place, except where a double would round a whole one.
func numbers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = numbers(e)
		}
	case []any:
		for i, e := range v {
			v[i] = numbers(e)
		}
	case json.Number:
		if n, err := strconv.ParseInt(string(v), 10, 64); err == nil && (n > 1<<53 || n < -1<<53) {
			return n
		}
		f, _ := v.Float64() // beyond the range of doubles: an infinity
		return f
	}
	return v
}
