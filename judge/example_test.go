package judge_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"

	"github.com/azimuthdev/azimuth/judge"
)

func ExampleExpression() {
	j, err := judge.Expression(`state.bookings.size() == 1 && state.bookings[0].price <= 500`, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, state := range []string{`{"bookings":[{"price":420.5}]}`, `{"bookings":[]}`, `{}`} {
		v, err := j.Judge(context.Background(), judge.Plan{State: json.RawMessage(state)})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%v %q\n", v.Accepted, v.Reason)
	}
	// Output:
	// true ""
	// false "the expression is false"
	// false "no such key: bookings"
}
