package openai_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/azimuthdev/azimuth/model/modeltest"
)

// Endpoints that refuse so many choices are asked for as many as they say they take.
func TestRefusesN(t *testing.T) {
	for _, c := range []struct {
		most    int
		message string
	}{
		{2, "Field 'n': Value must be between 1 <= value <= 2, but got 5"}, // llama.cpp
		{1, "'n' : number must be at most 1"},
		{1, "n_cmpl is not supported here"},
	} {
		f := serve(t, func(w http.ResponseWriter, r *http.Request, q wire, nth int) {
			if q.N > c.most {
				http.Error(w, fmt.Sprintf(`{"error":{"message":%q}}`, c.message), http.StatusBadRequest)
				return
			}
			sensible(w, r, q, nth)
		})
		m := f.open(t, nil)
		want := 1 + (5+c.most-1)/c.most
		for range 2 {
			resp, err := m.Propose(t.Context(), modeltest.Request(5))
			if err != nil || len(resp.Samples) != 5 || resp.Usage.Requests != want {
				t.Errorf("%s: %d samples, usage %+v, %v, want %d requests", c.message, len(resp.Samples), resp.Usage, err, want)
			}
			want = (5 + c.most - 1) / c.most
		}
	}
}
