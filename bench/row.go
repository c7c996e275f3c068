package bench

// Row is what came of one task.
type Row struct {
	Key
	Measures
}

// Measures are counted for every task. Tokens of a simulated proposer follow a stated rule (1,500 and 40 a step for a
// prompt, 30 for a proposed call, 8 for one of an outline), nobody counted them.
type Measures struct {
	Success  bool    `json:"success"`  // by the grader
	F1       float64 `json:"f1"`       // how much of the goal was reached, in [0,1]
	Finished bool    `json:"finished"` // there is a whole plan
	Status   string  `json:"status"`   // what the run says of itself, see [engine.Status]
	Judged   string  `json:"judged,omitempty"`

	ModelCalls int     `json:"model_calls"`
	Samples    int     `json:"samples"`
	Prompt     int     `json:"prompt_tokens"`
	Completion int     `json:"completion_tokens"`
	USD        float64 `json:"usd"`
	ToolCalls  int64   `json:"tool_calls"` // while searching, on copies of the world
	Effects    int     `json:"effects"`    // carried out
	Expansions int     `json:"expansions"`
	Nodes      int     `json:"nodes"`
	Steps      int     `json:"steps"`      // of the plan
	Gold       int     `json:"gold_steps"` // of a gold plan
	// PriceRatio is what the plan costs by what the cheapest costs; 0 where calls have no prices.
	PriceRatio float64 `json:"price_ratio,omitempty"`
	// ToolMS is what the calls of the plan took, in milliseconds, as their answers say (key seconds); 0 where none says it.
	ToolMS float64 `json:"tool_ms,omitempty"`
	// Margin and Top are how clear the votes on the plan's way were, see [Signs]: the fewest votes by which a step of the
	// plan leads the best of its siblings, below 0 where it trails, and the mean share of samples that its steps had, in
	// (0,1]; Top is 0 where no step was voted on.
	Margin int     `json:"least_margin,omitempty"`
	Top    float64 `json:"mean_top,omitempty"`
	// Looks is how difficult the run's first request made the task look, as [search.Pass] puts it: what strategy tts goes by.
	Looks  string  `json:"looks,omitempty"`
	WallMS float64 `json:"wall_ms"`
	Error  string  `json:"error,omitempty"`
}

// The words of [Measures.Judged].
const (
	Accepted = "accepted"
	Rejected = "rejected"
)

// Timeless returns the row without its wall time: what a spec determines.
func (r Row) Timeless() Row {
	r.WallMS = 0
	return r
}
