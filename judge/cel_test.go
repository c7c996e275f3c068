package judge

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// trip is a plan with a structured result, a text and a failure.
func trip() Plan {
	return Plan{
		Goal: "book a hotel in Oslo under 500",
		Steps: []model.Step{
			{Call: tool.Call{Tool: "find", Args: json.RawMessage(`{"city":"Oslo","max":500}`)},
				Result: tool.Result{Value: json.RawMessage(`[{"id":9007199254740993,"price":420.5}]`), Content: "1 hotel"}},
			{Call: tool.Call{Tool: "book", Args: json.RawMessage(`{"id":9007199254740993}`)}, Result: tool.Result{Content: "booked"}},
			{Call: tool.Call{Tool: "mail", Args: json.RawMessage(`{}`)}, Result: tool.Result{Content: "no such address", IsError: true}, Status: model.Failed},
		},
		Answer: "Booked the Fjord for 420.50",
		State:  json.RawMessage(`{"bookings":[{"id":9007199254740993,"price":420.5}],"score":0.75,"count":1}`),
	}
}

func expressionJudge(t testing.TB, text string, o *ExpressionOptions) Judge {
	t.Helper()
	j, err := Expression(text, o)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return j
}

func TestExpressions(t *testing.T) {
	for _, tt := range []struct {
		text   string
		accept bool
		score  float64
		reason string
	}{
		{`true`, true, 1, ""},
		{`answer.contains("Fjord")`, true, 1, ""},
		{`goal.matches("(?i)OSLO") && answer != ""`, true, 1, ""},
		{`size(state.bookings) == 1 && state.bookings[0].price <= 500`, true, 1, ""},
		{`state.bookings[0].id == 9007199254740993`, true, 1, ""},
		{`state.bookings[0].id == 9007199254740992`, false, 0, "false"},
		{`state.count + 1.0 == 2.0 && state.count == 1`, true, 1, ""},
		{`steps.exists(s, s.tool == "find" && s.args.max == 500 && s.result[0].price < 421.0)`, true, 1, ""},
		{`steps[1].result == "booked" && steps[1].error == ""`, true, 1, ""},
		{`steps[2].error == "no such address" && steps[2].result == null && steps[2].status == "failed"`, true, 1, ""},
		{`state.score`, true, .75, "score 0.75, accepted from 0.5"},
		{`0.25`, false, .25, "score 0.25, accepted from 0.5"},
		{`1.0 - state.score`, false, .25, "score 0.25"},
		{`state.cancelled`, false, 0, "no such key: cancelled"},
		{`steps[7].tool == "x"`, false, 0, "index out of bounds: 7"},
		{`!has(state.cancelled)`, true, 1, ""},
	} {
		v, err := expressionJudge(t, tt.text, nil).Judge(t.Context(), trip())
		if err != nil || v.Accepted != tt.accept || v.Score != tt.score || !strings.Contains(v.Reason, tt.reason) {
			t.Errorf("%s: %+v, %v", tt.text, v, err)
		}
	}
}

func TestThreshold(t *testing.T) {
	j := expressionJudge(t, `0.75`, &ExpressionOptions{Threshold: .8})
	if v, err := j.Judge(t.Context(), trip()); err != nil || v.Accepted || v.Score != .75 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestBadExpressionsNameThePlace(t *testing.T) {
	for _, tt := range []struct {
		text         string
		line, column int
		says         string
	}{
		{`answer.contains(`, 1, 17, "Syntax error"},
		{"answer != '' &&\n  anwser == 'x'", 2, 3, "undeclared reference to 'anwser'"},
		{`answer`, 0, 0, "of type string"},
		{`1`, 0, 0, "of type int"},
		{`answer > 1.0`, 1, 8, "no matching overload"},
		{``, 1, 1, "Syntax error"},
		{strings.Repeat("(", 5000) + "true" + strings.Repeat(")", 5000), 0, 0, ""},
		{strings.Repeat("[", 5000), 0, 0, ""},
		{`"` + strings.Repeat("a", maxExpression) + `" == answer`, 0, 0, "limit"},
	} {
		_, err := Expression(tt.text, nil)
		var e *ExpressionError
		if !errors.As(err, &e) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%.40s: error %v", tt.text, err)
			continue
		}
		if tt.line > 0 && (e.Line != tt.line || e.Column != tt.column) {
			t.Errorf("%s: at %d:%d, want %d:%d", tt.text, e.Line, e.Column, tt.line, tt.column)
		}
	}
	for _, o := range []*ExpressionOptions{{Threshold: 2}, {Threshold: -1}, {Timeout: -1}} {
		if _, err := Expression("true", o); err == nil {
			t.Errorf("options %+v were taken", *o)
		}
	}
}

