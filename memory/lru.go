package memory

import (
	"container/list"
	"sync"
)

// lru keeps the most recently used values. What several goroutines ask for at once is made once.
type lru[K comparable, V any] struct {
	max int

	mu    sync.Mutex
	order *list.List // of *slot[K, V], the last used in front
	slots map[K]*list.Element
}

type slot[K comparable, V any] struct {
	key   K
	once  sync.Once
	value V
}

func newLRU[K comparable, V any](entries int) *lru[K, V] {
	return &lru[K, V]{max: entries, order: list.New(), slots: map[K]*list.Element{}}
}

// get returns the value of key, made by create where it is not at hand. create may call get for other keys.
func (c *lru[K, V]) get(key K, create func() V) V {
	s := c.slot(key)
	s.once.Do(func() { s.value = create() })
	return s.value
}

func (c *lru[K, V]) slot(key K) *slot[K, V] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.slots[key]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*slot[K, V])
	}
	s := &slot[K, V]{key: key}
	c.slots[key] = c.order.PushFront(s)
	if c.order.Len() > c.max {
		oldest := c.order.Remove(c.order.Back()).(*slot[K, V])
		delete(c.slots, oldest.key)
	}
	return s
}
