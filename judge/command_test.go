package judge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/internal/racetest"
)

// TestMain lets the test binary stand in for a judging program: JUDGE_AS names what it does.
func TestMain(m *testing.M) {
	switch as := os.Getenv("JUDGE_AS"); as {
	case "":
		racetest.Leave()
		os.Exit(m.Run())
	case "hang":
		select {}
	case "answer": // accepts plans whose answer says so
		var p Plan
		if err := json.NewDecoder(os.Stdin).Decode(&p); err != nil {
			os.Exit(3)
		}
		fmt.Printf("looking\n%s: %d steps\n\n", p.Answer, len(p.Steps))
		if !strings.HasPrefix(p.Answer, "Booked") {
			os.Exit(1)
		}
	case "flood":
		line := strings.Repeat("x", 1000) + "\n"
		for range 200 {
			fmt.Print(line)
		}
		fmt.Println("the end")
	default: // CODE OUTPUT
		io.Copy(io.Discard, os.Stdin)
		var code int
		text, _ := strings.CutPrefix(as, "code ")
		rest := ""
		if _, err := fmt.Sscanf(text, "%d", &code); err == nil {
			_, rest, _ = strings.Cut(text, " ")
		}
		if code > 1 {
			fmt.Fprintln(os.Stderr, "first\n"+rest)
		} else {
			fmt.Print(rest)
		}
		os.Exit(code)
	}
}

func commandJudge(t *testing.T, as string, timeout time.Duration) Judge {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	j, err := Command([]string{self}, &CommandOptions{Timeout: timeout, Env: append(os.Environ(), "JUDGE_AS="+as)})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestCommand(t *testing.T) {
	for _, tt := range []struct {
		as     string
		want   Verdict
		errHas string
	}{
		{"answer", Verdict{Accepted: true, Score: 1, Reason: "Booked the Fjord for 420.50: 3 steps"}, ""},
		{"code 0 ", Verdict{Accepted: true, Score: 1}, ""},
		{"code 1 too dear", Verdict{Reason: "too dear"}, ""},
		{`code 0 {"accepted":true,"score":0.8,"reason":"nearly"}`, Verdict{Accepted: true, Score: .8, Reason: "nearly"}, ""},
		{`code 1 {"score":0.3}`, Verdict{Score: .3}, ""},
		{`code 0 {not JSON}`, Verdict{Accepted: true, Score: 1, Reason: "{not JSON}"}, ""},
		{"flood", Verdict{Accepted: true, Score: 1, Reason: "the end"}, ""},
		{`code 0 {"accepted":false}`, Verdict{}, "exit code says otherwise"},
		{`code 1 {"score":7}`, Verdict{}, "score is 7, want one from 0 to 1"},
		{`code 1 {"score":"high"}`, Verdict{}, "its last line"},
		{"code 2 no database", Verdict{}, "exit status 2: no database"},
		{"code 3", Verdict{}, "exit status 3"},
	} {
		v, err := commandJudge(t, tt.as, 0).Judge(t.Context(), trip())
		if v != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.as, v, tt.want)
		}
		if (err != nil) != (tt.errHas != "") || err != nil && !strings.Contains(err.Error(), tt.errHas) {
			t.Errorf("%s: error %v", tt.as, err)
		}
	}
}

func TestCommandIsKilledAtItsLimit(t *testing.T) {
	_, err := commandJudge(t, "hang", 50*time.Millisecond).Judge(t.Context(), Plan{})
	if err == nil || !strings.Contains(err.Error(), "no verdict within 50ms") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := commandJudge(t, "hang", 0).Judge(ctx, Plan{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the caller's deadline: %v", err)
	}
}

func TestBadCommands(t *testing.T) {
	for _, argv := range [][]string{nil, {""}, {"no-such-program-anywhere"}} {
		if _, err := Command(argv, nil); err == nil || !strings.HasPrefix(err.Error(), "command: ") {
			t.Errorf("%q: error %v", argv, err)
		}
	}
	if _, err := Command([]string{"go"}, &CommandOptions{Timeout: -1}); err == nil {
		t.Error("a negative timeout was taken")
	}
}
