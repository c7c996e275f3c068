#!/usr/bin/env bash
# Repeats the tables of docs/results.md, all of them or the parts named after the folder of the results:
#   scripts/results.sh OUT [PART]…
# A part that is there goes on where it stopped, or is only printed when it is complete. AZIMUTH names a command that
# is built already. Everything takes about twenty minutes on two cores.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
if [ $# -lt 1 ]; then
	echo "usage: scripts/results.sh OUT [PART]…; parts: $(grep -oE '^\s+part [a-z0-9]+' "$0" | awk '{print $2}' | xargs)" >&2
	exit 2
fi
mkdir -p "$1"
out=$(cd "$1" && pwd)
shift
wanted=" $* "
azimuth="${AZIMUTH:-$out/azimuth}"
[ -n "${AZIMUTH:-}" ] || go build -o "$azimuth" ./cmd/azimuth

lats=lats:no_reflection=true # the simulated proposer writes no lessons
presets=astar:preset=azimuth,astar:preset=outline,astar:preset=auto
field=vote,bestofn,rap,$lats,$presets

# part NAME runs one comparison; flags that are not given stay at the defaults: p 0.65, e 0.3, 40 calls, five seeds from 1.
part() {
	local name=$1 resume=()
	shift
	if [ "$wanted" != "  " ] && [[ "$wanted" != *" $name "* ]]; then return; fi
	step "$name"
	[ ! -d "$out/$name" ] || resume=(--resume)
	"$azimuth" bench run -q --out "$out/$name" --parallel 2 "${resume[@]}" "$@"
}

# against NAME LIST prints a part again, compared with the best of a list.
against() {
	if [ "$wanted" != "  " ] && [[ "$wanted" != *" $1 "* ]]; then return; fi
	step "$1 against the best of $2"
	"$azimuth" bench report -q "$out/$1" --against "$2"
}

# paper NAME runs the experiment of a paper. A claim that does not hold is a result, and does not end the script.
paper() {
	if [ "$wanted" != "  " ] && [[ "$wanted" != *" $1 "* ]]; then return; fi
	step "paper $1"
	"$azimuth" bench paper -q "$1" || [ $? -eq 1 ]
}

all() {
	part main --suite home,trip --tasks 60 --errors diffuse,skewed --judge none --judge noisy \
		--strategies "vote,vote:k=10,bestofn,beam,dfs,mcts,rap,$lats,astar:preset=paper,$presets"
	part ten --suite home --tasks 60 --errors diffuse,skewed --judge none --judge noisy \
		--strategies "vote:k=10,bestofn:k=10,rap:k=10,$lats:k=10,astar:preset=azimuth:k=10,astar:preset=outline:k=10,astar:preset=auto:k=10" \
		--against vote:k=10
	part budgets --suite home --tasks 60 --errors diffuse,skewed --judge none --judge noisy \
		--budget calls=10 --budget calls=20 --budget calls=40 --budget calls=80 --strategies "vote:k=10,$field"
	against budgets "rap,$lats"
	against budgets vote,vote:k=10,bestofn
	part p --suite home --tasks 60 --p 0.55,0.8 --errors diffuse,skewed --judge none --judge noisy --strategies "$field"
	part worlds --suite household,sheets,arith,blocks,game24 --tasks 20 --errors diffuse,skewed --judge none --judge noisy \
		--strategies "$field"
	part switches --suite home,trip --tasks 30 --errors diffuse,skewed --judge noisy --strategies "\
astar:preset=auto,astar:preset=auto:merge=true,astar:preset=auto:adaptive=true,\
astar:preset=azimuth,astar:preset=azimuth:merge=true,astar:preset=azimuth:adaptive=true,astar:preset=azimuth:imagine=true" \
		--against astar:preset=auto
	part memory --suite home --tasks 30 --errors diffuse,skewed --judge noisy --demos=-1 --strategies "$field"
	part others --suite home --tasks 30 --errors diffuse,skewed --judge none --judge noisy \
		--strategies "vote,greedy,uniform,qstar,majority,adaplanner,cpl,astar:preset=auto"
	paper qstar
	paper toolchain
}
all
