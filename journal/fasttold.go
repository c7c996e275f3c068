package journal

import (
	"encoding/json"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// fastTold decodes the one kind of which a run has thousands, several times as fast as encoding/json. It says false, and
// leaves the work to encoding/json, where the text is not as encode writes it. TestFastToldKnowsAllFields fails when a
// field is missing here. Raw JSON in t shares data's memory.
func fastTold(data []byte, t *Told) bool {
	c := &cursor{b: data}
	c.told(t)
	return !c.bad && c.i == len(data)
}

func (c *cursor) told(t *Told) {
	c.want('{')
	if c.key(`"request":`) {
		c.request(&t.Request)
	}
	if c.key(`"outcome":`) {
		c.outcome(&t.Outcome)
	}
	if c.key(`"actions":`) {
		t.Actions = list(c, (*cursor).action)
	}
	if c.key(`"observed":`) {
		t.Observed = list(c, (*cursor).observation)
	}
	if c.key(`"usage":`) {
		c.usage(&t.Usage)
	}
	if c.key(`"rejects":`) {
		t.Rejects = list(c, (*cursor).rawCall)
	}
	if c.key(`"answers":`) {
		t.Answers = list(c, func(c *cursor, s *string) { *s = c.string() })
	}
	if c.key(`"reason":`) {
		t.Reason = c.string()
	}
	if c.key(`"lesson":`) {
		t.Lesson = c.string()
	}
	if c.key(`"subtasks":`) {
		decoded(c, &t.Subtasks)
	}
	c.want('}')
}

// decoded reads what a run has once, with encoding/json.
func decoded[T any](c *cursor, to *T) {
	if raw := c.raw(); c.bad || json.Unmarshal(raw, to) != nil {
		c.fail()
	}
}

func (c *cursor) request(r *search.Request) {
	c.want('{')
	if c.key(`"id":`) {
		r.ID = c.uint(64)
	}
	if c.key(`"node":`) {
		r.Node = c.node()
	}
	if c.key(`"kind":`) {
		r.Kind = search.Kind(c.uint(8))
	}
	if c.key(`"samples":`) {
		r.Samples = int(c.int(0))
	}
	c.want('}')
}

func (c *cursor) node() search.NodeID { return search.NodeID(c.uint(32)) }

func (c *cursor) outcome(o *search.Outcome) {
	c.want('{')
	if c.key(`"failed":`) {
		o.Failed = c.node()
	}
	if c.key(`"samples":`) {
		o.Samples = int(c.int(0))
	}
	if c.key(`"candidates":`) {
		o.Candidates = list(c, (*cursor).candidate)
	}
	if c.key(`"cut":`) {
		o.Cut = c.boolean()
	}
	if c.key(`"state":`) {
		o.State = c.uint(64)
	}
	if c.key(`"verdict":`) {
		o.Verdict = search.Verdict(c.uint(8))
	}
	if c.key(`"score":`) {
		o.Score = c.float()
	}
	if c.key(`"values":`) {
		o.Values = list(c, func(c *cursor, v *float64) { *v = c.float() })
	}
	if c.key(`"graph":`) {
		decoded(c, &o.Graph)
	}
	if c.key(`"took":`) {
		o.Took = c.float()
	}
	if c.key(`"changed":`) {
		o.Changed = c.boolean()
	}
	c.want('}')
}

func (c *cursor) candidate(d *search.Candidate) {
	c.want('{')
	if c.key(`"parent":`) {
		d.Parent = int32(c.int(32))
	}
	if c.key(`"action":`) {
		d.Action = search.ActionID(c.uint(32))
	}
	if c.key(`"finish":`) {
		d.Finish = c.boolean()
	}
	if c.key(`"imagined":`) {
		d.Imagined = c.boolean()
	}
	if c.key(`"votes":`) {
		d.Votes = int32(c.int(32))
	}
	if c.key(`"remaining":`) {
		d.Remaining = c.float()
	}
	if c.key(`"prior":`) {
		d.Prior = c.float()
	}
	if c.key(`"parts":`) {
		d.Parts = list(c, func(c *cursor, f *float64) { *f = c.float() })
	}
	if c.key(`"tool":`) {
		d.Tool = int32(c.int(32))
	}
	c.want('}')
}

func (c *cursor) action(a *Action) {
	c.want('{')
	if c.key(`"id":`) {
		a.ID = search.ActionID(c.uint(32))
	}
	if c.key(`"call":`) {
		a.Call = new(tool.Call)
		c.call(a.Call)
	}
	if c.key(`"answer":`) {
		a.Answer = c.string()
	}
	if c.key(`"gave_up":`) {
		a.GaveUp = c.boolean()
	}
	c.want('}')
}

func (c *cursor) call(call *tool.Call) {
	c.want('{')
	if c.key(`"tool":`) {
		call.Tool = c.string()
	}
	if c.key(`"args":`) {
		call.Args = c.raw()
	}
	c.want('}')
}

func (c *cursor) rawCall(r *model.RawCall) {
	c.want('{')
	if c.key(`"tool":`) {
		r.Tool = c.string()
	}
	if c.key(`"args":`) {
		r.Args = c.string()
	}
	c.want('}')
}

func (c *cursor) observation(o *Observation) {
	c.want('{')
	if c.key(`"node":`) {
		o.Node = c.node()
	}
	if c.key(`"status":`) {
		if s := c.string(); !c.bad && o.Status.UnmarshalText([]byte(s)) != nil {
			c.fail()
		}
	}
	if c.key(`"result":`) {
		c.result(&o.Result)
	}
	if c.key(`"cached":`) {
		o.Cached = c.boolean()
	}
	c.want('}')
}

func (c *cursor) result(r *tool.Result) {
	c.want('{')
	if c.key(`"content":`) {
		r.Content = c.string()
	}
	if c.key(`"value":`) {
		r.Value = c.raw()
	}
	if c.key(`"is_error":`) {
		r.IsError = c.boolean()
	}
	c.want('}')
}

func (c *cursor) usage(u *model.Usage) {
	c.want('{')
	for _, f := range [...]struct {
		key string
		to  *int
	}{
		{`"requests":`, &u.Requests}, {`"samples":`, &u.Samples}, {`"prompt_tokens":`, &u.Prompt},
		{`"cached_tokens":`, &u.Cached}, {`"cache_write_tokens":`, &u.Written}, {`"completion_tokens":`, &u.Completion},
	} {
		if c.key(f.key) {
			*f.to = int(c.int(0))
		}
	}
	if c.key(`"usd":`) {
		u.USD = c.float()
	}
	if c.key(`"estimated":`) {
		u.Estimated = c.boolean()
	}
	c.want('}')
}
