package memory

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// SourceDemo is the source of plans that came from a file of demonstrations; others carry the id of the run that
// they were learned from.
const SourceDemo = "demo"

// Plan is a plan that reached its goal.
type Plan struct {
	// ID names the plan. It is made from goal and calls where it is empty, so equal plans get equal ids.
	ID      string      `json:"id"`
	Goal    string      `json:"goal"`
	Calls   []tool.Call `json:"calls"`
	Source  string      `json:"source,omitempty"` // [SourceDemo] or the id of a run
	Created time.Time   `json:"created,omitzero"`
}

// Demo returns the plan as a model is shown it.
func (p Plan) Demo() model.Demo { return model.Demo{Goal: p.Goal, Calls: p.Calls} }

// PlanError says which field of a plan is wrong and what to write there.
type PlanError struct {
	Field   string // goal, calls, calls[2].args …
	Problem string // what is wrong, and the remedy
}

// Error returns "field: problem".
func (e *PlanError) Error() string { return e.Field + ": " + e.Problem }

// normal checks a plan and returns it in the form in which it is stored: arguments canonical, the id filled in.
func (p Plan) normal() (Plan, error) {
	if strings.TrimSpace(p.Goal) == "" {
		return Plan{}, &PlanError{"goal", "is empty; write what the plan reaches"}
	}
	if len(p.Calls) == 0 {
		return Plan{}, &PlanError{"calls", "is empty; write at least one call"}
	}
	calls := make([]tool.Call, len(p.Calls))
	for i, c := range p.Calls {
		var err error
		if calls[i], err = normalCall(i, c); err != nil {
			return Plan{}, err
		}
	}
	p.Calls = calls
	if p.ID == "" {
		p.ID = "m-" + p.digest()[:12]
	}
	return p, nil
}

// normalCall takes missing arguments for none: in a file written by hand a call without parameters has no args.
func normalCall(i int, c tool.Call) (tool.Call, error) {
	if c.Tool == "" {
		return c, &PlanError{fmt.Sprintf("calls[%d].tool", i), "is empty; write the name of the tool that is called"}
	}
	if len(c.Args) == 0 {
		c.Args = json.RawMessage("{}")
	}
	args, err := canon.JSON(c.Args)
	if err != nil {
		return c, &PlanError{fmt.Sprintf("calls[%d].args", i), "not usable: " + err.Error()}
	}
	if args[0] != '{' {
		return c, &PlanError{fmt.Sprintf("calls[%d].args", i), "want an object of parameter names and values"}
	}
	return tool.Call{Tool: c.Tool, Args: args}, nil
}

// digest identifies a plan by its goal and its calls; only use it on normal plans.
func (p Plan) digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", p.Goal)
	for _, c := range p.Calls {
		fmt.Fprintf(h, "%q\n", c.Key())
	}
	return hex.EncodeToString(h.Sum(nil))
}
