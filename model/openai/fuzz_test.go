package openai_test

import (
	"net/http"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
)

func FuzzResponse(f *testing.F) {
	f.Add([]byte(`{"choices":[{"message":{"content":"a","tool_calls":[{"function":{"name":"x","arguments":"{"}}]},"finish_reason":"length"}]}`), 200)
	f.Add([]byte(`{"choices":[{"index":-1,"message":{"content":[{"type":"text","text":"a"}]}}],"usage":{"prompt_tokens":-5,"completion_tokens":9}}`), 200)
	f.Add([]byte(`{"tokens":[{"id":1,"piece":"a"},{"id":-2,"piece":[195]},{}],"choices":[{"logprobs":{"content":[{"bytes":[300]}]}}]}`), 200)
	f.Add([]byte(`{"choices":[{"logprobs":{"content":[{"token":"","logprob":1e999}]}},{"logprobs":{"content":[]}}]}`), 200)
	f.Add([]byte(`{"error":{"message":["a"],"code":"x"}}`), 400)
	f.Add([]byte(`{"error":null}`), 500)
	var body []byte
	status := 200
	srv := serve(f, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		w.Write(body)
	})
	m := srv.open(f, func(o *openai.Options) { o.MaxN, o.Retries, o.Bias = 1, -1, true })
	f.Fuzz(func(t *testing.T, b []byte, code int) {
		if code < 200 || code > 599 || code == 204 || code == 304 {
			return
		}
		body, status = b, code
		resp, err := m.Propose(t.Context(), modeltest.Request(1))
		if (err == nil) != (len(resp.Samples) > 0) || resp.Usage.Prompt < 0 || resp.Usage.Completion < 0 {
			t.Fatalf("%+v and error %v", resp, err)
		}
		drawn, err := m.DrawNext(t.Context(), model.DrawRequest{Of: modeltest.Request(1), Text: "{"})
		if (err == nil) != (len(drawn.Tokens) > 0) || drawn.Usage.Prompt < 0 || drawn.Usage.Completion < 0 {
			t.Fatalf("%+v and error %v", drawn, err)
		}
		if pieces, err := m.Tokenize(t.Context(), "a"); err != nil && pieces != nil {
			t.Fatalf("%+v and error %v", pieces, err)
		}
	})
}
