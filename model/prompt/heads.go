package prompt

import (
	"encoding/json"

	"github.com/azimuthdev/azimuth/tool"
)

// Head is a beginning of an answer in mode [JSON] that settles which tool is called first.
type Head struct {
	Text string // as [model.TokenModel.ProposeFrom] takes it
	Tool string // the tool's own name; empty where the answer calls none
}

// Heads are the ways in which an answer can begin: by a call of each tool, in their order, or by none. No text begins with
// another one. Errors are those of [Render] about names.
func Heads(tools []tool.Spec) ([]Head, error) {
	all := names{}
	out := make([]Head, 0, len(tools)+1)
	for _, t := range tools {
		wire, err := all.add(t.Name)
		if err != nil {
			return nil, err
		}
		quoted, err := json.Marshal(wire)
		if err != nil {
			return nil, err
		}
		out = append(out, Head{Text: `{"calls":[{"tool":` + string(quoted), Tool: t.Name})
	}
	return append(out, Head{Text: `{"calls":[]`}), nil
}
