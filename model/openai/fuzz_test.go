package openai_test

import (
	"net/http"
	"testing"

	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
)

func FuzzResponse(f *testing.F) {
	f.Add([]byte(`{"choices":[{"message":{"content":"a","tool_calls":[{"function":{"name":"x","arguments":"{"}}]},"finish_reason":"length"}]}`), 200)
	f.Add([]byte(`{"choices":[{"index":-1,"message":{"content":[{"type":"text","text":"a"}]}}],"usage":{"prompt_tokens":-5,"completion_tokens":9}}`), 200)
	f.Add([]byte(`{"error":{"message":["a"],"code":"x"}}`), 400)
	f.Add([]byte(`{"error":null}`), 500)
	var body []byte
	status := 200
	srv := serve(f, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		w.Write(body)
	})
	m := srv.open(f, func(o *openai.Options) { o.MaxN, o.Retries = 1, -1 })
	f.Fuzz(func(t *testing.T, b []byte, code int) {
		if code < 200 || code > 599 || code == 204 || code == 304 {
			return
		}
		body, status = b, code
		resp, err := m.Propose(t.Context(), modeltest.Request(1))
		if (err == nil) != (len(resp.Samples) > 0) || resp.Usage.Prompt < 0 || resp.Usage.Completion < 0 {
			t.Fatalf("%+v and error %v", resp, err)
		}
	})
}
