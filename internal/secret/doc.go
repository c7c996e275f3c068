// Package secret cuts secrets out of text that is going to be seen or stored.
//
// A [Cutter] knows values, and finds them in every form in which they are usually written:
//
//	cut := secret.New(secret.Value{Name: "API_TOKEN", Text: token})
//	fmt.Println(cut.Cut(answer)) // ... [secret API_TOKEN] ...
//
// What no one has named is known by its shape only: [Shapes] cuts what is surely a secret and may stand in a record
// that is read again; [Settings] goes further, for errors, logs and recordings, where a word cut too many does no
// harm. [Name] tells from a variable's or a header's name whether its value is a secret.
//
// Not found: a secret in pieces, one written as a JSON number, one in another encoding.
package secret
