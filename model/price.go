package model

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"

	"charm.land/catwalk/pkg/catwalk"
	"charm.land/catwalk/pkg/embedded"
	"github.com/goccy/go-yaml"
)

// PriceTable holds prices by "provider/model".
type PriceTable map[string]Prices

// Listed is what the built-in price list says of a model.
type Listed struct {
	Prices        Prices
	ContextTokens int
}

// list is the snapshot, read when first asked for: a command that needs no price does not pay for parsing it.
var list = sync.OnceValue(func() map[string]Listed {
	out := map[string]Listed{}
	for _, p := range embedded.GetAll() {
		for _, m := range p.Models {
			out[string(p.ID)+"/"+m.ID] = Listed{Prices: listedPrices(m), ContextTokens: int(m.ContextWindow)}
		}
	}
	return out
})

// listedPrices reads catwalk's columns: "in cached" is the price of a write to the cache, "out cached" of a read; some
// rows have the price of a read in both.
func listedPrices(m catwalk.Model) Prices {
	p := Prices{Prompt: m.CostPer1MIn, Cached: m.CostPer1MIn, Completion: m.CostPer1MOut}
	switch {
	case m.CostPer1MOutCached > 0:
		p.Cached = m.CostPer1MOutCached
	case m.CostPer1MInCached > 0 && m.CostPer1MInCached < m.CostPer1MIn:
		p.Cached = m.CostPer1MInCached
	}
	if m.CostPer1MInCached > m.CostPer1MIn {
		p.Write = m.CostPer1MInCached
	}
	return p
}

// LookupListed returns what the built-in list (a dated snapshot of public price lists, see the catwalk module's
// version in go.mod) says of "provider/model". Names with a date at the end also match the entry without it, and the
// other way round, where exactly one entry does.
func LookupListed(name string) (Listed, bool) {
	if l, ok := list()[name]; ok {
		return l, true
	}
	var found []string
	for k := range list() {
		if dated(k, name) || dated(name, k) {
			found = append(found, k)
		}
	}
	if len(found) != 1 {
		return Listed{}, false
	}
	return list()[found[0]], true
}

// dated says whether long is short with a date of digits and dashes after it.
func dated(long, short string) bool {
	rest, ok := strings.CutPrefix(long, short)
	return ok && len(rest) >= 9 && rest[0] == '-' && strings.Trim(rest, "-0123456789") == ""
}

// ListedModels returns the names in the built-in list of one provider, sorted; with an empty provider, all of them.
func ListedModels(provider string) []string {
	var out []string
	for k := range list() {
		if provider == "" || strings.HasPrefix(k, provider+"/") {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// LookupPrices finds the prices of "provider/model" as reached at baseURL ("" = the provider's own): the override if
// it has the name, zero for an endpoint on this machine or a private network, else the built-in list. Nil means not
// known.
func LookupPrices(name, baseURL string, override PriceTable) *Prices {
	if p, ok := override[name]; ok {
		return &p
	}
	if Local(baseURL) {
		return &Prices{}
	}
	if l, ok := LookupListed(name); ok {
		return &l.Prices
	}
	return nil
}

// Local says whether a URL is of this machine or of a private network, where tokens have no list price.
func Local(baseURL string) bool {
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" {
		return false
	}
	host := u.Hostname()
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	if a, err := netip.ParseAddr(host); err == nil {
		return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast()
	}
	return net.ParseIP(host) == nil && !strings.Contains(host, ".")
}

// ParsePrices reads an override file, YAML or JSON: "provider/model": {prompt, cached, completion, write}, all in
// dollars a million tokens. Cached defaults to prompt. Errors name the model and the field: unknown keys, numbers that
// are negative or not finite, a name without a provider.
func ParsePrices(raw []byte) (PriceTable, error) {
	type row struct {
		Prompt     *float64 `yaml:"prompt"`
		Cached     *float64 `yaml:"cached"`
		Completion *float64 `yaml:"completion"`
		Write      float64  `yaml:"write"`
	}
	rows := map[string]row{}
	d := yaml.NewDecoder(bytes.NewReader(raw), yaml.DisallowUnknownField())
	if err := d.Decode(&rows); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("prices: %w", err)
	}
	out := PriceTable{}
	for name, r := range rows {
		if p, m, ok := strings.Cut(name, "/"); !ok || p == "" || m == "" {
			return nil, fmt.Errorf("prices: %q: want provider/model", name)
		}
		if r.Prompt == nil || r.Completion == nil {
			return nil, fmt.Errorf("prices: %s: set prompt and completion, in dollars a million tokens", name)
		}
		p := Prices{Prompt: *r.Prompt, Cached: *r.Prompt, Completion: *r.Completion, Write: r.Write}
		if r.Cached != nil {
			p.Cached = *r.Cached
		}
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("prices: %s: %w", name, err)
		}
		out[name] = p
	}
	return out, nil
}

func (p Prices) check() error {
	for _, f := range []struct {
		name string
		v    float64
	}{{"prompt", p.Prompt}, {"cached", p.Cached}, {"completion", p.Completion}, {"write", p.Write}} {
		if f.v < 0 || math.IsInf(f.v, 0) || math.IsNaN(f.v) {
			return fmt.Errorf("%s %v: want dollars a million tokens, 0 or more", f.name, f.v)
		}
	}
	return nil
}
