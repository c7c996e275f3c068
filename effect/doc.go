// Package effect is the only way to a tool. Everything that Azimuth calls, it calls through a [Gate]:
//
//   - [Gate.Read] runs calls that leave nothing behind (pure and read). A search may use it freely.
//   - [Gate.Commit] runs everything else, once for each [Permit], after an intent has been made durable in the
//     journal. There is no other way to make an effect, and no way to make a permit but [Gate.Approve].
//
// Who approves is a [Policy]: a mode for everything, and rules by tool name before it. What the policy wants asked
// goes to an [Approver] (a person at a terminal); without one, what nobody approved is not done.
//
// A tool's effect class comes from its [tool.Spec], which was read before the run. Nothing that a tool or a model
// answers can change a class or approve anything: results are data that never reach this package's decisions.
package effect
