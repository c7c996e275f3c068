package budget

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// mustReserve fails the test when a is refused.
func mustReserve(t interface{ Fatal(...any) }, l *Ledger, a Amount) *Hold {
	h, err := l.Reserve(a)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestReserveSettle(t *testing.T) {
	l := New(Limits{Tokens: 100, USD: 1}, nil)
	h := mustReserve(t, l, Amount{Tokens: 80, USD: 0.5})
	if got, want := l.Left(), (Amount{USD: 0.5, Tokens: 20, ModelCalls: math.MaxInt64, ToolCalls: math.MaxInt64, Expansions: math.MaxInt64}); got != want {
		t.Fatalf("left %+v, want %+v", got, want)
	}
	if l.Spent() != (Amount{}) {
		t.Fatal("a reservation counts as spent")
	}
	h.Settle(Amount{Tokens: 30, USD: 0.25})
	h.Settle(Amount{Tokens: 30})
	h.Release()
	if got, want := l.Spent(), (Amount{Tokens: 30, USD: 0.25}); got != want {
		t.Fatalf("spent %+v, want %+v", got, want)
	}
	h = mustReserve(t, l, Amount{Tokens: 70})
	h.Release()
	h.Settle(Amount{Tokens: 70})
	if got := l.Left().Tokens; got != 70 {
		t.Fatalf("%d tokens left after a release, want 70", got)
	}
	if l.Overruns() != nil {
		t.Fatal("an overrun out of nothing")
	}
	var none *Hold
	none.Settle(Amount{Tokens: 1})
	none.Release()
}

func TestExhausted(t *testing.T) {
	for _, c := range []struct {
		limits Limits
		spent  Amount
		held   Amount
		asked  Amount
		want   string
	}{
		{Limits{USD: 0.3}, Amount{USD: 0.1}, Amount{USD: 0.1}, Amount{USD: 0.2},
			"budget exhausted: usd=0.3, of which 0.1 is spent and 0.1 set aside, does not allow 0.2 more; raise usd to go on"},
		{Limits{Tokens: 10}, Amount{Tokens: 5}, Amount{}, Amount{Tokens: 6},
			"budget exhausted: tokens=10, of which 5 is spent, does not allow 6 more; raise tokens to go on"},
		{Limits{ModelCalls: 1}, Amount{ModelCalls: 1}, Amount{}, Amount{ModelCalls: 1},
			"budget exhausted: calls=1, of which 1 is spent, does not allow 1 more; raise calls to go on"},
		{Limits{ToolCalls: 1}, Amount{}, Amount{ToolCalls: 1}, Amount{ToolCalls: 1},
			"budget exhausted: tools=1, of which 0 is spent and 1 set aside, does not allow 1 more; raise tools to go on"},
		{Limits{Expansions: 3}, Amount{Expansions: 3}, Amount{}, Amount{Expansions: 4},
			"budget exhausted: expansions=3, of which 3 is spent, does not allow 4 more; raise expansions to go on"},
		{Limits{Tokens: -1}, Amount{}, Amount{}, Amount{Tokens: 1},
			"budget exhausted: tokens=-1, of which 0 is spent, does not allow 1 more; raise tokens to go on"},
	} {
		l := New(c.limits, nil)
		l.Restore(c.spent, 0)
		mustReserve(t, l, c.held)
		before := l.Left()
		_, err := l.Reserve(c.asked)
		var ee *ExhaustedError
		if !errors.Is(err, ErrExhausted) || !errors.As(err, &ee) || err.Error() != c.want {
			t.Errorf("%+v: error %v, want %s", c.limits, err, c.want)
		}
		if l.Left() != before {
			t.Errorf("%+v: a refused reservation set something aside", c.limits)
		}
	}
}

func TestReserveZeroPartsPass(t *testing.T) {
	l := New(Limits{USD: 1, ToolCalls: 2}, nil)
	l.Restore(Amount{USD: 5}, 0)
	if _, err := l.Reserve(Amount{ToolCalls: 1}); err != nil {
		t.Fatalf("what takes no money was refused: %v", err)
	}
}

func TestReserveDollarsDoNotDrift(t *testing.T) {
	l := New(Limits{USD: 0.3}, nil)
	for range 3 {
		mustReserve(t, l, Amount{USD: 0.1}).Settle(Amount{USD: 0.1}) // 0.1 + 0.1 + 0.1 > 0.3 in binary
	}
	if _, err := l.Reserve(Amount{USD: 0.000001}); !errors.Is(err, ErrExhausted) {
		t.Fatalf("error %v after everything was spent", err)
	}
	if p := l.Past(); p != (Amount{}) {
		t.Fatalf("past %+v, want nothing", p)
	}
}

func TestReserveNonsense(t *testing.T) {
	l := New(Limits{}, nil)
	for _, a := range []Amount{{USD: -1}, {USD: math.NaN()}, {USD: math.Inf(1)}, {Tokens: -1}, {Expansions: -1}} {
		if _, err := l.Reserve(a); !errors.Is(err, ErrAmount) {
			t.Errorf("%+v: error %v, want ErrAmount", a, err)
		}
	}
	mustReserve(t, l, Amount{Tokens: 1}).Settle(Amount{USD: math.NaN(), Tokens: -7})
	if l.Spent() != (Amount{}) {
		t.Errorf("spent %+v after a settlement of nonsense", l.Spent())
	}
}

func TestOverrun(t *testing.T) {
	l := New(Limits{Tokens: 100}, nil)
	mustReserve(t, l, Amount{Tokens: 90, ModelCalls: 1}).Settle(Amount{Tokens: 120, ModelCalls: 1})
	over := l.Overruns()
	if len(over) != 1 || over[0].Reserved.Tokens != 90 || over[0].Actual.Tokens != 120 {
		t.Fatalf("overruns %+v", over)
	}
	if got := l.Past(); got != (Amount{Tokens: 20}) {
		t.Fatalf("past %+v, want 20 tokens", got)
	}
	if got := l.Left().Tokens; got != 0 {
		t.Fatalf("%d tokens left, want 0", got)
	}
	if _, err := l.Reserve(Amount{Tokens: 1}); !errors.Is(err, ErrExhausted) {
		t.Fatalf("error %v after an overrun", err)
	}
}

func TestWallTime(t *testing.T) {
	now := time.Unix(1000, 0)
	l := New(Limits{Wall: time.Minute}, &Options{Now: func() time.Time { return now }})
	now = now.Add(59 * time.Second)
	mustReserve(t, l, Amount{})
	now = now.Add(time.Second)
	_, err := l.Reserve(Amount{})
	if want := "budget exhausted: time=1m is up; raise time to go on"; !errors.Is(err, ErrExhausted) || err.Error() != want {
		t.Fatalf("error %v, want %s", err, want)
	}
	l.Restore(Amount{Tokens: 7}, 20*time.Second)
	now = now.Add(30 * time.Second)
	if got := l.Elapsed(); got != 50*time.Second || l.Spent().Tokens != 7 {
		t.Fatalf("restored to %v and %+v", got, l.Spent())
	}
}

func TestContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(Limits{Wall: time.Minute}, nil)
		l.Restore(Amount{}, 20*time.Second)
		ctx, cancel := l.Context(t.Context())
		defer cancel()
		start := time.Now()
		<-ctx.Done()
		if got := time.Since(start); got != 40*time.Second {
			t.Errorf("ended after %v, want 40s", got)
		}
		if cause := context.Cause(ctx); !errors.Is(cause, ErrExhausted) {
			t.Errorf("cause %v", cause)
		}
		if _, err := l.Reserve(Amount{}); !errors.Is(err, ErrExhausted) {
			t.Errorf("reserve after the end: %v", err)
		}
		free, stop := New(Limits{}, nil).Context(t.Context())
		if _, has := free.Deadline(); has {
			t.Error("a deadline without a limit")
		}
		stop()
	})
}

