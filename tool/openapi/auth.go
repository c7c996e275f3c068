package openapi

import (
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/azimuthdev/azimuth/internal/secret"
)

// security returns the ways in which an operation may be authenticated: one of them is enough, all schemes of it
// are needed. None means that it needs nothing.
func (b *builder) security(op *openapi3.Operation) [][]scheme {
	reqs := b.doc.Security
	if op.Security != nil {
		reqs = *op.Security
	}
	var out [][]scheme
	for _, req := range reqs {
		var all []scheme
		for _, name := range slices.Sorted(maps.Keys(req)) {
			if b.doc.Components == nil || b.doc.Components.SecuritySchemes[name] == nil {
				continue
			}
			if s := b.doc.Components.SecuritySchemes[name].Value; s != nil {
				all = append(all, scheme{name, s})
			}
		}
		out = append(out, all)
	}
	return out
}

type scheme struct {
	name string
	*openapi3.SecurityScheme
}

// authenticate uses the first alternative for which there is every credential. It returns what must not be seen
// by anybody, and the schemes that lack a credential if no alternative could be used.
func (t *operation) authenticate(req *http.Request) (secrets []secret.Value, missing []string) {
	for _, all := range t.auth {
		var values, without []string
		for _, s := range all {
			v := t.opts.Credential(s.name)
			if v == "" {
				without = append(without, s.name)
			}
			values = append(values, v)
		}
		if len(without) > 0 {
			missing = append(missing, without...)
			continue
		}
		for i, s := range all {
			secrets = append(secrets, s.apply(req, values[i])...)
		}
		return secrets, nil
	}
	return nil, missing
}

// apply puts a credential into the request and returns the forms in which it can come back.
func (s scheme) apply(req *http.Request, value string) []secret.Value {
	secrets := secret.Parts(s.name, value)
	switch {
	case s.Type == "apiKey" && s.In == "query":
		q := url.QueryEscape(s.Name) + "=" + url.QueryEscape(value)
		req.URL.RawQuery = strings.TrimPrefix(req.URL.RawQuery+"&"+q, "&")
	case s.Type == "apiKey" && s.In == "cookie":
		req.AddCookie(&http.Cookie{Name: s.Name, Value: value})
	case s.Type == "apiKey":
		req.Header.Set(s.Name, value)
	case s.Type == "http" && strings.EqualFold(s.Scheme, "basic"):
		code := base64.StdEncoding.EncodeToString([]byte(value))
		req.Header.Set("Authorization", "Basic "+code)
		_, password, _ := strings.Cut(value, ":")
		secrets = append(secrets, secret.Value{Name: s.name, Text: code}, secret.Value{Name: s.name, Text: password})
	default: // bearer, oauth2, openIdConnect
		req.Header.Set("Authorization", "Bearer "+value)
	}
	return secrets
}

// scrubber returns what cuts the secrets, and those in headers, out of a text.
func (t *operation) scrubber(secrets []secret.Value) *secret.Cutter {
	for _, name := range slices.Sorted(maps.Keys(t.opts.Headers)) {
		if secret.Name(name) {
			secrets = append(secrets, secret.Parts(name, t.opts.Headers[name])...)
		}
	}
	return secret.New(secrets...)
}
