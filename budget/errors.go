package budget

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// ErrExhausted says that a limit does not allow the next piece of work; the error is an [*ExhaustedError].
var ErrExhausted = errors.New("budget exhausted")

// ErrAmount says that a reservation has a negative part, or a USD that is not a finite number.
var ErrAmount = errors.New("budget: an amount must be 0 or more in each part")

// ExhaustedError names the limit that would be passed. The unit of the numbers is dollars for usd, seconds for time,
// and pieces for the others.
type ExhaustedError struct {
	Which    string // the limit's key in a budget's text: usd, tokens, time, calls, tools, expansions
	Limit    float64
	Spent    float64
	Reserved float64 // by work under way
	Asked    float64
}

// Error names the limit, how far it is used up, and the remedy.
func (e *ExhaustedError) Error() string {
	if e.Which == "time" {
		return fmt.Sprintf("budget exhausted: time=%s is up; raise time to go on", formatTime(seconds(e.Limit)))
	}
	s := fmt.Sprintf("budget exhausted: %s=%s", e.Which, number(e.Limit))
	s += fmt.Sprintf(", of which %s is spent", number(e.Spent))
	if e.Reserved != 0 {
		s += fmt.Sprintf(" and %s set aside", number(e.Reserved))
	}
	return s + fmt.Sprintf(", does not allow %s more; raise %s to go on", number(e.Asked), e.Which)
}

// Is matches [ErrExhausted].
func (e *ExhaustedError) Is(target error) bool { return target == ErrExhausted }

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func seconds(f float64) time.Duration { return time.Duration(f * float64(time.Second)) }

func timeUp(limit, elapsed time.Duration) error {
	return &ExhaustedError{Which: "time", Limit: limit.Seconds(), Spent: elapsed.Seconds()}
}
