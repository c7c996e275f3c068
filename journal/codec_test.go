package journal

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/google/go-cmp/cmp"
)

var at = time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("", 7200))

// payloads has one full value of each kind, as pointers.
func payloads() map[Kind]any {
	all := map[Kind]any{KindStarted: &Started{}, KindTold: &Told{}, KindChosen: &Chosen{}, KindApproval: &Approval{},
		KindIntent: &Intent{}, KindDone: &Done{}, KindSpent: &Spent{}, KindEnded: &Ended{}}
	for _, p := range all {
		full(reflect.ValueOf(p).Elem())
	}
	return all
}

func TestNewDecodesBack(t *testing.T) {
	for kind, p := range payloads() {
		rec, err := New(7, at, kind, p)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if rec.Version != Version || rec.Seq != 7 || !rec.At.Equal(at) || rec.At.Location() != time.UTC || rec.Kind != kind {
			t.Errorf("%s: record %+v", kind, rec)
		}
		byValue, err := New(7, at, kind, reflect.ValueOf(p).Elem().Interface())
		if err != nil || string(byValue.Data) != string(rec.Data) {
			t.Errorf("%s: as a value %s, %v", kind, byValue.Data, err)
		}
		got, err := rec.Payload()
		if d := cmp.Diff(p, got); err != nil || d != "" {
			t.Errorf("%s: error %v (-want +got):\n%s", kind, err, d)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		kind    Kind
		payload any
		want    string
	}{
		"another kind": {KindTold, Ended{}, `record 3: a journal.Ended is no payload of kind "told"`},
		"no payload":   {KindTold, 17, `record 3: a int is no payload of kind "told"`},
		"nothing":      {"", nil, `record 3: a <nil> is no payload of kind ""`},
		"no number": {KindTold, Told{Outcome: search.Outcome{Score: math.NaN()}},
			"record 3 of kind told: json: unsupported value: NaN"},
	} {
		if _, err := New(3, at, c.kind, c.payload); err == nil || err.Error() != c.want {
			t.Errorf("%s: error %v, want %s", name, err, c.want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	rec := func(v int, kind Kind, data string) Record {
		return Record{Version: v, Seq: 5, Kind: kind, Data: json.RawMessage(data)}
	}
	for name, c := range map[string]struct {
		rec  Record
		want error // nil is a *CorruptError
	}{
		"newer version": {rec(Version+1, KindTold, `{}`), ErrNewer},
		"unknown kind":  {rec(Version, "dreamt", `{}`), ErrNewer},
		"no JSON":       {rec(Version, KindTold, `{"request":{`), nil},
		"nothing":       {rec(Version, KindTold, ``), nil},
		"null":          {rec(Version, KindTold, `null`), nil},
		"trailing":      {rec(Version, KindTold, `{"usage":{}} x`), nil},
		"wrong type":    {rec(Version, KindTold, `{"request":{"id":"one"}}`), nil},
		"too large":     {rec(Version, KindTold, `{"request":{"id":1,"node":4294967296}}`), nil},
		"no status":     {rec(Version, KindTold, `{"observed":[{"node":1,"status":"dreamt"}]}`), nil},
		"deep":          {rec(Version, KindTold, `{"observed":[{"node":1,"result":{"value":`+strings.Repeat("[", 1e5)), nil},
	} {
		got, err := Decode[Told](c.rec)
		var ce *CorruptError
		if c.want != nil && !errors.Is(err, c.want) || c.want == nil && (!errors.As(err, &ce) || ce.Seq != 5) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
		if d := cmp.Diff(Told{}, got); d != "" {
			t.Errorf("%s: something came with the error: %s", name, d)
		}
		if _, err2 := c.rec.Payload(); err2 == nil || err2.Error() != err.Error() {
			t.Errorf("%s: Payload says %v, Decode %v", name, err2, err)
		}
	}
	if _, err := Decode[Ended](rec(Version, KindTold, `{}`)); err == nil || errors.Is(err, ErrNewer) {
		t.Errorf("decoded as another kind: %v", err)
	}
}

func TestErrorsNameRunAndRecord(t *testing.T) {
	m := NewMemory()
	if err := m.Create(t.Context(), Run{ID: "r1"}); err != nil {
		t.Fatal(err)
	}
	if err := m.Append(t.Context(), "r1", Record{Version: 1, Seq: 1, Kind: KindEnded, Data: json.RawMessage(`{"status":1}`)}); err != nil {
		t.Fatal(err)
	}
	for _, err := range Read(t.Context(), m, "r1", 1) {
		if err == nil || !strings.HasPrefix(err.Error(), "the journal of r1 is damaged at record 1: ") {
			t.Errorf("error %v", err)
		}
	}
}

// TestForeignLayoutsDecodeToo: text that the fast way gives up on is read all the same.
func TestForeignLayoutsDecodeToo(t *testing.T) {
	want := Told{Request: search.Request{ID: 4, Node: 2}, Reason: "a/b",
		Actions: []Action{{ID: 1, Call: &tool.Call{Tool: "t", Args: json.RawMessage(`{ "x": 1 }`)}}}}
	for _, data := range []string{
		`{"request":{"id":4,"node":2},"actions":[{"id":1,"call":{"tool":"t","args":{ "x": 1 }}}],"reason":"a\/b"}`,
		`{ "reason": "a/b", "request": {"node": 2, "id": 4}, "actions":[{"call":{"args":{ "x": 1 },"tool":"t"},"id":1}] }`,
		`{"reason":"x","REASON":"a/b","future":[1],"request":{"id":4,"node":2},"actions":[{"id":1,"call":{"tool":"t","args":{ "x": 1 }}}]}`,
	} {
		got, err := Decode[Told](Record{Version: 1, Seq: 1, Kind: KindTold, Data: json.RawMessage(data)})
		if d := cmp.Diff(want, got); err != nil || d != "" {
			t.Errorf("%s: error %v (-want +got):\n%s", data, err, d)
		}
	}
}

func TestLongResultsAreCut(t *testing.T) {
	long := strings.Repeat("é", tool.JournalLimit/2+5)
	value := json.RawMessage(`"` + strings.Repeat("v", tool.JournalLimit) + `"`)
	told := Told{Observed: []Observation{{Node: 1, Result: tool.Result{Content: "a" + long}}, {Node: 2, Result: tool.Result{Content: "x", Value: value}}}}
	got := cut(&told).(Told)
	content := got.Observed[0].Result.Content
	if n := len(content); n > tool.JournalLimit || n < tool.JournalLimit-16 || !utf8.ValidString(content) || !strings.Contains(content, "bytes left out") {
		t.Errorf("%d bytes that end in %q", n, content[n-80:])
	}
	if r := got.Observed[1].Result; r.Value != nil || r.Content != "x\n[cut by the journal: a structured value of 16777218 bytes]" {
		t.Errorf("a long value became %q and %d bytes", r.Content, len(r.Value))
	}
	if len(told.Observed[0].Result.Content) != len(long)+1 {
		t.Error("the caller's payload was changed")
	}
	exact := tool.Result{Content: strings.Repeat("x", tool.JournalLimit)}
	for _, p := range []any{Done{Result: exact}, Started{Prefix: []model.Step{{Result: exact}}}} {
		if !reflect.DeepEqual(cut(p), p) {
			t.Errorf("a result of exactly the limit was cut in %T", p)
		}
	}
	over := tool.Result{Content: exact.Content + "y"}
	for _, p := range []any{&Done{Result: over}, &Started{Prefix: []model.Step{{}, {Result: over}}}} {
		if reflect.DeepEqual(cut(p), reflect.ValueOf(p).Elem().Interface()) {
			t.Errorf("a result above the limit was kept in %T", p)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for kind, p := range payloads() {
		rec, err := New(1, at, kind, p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(kind), 1, []byte(rec.Data))
	}
	f.Add("told", 1, []byte(`{"request":{"id":1},"request":{"node":2}}`))
	f.Add("told", 1, []byte(`{"observed":[{"node":1,"status":"failed","result":{"value":[1e5,-0,0.50]}}]}`))
	f.Add("dreamt", 2, []byte(`{}`))
	f.Fuzz(func(t *testing.T, kind string, version int, data []byte) {
		rec := Record{Version: version, Seq: 9, Kind: Kind(kind), Data: data}
		p, err := rec.Payload()
		var ce *CorruptError
		switch {
		case err == nil:
			again, err := New(9, at, rec.Kind, p)
			if err != nil {
				t.Fatalf("decoded %s, which can't be encoded: %v", data, err)
			}
			if _, err := again.Payload(); err != nil {
				t.Fatalf("%s: %v", again.Data, err)
			}
		case !errors.Is(err, ErrNewer) && (!errors.As(err, &ce) || ce.Seq != 9):
			t.Fatalf("error %v is neither ErrNewer nor a CorruptError", err)
		}
	})
}

// FuzzFastTold compares the fast way with encoding/json: it may give up, and must not differ.
func FuzzFastTold(f *testing.F) {
	var p Told
	full(reflect.ValueOf(&p).Elem())
	data, err := canon.Encode(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(data))
	for _, s := range []string{`{}`, `{"request":{},"usage":{"usd":1.}}`, `{"usage":{"usd":01}}`, `{"usage":{"usd":1e999}}`,
		`{"reason":"\ud800"}`, "{\"reason\":\"\xff\"}", `{"reason":"a",}`, `{,"reason":"a"}`, `{"answers":[]}`, `{"answers":["a",]}`,
		`{"actions":[{"call":{"args":nul}}]}`, `{"actions":[{"call":{"args":{"a":1,}}}]}`, `{"actions":[{"call":{"args":"\x"}}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var fast, slow Told
		if !fastTold(data, &fast) {
			return
		}
		if err := json.Unmarshal(data, &slow); err != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", err)
		}
		if d := cmp.Diff(slow, fast); d != "" {
			t.Fatal(d)
		}
	})
}

func BenchmarkFastTold(b *testing.B) {
	var p Told
	full(reflect.ValueOf(&p).Elem())
	data, err := canon.Encode(p)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		var t Told
		if !fastTold(data, &t) {
			b.Fatal("gave up")
		}
	}
}
