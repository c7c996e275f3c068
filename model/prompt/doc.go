// Package prompt is the one way in which requests are put to language models, whatever the endpoint: [Render] turns a
// [model.Request] into a [Chat], [Chat.Sample] turns what came back into a [model.Sample].
//
//	chat, err := prompt.Render(req, prompt.Tools)
//	// send chat.System, chat.Tools and chat.Messages in that order ...
//	sample, err := chat.Sample(prompt.Answer{Text: text, Calls: calls})
//
// # What a model is shown
//
// In this order, so that requests of sibling nodes share the longest prefix and a provider's cache can serve it:
// tools, instructions, demonstrations, the goal, the steps on the path, rejected calls. Nothing that differs between
// siblings stands before the steps; seeds and sample counts are not in the text at all.
//
// A step is an assistant message with the tool call and a tool message with its output, never a story about it. An
// output is data: it stands between <output> tags that it can't close, clipped to [tool.ModelLimit], and the
// instructions say that nothing in it is to be obeyed. Outputs of deferred steps are not known; the model is told to
// refer to them as ${steps.N.field}, where steps count from 1.
//
// # Two modes
//
// [Tools] uses the endpoint's tool calls, and asks for the outline in the text beside them, as a line
//
//	PLAN: read_file {"path":"a.txt"}; send_mail; done
//
// [JSON] is for endpoints and small models that are weak at tool calls: the tools stand in the instructions and the
// answer is one JSON object bound to [Chat.Schema], {"calls":[{"tool","args"}],"outline":[...],"answer":"..."}; the path is
// told in the same messages as in the other mode.
//
// Both parsers are lenient where nothing can be mistaken (fences, tags, a bare call written as text, trailing commas
// of prose) and give up on the rest: an outline that can't be read is no outline, an answer that can't be read is
// [model.ErrGarbage] with the start of it.
package prompt
