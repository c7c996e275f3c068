package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/provider"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// openModel opens what --model names.
func openModel(_ context.Context, f *modelFlags, e *env) (model.Model, error) {
	prices, err := priceTable(f.Prices)
	if err != nil {
		return nil, err
	}
	mode := openai.Mode(f.Mode)
	if f.Mode == "auto" {
		mode = "" // the provider's own
	}
	m, err := provider.Open(f.Model, &provider.Options{
		BaseURL: f.BaseURL, Mode: mode, Stream: true, Prices: prices, Getenv: e.getenv,
		Others: map[string]func(string) (model.Model, error){
			"lexical": func(rest string) (model.Model, error) {
				if rest != "" || f.BaseURL != "" {
					return nil, fmt.Errorf("lexical is built in: it has no variants and no base URL")
				}
				return lexical.New(&lexical.Options{Now: time.Now}), nil
			},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	return m, nil
}

func priceTable(path string) (model.PriceTable, error) {
	if path == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("prices: %w", err)
	}
	t, err := model.ParsePrices(raw)
	if err != nil {
		return nil, fmt.Errorf("prices %s: %w", path, err)
	}
	return t, nil
}

// openJudge opens what --judge names; nil is nobody.
func openJudge(spec string, m model.Model) (judge.Judge, error) {
	if spec == "" {
		return nil, nil
	}
	if word, _, _ := strings.Cut(spec, ":"); word == "model" && !m.Capabilities().Text {
		return nil, fmt.Errorf("judge %q: the model %s can't write text; choose another one with --model", spec, m.Capabilities().Name)
	}
	return judge.Parse(spec, &judge.ParseOptions{Model: m})
}

// unrated says before anything is spent that the judge won't rate single steps, where the strategy would have it do so.
func (p *printer) unrated(o *azimuth.Options) {
	if o.Strategy != search.CoSTA || o.Judge == nil {
		return
	}
	if _, ok := o.Judge.(judge.Stepper); !ok {
		p.note(fmt.Sprintf("judge %s rates finished plans only: %s goes by what answers say of their quality and by experience; --judge model rates steps too",
			tool.Clip(o.Judge.Name(), 60), search.CoSTA))
	}
}
