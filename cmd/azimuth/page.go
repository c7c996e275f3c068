package main

import (
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
)

//go:embed page.html
var pageSource string

// writePage writes the tree as one page that needs nothing else: no network, no other file.
func writePage(w io.Writer, p *picture) error {
	t, err := template.New("page").Parse(pageSource)
	if err != nil {
		return err
	}
	data, err := json.Marshal(p) // escapes <, > and &: what a tool answered can't end the script
	if err != nil {
		return err
	}
	return t.Execute(w, struct {
		*picture
		Data template.JS
	}{p, template.JS(data)})
}
