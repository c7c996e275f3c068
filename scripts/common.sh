# Shared by the scripts beside it: the root folder as working directory, headings, and a list of what was skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p .cache
SKIPS="${SKIPS:-.cache/skips}"
export SKIPS

step() { printf '\n== %s\n' "$*"; }

# skip says what is left out and why, now and again in the summary of `make test`.
skip() {
	printf 'SKIPPED: %s\n' "$*"
	printf '%s\n' "$*" >>"$SKIPS"
}

# limited runs a command for at most $1 seconds where the system can do that.
limited() {
	if command -v timeout >/dev/null; then timeout "$@"; else shift && "$@"; fi
}

if ! command -v go >/dev/null; then
	echo "Go is not installed: install the version that go.mod names, or newer" >&2
	exit 1
fi
