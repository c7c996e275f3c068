package calql_test

import (
	"context"
	"fmt"
	"slices"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/learn/calql"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// courier is a policy that drives four times in five, and sails else.
type courier struct{}

func (courier) Propose(_ context.Context, r model.Request) (model.Response, error) {
	var out model.Response
	for i := range r.N {
		switch {
		case len(r.Steps) > 0:
			out.Samples = append(out.Samples, model.Sample{Answer: "on its way"})
		case i == 4:
			out.Samples = append(out.Samples, model.Sample{Calls: []model.RawCall{{Tool: "sail", Args: "{}"}}})
		default:
			out.Samples = append(out.Samples, model.Sample{Calls: []model.RawCall{{Tool: "drive", Args: "{}"}}})
		}
	}
	out.Usage.Requests = 1
	return out, nil
}

func (courier) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{}, model.ErrUnable
}

func (courier) Capabilities() model.Capabilities { return model.Capabilities{Name: "courier", N: 10} }

// A critic learns from recorded episodes that sailing arrives and driving does not, and steers a model that knows nothing of it.
func Example() {
	tools := []string{"drive", "sail"} // the features: one a tool
	choices := []calql.Option{{Features: calql.OneHot(0), P: .8}, {Features: calql.OneHot(1), P: .2}}
	var steps []calql.Step
	for _, arrived := range []float64{0, 0, 0, 0, 1} {
		steps = append(steps, calql.Step{Done: calql.OneHot(int(arrived)), Reward: arrived, Return: arrived, Here: choices})
	}
	critic, err := calql.Train(context.Background(), len(tools), steps, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	steered := model.WithRatings(courier{}, func(_ context.Context, r model.EvaluateRequest) ([]float64, error) {
		values := make([]float64, len(r.Options))
		for i, o := range r.Options {
			values[i] = critic.Q(calql.OneHot(slices.Index(tools, o.Call.Tool)))
		}
		return values, nil
	})

	for _, m := range []model.Model{model.WithRatings(courier{}, indifferent), steered} {
		var best float64
		agent, err := azimuth.New([]tool.Tool{way("drive"), way("sail")}, &azimuth.Options{
			Model: m, Settings: azimuth.Settings{Strategy: search.VGPS, Samples: 5, ValueBeta: &best},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		result, err := agent.Run(context.Background(), "Bring the parcel to the island")
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(result.Steps[0].Tool)
	}
	// Output:
	// drive
	// sail
}

func indifferent(_ context.Context, r model.EvaluateRequest) ([]float64, error) {
	return make([]float64, len(r.Options)), nil
}

func way(name string) tool.Tool {
	return tool.Func(name, "Takes the parcel along: "+name+".", func(context.Context, struct{}) (string, error) { return name, nil }, &tool.FuncOptions{Effect: tool.Read})
}
