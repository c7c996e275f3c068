// Package game24 is the Game of 24: four numbers from 1 to 13, and one tool that replaces two numbers by their sum,
// difference, product or quotient, exactly, with fractions. Three calls must leave the number 24. All 1,362 puzzles
// that can be solved are drawn from; every fifth is for demonstrations.
//
//	w, _ := game24.New([]int64{3, 3, 8, 8}, game24.Options{})
//	w.Call(ctx, tool.Call{Tool: "combine", Args: []byte(`{"a":"8","b":"3","op":"/"}`)}) // 8/3. Left: 8/3, 3, 8.
//
// The state is {"numbers":[...]}, sorted by value; a finished game holds "24" alone. By name, without a request, the
// register opens the puzzle 4 7 8 8.
package game24
