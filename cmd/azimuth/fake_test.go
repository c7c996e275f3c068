package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// scripted is a model server whose every answer stands in a file, one a line: the line is chosen by how many calls were
// made and answered in the conversation, the last one for all that follow.
//
//	tool NAME {"arguments": …}    a call
//	say TEXT                      a final answer
//	status CODE                   an HTTP error
//	garbage                       no JSON
//	empty                         no choice
//	deep NAME                     a call with arguments nested 10,000 deep
//	shown N TEXT | OTHER          TEXT where the instructions show at least N demonstrations, OTHER elsewhere
//	hang FILE                     writes a line to the file, and no answer until the client has gone
//
// Lines "when PHRASE => LINE" come first: the first one whose phrase the conversation has, spaces aside, answers.
type scripted []string

func (s scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var req struct {
		N        int
		Messages []struct {
			Role    string
			Content json.RawMessage
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	at, said := 0, ""
	for _, m := range req.Messages {
		if m.Role == "tool" {
			at++
		}
		var text string
		_ = json.Unmarshal(m.Content, &text) // content of another form has no phrase
		said += " " + strings.Join(strings.Fields(text), " ")
	}
	verb, rest, _ := strings.Cut(s.line(at, said), " ")
	switch verb {
	case "shown":
		least, texts, _ := strings.Cut(rest, " ")
		answer, other, _ := strings.Cut(texts, " | ")
		if n, _ := strconv.Atoi(least); strings.Count(string(req.Messages[0].Content), `\nGoal: `) < n {
			answer = other
		}
		stream(w, max(req.N, 1), "say", answer, at)
	case "status":
		code := 0
		_, _ = fmt.Sscan(rest, &code)
		http.Error(w, `{"error":{"message":"the model is on fire"}}`, code)
	case "garbage":
		fmt.Fprint(w, "<html>not what you asked for</html>")
	case "hang":
		_ = os.WriteFile(rest, []byte("up\n"), 0o600)
		<-r.Context().Done()
	default:
		stream(w, max(req.N, 1), verb, rest, at)
	}
}

// line is what answers the conversation.
func (s scripted) line(at int, said string) string {
	for i, l := range s {
		phrase, rest, _ := strings.Cut(strings.TrimPrefix(l, "when "), " => ")
		switch {
		case rest == "" || !strings.HasPrefix(l, "when "):
			return s[min(i+at, len(s)-1)]
		case strings.Contains(said, phrase):
			return rest
		}
	}
	return "empty"
}

// stream writes the same answer n times.
func stream(w http.ResponseWriter, n int, verb, rest string, at int) {
	type object = map[string]any
	say := func(v any) {
		raw, _ := json.Marshal(v)
		fmt.Fprintf(w, "data: %s\n\n", raw)
	}
	w.Header().Set("Content-Type", "text/event-stream")
	for i := 0; i < n && verb != "empty"; i++ {
		delta := object{"role": "assistant", "content": rest}
		if verb != "say" {
			name, args, _ := strings.Cut(rest, " ")
			if verb == "deep" {
				args = `{"line":` + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + "}"
			}
			delta = object{"role": "assistant", "tool_calls": []object{{"index": 0, "id": fmt.Sprintf("call%d", at), "type": "function",
				"function": object{"name": name, "arguments": args}}}}
		}
		say(object{"choices": []object{{"index": i, "delta": delta}}})
		say(object{"choices": []object{{"index": i, "delta": object{}, "finish_reason": "stop"}}})
	}
	say(object{"choices": []object{}, "usage": object{"prompt_tokens": 100, "completion_tokens": 10 * n}})
	fmt.Fprint(w, "data: [DONE]\n\n")
}

func startModel(ts *testscript.TestScript, _ bool, args []string) {
	s := httptest.NewServer(scripted(strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")))
	ts.Defer(s.Close)
	ts.Setenv("AZIMUTH_MODEL", "vllm/scripted")
	ts.Setenv("AZIMUTH_MODEL_MODE", "tools")
	ts.Setenv("AZIMUTH_BASE_URL", s.URL+"/v1")
	ts.Setenv("AZIMUTH_SAMPLES", "2")
}

func serve(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[1])
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }))
	ts.Defer(s.Close)
	ts.Setenv(args[0], s.URL)
}
