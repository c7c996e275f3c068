package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestPapers(t *testing.T) {
	code, out, _ := benched(t, "papers", "--json")
	var all []map[string]string
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != exitOK || len(all) != 71 {
		t.Fatalf("exit %d, %d papers: %v", code, len(all), err)
	}
	code, out, _ = benched(t, "papers")
	if code != exitOK || !strings.Contains(out, "2310.13227") || !strings.Contains(out, "71 papers, ") {
		t.Errorf("exit %d, %s", code, out)
	}
}
