// Package toolpath is the world of image edits: twenty-one tools that really work on pixels, several for each of six
// kinds of edit, which take really different times and do it really differently well. It is where a search that
// weighs price against quality can be measured; the paper's own (CoSTA*, arXiv 2503.10613) needs two dozen hosted
// models.
//
//	w, err := toolpath.Open("toolpath-7-12", nil)
//	res, _ := w.Call(ctx, tool.Call{Tool: "median_filter", Args: []byte(`{"image":"img-…","strength":1}`)})
//	// res.Value: {"image":"img-…","seconds":0.0031}
//	w.Call(ctx, tool.Call{Tool: "deliver", Args: []byte(`{"image":"img-…"}`)})
//
// # Requests
//
// A request is a chain of two to eight edits: "first remove the noise, then crop the frame off, then resize it to
// 64x48". The pictures (gradients, discs, rectangles) are drawn by a seed and then spoilt, one damage after another: noise
// (grain, or salt and pepper), blur, a smaller size, a colour cast, a frame, bars of yellow ink like letters. The edits
// undo them from the last to the first. What the picture was like before is the answer, and is in the package
// grade below, which nothing here imports.
//
// # Images
//
// An image is named by its content: img- and 16 digits of a hash. So the editing tools are pure: the same call on the
// same image gives the same name, in every fork, and without a clock it is not made twice. The images themselves are kept beside the state, in a store that
// all forks of one world share and that only grows; in another process a name is known only once its image was
// made there again. The state is the handle that was delivered.
//
// # Prices
//
// A call takes time, and "seconds" in its answer says how much. With [Options].Now it is what the clock says. Without,
// which is the default, it is pixels times a constant of the tool and its strength, measured once, so that
// results can be repeated.
package toolpath
