package arithgen

import (
	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// stories are the kinds of problem. Each draws its numbers, tells the story, and asks for the last result.
var stories = []func(*writer){shopping, stock, wages, travel, bakery, school, garden, savings, farm, party}

var things = []string{"pens", "mugs", "notebooks", "candles", "apples", "balls", "plates", "lamps", "chairs", "shirts", "puzzles", "plants", "books", "towels"}

func shopping(w *writer) {
	q := w.q
	kinds := draw.Shuffled(w.Rand, things)[:2+w.IntN(3)]
	w.tell("NAME goes shopping for a new flat.", "NAME walks into a store.", "On Saturday NAME goes to the market.", "A shop has a sale and NAME goes there.")
	var total num
	for i, kind := range kinds {
		n, p := w.between(2, 12), w.between(2, 25)
		w.say(draw.Pick(w.Rand, "NAME buys %d %s at $%d each.", "NAME takes %d %s for $%d apiece.", "In the basket are %d %s that cost $%d each."), n.v, kind, p.v)
		part := q.do(n, "*", p)
		if i == 0 {
			total = part
			continue
		}
		total = q.do(total, "+", part)
	}
	if w.chance(0.5) && total.v > 12 {
		off := w.between(2, min(10, total.v-2))
		w.say("A coupon takes $%d off the bill.", off.v)
		total = q.do(total, "-", off)
	}
	if w.chance(0.6) {
		paid := given((total.v/50 + 1 + w.Int64N(2)) * 50)
		w.say("NAME pays with $%d in notes.", paid.v)
		q.do(paid, "-", total)
		w.end("How many dollars of change does SHE get?", "How much change, in dollars, comes back?")
		return
	}
	w.end("How many dollars does NAME pay?", "What does all of it cost, in dollars?")
}

func stock(w *writer) {
	q := w.q
	thing := draw.Pick(w.Rand, things...)
	total := w.between(60, 300)
	w.say(draw.Pick(w.Rand, "NAME keeps a store with %d %s.", "A warehouse that NAME runs holds %d %s.", "NAME starts the week with %d %s in stock."), total.v, thing)
	for range 2 + w.IntN(4) {
		switch w.IntN(4) {
		case 0:
			boxes, each := w.between(3, 12), w.between(4, 24)
			w.say("A truck brings %d boxes with %d %s in each.", boxes.v, each.v, thing)
			total = q.do(total, "+", q.do(boxes, "*", each))
		case 1:
			sold := w.between(5, total.v/2)
			w.say("Then %d of the %s are sold.", sold.v, thing)
			total = q.do(total, "-", sold)
		case 2:
			more := w.between(5, 60)
			w.say("FRIEND brings back %d %s.", more.v, thing)
			total = q.do(total, "+", more)
		default:
			buyers, each := w.between(2, 6), w.between(1, 8)
			w.say("Then %d customers take %d %s each.", buyers.v, each.v, thing)
			total = q.do(total, "-", q.do(buyers, "*", each))
		}
	}
	w.ask(draw.Pick(w.Rand, "How many %s are there in the end?", "How many %s are left?"), thing)
}

func wages(w *writer) {
	q := w.q
	hours, days, pay := w.between(3, 9), w.between(2, 6), w.between(11, 30)
	job := draw.Pick(w.Rand, "at a cafe", "in a garden center", "as a tutor", "at the library", "in a bike shop")
	w.say(draw.Pick(w.Rand, "NAME works %s for %d hours a day, %d days a week, at $%d an hour.", "Working %s, NAME puts in %d hours on each of %d days a week and earns $%d an hour."), job, hours.v, days.v, pay.v)
	total := q.do(q.do(hours, "*", days), "*", pay)
	unit := "in a week"
	if w.chance(0.5) {
		weeks := w.between(2, 8)
		w.say("This goes on for %d weeks.", weeks.v)
		total = q.do(total, "*", weeks)
		unit = "in all"
	}
	if w.chance(0.6) {
		tips := w.between(20, 90)
		w.say("On top there are $%d of tips over the whole time.", tips.v)
		total = q.do(total, "+", tips)
	}
	if w.chance(0.6) {
		rent := w.between(40, 150)
		w.say("Over the whole time $%d go to bus fares.", rent.v)
		q.do(total, "-", rent)
		w.ask("How many dollars are left to NAME?")
		return
	}
	w.ask("How many dollars does NAME get %s?", unit)
}

func travel(w *writer) {
	q := w.q
	w.tell("NAME sets off on a long drive.", "NAME rides across the country.", "A coach that NAME drives leaves at dawn.", "NAME and FRIEND travel to the sea.")
	var total num
	for i := range 2 + w.IntN(2) {
		speed, hours := w.between(30, 90), w.between(2, 6)
		w.say(draw.Pick(w.Rand, "On leg %[3]d the speed is %[1]d km an hour for %[2]d hours.", "Leg %[3]d lasts %[2]d hours at %[1]d km an hour."), speed.v, hours.v, i+1)
		leg := q.do(speed, "*", hours)
		if i == 0 {
			total = leg
			continue
		}
		total = q.do(total, "+", leg)
	}
	if w.chance(0.5) {
		rest := w.between(40, 400)
		way := given(total.v + rest.v)
		w.say("The whole way is %d km long.", way.v)
		q.do(way, "-", total)
		w.end("How many km remain after these legs?", "How far, in km, is it still after that?")
		return
	}
	w.ask("How many km long are these legs together?")
}

func bakery(w *writer) {
	q := w.q
	size, price := w.between(3, 12), w.between(4, 15)
	boxes := w.between(6, 20)
	trays := w.between(2, 6)
	packed := size.v * boxes.v
	eaten := given(trays.v*(1+w.Int64N(4)) - packed%trays.v)
	cookies := given(packed + eaten.v)
	what := draw.Pick(w.Rand, "cookies", "muffins", "rolls", "pretzels")
	w.say(draw.Pick(w.Rand, "NAME bakes %d trays with %d %s on each.", "From the oven NAME takes %d trays, each with %d %s."), trays.v, cookies.v/trays.v, what)
	total := q.do(trays, "*", given(cookies.v/trays.v))
	w.say("FRIEND's children eat %d of them.", eaten.v)
	total = q.do(total, "-", eaten)
	w.say("The rest is packed in boxes of %d.", size.v)
	total = q.do(total, "/", size)
	if w.chance(0.7) {
		w.say("A box sells for $%d.", price.v)
		total = q.do(total, "*", price)
		if w.chance(0.5) {
			costs := w.between(5, min(40, total.v-1))
			w.say("Flour and sugar cost $%d.", costs.v)
			q.do(total, "-", costs)
			w.ask("What is the profit in dollars when all boxes are sold?")
			return
		}
		w.ask("How many dollars do all boxes bring in?")
		return
	}
	w.ask("How many boxes are there?")
}

func school(w *writer) {
	q := w.q
	classes, pupils := w.between(3, 9), w.between(18, 30)
	each := w.between(2, 6)
	w.say(draw.Pick(w.Rand, "NAME orders supplies for a school with %d classes of %d pupils.", "At the school where NAME teaches there are %d classes with %d pupils each."), classes.v, pupils.v)
	total := q.do(classes, "*", pupils)
	if w.chance(0.5) {
		extra := w.between(2, 14)
		w.say("In addition %d pupils come from another school.", extra.v)
		total = q.do(total, "+", extra)
	}
	w.say("Each pupil gets %d pencils.", each.v)
	total = q.do(total, "*", each)
	if w.chance(0.6) {
		have := w.between(10, 80)
		w.say("There are %d pencils in the cupboard already.", have.v)
		total = q.do(total, "-", have)
	}
	if w.chance(0.4) {
		cents := w.between(5, 40)
		w.say("A pencil costs %d cents.", cents.v)
		q.do(total, "*", cents)
		w.ask("How many cents do the pencils cost that must be bought?")
		return
	}
	w.ask("How many pencils must be bought?")
}
