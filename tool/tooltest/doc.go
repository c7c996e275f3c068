// Package tooltest checks that a [tool.Tool] or a [tool.World] keeps the promises that the rest of Azimuth relies
// on. Every source of tools in this module passes it, and yours should too:
//
//	func TestMyTool(t *testing.T) {
//		tooltest.Run(t, func(testing.TB) tool.Tool { return mytool.New() },
//			tooltest.Sample{Args: `{"path":"a.txt"}`},
//			tooltest.Sample{Args: `{"path":"missing.txt"}`, Fails: true},
//			tooltest.Sample{Args: `{"path":7}`, Refused: true})
//	}
//
// Run it with the race detector, which is what finds state that calls or forks share.
package tooltest
