package toolpath_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

func TestBind(t *testing.T) {
	schema := func(required, properties string) tool.Spec {
		return tool.Spec{Name: "t", Input: json.RawMessage(`{"type":"object","required":[` + required + `],"properties":{` + properties + `}}`)}
	}
	made := []model.Step{
		{Call: tool.Call{Tool: "a"}, Result: tool.Result{Value: json.RawMessage(`{"image":"img-2","box":{"x":3}}`)}},
		{Call: tool.Call{Tool: "b"}, Status: model.Deferred},
	}
	outputs := func(string) json.RawMessage { return json.RawMessage(`{"properties":{"ticket":{"type":"string"}}}`) }
	image := schema(`"image"`, `"image":{"type":"string","pattern":"^img-[0-9]+$"}`)
	strength := schema(`"strength"`, `"strength":{"type":"integer","minimum":0,"maximum":2}`)
	for name, c := range map[string]struct {
		spec    tool.Spec
		about   string
		attempt int
		before  []model.Step
		want    string
		missing string
	}{
		"an earlier answer":         {image, "of img-1", 0, made, `{"image":"img-2"}`, ""},
		"a text of the goal":        {image, "blur it", 0, nil, `{"image":"img-9"}`, ""},
		"part of an earlier answer": {schema(`"x"`, `"x":{"type":"integer"}`), "", 0, made, `{"x":3}`, ""},
		"an answer to come":         {schema(`"ticket"`, `"ticket":{"type":"string"}`), "", 0, made, `{"ticket":"${steps.2.ticket}"}`, ""},
		"a size":                    {schema(`"width","height"`, `"width":{"type":"integer"},"height":{"type":"integer"}`), "to 64x48", 0, nil, `{"height":48,"width":64}`, ""},
		"the only number":           {schema(`"n"`, `"n":{"type":"integer"}`), "take 12 of them", 0, nil, `{"n":12}`, ""},
		"not a number in range":     {schema(`"n"`, `"n":{"type":"integer","maximum":9,"minimum":-90}`), "take 12 of them", 0, nil, `{}`, "n"},
		"a word of an enum":         {schema(`"how"`, `"how":{"type":"string","enum":["slow","fast"]}`), "do it fast", 0, nil, `{"how":"fast"}`, ""},
		"settings, the middle":      {strength, "", 0, nil, `{"strength":1}`, ""},
		"settings, another":         {strength, "", 1, nil, `{"strength":2}`, ""},
		"settings, the last":        {strength, "", 2, nil, `{"strength":0}`, ""},
		"a default first":           {schema(``, `"s":{"type":"string","enum":["a","b"],"default":"b"}`), "", 0, nil, `{"s":"b"}`, ""},
		"optional":                  {schema(``, `"s":{"type":"string"}`), "", 0, nil, `{}`, ""},
		"a number with zeros":       {schema(`"n"`, `"n":{"type":"integer"}`), "take 007 of them", 0, nil, `{"n":7}`, ""},
		"a size with zeros":         {schema(`"width"`, `"width":{"type":"integer"}`), "to 064x48", 0, nil, `{"width":64}`, ""},
		"a size of few":             {schema(`"width"`, `"width":{"type":"integer","minimum":1,"maximum":8}`), "to 7x5", 0, nil, `{"width":7}`, ""},
		"a size out of range":       {schema(`"width"`, `"width":{"type":"integer","maximum":9}`), "to 64x48", 0, nil, `{}`, "width"},
		"settings of fractions":     {schema(`"n"`, `"n":{"type":"integer","minimum":0.5,"maximum":2.5}`), "", 1, nil, `{"n":2}`, ""},
		"no settings far out":       {schema(`"n"`, `"n":{"type":"integer","minimum":9.2e18,"maximum":9.2e18}`), "", 0, nil, `{}`, "n"},
		"nor beyond all numbers":    {schema(`"n"`, `"n":{"type":"integer","minimum":1e300,"maximum":1e300}`), "", 0, nil, `{}`, "n"},
		"nor in a range of none":    {schema(`"n"`, `"n":{"type":"integer","minimum":3,"maximum":1}`), "", 0, nil, `{}`, "n"},
		"missing":                   {schema(`"s"`, `"s":{"type":"string"}`), "", 0, nil, `{}`, "s"},
	} {
		got, missing, err := toolpath.Bind(c.spec, "with img-9", toolpath.Subtask{About: c.about}, c.attempt, c.before, outputs)
		if err != nil || string(got) != c.want || strings.Join(missing, " ") != c.missing {
			t.Errorf("%s: %s without %v, %v; want %s without %q", name, got, missing, err, c.want, c.missing)
		}
	}
	if _, _, err := toolpath.Bind(tool.Spec{Name: "t", Input: json.RawMessage(`[`)}, "", toolpath.Subtask{}, 0, nil, nil); err == nil {
		t.Error("a broken schema is read")
	}
}

func TestSpecsAndSmoothing(t *testing.T) {
	specs := []tool.Spec{
		{Name: "sun", Solves: []tool.Job{{Name: "dry", Rank: 2}}}, {Name: "plug"},
		{Name: "machine", Needs: []string{"plug"}, Solves: []tool.Job{{Name: "wash", Rank: 1}}},
		{Name: "lost", Needs: []string{"nothing"}}, {Name: "sing", Description: "Sings."},
	}
	c := toolpath.FromSpecs(specs)
	if len(c.Tools) != 4 || len(c.Kinds) != 3 || c.Kinds[0].Name != "sing" || len(c.Tools[1].Solves) != 0 || c.Validate() != nil {
		t.Errorf("%+v, %v", c, c.Validate())
	}
	table := &toolpath.Table{}
	for range 2 {
		table.Add("sun", "dry", 3, 0, true)
	}
	subtasks := []toolpath.Subtask{{ID: "1", Kind: "wash"}, {ID: "2", Kind: "dry", Parents: []string{"1"}}}
	g, err := c.Graph(table.Smoothed(), subtasks)
	if err != nil || g.Nodes[len(g.Nodes)-1].Quality != .25 || g.Nodes[1].Quality != .5 {
		t.Errorf("%+v, %v; want a quarter after two failures and a half for what was never tried", g, err)
	}
}

// TestATableOfAnythingIsRead: what tools say of themselves ends up in tables, and no table keeps a goal from being planned for.
func TestATableOfAnythingIsRead(t *testing.T) {
	c := toolpath.FromSpecs([]tool.Spec{{Name: "sun", Price: tool.Price{USD: 1e300}}})
	for _, seconds := range []float64{1e300, 0, -1} {
		table := &toolpath.Table{}
		table.Add("sun", "sun", seconds, 1, false)
		if g, err := c.Graph(table, []toolpath.Subtask{{ID: "1", Kind: "sun"}}); err != nil {
			t.Errorf("%g seconds: %v, %v", seconds, g, err)
		}
	}
	if g, err := c.Graph(nil, []toolpath.Subtask{{ID: "1", Kind: "sun"}}); err != nil {
		t.Errorf("a price beyond all money: %v, %v", g, err)
	}
}
