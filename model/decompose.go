package model

import "context"

// DecomposeRequest asks for the subtasks of a goal, each of a kind that some tool does.
type DecomposeRequest struct {
	Goal  string        `json:"goal"`
	Steps []Step        `json:"steps,omitempty"` // what was done of it already
	Kinds []SubtaskKind `json:"kinds"`           // at least one
	N     int           `json:"n"`               // samples wanted, >= 1
	Seed  uint64        `json:"seed"`
	// Rejected is a list that came to nothing good, Reason why, in words; both may be empty. A simulation need not heed them.
	Rejected []Subtask `json:"rejected,omitempty"`
	Reason   string    `json:"reason,omitempty"`
}

// SubtaskKind is a kind of subtask.
type SubtaskKind struct {
	Name string `json:"name"`
	Doc  string `json:"doc,omitempty"` // what it is, with the words that people have for it
	// Rank is where in an order it usually comes, for goals that leave the order open.
	Rank int `json:"rank,omitempty"`
}

// Subtask is a part of a goal that one tool does.
type Subtask struct {
	ID   string `json:"id"`   // unique in its list
	Kind string `json:"kind"` // name of a [SubtaskKind]
	// About is what the goal says of it, such as its numbers.
	About string `json:"about"`
	// Parents are ids of subtasks any one of which comes right before. Every way from a subtask without parents to one
	// without children does the whole goal in one order.
	Parents []string `json:"parents"`
}

// DecomposeResponse holds a list of subtasks for each sample. Usage is filled in beside an error too.
type DecomposeResponse struct {
	Samples [][]Subtask `json:"samples"`
	Usage   Usage       `json:"usage"`
}

// Decomposer is a [Model] that takes goals apart in its own way: a simulation, a rule. Models that write text are asked in
// words, see package prompt.
type Decomposer interface {
	Decompose(ctx context.Context, r DecomposeRequest) (DecomposeResponse, error)
}
