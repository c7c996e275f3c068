package judge

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"text/template"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// question is what a model is asked in one request. Its template has the parts system and prompt, of [filled].
type question struct {
	who     string // is asked, for errors
	text    func() *template.Template
	schema  json.RawMessage // of the answer
	wants   string          // what the answer must have, for errors
	decides bool            // the answer says whether it accepts; else its score does
}

// filled is what the templates are filled with.
type filled struct {
	Rubric string
	Shown  string // JSON in which no text can end its own frame
}

//go:embed rubric.tmpl
var rubricText string

//go:embed step.tmpl
var stepText string

var (
	whole = question{
		"judge", parsed("rubric", rubricText),
		json.RawMessage(`{"type":"object","properties":{"reason":{"type":"string"},"score":{"type":"number","minimum":0,"maximum":1},"accepted":{"type":"boolean"}},"required":["reason","score","accepted"],"additionalProperties":false}`),
		"accepted, score or reason", true,
	}
	lastStep = question{
		"judge of a step", parsed("step", stepText),
		json.RawMessage(`{"type":"object","properties":{"reason":{"type":"string"},"score":{"type":"number","minimum":0,"maximum":1}},"required":["reason","score"],"additionalProperties":false}`),
		"score or reason", false,
	}
)

func parsed(name, text string) func() *template.Template {
	return sync.OnceValue(func() *template.Template { return template.Must(template.New(name).Parse(text)) })
}

// answerTokens is enough for a sentence of reason and the JSON around it.
const answerTokens = 400

// ask puts the question about what is shown. The usage is in the verdict, with an error too.
func (j *rubric) ask(ctx context.Context, q *question, rubric string, shown any) (Verdict, error) {
	request, err := j.request(q, rubric, shown)
	if err != nil {
		return Verdict{}, err
	}
	response, err := j.model.Complete(ctx, request)
	if err != nil {
		return Verdict{Usage: response.Usage}, err
	}
	v, err := q.parse(response.Text)
	v.Usage = response.Usage
	return v, err
}

// mayUse is what asking may use at most.
func (j *rubric) mayUse(q *question, rubric string, shown any) model.Usage {
	r, err := j.request(q, rubric, shown)
	if err != nil {
		return model.Usage{}
	}
	return j.est.EstimateText(r, j.model.Capabilities())
}

// request shows things as JSON: encoding/json writes <, > and line breaks in texts as escapes, so a tool's output can't close
// the frame around it or pretend to be a line of the prompt.
func (j *rubric) request(q *question, rubric string, shown any) (model.TextRequest, error) {
	frame, err := json.MarshalIndent(shown, "", " ")
	if err != nil {
		return model.TextRequest{}, err
	}
	var system, prompt bytes.Buffer
	t := q.text()
	if err := errors.Join(t.ExecuteTemplate(&system, "system", nil), t.ExecuteTemplate(&prompt, "prompt", filled{rubric, string(frame)})); err != nil {
		return model.TextRequest{}, err
	}
	return model.TextRequest{System: system.String(), Prompt: prompt.String(), Schema: q.schema, Seed: j.opts.Seed, MaxTokens: answerTokens}, nil
}

// parse takes nothing but what was asked for: a judge that has to be guessed at is none.
func (q *question) parse(text string) (Verdict, error) {
	bad := func(why string) (Verdict, error) { return Verdict{}, model.Garbage(q.who+": "+why, text) }
	var said struct {
		Accepted *bool    `json:"accepted"`
		Score    *float64 `json:"score"`
		Reason   *string  `json:"reason"`
	}
	if err := canon.CheckDepth([]byte(text)); err != nil {
		return bad(err.Error())
	}
	if err := json.Unmarshal([]byte(text), &said); err != nil {
		return bad("not JSON")
	}
	if said.Score == nil || said.Reason == nil || q.decides && said.Accepted == nil {
		return bad(q.wants + " is missing")
	}
	if !(*said.Score >= 0 && *said.Score <= 1) {
		return bad(fmt.Sprintf("the score %v is not from 0 to 1", *said.Score))
	}
	accepted := *said.Score >= DefaultThreshold
	if q.decides {
		accepted = *said.Accepted
	}
	return Verdict{Accepted: accepted, Score: *said.Score, Reason: tool.Clip(*said.Reason, maxReason)}, nil
}
