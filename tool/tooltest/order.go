package tooltest

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/tool"
)

// Order checks what [tool.Slots] promise: after each of the paths, every two of the calls that commute lead to the same
// state and answer the same in either order. It returns how many pairs changed something and succeeded both, so that a
// test can see that there were any.
func Order(t *testing.T, newWorld func() tool.World, paths [][]tool.Call, calls ...tool.Call) (pairs int) {
	t.Helper()
	for _, path := range paths {
		w := newWorld()
		if _, _, err := walk(t.Context(), w, path); err != nil {
			t.Fatal(err)
		}
		n, err := order(t.Context(), w, calls)
		if err != nil {
			t.Errorf("after %v: %v", path, err)
		}
		pairs += n
	}
	return pairs
}

func order(ctx context.Context, w tool.World, calls []tool.Call) (pairs int, err error) {
	prints := make([]tool.Footprint, len(calls))
	set, err := tool.NewSpecSet(w.Specs())
	if err != nil {
		return 0, err
	}
	for i, c := range calls {
		if sp, ok := set.Spec(c.Tool); ok {
			prints[i] = sp.Footprint(c.Args)
		}
	}
	for i, a := range calls {
		for j, b := range calls[:i] {
			if !prints[i].Commutes(prints[j]) {
				continue
			}
			did, err := swap(ctx, w, a, b)
			if err != nil {
				return pairs, err
			}
			if did {
				pairs++
			}
		}
	}
	return pairs, nil
}

// swap makes two calls in both orders and says whether both succeeded and changed something.
func swap(ctx context.Context, w tool.World, a, b tool.Call) (did bool, err error) {
	there, back := w.Fork(), w.Fork()
	one, _, err := walk(ctx, there, []tool.Call{a, b})
	if err != nil {
		return false, err
	}
	two, _, err := walk(ctx, back, []tool.Call{b, a})
	if err != nil {
		return false, err
	}
	if d := cmp.Diff(one, []tool.Result{two[1], two[0]}); d != "" {
		return false, fmt.Errorf("%v and %v answer otherwise in the other order:\n%s", a, b, d)
	}
	if d := cmp.Diff(string(there.State()), string(back.State())); d != "" {
		return false, fmt.Errorf("%v and %v lead to another state in the other order:\n%s", a, b, d)
	}
	return !one[0].IsError && !one[1].IsError && string(there.State()) != string(w.State()), nil
}
