package judge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// Target is what a schema is held against.
type Target string

// The targets.
const (
	Answer Target = "answer" // the final answer, read as JSON
	State  Target = "state"  // the world's state
)

// maxViolations is how many are told in a reason.
const maxViolations = 3

type schemaJudge struct {
	name   string
	target Target
	schema *jsonschema.Schema
}

// Schema returns a judge by a JSON Schema (2020-12 where it does not say otherwise). An answer that is not JSON is
// rejected; a missing state is an error. name is for people, such as the schema's file name. References lead
// only inside the schema: nothing is read from files or the network. Errors: a schema that is not one, with the
// place; a target that is none.
func Schema(name string, schema json.RawMessage, target Target) (Judge, error) {
	if target != Answer && target != State {
		return nil, fmt.Errorf("schema target %q: want %s or %s", target, Answer, State)
	}
	if err := canon.CheckDepth(schema); err != nil {
		return nil, fmt.Errorf("schema %s: %w", name, err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return nil, fmt.Errorf("schema %s: not JSON: %w", name, err)
	}
	const url = "schema:judge"
	c := jsonschema.NewCompiler()
	c.UseLoader(noLoader{})
	if err := c.AddResource(url, doc); err != nil {
		return nil, fmt.Errorf("schema %s: %w", name, err)
	}
	compiled, err := c.Compile(url)
	if err != nil {
		return nil, fmt.Errorf("schema %s: not a JSON Schema: %w", name, violation(err))
	}
	return &schemaJudge{name: name, target: target, schema: compiled}, nil
}

// noLoader keeps schemas from reading what they refer to.
type noLoader struct{}

func (noLoader) Load(url string) (any, error) {
	return nil, fmt.Errorf("reference to %s: only references inside the schema are followed", url)
}

// violation takes the innermost fault out of a schema's own validation.
func violation(err error) error {
	var invalid *jsonschema.SchemaValidationError
	var ve *jsonschema.ValidationError
	if !errors.As(err, &invalid) || !errors.As(invalid.Err, &ve) {
		return err
	}
	return errors.New(strings.Join(violations(ve), "; "))
}

// Name implements [Judge].
func (j *schemaJudge) Name() string { return fmt.Sprintf("schema:%s#%s", j.name, j.target) }

// Judge implements [Judge].
func (j *schemaJudge) Judge(_ context.Context, p Plan) (Verdict, error) {
	text := []byte(p.Answer)
	if j.target == State {
		if text = p.State; text == nil {
			return Verdict{}, errors.New("the schema is for the state, and there is none outside of a world: use #answer")
		}
	}
	if err := canon.CheckDepth(text); err != nil {
		return Verdict{Reason: fmt.Sprintf("the %s is %v", j.target, err)}, nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return Verdict{Reason: fmt.Sprintf("the %s is not JSON: %v", j.target, err)}, nil
	}
	var ve *jsonschema.ValidationError
	switch err := j.schema.Validate(doc); {
	case errors.As(err, &ve):
		return Verdict{Reason: fmt.Sprintf("the %s does not match: %s", j.target, strings.Join(violations(ve), "; "))}, nil
	case err != nil:
		return Verdict{}, err
	}
	return Verdict{Accepted: true, Score: 1}, nil
}

// violations lists the innermost faults with their places, in a fixed order.
func violations(ve *jsonschema.ValidationError) []string {
	printer := message.NewPrinter(language.English)
	var all []string
	var walk func(*jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		for _, cause := range e.Causes {
			walk(cause)
		}
		if len(e.Causes) == 0 {
			all = append(all, "/"+strings.Join(e.InstanceLocation, "/")+": "+e.ErrorKind.LocalizedString(printer))
		}
	}
	walk(ve)
	slices.Sort(all)
	all = slices.Compact(all)
	if more := len(all) - maxViolations; more > 0 {
		all = append(all[:maxViolations], fmt.Sprintf("and %d more", more))
	}
	return all
}
