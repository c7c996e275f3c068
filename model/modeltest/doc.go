// Package modeltest is the suite that every [model.Model] passes, ours and yours.
//
//	func TestConformance(t *testing.T) {
//		modeltest.Run(t, func(t *testing.T) model.Model { return mymodel.New() }, nil)
//	}
//
// It asserts what package model promises, by way of the interface alone: calls name offered tools, no more samples
// than asked for (and all of them where Capabilities says so), usage is counted, a cancelled context ends a request
// at once with its error, empty goals and empty tool lists do not crash, a schema binds Complete, the same seed gives
// the same answer where that is claimed, and garbage is [model.ErrGarbage].
package modeltest
