package journal

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// sample is a store with one run that has a full record of each kind.
func sample(t testing.TB) *Memory {
	t.Helper()
	m := NewMemory()
	w, err := Begin(t.Context(), m, Run{ID: "run-1", Goal: "a <goal>", Started: at}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := payloads()
	for _, kind := range []Kind{KindStarted, KindTold, KindChosen, KindApproval, KindIntent, KindDone, KindSpent, KindEnded} {
		if err := w.Append(t.Context(), kind, all[kind]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(t.Context(), "succeeded"); err != nil {
		t.Fatal(err)
	}
	return m
}

func export(t testing.TB, s Store, run string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Export(t.Context(), s, run, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExportImport(t *testing.T) {
	m := sample(t)
	text := export(t, m, "last")
	if n := strings.Count(text, "\n"); n != 9 {
		t.Errorf("%d lines, want a head and 8 records", n)
	}
	to := NewMemory()
	run, err := Import(t.Context(), to, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := m.Get(t.Context(), "run-1"); run != want {
		t.Errorf("imported %+v, want %+v", run, want)
	}
	if again := export(t, to, "run-1"); again != text {
		t.Errorf("exported again as\n%s\nwant\n%s", again, text)
	}
	if _, err := Import(t.Context(), to, strings.NewReader(text)); !errors.Is(err, ErrExists) {
		t.Errorf("a second time: %v", err)
	}
	if again := export(t, to, "run-1"); again != text {
		t.Error("the refused import changed the run")
	}
}

func TestImportRefuses(t *testing.T) {
	text := export(t, sample(t), "run-1")
	lines := strings.SplitAfter(text, "\n")
	change := func(old, with string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("no %s in the export", old)
		}
		return strings.Replace(text, old, with, 1)
	}
	for name, c := range map[string]struct {
		text string
		want error // nil is a *CorruptError
		says string
	}{
		"nothing":        {"", nil, "no journal in it"},
		"something else": {"hello\n", nil, "line 1 is not the beginning"},
		"other JSON":     {"{}\n", nil, "line 1 is not the beginning"},
		"newer format":   {change(`"azimuth_journal":1`, `"azimuth_journal":2`), ErrNewer, "newer version"},
		"newer run":      {change(`"records":8,"v":1`, `"records":8,"v":2`), ErrNewer, "newer version"},
		"newer record":   {change(`{"v":1,"seq":5`, `{"v":2,"seq":5`), ErrNewer, "newer version"},
		"no version":     {change(`{"v":1,"seq":5`, `{"v":0,"seq":5`), nil, "damaged at record 5"},
		"unknown kind":   {change(`"kind":"intent"`, `"kind":"dreamt"`), ErrNewer, "newer version"},
		"bad id":         {change(`"run_id":"run-1"`, `"run_id":"../x"`), ErrID, "run id"},
		"bad time":       {change(`"at":"2026`, `"at":"9999`), nil, "out of range"},
		"cut off":        {strings.Join(lines[:6], ""), nil, "there are 5 records and not 8"},
		"cut in a line":  {text[:len(text)-30], nil, "damaged at record 8"},
		"a line missing": {strings.Join(append(append([]string{}, lines[:3]...), lines[4:]...), ""), nil, "damaged at record 3"},
		"bad payload":    {change(`"data":{"goal":"`, `"data":{"goal":1,"x":"`), nil, "damaged at record 1"},
		"more lines":     {text + "\n", nil, "damaged at record 9"},
	} {
		m := NewMemory()
		_, err := Import(t.Context(), m, strings.NewReader(c.text))
		if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %v with %q", name, err, c.want, c.says)
		}
		if runs, _ := m.Runs(t.Context(), 0); len(runs) != 0 {
			t.Errorf("%s: the store has %+v", name, runs)
		}
	}
}

func TestExportOfDamage(t *testing.T) {
	m := NewMemory()
	rec, err := New(1, at, KindSpent, Spent{For: "judge"})
	if err != nil {
		t.Fatal(err)
	}
	broken := rec
	broken.Seq, broken.Data = 2, []byte(`{"for":`)
	if err := errors.Join(m.Create(t.Context(), Run{ID: "r"}), m.Append(t.Context(), "r", rec, broken)); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	var ce *CorruptError
	if err := Export(t.Context(), m, "r", &b); !errors.As(err, &ce) || ce.Run != "r" || ce.Seq != 2 {
		t.Errorf("error %v", err)
	}
	if strings.Count(b.String(), "\n") != 2 {
		t.Errorf("before the damage there is %s", b.String())
	}
}

func FuzzImport(f *testing.F) {
	text := export(f, sample(f), "run-1")
	f.Add([]byte(text))
	f.Add([]byte(text[:len(text)/2]))
	f.Add([]byte("{\"azimuth_journal\":1,\"run\":{\"run_id\":\"a\",\"records\":1,\"v\":1,\"started\":\"2026-01-01T00:00:00Z\"}}\n{ \"v\":1,\"seq\":1,\"at\":\"2026-01-01T01:00:00+01:00\",\"kind\":\"spent\",\"data\":{ \"for\": \"x\" }}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m := NewMemory()
		run, err := Import(t.Context(), m, bytes.NewReader(data))
		if err != nil {
			if runs, _ := m.Runs(t.Context(), 0); len(runs) != 0 {
				t.Fatalf("%v, but %+v is there", err, runs)
			}
			return
		}
		text := export(t, m, run.ID)
		to := NewMemory()
		if _, err := Import(t.Context(), to, strings.NewReader(text)); err != nil {
			t.Fatalf("%s\n%v", text, err)
		}
		if again := export(t, to, run.ID); again != text {
			t.Fatalf("%s\nbecame\n%s", text, again)
		}
	})
}