func TestParallelReservesKeepTheLimit(t *testing.T) {
	l := New(Limits{Tokens: 1000}, nil)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := range 200 {
				h, err := l.Reserve(Amount{Tokens: int64(i%7 + 1)})
				if err != nil {
					continue
				}
				if i%3 == 0 {
					h.Release()
				}
				h.Settle(h.Amount())
			}
		})
	}
	wg.Wait()
	if got := l.Spent().Tokens; got > 1000 || got < 994 {
		t.Fatalf("spent %d of 1000", got)
	}
}

// TestLedgerProperties runs random work and compares with plain sums.
func TestLedgerProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := Amount{Tokens: rapid.Int64Range(1, 500).Draw(t, "tokens"), ToolCalls: rapid.Int64Range(1, 20).Draw(t, "tools"),
			USD: float64(rapid.IntRange(1, 100).Draw(t, "cents")) / 100}
		l := New(Limits{Tokens: limit.Tokens, ToolCalls: limit.ToolCalls, USD: limit.USD}, nil)
		var open []*Hold
		var spent, held Amount
		t.Repeat(map[string]func(*rapid.T){
			"reserve": func(t *rapid.T) {
				a := Amount{Tokens: rapid.Int64Range(0, 50).Draw(t, "n"), ToolCalls: rapid.Int64Range(0, 2).Draw(t, "k"),
					USD: float64(rapid.IntRange(0, 20).Draw(t, "c")) / 100}
				h, err := l.Reserve(a)
				sum := spent.Add(held).Add(a)
				fits := sum.Tokens <= limit.Tokens && sum.ToolCalls <= limit.ToolCalls && sum.USD <= limit.USD+cent
				if (err == nil) != fits {
					t.Fatalf("reserve %+v over %+v: error %v", a, sum, err)
				}
				if err == nil {
					open, held = append(open, h), held.Add(a)
				}
			},
			"close": func(t *rapid.T) {
				if len(open) == 0 {
					t.Skip("nothing is open")
				}
				h := open[0]
				open, held = open[1:], held.Sub(h.Amount())
				if rapid.Bool().Draw(t, "release") {
					h.Release()
				} else {
					h.Settle(h.Amount())
					spent = spent.Add(h.Amount())
				}
			},
			"": func(t *rapid.T) {
				if got := l.Spent(); got.Tokens != spent.Tokens || math.Abs(got.USD-spent.USD) > cent {
					t.Fatalf("spent %+v, want %+v", got, spent)
				}
				if got, want := l.Left().Tokens, limit.Tokens-spent.Tokens-held.Tokens; got != want {
					t.Fatalf("%d tokens left, want %d", got, want)
				}
				if l.Past() != (Amount{}) {
					t.Fatalf("past the limits by %+v", l.Past())
				}
			},
		})
	})
}

func TestAddDoesNotWrap(t *testing.T) {
	a := Amount{Tokens: math.MaxInt64 - 1}.Add(Amount{Tokens: 5})
	if a.Tokens != math.MaxInt64 {
		t.Fatalf("sum %d", a.Tokens)
	}
}

func BenchmarkReserveSettle(b *testing.B) {
	l := New(Limits{Tokens: math.MaxInt64, USD: 1e12, Wall: time.Hour}, nil)
	a := Amount{Tokens: 100, USD: 0.001, ModelCalls: 1}
	b.ReportAllocs()
	for b.Loop() {
		h, err := l.Reserve(a)
		if err != nil {
			b.Fatal(err)
		}
		h.Settle(a)
	}
}

func TestReserveAllocatesOnlyTheHold(t *testing.T) {
	l := New(Limits{Tokens: math.MaxInt64, USD: 1e12}, nil)
	if n := testing.AllocsPerRun(100, func() { mustReserve(t, l, Amount{Tokens: 1, USD: 0.001}).Release() }); n > 1 {
		t.Errorf("%v allocations, want 1", n)
	}
}
