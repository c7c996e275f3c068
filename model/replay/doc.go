// Package replay records what models answered and answers from the record: tests and `azimuth replay` run without a
// model, and give the same tree.
//
//	rec := replay.Record(m, file)              // a model.Model that also writes a cassette
//	...
//	tape, err := replay.Load(file)
//	m := replay.Play(tape, nil)                // a model.Model that answers from it, and only from it
//
// A cassette is a file of JSON lines, one a request: {"key","kind","model","request","response"|"error"}. The key is a
// hash of the kind, the model's name and the request in canonical JSON. The same request recorded several times is
// answered in the order of recording, the last one for ever after.
//
// A request that was not recorded is never answered by something near it: it is a [*MissError] that shows the nearest
// recording and the first fields in which they differ.
//
// [RecordHTTP] and [PlayHTTP] do the same one floor down, as a transport: what a real server answered then proves the
// code that speaks to it. Of headers only those in [KeptHeaders] are stored, of a URL only its path.
//
// Secrets (those that are named and whatever looks like one) are taken out before anything is hashed or written.
package replay
