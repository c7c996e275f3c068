#!/usr/bin/env bash
# Installs the MCP servers of testdata/npm into .cache/npm, once for each state of its lock file.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

into=.cache/npm
if ! command -v npm >/dev/null; then
	skip "tests with real MCP servers: npm is not installed"
	exit 0
fi
mkdir -p "$into"
if [ -d "$into/node_modules/.bin" ] && cmp -s testdata/npm/package-lock.json "$into/package-lock.json"; then
	echo "the MCP servers are installed already"
	exit 0
fi
rm -f "$into/package-lock.json" # it comes back only when the rest is there
cp testdata/npm/package.json testdata/npm/.npmrc "$into/"
build="$into/build"
rm -rf "$build" && mkdir -p "$build"
cp testdata/npm/package.json testdata/npm/.npmrc testdata/npm/package-lock.json "$build/"
if (cd "$build" && limited 300 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error); then
	rm -rf "$into/node_modules"
	mv "$build/node_modules" "$into/node_modules"
	cp testdata/npm/package-lock.json "$into/"
else
	skip "tests with real MCP servers: npm ci failed (see above)"
fi
rm -rf "$build"
