package search_test

import (
	"fmt"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// A scripted model stands in for whatever proposes calls.
func Example() {
	script, err := searchtest.Parse(`
: search*3, end*2
search: book*4, end*1
search book: end*5`)
	if err != nil {
		fmt.Println(err)
		return
	}
	tree := search.NewTree(nil)
	s, err := search.New(search.Uniform, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for !s.Done(tree) {
		for _, r := range s.Ask(tree, 1) {
			s.Tell(tree, r, script.Answer(tree, r))
		}
	}
	plan, complete := s.Best(tree)
	fmt.Println(script.Key(tree, plan), complete)
	fmt.Print(script.Print(tree))
	// Output:
	// search book end true
	// root expanded #1
	//   search 3/5 g=0.40 h=0.00 f=0.40 expanded #2
	//     book 4/5 g=0.60 h=0.00 f=0.60 expanded #3
	//       end 5/5 g=0.60 h=0.00 f=0.60 finished unjudged
	//     end 1/5 g=1.20 h=0.00 f=1.20 finished
	//   end 2/5 g=0.60 h=0.00 f=0.60 finished
}
