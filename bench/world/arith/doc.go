// Package arith is the world of arithmetic word problems in the style of GSM8K: stories of two to eight calculations,
// some with numbers of no use, and one tool, a calculator. The problems are our own, made from templates.
//
//	w, _ := arith.New(arith.Options{})
//	res, _ := w.Call(ctx, tool.Call{Tool: "calculate", Args: []byte(`{"expression":"(3 + 4) * 12"}`)})
//	res.Content // 84
//
// The calculator is pure: the state of this world is empty and stays so. What is graded is the number in the final
// answer, the last one where it holds several; how it was found, and whether a call failed on the way, is not.
//
// # Expressions
//
// [Evaluate] takes numbers (12, 0.5), + - * /, a sign before a factor, and parentheses. It calculates exactly, with
// fractions, and writes a result that has no end as 10 decimals. Expressions are at most 200 bytes long and 32
// parentheses deep, numbers at most 15 digits; a numerator or denominator of more than 256 bits is refused.
package arith
