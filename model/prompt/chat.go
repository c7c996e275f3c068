package prompt

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/model"
)

// Mode is how calls are asked for.
type Mode uint8

// The two modes.
const (
	Tools Mode = iota // the endpoint's own tool calls
	JSON              // one JSON object bound to a schema
)

// Role says who a message is from.
type Role uint8

// The roles of the messages of a [Chat]; instructions are [Chat.System].
const (
	User Role = iota
	Assistant
	Tool
)

var roleNames = [...]string{"user", "assistant", "tool"}

// String returns the word that chat APIs use.
func (r Role) String() string { return roleNames[min(int(r), len(roleNames)-1)] }

// Function is a tool as a model is shown it. Name is the wire name.
type Function struct {
	Name        string
	Description string
	Schema      json.RawMessage // never empty, always an object's schema
}

// Call is a tool call in a message or an answer. Tool is the wire name, Args a JSON object where we wrote it and
// whatever the model wrote where it did.
type Call struct {
	ID   string
	Tool string
	Args string
}

// Message is one message of a [Chat].
type Message struct {
	Role   Role
	Text   string
	Calls  []Call // of an Assistant
	CallID string // of a Tool: which call it answers
	Failed bool   // of a Tool: the call failed or was rejected
}

// Chat is a request as it is put to a model. Make one with [Render].
type Chat struct {
	System   string
	Messages []Message
	Tools    []Function      // what to offer as tools; in mode JSON empty
	Schema   json.RawMessage // what to bind the answer to; in mode Tools empty
	// Shared is how many messages, from the first, requests of sibling nodes have in common.
	Shared int

	mode    Mode
	names   names
	outline bool
}

// Render puts a request into a chat. It fails on two tools with one name and on a tool whose schema is not a JSON
// object or nests too deep; the error names the tool.
func Render(r model.Request, mode Mode) (*Chat, error) {
	c := &Chat{mode: mode, outline: r.Outline}
	functions, err := c.functions(r)
	if err != nil {
		return nil, err
	}
	if c.System, err = system(r, mode, functions, c.names); err != nil {
		return nil, err
	}
	if mode == Tools {
		c.Tools = functions
	} else if c.Schema, err = answerSchema(functions, r.Outline, r.Reason); err != nil {
		return nil, err
	}
	c.Messages = append(c.Messages, Message{Role: User, Text: goal(r.Goal, r.Lessons)})
	for i, s := range r.Steps {
		if err := c.step(i+1, s, r.Tools); err != nil {
			return nil, err
		}
	}
	c.Shared = len(c.Messages)
	for i, j := range r.Rejected {
		if err := c.rejected(i+1, j); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// goal stands in for a goal that is empty: endpoints refuse a message without text.
// goal is the first message. Lessons stand behind the goal: they are the same for all requests of an attempt, which so
// share their prefix.
func goal(text string, lessons []string) string {
	if strings.TrimSpace(text) == "" {
		text = "(no goal was given)"
	}
	if len(lessons) > 0 {
		text += "\n\nLessons from earlier attempts at this goal\n- " + strings.Join(lessons, "\n- ")
	}
	return text
}

func (c *Chat) functions(r model.Request) ([]Function, error) {
	c.names = make(names, len(r.Tools))
	out := make([]Function, 0, len(r.Tools))
	for _, s := range r.Tools {
		wire, err := c.names.add(s.Name)
		if err != nil {
			return nil, err
		}
		schema, err := parameters(s.Input)
		if err != nil {
			return nil, fmt.Errorf("tool %s: input schema: %w", s.Name, err)
		}
		out = append(out, Function{Name: wire, Description: s.Description, Schema: schema})
	}
	return out, nil
}

// pair appends a call and what came of it.
func (c *Chat) pair(id string, call Call, text string, failed bool) {
	call.ID = id
	c.Messages = append(c.Messages,
		Message{Role: Assistant, Calls: []Call{call}},
		Message{Role: Tool, CallID: id, Text: text, Failed: failed})
}
