package search

import "math"

// The rules of [Choose]. [ByVotes] does without a verifier, as [Majority] does; the other two need one, as [BestOfN] does.
// Setlur et al. (arXiv 2502.12118) show that choosing by a verifier leaves cloning and voting behind by a factor that grows
// with the square root of the length of a trace, where what is sampled differs enough from sample to sample.
const (
	ByVotes  = "votes"  // the most frequent answer, whatever the scores
	ByScore  = "score"  // the answer of the best score
	ByScores = "scores" // the answer whose scores add up to the most
)

// The ways of [Options.Select] in which whole plans are chosen: with a verifier, without one, or by both.
const (
	ByJudge  = "judge"    // the first that the judge accepts, else the best score; [BestOfN]
	ByVote   = "vote"     // the most frequent, whatever the scores; [Majority]
	Weighted = "weighted" // the most frequent, votes counting by the judge's score
)

// The ways in which [Aggregate] makes one score of those of a trace's steps; [Mean] is the third.
const (
	Least = "min"  // a chain is as good as its weakest step
	Last  = "last" // the last step was rated knowing all before it
)

// Scored is one sampled answer. Equal answers have equal numbers; one below 0 could not be read and counts for nothing.
type Scored struct {
	Answer int
	Score  float64 // of the verifier; NaN counts as the lowest
}

// Choose returns the index of the sample that a rule takes, the first of equal ones; -1 where there is none. Any other word
// is taken for [ByScore]. Source: the selections of arXiv 2502.06703 (majority, max, vote).
func Choose(rule string, samples []Scored) int {
	worth := map[int]float64{}
	for _, s := range samples {
		score := s.Score
		if math.IsNaN(score) {
			score = math.Inf(-1)
		}
		before, seen := worth[s.Answer]
		switch {
		case rule == ByVotes:
			worth[s.Answer] = before + 1
		case rule == ByScores:
			worth[s.Answer] = before + score
		case !seen || score > before:
			worth[s.Answer] = score
		}
	}
	best := -1
	for i, s := range samples {
		if s.Answer >= 0 && (best < 0 || worth[s.Answer] > worth[samples[best].Answer]) {
			best = i
		}
	}
	return best
}

// Aggregate makes one score of those of a trace's steps: [Least], [Last] or [Mean], which any other word is taken for; -1
// without steps, as in the code of arXiv 2502.06703.
func Aggregate(how string, steps []float64) float64 {
	if len(steps) == 0 {
		return -1
	}
	least, total := math.Inf(1), 0.0
	for _, s := range steps {
		least, total = min(least, s), total+s
	}
	switch how {
	case Least:
		return least
	case Last:
		return steps[len(steps)-1]
	}
	return total / float64(len(steps))
}
