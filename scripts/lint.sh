#!/usr/bin/env bash
# gofmt, go vet and staticcheck. The rules of our own are Go tests, in internal/lint.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

step gofmt
ugly=$(find . -name '*.go' -not -path './.cache/*' -not -path './.git/*' -print0 | xargs -0 gofmt -l)
if [ -n "$ugly" ]; then
	printf 'not formatted, run gofmt -w on:\n%s\n' "$ugly" >&2
	exit 1
fi

step go vet
go vet ./...

step staticcheck
if go build -C tools -o "$PWD/.cache/bin/staticcheck" honnef.co/go/tools/cmd/staticcheck; then
	.cache/bin/staticcheck ./...
else
	skip "staticcheck: it can't be built (see above)"
fi
