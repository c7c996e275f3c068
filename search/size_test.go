package search

import (
	"testing"
	"unsafe"
)

func TestNodeIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(node{}); size > 112 {
		t.Errorf("a node takes %d bytes", size)
	}
	if size := unsafe.Sizeof(entry{}); size > 24 {
		t.Errorf("an entry takes %d bytes", size)
	}
}
