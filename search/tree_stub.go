package search

// Tree is filled by the room's owner.
type Tree struct{}
