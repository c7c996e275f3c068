// Package heap is a binary min-heap of values in one slice. Unlike container/heap it boxes nothing, so pushing
// and popping allocate only when the slice grows. It deletes nothing but the top: callers that change their mind
// about an element leave it in, mark it stale on their side, and skip it when it comes up (lazy deletion).
package heap

// Heap is a min-heap ordered by the less function of [New].
type Heap[T any] struct {
	less  func(a, b *T) bool
	items []T
}

// New returns an empty heap. less must be a strict weak order; for a deterministic order of pops it must be total.
func New[T any](less func(a, b *T) bool) *Heap[T] { return &Heap[T]{less: less} }

// Len returns how many elements there are, stale ones included.
func (h *Heap[T]) Len() int { return len(h.items) }

// Clear removes all elements and keeps the memory.
func (h *Heap[T]) Clear() { h.items = h.items[:0] }

// Push adds an element: O(log n).
func (h *Heap[T]) Push(x T) {
	h.items = append(h.items, x)
	h.up(len(h.items) - 1)
}

// Add appends an element without restoring the order; call [Heap.Fix] after the last one.
func (h *Heap[T]) Add(x T) { h.items = append(h.items, x) }

// Fix restores the order of all elements: O(n).
func (h *Heap[T]) Fix() {
	for i := len(h.items)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
}

// Peek returns the least element; ok is false when there is none.
func (h *Heap[T]) Peek() (x T, ok bool) {
	if len(h.items) == 0 {
		return x, false
	}
	return h.items[0], true
}

// Pop removes and returns the least element; ok is false when there is none.
func (h *Heap[T]) Pop() (x T, ok bool) {
	n := len(h.items)
	if n == 0 {
		return x, false
	}
	x = h.items[0]
	h.items[0] = h.items[n-1]
	h.items = h.items[:n-1]
	h.down(0)
	return x, true
}

// Elements are compared in their slots: a local copy would escape through less and be allocated on every move.

func (h *Heap[T]) up(i int) {
	for i > 0 {
		p := (i - 1) / 2
		if !h.less(&h.items[i], &h.items[p]) {
			return
		}
		h.items[i], h.items[p] = h.items[p], h.items[i]
		i = p
	}
}

func (h *Heap[T]) down(i int) {
	for {
		c := 2*i + 1
		if c >= len(h.items) {
			return
		}
		if c+1 < len(h.items) && h.less(&h.items[c+1], &h.items[c]) {
			c++
		}
		if !h.less(&h.items[c], &h.items[i]) {
			return
		}
		h.items[i], h.items[c] = h.items[c], h.items[i]
		i = c
	}
}
