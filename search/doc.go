// Package search holds the tree, the frontier and the strategies. It is numbers and ids only.
package search
