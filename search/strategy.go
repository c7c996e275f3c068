package search

// Strategy decides which node to work on next. It is pure: no clock, no model, no goroutine, no randomness that
// was not given to it. One goroutine uses it at a time.
//
// The engine asks for work, does it, and tells what came of it. Outcomes may be told in any order, and telling
// the same request id twice changes nothing. Everything that changes a tree is told, so a tree is rebuilt by
// telling a fresh strategy the same outcomes in the same order, without asking.
type Strategy interface {
	// Ask returns at most limit requests to work on now and marks their nodes as pending. Empty means: wait for what is
	// pending, or finished when Done.
	Ask(t *Tree, limit int) []Request
	// Tell records what came of a request.
	Tell(t *Tree, r Request, o Outcome)
	// Best returns the best plan so far: the last node of a path. complete is false when no finished plan is known
	// and the path only leads to the most promising open node; None when there is nothing at all.
	Best(t *Tree) (n NodeID, complete bool)
	// Done says that the search has its answer, or that nothing is left to work on.
	Done(t *Tree) bool
}

// Ahead is implemented by strategies that can name what they would ask for next if nothing changed. Working on
// these while the present request is under way is what makes exact parallel runs faster than serial ones.
type Ahead interface {
	// Ahead returns at most limit requests without marking anything.
	Ahead(t *Tree, limit int) []Request
}

// Needs is what a strategy needs of a model beyond proposals, so that it can be refused before anything is spent.
type Needs struct {
	Values   bool // ratings ([Evaluate])
	Text     bool // words ([Reflect])
	LogProbs bool // log-probabilities of samples
	Subtasks bool // goals taken apart ([Outcome.Graph])
}

// Needy is implemented by strategies that need more of a model than proposals.
type Needy interface {
	Needs() Needs
}

// Closer is implemented by strategies that don't search a state twice: Closes says whether [Outcome.State] is wanted.
type Closer interface {
	Closes() bool
}

// Kind is what a request asks for, or what an outcome reports.
type Kind uint8

// The kinds of request.
const (
	Expand   Kind = iota // observe the path to the node, then sample what could come next
	Judge                // observe the path to a finished node, then have the plan judged
	Commit               // the engine carried the node's call out for real (told, never asked)
	Focus                // only descendants of the node count from now on (told, never asked)
	Evaluate             // have a model rate the children of the node, all in one request
	Reflect              // have a model say what went wrong on the path to the node; later requests are shown its lesson
)

// Request is work on one node.
type Request struct {
	ID      uint64 `json:"id"`
	Node    NodeID `json:"node"`
	Kind    Kind   `json:"kind"`
	Samples int    `json:"samples,omitempty"` // wanted from the model (Expand)
}

// Outcome is what came of a [Request].
type Outcome struct {
	// Failed is the node on the path whose call failed, or [None]. Nothing below a failed node is worth a thought.
	Failed NodeID `json:"failed"`
	// Samples is how many usable samples were drawn (Expand).
	Samples int `json:"samples,omitempty"`
	// Candidates are the distinct calls in those samples, as a forest: parents before children (Expand).
	Candidates []Candidate `json:"candidates,omitempty"`
	// Cut says that an outline ended where an argument depends on what is not yet seen (Expand). It is there to be shown:
	// an outline that ends early lacks support from there on, so that a search asks again of its own accord.
	Cut bool `json:"cut,omitempty"`
	// State names the state at the node once its call was made: equal states have equal numbers; 0 when nobody can tell
	// (Expand). [QStar] doesn't search a state twice.
	State uint64 `json:"state,omitempty"`
	// Verdict on a finished plan (Judge).
	Verdict Verdict `json:"verdict,omitempty"`
	Score   float64 `json:"score,omitempty"` // the judge's, in [0,1] (Judge, and Expand of [CoSTA])
	// Values are ratings in [0,1], one for each child of the node in the order of [Tree.Children] at the time of the
	// request; missing ones were not rated (Evaluate).
	Values []float64 `json:"values,omitempty"`
	// Graph is the tools that the goal needs (Expand, the first time, [CoSTA] only).
	Graph *ToolGraph `json:"graph,omitempty"`
	// Took is what the node's own call took, in the unit of the graph's costs; Score is then what its output is worth
	// (Expand, [CoSTA] only).
	Took float64 `json:"took,omitempty"`
	// Changed says that the call answered otherwise than the descendants assume (Commit): they are dropped and the
	// node is open again.
	Changed bool `json:"changed,omitempty"`
}

// Candidate is a call that at least one sample proposed, at its place in the forest.
type Candidate struct {
	// Parent is the index of the candidate that this one follows, -1 for the node that was worked on.
	Parent int32    `json:"parent"`
	Action ActionID `json:"action"`
	Finish bool     `json:"finish,omitempty"` // the final answer
	// Imagined marks a call from an outline. Other candidates below candidates are chains: calls that one answer
	// asked for together; every strategy keeps them.
	Imagined bool  `json:"imagined,omitempty"`
	Votes    int32 `json:"votes"` // samples that contain it here, >= 1
	// Remaining is the mean number of calls that its samples expect to follow it, < 0 where none said.
	Remaining float64 `json:"remaining"`
	// Prior is how likely memory holds this call to be the next one, in [0,1]; < 0 without memory.
	Prior float64 `json:"prior"`
	// Parts are the values of the run's named cost components, in the order given to [NewTree], each in [0,1].
	Parts []float64 `json:"parts,omitempty"`
	// Tool is the node of [Outcome.Graph] that the call is a setting of ([CoSTA]); 0 for none.
	Tool int32 `json:"tool,omitempty"`
}

// Verdict is what a judge said of a finished plan.
type Verdict uint8

// The verdicts.
const (
	Unjudged Verdict = iota
	Accepted
	Rejected
)
