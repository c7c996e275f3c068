package noisy_test

import (
	"context"
	"fmt"

	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/model"
)

func ExampleOpen() {
	m, err := noisy.Open("home", 7, 10, noisy.Params{P: 0.65, E: 0.3, Errors: noisy.Skewed}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	tasks, err := world.Tasks("home", 7, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := m.Propose(context.Background(), model.Request{Goal: tasks[0].Goal, N: 5, Outline: true, Seed: 1})
	fmt.Println(m.Capabilities().Name, len(res.Samples), err)
	// Output: noisy(p=0.65,skewed) 5 <nil>
}
