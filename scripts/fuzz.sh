#!/usr/bin/env bash
# Runs each fuzz target for FUZZTIME; after FUZZLIMIT seconds the rest is left out, loudly. The seeds and all
# inputs that ever failed are part of the ordinary tests and run in any case.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
time="${FUZZTIME:-2s}" limit="${FUZZLIMIT:-240}"

step "fuzz, $time each, at most $limit s"
left=0
while IFS=: read -r file target; do
	if ((SECONDS > limit)); then
		left=$((left + 1))
		continue
	fi
	dir=$(dirname "$file")
	if ! out=$(go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 5s "$dir" 2>&1); then
		printf '%s\n' "$out"
		echo "$dir: $target failed; the input is in $dir/testdata/fuzz/$target" >&2
		exit 1
	fi
	printf '%s\t%s\t%s\n' "$dir" "$target" "$(grep -oE 'execs: [0-9]+' <<<"$out" | tail -1)"
done < <(grep -rnoE --include='*_test.go' --exclude-dir=.cache --exclude-dir=testdata '^func Fuzz[A-Za-z0-9_]+' . |
	sed -E 's/:[0-9]+:func /:/' | sort)
if ((left > 0)); then
	skip "fuzzing of $left targets: $limit s were over (their seeds ran with the tests; FUZZLIMIT=3600 make fuzz runs all)"
fi
