package label

import (
	"encoding/json"
	"math"
	"testing"
)

func TestScore(t *testing.T) {
	gold := Label{Dict: json.RawMessage(`{"a":1,"b":["x"],"c":"y"}`)}
	for _, c := range []struct {
		state string
		ok    bool
		f1    float64
	}{
		{`{"a":1,"b":["x"],"c":"y"}`, true, 1},
		{`{"a":1,"b":["x"]}`, false, 0.8},
		{`{"a":1,"b":["x"],"c":"y","d":0}`, false, 6.0 / 7},
		{`{"a":2,"b":["x"],"c":"y"}`, false, 2.0 / 3},
		{`{}`, false, 0}, {`{"z":1}`, false, 0}, {`[]`, false, 0}, {``, false, 0},
	} {
		ok, f1 := Score(json.RawMessage(c.state), gold)
		if ok != c.ok || math.Abs(f1-c.f1) > 1e-12 {
			t.Errorf("%s: got %v, %v, want %v, %v", c.state, ok, f1, c.ok, c.f1)
		}
	}
}
