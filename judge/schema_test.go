package judge

import (
	"encoding/json"
	"strings"
	"testing"
)

const bookingSchema = `{"type":"object","required":["city","price"],"properties":{"city":{"enum":["Oslo"]},"price":{"type":"number","maximum":500},"nights":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"integer"}}}`

func TestSchema(t *testing.T) {
	for _, tt := range []struct {
		target Target
		plan   Plan
		accept bool
		reason string
		err    string
	}{
		{Answer, Plan{Answer: `{"city":"Oslo","price":420.5}`}, true, "", ""},
		{State, Plan{Answer: "done", State: json.RawMessage(`{"city":"Oslo","price":420.5,"nights":2}`)}, true, "", ""},
		{Answer, Plan{Answer: `{"city":"Rome","price":501,"nights":1.5}`}, false, "/city: value must be 'Oslo'; /nights: got number, want integer; /price: maximum: got 501, want 500", ""},
		{Answer, Plan{Answer: `{"price":1}`}, false, "/: missing property 'city'", ""},
		{Answer, Plan{Answer: "I booked Oslo"}, false, "the answer is not JSON", ""},
		{Answer, Plan{Answer: `{} {}`}, false, "the answer is not JSON", ""},
		{Answer, Plan{}, false, "the answer is not JSON", ""},
		{Answer, Plan{Answer: strings.Repeat("[", 10_000)}, false, "nested deeper", ""},
		{State, Plan{Answer: `{"city":"Oslo","price":1}`}, false, "", "outside of a world"},
	} {
		j, err := Schema("booking.json", json.RawMessage(bookingSchema), tt.target)
		if err != nil {
			t.Fatal(err)
		}
		v, err := j.Judge(t.Context(), tt.plan)
		if v.Accepted != tt.accept || (v.Score == 1) != tt.accept || !strings.Contains(v.Reason, tt.reason) {
			t.Errorf("%s %.60s: %+v", tt.target, tt.plan.Answer, v)
		}
		if (err != nil) != (tt.err != "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s %.60s: error %v", tt.target, tt.plan.Answer, err)
		}
	}
}

func TestSchemaReasonsAreShort(t *testing.T) {
	j, err := Schema("s", json.RawMessage(`{"items":{"type":"string"}}`), Answer)
	if err != nil {
		t.Fatal(err)
	}
	v, err := j.Judge(t.Context(), Plan{Answer: "[1,2,3,4,5]"})
	if err != nil || !strings.HasSuffix(v.Reason, "/2: got number, want string; and 2 more") {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestBadSchemas(t *testing.T) {
	for _, tt := range []struct{ text, target, says string }{
		{`{"type":"objekt"}`, "answer", "schema s: not a JSON Schema: /type"},
		{`{"type":`, "answer", "schema s: not JSON"},
		{`{"pattern":"("}`, "answer", "schema s: not a JSON Schema"},
		{`{"$ref":"file:///etc/passwd"}`, "answer", "only references inside"},
		{`{"$ref":"https://example.com/s.json"}`, "answer", "only references inside"},
		{strings.Repeat(`{"not":`, 10_000), "answer", "nested deeper"},
		{`{}`, "goal", `target "goal": want answer or state`},
	} {
		_, err := Schema("s", json.RawMessage(tt.text), Target(tt.target))
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%.40s: error %v", tt.text, err)
		}
	}
}
