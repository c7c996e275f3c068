#!/usr/bin/env bash
# Repeats the tables of docs/results.md, all of them or the parts named after the folder of the results:
#   scripts/results.sh OUT [PART]…
# Results that are there are gone on with where they stopped, or only printed when they are complete. AZIMUTH names a
# command that is built already. Everything takes about four hours on two cores, "at40" alone 50 minutes.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
parts="at40 budgets signs verdicts ablation calibration switches memory others crowded papers"
if [ $# -lt 1 ]; then
	echo "usage: scripts/results.sh OUT [PART]…; parts: $parts" >&2
	exit 2
fi
mkdir -p "$1"
out=$(cd "$1" && pwd)
shift
wanted="${*:-$parts}"
for p in $wanted; do
	[[ " $parts " == *" $p "* ]] || { echo "there is no part $p; parts: $parts" >&2 && exit 2; }
done
azimuth="${AZIMUTH:-$out/azimuth}"
[ -n "${AZIMUTH:-}" ] || go build -o "$azimuth" ./cmd/azimuth
export GOGC="${GOGC:-400}" # many short runs: time for memory

worlds="home trip sheets household arith"
lats=lats:no_reflection=true
trees=beam,dfs,mcts,rap,rap:k=10,lats,$lats,$lats:k=10,cpl
presets=astar:preset=azimuth:k=10,astar:preset=outline:k=10,astar:preset=auto:k=10
narrow=astar:preset=azimuth:k=5,astar:preset=outline:k=5,astar:preset=auto:k=5
simple=vote,vote:k=10,bestofn,bestofn:k=10
all=greedy,$simple,majority,adaplanner,reflexion,reflexion:k=5,uniform,$trees,qstar,astar:preset=paper,$narrow,$presets

# measure NAME … runs one comparison; flags that are not given stay at the defaults: p 0.65, e 0.3, 40 calls, seeds 1 to 5.
measure() {
	local name=$1 resume=()
	shift
	step "$name"
	[ ! -d "$out/$name" ] || resume=(--resume)
	"$azimuth" bench run -q --out "$out/$name" --parallel 2 "${resume[@]}" "$@" >"$out/$name.txt"
}

# show prints results, all directories given being one.
show() { "$azimuth" bench report -q --markdown "$@"; }

# each SUFFIX prints the directories of all worlds, by name.
each() { for s in $worlds; do echo "$out/$1-$s"; done; }

everything=(--tasks 60 --errors diffuse,skewed --judge none --judge noisy)

# cells BUDGET measures everything in all worlds.
cells() {
	for s in $worlds; do
		measure "$1-$s" --suite "$s" --budget "calls=$1" --p 0.55,0.65,0.8 "${everything[@]}" --strategies "$all"
	done
}

at40() {
	cells 40
	show --show compact $(each 40)
}

budgets() {
	for b in 10 20 40 80; do cells "$b"; done
	for s in $worlds; do show --show grid --columns budget "$out"/{10,20,40,80}-"$s"; done
	show --show grid --pool suite,p --columns budget $(each 10) $(each 20) $(each 40) $(each 80)
}

# verdicts and signs read what at40 and budgets left.
verdicts() {
	local cells40 all_cells
	cells40=$(each 40)
	all_cells="$(each 10) $(each 20) $cells40 $(each 80)"
	for base in "$trees" "$simple"; do
		show --show verdict --against "$base" --of "astar:preset=paper,$narrow,$presets" $cells40
		show --show verdict --against "$base" --of "astar:preset=paper,$presets" $all_cells
	done
	show --show differences --pool suite,p,budget --of astar:preset=auto:k=10 \
		--against "greedy,$simple,majority,adaplanner,reflexion,reflexion:k=5,uniform,$trees,qstar" $all_cells
	for base in vote vote:k=10; do
		show --show verdict --against "$base" --of "astar:preset=paper,$presets" $all_cells
	done
	show --show verdict --against "rap:k=10,$lats:k=10" --of "$presets" $all_cells
	show --show differences --pool suite,p --of "$presets,$narrow" --against "$presets,vote,vote:k=10,bestofn:k=10" $cells40
}

signs() { show --show signs --pool suite,p --against vote --of astar:preset=auto:k=10 $(each 40); }

# without NAME takes the components of a preset away one by one.
without() { local a=astar:preset=$1; shift; printf '%s' "$a"; for o in "$@"; do printf ',%s' "$a:$o"; done; }

ablation() {
	measure ablation --suite "${worlds// /,}" --p 0.55,0.65,0.8 --tasks 60 --errors diffuse,skewed --judge noisy --against astar:preset=azimuth --strategies \
		"$(without azimuth evidence=share phi=0 w=0 rho=0 rho=1 omega=0 s=1e9 n0=0 reopen=-1 first_accepted=true gate=0.8),$(without \
			outline evidence=share phi=0 w=0 omega=0 s=1e9 reopen=-1 margin=-1 max_support=10 gate=0.8),$(without auto gate=-1 patience=-1)"
	show --show grid --pool p "$out/ablation"
}

# calibration fits tau to the journals of some tasks and tries it on others.
calibration() {
	for s in $worlds; do
		for e in diffuse skewed; do
			measure "fit-$s-$e" --suite "$s" --errors "$e" --seeds 1 --first-seed 11 --tasks 100 --judge noisy \
				--strategies astar:preset=azimuth --journals "$out/fit-$s-$e.db"
			tau=$("$azimuth" calibrate --json --store "$out/fit-$s-$e.db" | python3 -c 'import json,sys; print(round(json.load(sys.stdin)["tau"],2))')
			measure "tau-$s-$e" --suite "$s" --errors "$e" --tasks 60 --judge noisy \
				--strategies "astar:preset=azimuth,astar:preset=azimuth:tau=$tau" --against astar:preset=azimuth
			show --show tables "$out/tau-$s-$e"
		done
	done
}

switches() {
	a=astar:preset=auto b=astar:preset=azimuth
	measure switches --suite "${worlds// /,}" --tasks 60 --errors diffuse,skewed --judge noisy --against $a --strategies \
		"vote:k=10,vote:k=10:merge=true,$a,$a:merge=true,$a:adaptive=true,$a:gate=-1,$b,$b:merge=true,$b:adaptive=true,$b:gate=0.8,$b:imagine=true"
	show --show grid "$out/switches"
}

memory() {
	measure memory --suite "${worlds// /,}" --tasks 60 --errors diffuse,skewed --judge noisy --demos=-1 \
		--strategies "vote:k=10,bestofn:k=10,rap:k=10,$lats:k=10,$presets"
	show --show grid "$out/memory"
}

others() {
	measure others --suite home --tasks 60 --errors diffuse,skewed --judge none --judge noisy \
		--strategies "vote:k=10,tts,vgps,majority:base=vote,bestofn:select=weighted,beam:diverse=true,astar:preset=auto"
	measure toolpath --suite toolpath --tasks 60 --errors diffuse,skewed --judge none --judge noisy \
		--strategies "greedy,vote,costa:alpha=0,costa:alpha=0.5,costa:alpha=1"
	show --show grid "$out/others"
	show --show grid "$out/toolpath"
}

crowded() {
	measure crowded --suite home-crowded,trip-crowded,sheets-crowded,household-crowded --tasks 60 --errors diffuse,skewed --judge noisy \
		--strategies "vote:k=10,bestofn:k=10,rap:k=10,$lats:k=10,$presets"
	show --show grid "$out/crowded"
}

# A claim that does not hold is a result, and does not end the script.
papers() {
	for p in toolchain qstar costa vgps vas transferq tts verify medprompt dynaicl; do
		step "paper $p"
		"$azimuth" bench paper -q "$p" || [ $? -eq 1 ]
	done
}

for p in $wanted; do "$p"; done
