// Package blocks is Blocksworld: three to six blocks on a table, one hand, and tools that pick up, put down, stack
// and unstack. Each call has a price, one cent a unit of cost: putting a block down on the table costs 3, everything
// else 1, so it can pay to keep a block on another one for a while. A request says how the blocks stand and what
// is to be on what.
//
//	w, _ := blocks.New([]blocks.Block{{"red", "table"}, {"blue", "red"}}, blocks.Options{})
//	w.Call(ctx, tool.Call{Tool: "unstack", Args: []byte(`{"block":"blue","from":"red"}`)})
//	w.Call(ctx, tool.Call{Tool: "put_down", Args: []byte(`{"block":"blue"}`)})
//
// The state says for each block what it is on: another block, "table" or "hand". A run succeeds when everything that
// was asked for holds and no call failed; the grade also has its cost and the least possible one, which is
// exact: the referee searches all towers by Dijkstra's method. By name, without a request, the register opens red
// on the table, blue on red, and green beside them.
package blocks
