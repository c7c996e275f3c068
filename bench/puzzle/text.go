package puzzle

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Text writes the rows as a table, and the checks below it.
func (r *Result) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Means an instance. Tables, gap counts and linear algebra stand in for the paper's network; the last column is\ncomputed: the measured time and %v for each evaluation.\n", r.o.Pass)
	tw := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "puzzle\tactions\tweight\tbatch\tmethod\tsolved\tleast cost\tcost\tgenerated\tevaluations\tpasses\tms\tms with passes\t")
	for _, x := range r.Rows {
		fmt.Fprintf(tw, "%s\t%d\t%v\t%d\t%s\t%d/%d\t%d\t%.2f\t%.1f\t%.1f\t%.1f\t%.3f\t%.1f\t\n", x.Puzzle, x.Actions, x.Weight, x.Batch, x.Method,
			x.Solved, x.Instances, x.Optimal, x.Cost, x.Generated, x.Evaluations, x.Passes, x.Millis, x.Computed)
	}
	_ = tw.Flush() // a builder takes everything
	for _, c := range r.Checks {
		fmt.Fprintf(&b, "%s%s: %s", c.mark(), c.What, c.Got)
		if c.Want != "" {
			fmt.Fprintf(&b, " (wanted: %s)", c.Want)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c Check) mark() string {
	switch {
	case c.Want == "":
		return "  "
	case c.Holds:
		return "✓ "
	}
	return "✗ "
}
