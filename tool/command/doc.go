// Package command makes a tool of a command line.
//
//	t, err := command.New(command.Config{
//		Name:        "count_lines",
//		Description: "Counts the lines of a file",
//		Argv:        []string{"wc", "-l", "--", "{{path}}"},
//		Effect:      tool.Read,
//	}, nil)
//
// There is no shell: the program is started with exactly these arguments, whatever is in a parameter. A {{param}}
// stays within the element it stands in, so a value can't become several arguments. An element that is nothing but
// a parameter, whose value is an array, becomes one element an item. An element with an optional parameter that
// is not given is left out; write a flag and its value as one element, "--limit={{limit}}", so that both go.
//
// A text at the beginning of an element must not begin with a dash, because the program would take it for an
// option; after an element "--" it may.
//
// What the program writes to its standard output is the answer. If that is a JSON object or array it is also the
// value. An exit code other than 0 is a failed result with both outputs. At the time limit, or when the context is
// cancelled, the program and all that it started in its process group are killed, and the call returns an error:
// nobody knows what it had done by then.
//
// In a configuration file:
//
//	tools:
//	  - name: search
//	    description: Searches the notes
//	    argv: [grep, -rn, --, "{{words}}", notes]
//	    params: {type: object, required: [words], properties: {words: {type: string, minLength: 1}}}
//	    effect: read
//	    timeout: 10s
package command
