package arithgen

import "github.com/azimuthdev/azimuth/bench/world/internal/draw"

func garden(w *writer) {
	q := w.q
	what := draw.Pick(w.Rand, "tulips", "tomato plants", "strawberry plants", "roses", "cabbages")
	rows, each := w.between(4, 15), w.between(6, 20)
	w.say(draw.Pick(w.Rand, "NAME plants %d rows of %d %s.", "In the garden NAME has %d rows with %d %s each."), rows.v, each.v, what)
	total := q.do(rows, "*", each)
	lost := w.between(2, 15)
	w.say("Snails eat %d of them.", lost.v)
	total = q.do(total, "-", lost)
	if w.chance(0.6) {
		more, per := w.between(2, 6), w.between(3, 9)
		w.say("Later FRIEND adds %d pots with %d %s in each.", more.v, per.v, what)
		total = q.do(total, "+", q.do(more, "*", per))
	}
	if w.chance(0.5) {
		water := w.between(2, 5)
		w.say("Each one needs %d liters of water a week.", water.v)
		total = q.do(total, "*", water)
		if w.chance(0.5) {
			weeks := w.between(2, 6)
			q.do(total, "*", weeks)
			w.ask("How many liters do they need in %d weeks?", weeks.v)
			return
		}
		w.ask("How many liters do they need in a week?")
		return
	}
	w.ask("How many %s are there now?", what)
}

func savings(w *writer) {
	q := w.q
	start, weekly, weeks := w.between(20, 200), w.between(5, 40), w.between(4, 26)
	w.say(draw.Pick(w.Rand, "NAME has saved $%d and puts aside $%d a week for %d weeks.", "With $%d in the bank, NAME adds $%d each week over %d weeks."), start.v, weekly.v, weeks.v)
	total := q.do(start, "+", q.do(weekly, "*", weeks))
	if w.chance(0.6) {
		gifts, each := w.between(2, 5), w.between(10, 50)
		w.say("For a birthday %d relatives give $%d each.", gifts.v, each.v)
		total = q.do(total, "+", q.do(gifts, "*", each))
	}
	if w.chance(0.4) && total.v > 60 {
		spent := w.between(10, 50)
		w.say("A broken window costs $%d of it.", spent.v)
		total = q.do(total, "-", spent)
	}
	if w.chance(0.6) {
		price := given(total.v + 10 + w.Int64N(300))
		w.say("The bicycle of NAME's dreams costs $%d.", price.v)
		q.do(price, "-", total)
		w.ask("How many dollars are still missing?")
		return
	}
	w.ask("How many dollars does NAME have then?")
}

func farm(w *writer) {
	q := w.q
	hens, eggs, days := w.between(8, 40), w.between(1, 3), w.between(5, 14)
	w.say(draw.Pick(w.Rand, "NAME keeps %d hens that lay %d eggs a day each.", "On NAME's farm %d hens lay %d eggs each every day."), hens.v, eggs.v)
	total := q.do(q.do(hens, "*", eggs), "*", days)
	w.say("The eggs of %d days are collected.", days.v)
	if w.chance(0.6) {
		broken := w.between(2, 9)
		w.say("In the barn %d eggs break.", broken.v)
		total = q.do(total, "-", broken)
	}
	if w.chance(0.6) {
		daily := w.between(1, 3)
		w.say("The family eats %d eggs on each of the %d days.", daily.v, days.v)
		total = q.do(total, "-", q.do(daily, "*", days))
	}
	if w.chance(0.5) {
		cents := w.between(20, 45)
		w.say("An egg is sold for %d cents.", cents.v)
		q.do(total, "*", cents)
		w.ask("How many cents do the rest of the eggs bring in?")
		return
	}
	w.ask("How many eggs are left?")
}

func party(w *writer) {
	q := w.q
	guests := w.between(4, 12)
	w.say(draw.Pick(w.Rand, "NAME gives a party for %d friends.", "To NAME's party come %d friends."), guests.v)
	pizzas, slices := w.between(4, 10), w.between(6, 12)
	w.say("There are %d pizzas, cut into %d slices each.", pizzas.v, slices.v)
	total := q.do(pizzas, "*", slices)
	people := guests
	if w.chance(0.6) {
		w.say("NAME and FRIEND, who is not one of the friends, eat too.")
		people = q.do(guests, "+", given(2))
	}
	if w.chance(0.5) {
		dogs := w.between(1, 4)
		w.say("A dog steals %d slices.", dogs.v)
		total = q.do(total, "-", dogs)
	}
	each := total.v / (people.v + 1)
	if each < 1 {
		each = 1
	}
	w.say("Everybody who eats takes %d slices.", each)
	q.do(total, "-", q.do(people, "*", given(each)))
	w.ask("How many slices are left?")
}
