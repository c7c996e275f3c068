package openapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// Server is a document made into tools.
type Server struct {
	name    string
	tools   []tool.Tool
	skipped []error
}

// Name returns Options.Name, or the document's title.
func (s *Server) Name() string { return s.name }

// Tools returns a tool for each operation, in the order of paths and methods. The slice is the caller's.
func (s *Server) Tools() []tool.Tool { return slices.Clone(s.tools) }

// Skipped says which operations could not become tools, and why; each error is a [*DocumentError].
func (s *Server) Skipped() []error { return slices.Clone(s.skipped) }

// DocumentError says what is wrong with a document, or with one operation of it.
type DocumentError struct {
	Source string // file or URL
	Place  string // "GET /pets/{id}", empty for the document as a whole
	Err    error
}

// Error names the document, the place in it, and the problem.
func (e *DocumentError) Error() string {
	if e.Place == "" {
		return fmt.Sprintf("openapi document %s: %v", e.Source, e.Err)
	}
	return fmt.Sprintf("openapi document %s: %s: %v", e.Source, e.Place, e.Err)
}

// Unwrap returns the problem.
func (e *DocumentError) Unwrap() error { return e.Err }

// Load reads a document, YAML or JSON, from a file or an http or https URL, and makes a tool of each operation.
// No credential is sent to fetch it. Errors: a [*DocumentError] for what can't be read or is no OpenAPI 3
// document; what opts are wrong about; the context's error.
func Load(ctx context.Context, fileOrURL string, opts *Options) (*Server, error) {
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	o := opts.withDefaults()
	data, loc, err := read(ctx, fileOrURL, &o)
	if err != nil {
		return nil, &DocumentError{Source: fileOrURL, Err: err}
	}
	return parse(ctx, data, fileOrURL, loc, o)
}

// Parse is [Load] of a document that is already at hand. source names it in errors.
func Parse(ctx context.Context, data []byte, source string, opts *Options) (*Server, error) {
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	return parse(ctx, data, source, nil, opts.withDefaults())
}

func parse(ctx context.Context, data []byte, source string, loc *url.URL, o Options) (*Server, error) {
	doc, tree, err := decode(ctx, data)
	if err != nil {
		return nil, &DocumentError{Source: source, Err: err}
	}
	b := builder{doc: doc, tree: tree, source: source, loc: loc, opts: o, names: map[string]bool{}}
	return b.build()
}

// read returns the document, and its URL if it has one.
func read(ctx context.Context, fileOrURL string, o *Options) ([]byte, *url.URL, error) {
	if !strings.HasPrefix(fileOrURL, "http://") && !strings.HasPrefix(fileOrURL, "https://") {
		f, err := os.Open(fileOrURL)
		if err != nil {
			return nil, nil, err
		}
		defer f.Close()
		data, err := limited(f)
		return data, nil, err
	}
	loc, err := url.Parse(fileOrURL)
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fileOrURL, nil)
	if err != nil {
		return nil, nil, err
	}
	res, err := o.Client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("the server answered %s", res.Status)
	}
	data, err := limited(res.Body)
	return data, loc, err
}

func limited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxDocument+1))
	if err == nil && len(data) > MaxDocument {
		err = fmt.Errorf("is longer than %d bytes", MaxDocument)
	}
	return data, err
}

// decode reads and checks a document, and returns it also as plain JSON, in which references are looked up.
func decode(ctx context.Context, data []byte) (doc *openapi3.T, tree any, err error) {
	defer func() {
		if p := recover(); p != nil { // the reader is not ours, and its input is foreign
			err = fmt.Errorf("can't be read: %v", p)
		}
	}()
	if b := strings.TrimSpace(string(data[:min(len(data), 64)])); strings.HasPrefix(b, "{") {
		if err := canon.CheckDepth(data); err != nil {
			return nil, nil, err
		}
	}
	loader := openapi3.NewLoader()
	loader.Context = ctx
	if doc, err = loader.LoadFromData(data); err != nil {
		return nil, nil, explain(data, err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.") {
		return nil, nil, explain(data, fmt.Errorf("openapi: version %q is not supported: want 3.0 or 3.1", doc.OpenAPI))
	}
	if err := doc.Validate(ctx, openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation(),
		openapi3.DisableSchemaPatternValidation(), openapi3.AllowExtensionsWithRef()); err != nil {
		return nil, nil, err
	}
	raw, err := doc.MarshalJSON()
	if err != nil {
		return nil, nil, err
	}
	return doc, tree, json.Unmarshal(raw, &tree)
}

// explain says what to do about documents that are often handed over by mistake.
func explain(data []byte, err error) error {
	head := string(data[:min(len(data), 4096)])
	switch {
	case strings.TrimSpace(head) == "":
		return errors.New("is empty")
	case strings.Contains(head, "swagger:") || strings.Contains(head, `"swagger"`):
		return errors.New("is Swagger 2.0: convert it to OpenAPI 3 first")
	case !strings.Contains(string(data), "openapi"):
		return errors.New("has no field openapi: is it an OpenAPI document?")
	case strings.Contains(err.Error(), "external reference"):
		return fmt.Errorf("%w: bundle the document into one file first", err)
	}
	return err
}
