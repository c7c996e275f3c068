package search

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Ensemble is the choice-shuffle ensemble of Medprompt (Nori et al., arXiv 2411.03590): a question with choices is asked m
// times, each time with the choices in another order; each answer, a position, is put back into the choice that stood there,
// and the majority of the choices is taken. So a liking for a position cancels out.
//
// The whole of Medprompt is this over prompts that show the [Nearest] solved questions with their own reasoning. In a run the
// nearest demonstrations are those of the plan memory, by words instead of embeddings. That votes count double or half by
// whether a scratch-pad was needed (Medprompt+) is not in.
type Ensemble struct {
	orders  [][]int
	choices int
}

// EnsembleOptions are the settings of [NewEnsemble]; nil and zero fields take the defaults.
type EnsembleOptions struct {
	// Votes is how often the question is asked, m, 1 to 1000; 0 is 5. Above that of all orders it is that.
	Votes int
	// Every asks once in each order that there is, for up to 6 choices; Votes then does not count.
	Every bool
	// Seed of the orders.
	Seed uint64
}

const everyChoices = 6

// NewEnsemble draws the orders, none twice while there are others. choices is 2 to 1000. Errors wrap [ErrOptions].
func NewEnsemble(choices int, o *EnsembleOptions) (*Ensemble, error) {
	if o == nil {
		o = &EnsembleOptions{}
	}
	switch {
	case choices < 2 || choices > 1000:
		return nil, fmt.Errorf("%w: choices: %d is outside [2,1000]", ErrOptions, choices)
	case o.Votes < 0 || o.Votes > 1000:
		return nil, fmt.Errorf("%w: votes: %d is outside [1,1000]; 0 takes the default, 5", ErrOptions, o.Votes)
	case o.Every && choices > everyChoices:
		return nil, fmt.Errorf("%w: every: %d choices have too many orders: want at most %d, or a number of votes", ErrOptions, choices, everyChoices)
	}
	e, rng := &Ensemble{choices: choices}, rand.New(rand.NewPCG(o.Seed, 0x6d))
	if choices <= everyChoices {
		e.orders = permutations(choices)
		rng.Shuffle(len(e.orders), func(i, j int) { e.orders[i], e.orders[j] = e.orders[j], e.orders[i] })
		if !o.Every {
			e.orders = e.orders[:min(or(o.Votes, 5), len(e.orders))]
		}
		return e, nil
	}
	for range or(o.Votes, 5) { // that one of 5,040 or more comes twice matters little
		e.orders = append(e.orders, rng.Perm(choices))
	}
	return e, nil
}

// permutations are all orders of n things.
func permutations(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for _, p := range permutations(n - 1) {
		for at := range n {
			out = append(out, slices.Insert(slices.Clone(p), at, n-1))
		}
	}
	return out
}

// Votes is how often the question is asked.
func (e *Ensemble) Votes() int { return len(e.orders) }

// Order says which choice stands at each position the i-th time, i in [0,Votes). The caller must not change it.
func (e *Ensemble) Order(i int) []int { return e.orders[i] }

// Choice is the choice that stands at a position the i-th time; -1 for a position that there is not, as of an answer that
// can't be read.
func (e *Ensemble) Choice(i, position int) int {
	if i < 0 || i >= len(e.orders) || position < 0 || position >= e.choices {
		return -1
	}
	return e.orders[i][position]
}

// Decide puts the answers back and returns the choice with the most of them, the lowest of equal ones, and how many each
// has. Answers that can't be read have none; without any other the choice is -1.
func (e *Ensemble) Decide(positions []int) (choice int, votes []int) {
	votes = make([]int, e.choices)
	for i, p := range positions {
		if c := e.Choice(i, p); c >= 0 {
			votes[c]++
		}
	}
	choice = -1
	for c, v := range votes {
		if v > 0 && (choice < 0 || v > votes[choice]) {
			choice = c
		}
	}
	return choice, votes
}

// Nearest returns the indices of the k vectors of the pool that have the greatest cosine with the query, nearest first, the
// earlier of equal ones: the demonstrations to show (k = 5 in Medprompt).
func Nearest(query []float64, pool [][]float64, k int) []int {
	near, at := make([]float64, len(pool)), make([]int, len(pool))
	for i, v := range pool {
		near[i], at[i] = Cosine(query, v), i
	}
	slices.SortStableFunc(at, func(a, b int) int { return cmp.Compare(near[b], near[a]) })
	return at[:max(0, min(k, len(at)))]
}

// Cosine is that of the angle between two vectors, in [-1,1]; 0 where one is all zeros or they differ in length.
func Cosine(a, b []float64) float64 {
	if len(a) != len(b) {
		return 0
	}
	var ab, aa, bb float64
	for i := range a {
		ab, aa, bb = ab+a[i]*b[i], aa+a[i]*a[i], bb+b[i]*b[i]
	}
	if !(aa > 0 && bb > 0) {
		return 0
	}
	return ab / math.Sqrt(aa) / math.Sqrt(bb)
}
