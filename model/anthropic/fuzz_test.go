package anthropic_test

import (
	"net/http"
	"testing"

	"github.com/azimuthdev/azimuth/model/anthropic"
	"github.com/azimuthdev/azimuth/model/modeltest"
)

func FuzzMessage(f *testing.F) {
	f.Add([]byte(`{"content":[`+list+`],"stop_reason":"tool_use","usage":{"input_tokens":1}}`), 200)
	f.Add([]byte(`{"content":[{"type":"tool_use","input":[[[[`), 200)
	f.Add([]byte(`{"type":"error","error":{"message":7}}`), 400)
	f.Add([]byte(`null`), 200)
	var body []byte
	status := 200
	srv := serve(f, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		w.Write(body)
	})
	m := srv.open(f, func(o *anthropic.Options) { o.Retries = -1 })
	f.Fuzz(func(t *testing.T, b []byte, code int) {
		if code < 200 || code > 599 || code == 204 || code == 304 {
			return
		}
		body, status = b, code
		resp, err := m.Propose(t.Context(), modeltest.Request(1))
		if (err == nil) != (len(resp.Samples) > 0) || resp.Usage.Prompt < 0 {
			t.Fatalf("%+v and error %v", resp, err)
		}
	})
}
