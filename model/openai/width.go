package openai

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"

	"github.com/azimuthdev/azimuth/model"
)

var (
	aboutN = regexp.MustCompile(`(?i)['"\x60]n['"\x60]|\bn (must|should|is|>)|n_cmpl|number of slots`)
	atMost = regexp.MustCompile(`(?i)(?:<=?|at most|up to|equal to|maximum(?: of)?|must be)\s*(?:value\s*<=\s*)?(\d{1,6})`)
)

// allowed reads a refusal of n choices: llama.cpp takes no more than it has slots, some hosts take one only. It
// returns how many the endpoint says it takes, 1 where it does not say.
func allowed(err error) (most int, refused bool) {
	var e *model.ProviderError
	if !errors.As(err, &e) || e.Status != http.StatusBadRequest && e.Status != http.StatusUnprocessableEntity || !aboutN.MatchString(e.Message) {
		return 0, false
	}
	found := atMost.FindAllStringSubmatch(e.Message, -1)
	if len(found) == 0 {
		return 1, true
	}
	n, err := strconv.Atoi(found[len(found)-1][1])
	if err != nil || n < 1 {
		return 1, true
	}
	return n, true
}
