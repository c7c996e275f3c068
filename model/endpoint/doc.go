// Package endpoint is what all model endpoints reached over HTTP have in common: retries, limits, time-outs, and
// errors without secrets. Providers embed [Options] in their own options and send through [Client].
//
//	client := opts.Client()                // an *http.Client that retries
//	ctx, trip := endpoint.Track(ctx)       // counts the attempts of one request
//	resp, err := client.Do(req.WithContext(ctx))
//	usage.Requests += trip.Attempts
//
// Retried are connections that fail or break, time-outs of one attempt, and the statuses 408, 409, 429 and 5xx except
// 501; a header x-should-retry decides where a provider sends one. Not retried is a connection that was refused before
// anything answered: no server runs there, and the error says so. The wait doubles from Backoff, with jitter, up to
// MaxBackoff; Retry-After (seconds or a date) is honoured up to MaxWait, beyond that the request fails at once and
// the error says how long to wait. A wait that the context's deadline does not leave room for is not begun.
//
// An attempt holds one of Concurrency places while it is under way, for a stream until its body is closed; waits
// between attempts hold none.
package endpoint
