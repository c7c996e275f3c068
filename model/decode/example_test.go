package decode_test

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/decode"
)

// A model that would say apple is steered to say apricot, which is worth more.
func ExampleNewLive() {
	l, err := decode.NewLive(context.Background(), fruit(), model.Request{}, &decode.LiveOptions{Choices: []string{"apple", "apricot", "banana"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	worth := map[string]float64{"apricot": 1}
	value := l.Expect(func(choice string) float64 { return worth[choice] })
	beta := 20.
	m, err := decode.VAS(l, l.Over(value), &decode.VASOptions{Beta: &beta})
	if err != nil {
		fmt.Println(err)
		return
	}
	text := l.Text(decode.Sample(m, nil, rand.New(rand.NewPCG(1, 2))))
	fmt.Printf("%s, of tokens that cover %.0f %%, in %d requests\n", text, 100*l.Covered(nil), l.Usage().Requests)
	// Output: apricot, of tokens that cover 70 %, in 2 requests
}
