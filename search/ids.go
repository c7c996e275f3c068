package search

// NodeID names a node of a [Tree]. Ids are handed out in order, from the root's 0 up.
type NodeID uint32

// ActionID names a call, or a final answer, in the caller's table: equal calls have equal ids.
type ActionID uint32

const (
	// Root is the node of every tree that stands for "nothing done yet".
	Root NodeID = 0
	// None is no node.
	None NodeID = 1<<32 - 1
)
