package judge

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// ParseOptions are what a specification may refer to. The zero value is the default.
type ParseOptions struct {
	Model    model.Model                  // for model judges; without it they are refused
	Seed     uint64                       // of a model judge's requests
	ReadFile func(string) ([]byte, error) // default [os.ReadFile]
	Command  *CommandOptions              // for command judges
}

// SpecError says which part of a judge's specification is wrong and what to write.
type SpecError struct {
	Spec string // as it was written
	Err  error
}

// Error returns the specification and the fault.
func (e *SpecError) Error() string {
	return fmt.Sprintf("judge %q: %v", tool.Clip(e.Spec, 200), e.Err)
}

// Unwrap returns the fault.
func (e *SpecError) Unwrap() error { return e.Err }

const forms = "none, cel:EXPRESSION, schema:FILE[#answer|#state], command:PROGRAM ARGUMENTS, model[:RUBRIC FILE OR TEXT]"

// Parse reads a judge as the command line and the configuration write it:
//
//	none                        no judge: nil
//	cel:EXPRESSION              see [Expression]
//	schema:FILE[#answer|#state] see [Schema]; the answer is the default
//	command:PROGRAM ARGUMENTS   see [Command]; split at spaces, '…' and "…" keep them, no shell;
//	                            or a JSON list: command:["check", "--strict"]
//	model                       see [Model], with [DefaultRubric]
//	model:RUBRIC                the same with a file's text as rubric, or with this text where it has a space
//
// Every error is a [*SpecError] that says what to write instead. nil options are the default ones.
func Parse(spec string, o *ParseOptions) (Judge, error) {
	if o == nil {
		o = &ParseOptions{}
	}
	kind, rest, has := strings.Cut(strings.TrimSpace(spec), ":")
	j, err := o.parse(kind, strings.TrimSpace(rest), has)
	if err != nil {
		return nil, &SpecError{Spec: spec, Err: err}
	}
	return j, nil
}

func (o *ParseOptions) parse(kind, rest string, has bool) (Judge, error) {
	switch {
	case kind == "none" && !has:
		return nil, nil
	case kind == "model" && (!has || rest != ""):
		return o.model(rest)
	case rest == "" && (kind == "cel" || kind == "schema" || kind == "command" || kind == "model"):
		return nil, fmt.Errorf("nothing follows %q; want one of %s", kind, forms)
	case kind == "cel":
		return Expression(rest, nil)
	case kind == "schema":
		return o.schema(rest)
	case kind == "command":
		argv, err := split(rest)
		if err != nil {
			return nil, err
		}
		return Command(argv, o.Command)
	}
	return nil, fmt.Errorf("want one of %s", forms)
}

func (o *ParseOptions) schema(rest string) (Judge, error) {
	file, target, has := rest, Answer, false
	if i := strings.LastIndexByte(rest, '#'); i >= 0 {
		file, target, has = rest[:i], Target(rest[i+1:]), true
	}
	if has && target != Answer && target != State {
		return nil, fmt.Errorf("target %q after #: want #answer or #state", string(target))
	}
	text, err := o.read(file)
	if err != nil {
		return nil, fmt.Errorf("schema file: %w", err)
	}
	return Schema(file, text, target)
}

// model takes a rubric without a space for a file's name: nobody judges by one word.
func (o *ParseOptions) model(rest string) (Judge, error) {
	if o.Model == nil {
		return nil, errors.New("there is no model to ask; choose one that writes text with --model, or another judge")
	}
	text := rest
	if rest != "" {
		raw, err := o.read(rest)
		switch {
		case err == nil:
			text = string(raw)
		case !strings.ContainsAny(rest, " \n"):
			return nil, fmt.Errorf("rubric file: %w; a rubric in place has at least two words", err)
		}
	}
	return Model(o.Model, &RubricOptions{Rubric: text, Seed: o.Seed})
}

func (o *ParseOptions) read(path string) ([]byte, error) {
	if o.ReadFile != nil {
		return o.ReadFile(path)
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s does not exist", path)
	}
	return raw, err
}

// split takes a command line apart: a JSON list, or words with quotes. There are no other signs: no variables, no
// escapes, no pipes.
func split(text string) ([]string, error) {
	if strings.HasPrefix(text, "[") {
		var argv []string
		if err := json.Unmarshal([]byte(text), &argv); err != nil {
			return nil, fmt.Errorf(`command: %w; want a list of texts such as ["check", "--strict"]`, err)
		}
		return argv, nil
	}
	var argv []string
	var word strings.Builder
	var quote rune
	inWord := false
	for _, r := range text {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ' || r == '\t' || r == '\n':
			if inWord {
				argv = append(argv, word.String())
				word.Reset()
			}
			inWord = false
		default:
			inWord = true
			word.WriteRune(r)
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("command: the quote %c is not closed", quote)
	}
	if inWord {
		argv = append(argv, word.String())
	}
	return argv, nil
}
