package prompt

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
)

func chat(t testing.TB, mode Mode) *Chat {
	t.Helper()
	c, err := Render(model.Request{Tools: specs, Goal: "g", Outline: true}, mode)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func raw(pairs ...string) []model.RawCall {
	var out []model.RawCall
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, model.RawCall{Tool: pairs[i], Args: pairs[i+1]})
	}
	return out
}

func TestSampleTools(t *testing.T) {
	c := chat(t, Tools)
	wire := wireName("mail.send")
	call := []Call{{Tool: "find_user", Args: `{"name":"Ann"}`}}
	first := raw("find_user", `{"name":"Ann"}`)
	for _, tc := range []struct {
		name string
		in   Answer
		want model.Sample
	}{
		{"answer", Answer{Text: " Done. "}, model.Sample{Answer: "Done."}},
		{"call", Answer{Calls: call}, model.Sample{Calls: first}},
		{"wire name", Answer{Calls: []Call{{Tool: wire, Args: `{}`}}}, model.Sample{Calls: raw("mail.send", "{}")}},
		{"unknown tool comes through", Answer{Calls: []Call{{Tool: "rm", Args: `{`}}}, model.Sample{Calls: raw("rm", "{")}},
		{"outline", Answer{Calls: call, Text: `PLAN: mail.send {"to":"a;b"}; done`},
			model.Sample{Calls: first, Outline: raw("mail.send", `{"to":"a;b"}`), Complete: true}},
		{"outline without args or end", Answer{Calls: call, Text: "I will look.\n**Plan:** find_user(x=1), " + wire},
			model.Sample{Calls: first, Outline: raw("find_user", "", "mail.send", "")}},
		{"outline in parentheses, arrows", Answer{Calls: call, Text: `plan: find_user({"name":"B"}) -> mail.send → DONE.`},
			model.Sample{Calls: first, Outline: raw("find_user", `{"name":"B"}`, "mail.send", ""), Complete: true}},
		{"outline as a list", Answer{Calls: call, Text: "PLAN:\n1. find_user {\"name\":\"B\"}\n2) mail.send\n- done"},
			model.Sample{Calls: first, Outline: raw("find_user", `{"name":"B"}`, "mail.send", ""), Complete: true}},
		{"garbled outline", Answer{Calls: call, Text: "PLAN: first we look, then mail.send; done"}, model.Sample{Calls: first}},
		{"broken args in outline", Answer{Calls: call, Text: `PLAN: find_user {"name":; mail.send; done`},
			model.Sample{Calls: first, Outline: raw("find_user", "", "mail.send", ""), Complete: true}},
		{"nothing follows", Answer{Calls: call, Text: "PLAN: done"}, model.Sample{Calls: first, Complete: true}},
		{"answer with a plan line", Answer{Text: "It is 7.\nPLAN: done"}, model.Sample{Answer: "It is 7."}},
		{"call as text", Answer{Text: "<tool_call>\n{\"name\": \"find_user\", \"arguments\": {\"name\":\"Ann\"}}\n</tool_call>"}, model.Sample{Calls: first}},
		{"call as fenced text", Answer{Text: "```json\n{\"tool\": \"find_user\", \"args\": \"{\\\"name\\\":\\\"Ann\\\"}\"}\n```\nPLAN: done"},
			model.Sample{Calls: first, Complete: true}},
		{"JSON that is no call is an answer", Answer{Text: `{"name":"Ann"}`}, model.Sample{Answer: `{"name":"Ann"}`}},
		{"cut in the second call", Answer{Calls: append(call, Call{Tool: wire, Args: `{"to`}), Cut: true}, model.Sample{Calls: first}},
		{"only a plan", Answer{Text: `PLAN: find_user {"name":"Ann"}; mail.send; done`},
			model.Sample{Calls: first, Outline: raw("mail.send", ""), Complete: true}},
	} {
		got, err := c.Sample(tc.in)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
		} else if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%s: -want +got\n%s", tc.name, d)
		}
	}
}

func TestSampleJSON(t *testing.T) {
	c := chat(t, JSON)
	first := raw("find_user", `{"name":"Ann"}`)
	for _, tc := range []struct {
		in   string
		want model.Sample
	}{
		{`{"calls":[{"tool":"find_user","args":{"name":"Ann"}}],"outline":[{"tool":"mail.send"}],"done":true}`,
			model.Sample{Calls: first, Outline: raw("mail.send", ""), Complete: true}},
		{"```json\n{\"calls\":[{\"tool\":\"find_user\",\"args\":{\"name\":\"Ann\"}}],\"outline\":[],\"done\":false}\n```", model.Sample{Calls: first}},
		{`{"calls":[],"outline":[],"done":true,"answer":"7"}`, model.Sample{Answer: "7"}},
		{`{"calls":[{"tool":"find_user","args":{"name":"Ann"}}],"outline":[{"tool":"rm"},{"tool":"mail.send"}],"done":true}`, model.Sample{Calls: first}},
	} {
		got, err := c.Sample(Answer{Text: tc.in})
		if err != nil {
			t.Errorf("%s: %v", tc.in, err)
		} else if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%s: -want +got\n%s", tc.in, d)
		}
	}
}