// bigState is a list of n numbers.
func bigState(n int) json.RawMessage {
	return json.RawMessage("[" + strings.Repeat("1,", n-1) + "1]")
}

func TestHostileExpressionsStop(t *testing.T) {
	p := Plan{State: bigState(20_000), Answer: strings.Repeat("a", 100_000)}
	for _, text := range []string{
		`state.all(a, state.all(b, a == b))`,
		`state.map(a, state.map(b, state)).size() == 1`,
		`state.all(a, answer.matches("(a+)+$"))`,
		`state.map(a, answer + answer + answer + answer).size() > 0 && state.all(a, answer.contains("ab") == false)`,
	} {
		_, err := expressionJudge(t, text, &ExpressionOptions{CostLimit: 50_000}).Judge(t.Context(), p)
		if !errors.Is(err, ErrLimit) {
			t.Errorf("%s: error %v", text, err)
		}
	}
}

func TestExpressionDeadline(t *testing.T) {
	p := Plan{State: bigState(20_000)}
	slow := expressionJudge(t, `state.all(a, state.all(b, a == b))`, &ExpressionOptions{CostLimit: 1 << 60, Timeout: time.Nanosecond})
	if _, err := slow.Judge(t.Context(), p); !errors.Is(err, ErrLimit) {
		t.Errorf("past the deadline: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := slow.Judge(ctx, p); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestExpressionsWithoutVerdict(t *testing.T) {
	for _, tt := range []struct {
		text string
		plan Plan
		says string
	}{
		{`size(state) == 0`, Plan{}, "no"},
		{`state`, Plan{State: json.RawMessage(`"x"`)}, "is a string"},
		{`state`, Plan{State: json.RawMessage(`1.5`)}, "score is 1.5"},
		{`state.x`, Plan{State: json.RawMessage(strings.Repeat("[", 10_000))}, "state: nested deeper"},
		{`state == 1`, Plan{State: json.RawMessage(`{`)}, "state: unexpected EOF"},
		{`true`, Plan{Steps: []model.Step{{Call: tool.Call{Args: json.RawMessage(`{`)}}}}, "steps[0].args"},
		{`true`, Plan{Steps: []model.Step{{Result: tool.Result{Value: json.RawMessage(`[`)}}}}, "steps[0].result"},
	} {
		v, err := expressionJudge(t, tt.text, nil).Judge(t.Context(), tt.plan)
		if err == nil || v.Accepted || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %+v, %v", tt.text, v, err)
		}
	}
}

// Whatever is written as an expression, or stands in a plan, compiles or is refused, and ends.
func FuzzExpression(f *testing.F) {
	for _, text := range []string{`true`, `state.all(a, state.all(b, a == b))`, `steps[0].args.x in state`, `answer.matches(answer)`,
		`{"a": [1, 2.0, b"x"]}.a[0] == 1`, `duration("1s") > duration(answer)`, `"\u00e9" + r'\d' == answer`} {
		f.Add(text, `{"a":[1,2]}`, "answer")
	}
	f.Fuzz(func(t *testing.T, text, state, answer string) {
		j, err := Expression(text, &ExpressionOptions{CostLimit: 10_000})
		if err != nil {
			var e *ExpressionError
			if !errors.As(err, &e) {
				t.Fatalf("error of another kind: %v", err)
			}
			return
		}
		v, err := j.Judge(t.Context(), Plan{Answer: answer, State: json.RawMessage(state)})
		if err != nil && v.Accepted || v.Score < 0 || v.Score > 1 {
			t.Fatalf("%+v, %v", v, err)
		}
	})
}
