#!/usr/bin/env bash
# Runs all benchmarks for the time given, 1x to see only that they work.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
time="${1:-1s}"

step "benchmarks, $time each"
dirs=$(grep -rlE --include='*_test.go' --exclude-dir=.cache '^func Benchmark' . | sed 's,/[^/]*$,,' | sort -u)
if [ -z "$dirs" ]; then
	skip "benchmarks: there are none"
	exit 0
fi
go test -vet=off -run '^$' -bench . -benchmem -benchtime "$time" -timeout 15m $dirs
