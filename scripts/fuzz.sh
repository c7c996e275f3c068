#!/usr/bin/env bash
# Runs each fuzz target for FUZZTIME; after FUZZLIMIT seconds the rest is left out, loudly. The seeds and all
# inputs that ever failed are part of the ordinary tests and run in any case.
#
# At the end of its time Go's fuzzing can fail with nothing but "context deadline exceeded" (go.dev/issue/75804, mended
# in Go 1.27). Such a run found no input and is done again, twice at most; any other failure counts at once.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
time="${FUZZTIME:-2s}" limit="${FUZZLIMIT:-240}"

# fuzz DIR TARGET prints what one run prints.
fuzz() { go test -run '^$' -fuzz "^$2\$" -fuzztime "$time" -fuzzminimizetime 5s "$1" 2>&1; }

# timed_out says whether the output on its input tells of the end of the time and of nothing else.
timed_out() {
	awk '/^--- FAIL: Fuzz/ { failed = NR } failed && NR == failed + 1 { late = /^ *context deadline exceeded$/ }
		failed && NR == failed + 2 { last = /^FAIL$/ } /Failing input written/ { found = 1 }
		END { exit !(failed && late && last && !found) }'
}

step "fuzz, $time each, at most $limit s"
left=0
while IFS=: read -r file target; do
	if ((SECONDS > limit)); then
		left=$((left + 1))
		continue
	fi
	dir=$(dirname "$file")
	for again in 2 1 0; do
		if out=$(fuzz "$dir" "$target"); then break; fi
		if ((again > 0)) && timed_out <<<"$out"; then
			printf '%s\t%s\tended late without an input; once more\n' "$dir" "$target"
			continue
		fi
		printf '%s\n' "$out"
		echo "$dir: $target failed; an input that made it fail is in $dir/testdata/fuzz/$target" >&2
		exit 1
	done
	printf '%s\t%s\t%s\n' "$dir" "$target" "$(grep -oE 'execs: [0-9]+' <<<"$out" | tail -1)"
done < <(grep -rnoE --include='*_test.go' --exclude-dir=.cache --exclude-dir=testdata '^func Fuzz[A-Za-z0-9_]+' . |
	sed -E 's/:[0-9]+:func /:/' | sort)
if ((left > 0)); then
	skip "fuzzing of $left targets: $limit s were over (their seeds ran with the tests; FUZZLIMIT=3600 make fuzz runs all)"
fi