func TestSampleGarbage(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000)
	for _, tc := range []struct {
		mode Mode
		in   Answer
	}{
		{Tools, Answer{}},
		{Tools, Answer{Text: " \n"}},
		{Tools, Answer{Text: "PLAN: done"}},
		{Tools, Answer{Text: "The answer is 4", Cut: true}},
		{Tools, Answer{Calls: []Call{{Tool: "find_user", Args: `{"name":"An`}}, Cut: true}},
		{Tools, Answer{Calls: []Call{{Args: "{}"}}}},
		{Tools, Answer{Calls: []Call{{Tool: "find_user", Args: deep}}}},
		{Tools, Answer{Calls: []Call{{Tool: "find_user", Args: strings.Repeat("x", 2<<20)}}}},
		{JSON, Answer{Text: "I can't do that"}},
		{JSON, Answer{Text: `{"calls":[],"answer":" "}`}},
		{JSON, Answer{Text: `{"calls":[{"tool":"find_user","args":` + deep + `}]}`}},
		{JSON, Answer{Text: `{"calls":[{"tool":"find_user","args":{"name":"An`}},
	} {
		_, err := chat(t, tc.mode).Sample(tc.in)
		if !errors.Is(err, model.ErrGarbage) {
			t.Errorf("mode %d %.60v: error %v, want ErrGarbage", tc.mode, tc.in, err)
		} else if len(err.Error()) > 700 {
			t.Errorf("mode %d: error is %d bytes long", tc.mode, len(err.Error()))
		}
	}
}

func FuzzSample(f *testing.F) {
	for _, s := range []string{
		`PLAN: find_user {"name":"Ann"}; mail.send; done`, "plan:\n1. find_user ({\"a\":\"}\"}) -> done", "PLAN:", "PLAN: ;;; -> {",
		`{"calls":[{"tool":"find_user","args":{}}],"outline":[{"tool":"find_user"}],"done":true}`, "<tool_call>{\"name\":\"find_user\"}",
		strings.Repeat("[", 10_000), "```json\n[{}]```", "PLAN: find_user {\"a\":\"\\",
	} {
		f.Add(s, `{"a":1}`)
	}
	tools, object := chat(f, Tools), chat(f, JSON)
	f.Fuzz(func(t *testing.T, text, args string) {
		for _, c := range []*Chat{tools, object} {
			for _, a := range []Answer{{Text: text}, {Text: text, Calls: []Call{{Tool: "find_user", Args: args}}}} {
				if err := sane(c, a); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// sane says what every reading must keep to: garbage is said to be, a sample has calls or an answer, an outline names
// offered tools only and its arguments are JSON.
func sane(c *Chat, a Answer) error {
	s, err := c.Sample(a)
	if err != nil {
		if !errors.Is(err, model.ErrGarbage) {
			return fmt.Errorf("error %w is not ErrGarbage", err)
		}
		return nil
	}
	if len(s.Calls) == 0 && s.Answer == "" {
		return errors.New("neither calls nor an answer")
	}
	for _, o := range s.Outline {
		if _, ok := c.names.known(o.Tool); !ok {
			return fmt.Errorf("outline names %q", o.Tool)
		}
		if o.Args == "" || c.mode == JSON {
			continue
		}
		if _, err := canon.JSON([]byte(o.Args)); err != nil {
			return fmt.Errorf("outline arguments %q: %w", o.Args, err)
		}
	}
	return nil
}

func FuzzNames(f *testing.F) {
	f.Add("plain", "with.dot")
	f.Add("a.b", "a/b")
	f.Add(strings.Repeat("x", 65), strings.Repeat("x", 66))
	f.Fuzz(func(t *testing.T, a, b string) {
		n := names{}
		for _, name := range []string{a, b} {
			wire, err := n.add(name)
			if err != nil {
				if name != "" && a != b {
					t.Fatalf("%q after %q: %v", name, a, err)
				}
				continue
			}
			if len(wire) > maxName || strings.ContainsFunc(wire, func(r rune) bool { return !nameRune(r) || strings.ContainsRune("./:", r) }) {
				t.Fatalf("%q: wire name %q", name, wire)
			}
			if n.real(wire) != name {
				t.Fatalf("%q comes back as %q", name, n.real(wire))
			}
		}
	})
}
