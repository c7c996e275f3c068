package journal

import (
	"encoding/json"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Kind names the payload type of a record.
type Kind string

// The kinds, in about the order in which they appear in a run.
const (
	KindStarted  Kind = "started"  // Started
	KindTold     Kind = "told"     // Told: the only kind that changes a tree
	KindChosen   Kind = "chosen"   // Chosen: a plan was taken
	KindApproval Kind = "approval" // Approval: somebody said yes, no or something else to a step
	KindIntent   Kind = "intent"   // Intent: written before an effect
	KindDone     Kind = "done"     // Done: what came of it
	KindSpent    Kind = "spent"    // Spent: usage outside of tells (waste, final answers, judges of answers)
	KindEnded    Kind = "ended"    // Ended
)

// Started opens a run.
type Started struct {
	Goal     string          `json:"goal"`
	Seed     uint64          `json:"seed"`
	Model    string          `json:"model"`
	Strategy string          `json:"strategy"`
	Config   json.RawMessage `json:"config"` // the caller's options, enough to carry the run on
	Tools    []tool.Spec     `json:"tools"`
	Prefix   []model.Step    `json:"prefix,omitempty"` // given steps: a plan that is applied, or the path of a fork
	ForkOf   *ForkOf         `json:"fork_of,omitempty"`
}

// ForkOf is where a fork branched off.
type ForkOf struct {
	Run  string        `json:"run"`
	Node search.NodeID `json:"node"`
}

// Told is one outcome told to the strategy, with what it refers to.
type Told struct {
	Request  search.Request  `json:"request"`
	Outcome  search.Outcome  `json:"outcome"`
	Actions  []Action        `json:"actions,omitempty"`  // first use of an action id
	Observed []Observation   `json:"observed,omitempty"` // calls made, or given up on, for this request
	Usage    model.Usage     `json:"usage"`
	Rejects  []model.RawCall `json:"rejects,omitempty"` // proposals that no schema accepted
	// Answers are the final answers in words: of the finishing candidates that are not imagined, in their order
	// (Expand), or of the judged plan (Judge).
	Answers []string `json:"answers,omitempty"`
	Reason  string   `json:"reason,omitempty"` // of a verdict, or of a rejected step
	Lesson  string   `json:"lesson,omitempty"` // of a failed attempt (Reflect)
	// Subtasks are those that the goal was taken apart into (Expand, with [search.Outcome.Graph]).
	Subtasks []model.Subtask `json:"subtasks,omitempty"`
}

// Action is what an action id stands for: a call, or a final answer.
type Action struct {
	ID     search.ActionID `json:"id"`
	Call   *tool.Call      `json:"call,omitempty"`
	Answer string          `json:"answer,omitempty"`
	GaveUp bool            `json:"gave_up,omitempty"` // the answer does not claim the goal
}

// Observation is what is known of a node's call.
type Observation struct {
	Node   search.NodeID `json:"node"`
	Status model.Status  `json:"status"`
	Result tool.Result   `json:"result,omitzero"`
	Cached bool          `json:"cached,omitempty"` // no call was made for it: it is an equal one's earlier in the run, or was refused
}

// Chosen is the plan that is to be approved and carried out: nodes from the root's child to the finish.
type Chosen struct {
	Nodes    []search.NodeID `json:"nodes"`
	Complete bool            `json:"complete"`
}

// Approval is a decision about one step.
type Approval struct {
	Node     search.NodeID `json:"node"`
	Call     tool.Call     `json:"call"`
	Decision string        `json:"decision"` // approve, reject, edit
	By       string        `json:"by"`       // terminal, policy, rule PATTERN, plan file
	Edited   *tool.Call    `json:"edited,omitempty"`
}

// Intent is written, and durable, before an effect is started.
type Intent struct {
	Node search.NodeID `json:"node"`
	Call tool.Call     `json:"call"`
	Key  string        `json:"key"` // idempotency key
}

// Done is what came of the effect whose Intent has the same key.
type Done struct {
	Node   search.NodeID `json:"node"`
	Key    string        `json:"key"`
	Result tool.Result   `json:"result"`
	Error  string        `json:"error,omitempty"` // the call did not reach the tool, or its outcome is unknown
	// Unknown says that nobody knows whether the effect took place.
	Unknown bool `json:"unknown,omitempty"`
}

// Spent is usage that belongs to no tell.
type Spent struct {
	For   string      `json:"for"` // waste, answer, judge
	Usage model.Usage `json:"usage"`
}

// Ended closes a run. A run may be carried on after it (a raised budget, an approval), and ends again.
type Ended struct {
	Status string      `json:"status"`
	Answer string      `json:"answer,omitempty"`
	Error  string      `json:"error,omitempty"`
	Usage  model.Usage `json:"usage"`
}
