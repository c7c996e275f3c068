package heap_test

import (
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/internal/heap"
	"pgregory.net/rapid"
)

func ints() *heap.Heap[int] { return heap.New(func(a, b *int) bool { return *a < *b }) }

func drain(h *heap.Heap[int]) []int {
	var out []int
	for {
		x, ok := h.Pop()
		if !ok {
			return out
		}
		out = append(out, x)
	}
}

func TestPopsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOf(rapid.IntRange(-9, 9)).Draw(t, "xs")
		pushed, added := ints(), ints()
		for _, x := range xs {
			pushed.Push(x)
			added.Add(x)
		}
		added.Fix()
		want := slices.Clone(xs)
		slices.Sort(want)
		if got := drain(pushed); !slices.Equal(got, want) {
			t.Fatalf("pushed %v, popped %v", xs, got)
		}
		if got := drain(added); !slices.Equal(got, want) {
			t.Fatalf("added %v, popped %v", xs, got)
		}
	})
}

func TestEmpty(t *testing.T) {
	h := ints()
	if _, ok := h.Pop(); ok {
		t.Error("popped from an empty heap")
	}
	h.Push(1)
	h.Clear()
	if _, ok := h.Peek(); ok || h.Len() != 0 {
		t.Error("something is left after Clear")
	}
}

func TestPeekIsPop(t *testing.T) {
	h := ints()
	for _, x := range []int{3, 1, 2} {
		h.Push(x)
	}
	for h.Len() > 0 {
		want, _ := h.Peek()
		if got, _ := h.Pop(); got != want {
			t.Fatalf("peeked %d, popped %d", want, got)
		}
	}
}

func BenchmarkPushPop(b *testing.B) {
	h := ints()
	for i := range 100_000 {
		h.Push(i * 7919 % 100_003)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x, _ := h.Pop()
		h.Push(x + i%1000)
	}
}
