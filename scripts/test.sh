#!/usr/bin/env bash
# Everything that must hold, in the order in which a mistake is found cheapest, and a summary at the end.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
: >"$SKIPS"
current=start times=

# part runs one part under a heading and keeps its time.
part() {
	local begin=$SECONDS
	current=$1
	shift
	"$@"
	times+="$current $((SECONDS - begin)) s, "
}

summary() {
	local code=$?
	printf '\n== summary\n%stotal %d s\n' "$times" "$SECONDS"
	if [ -s "$SKIPS" ]; then
		echo "skipped:"
		sed 's/^/  /' "$SKIPS"
	else
		echo "nothing was skipped"
	fi
	if ((code == 0)); then echo "everything passed"; else echo "FAILED in: $current"; fi
}
trap summary EXIT

tests() {
	step go test
	local race=-race
	if [ "$(CGO_ENABLED=1 go env CGO_ENABLED)" != 1 ] || ! command -v "$(go env CC)" >/dev/null; then
		race=
		skip "the race detector: it needs a C compiler"
	fi
	export AZIMUTH_NPM="${AZIMUTH_NPM:-$PWD/.cache/npm/node_modules/.bin}"
	go test $race -vet=off -v -timeout 15m ./... 2>&1 | awk -v skips="$SKIPS" -f scripts/gotest.awk
}

part npm scripts/npm.sh
part lint scripts/lint.sh
part tests tests
part fuzz scripts/fuzz.sh
part benchmarks scripts/bench.sh 1x
