// Package report shows what a bench measured: as tables for a terminal, as JSON, and as one self-contained page.
//
//	res, err := bench.Merge(dir)
//	r, err := report.New(res, time.Now(), &report.Options{Against: []string{"vote"}, Show: []string{report.ViewVerdict}})
//	err = r.Text(os.Stdout)
//	err = r.Markdown(file)
//	err = r.JSON(file)
//	err = r.HTML(page)
//
// Every heading above numbers that rest on a simulation says so, in all three forms. The page loads nothing: its
// plots are SVG in the page, its style follows the reader's choice of light or dark.
package report
