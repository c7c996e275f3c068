# What a newcomer runs: `make test`. It needs Go (see go.mod); with npm and a C compiler it does more, without
# them it says what it skipped.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export FUZZTIME ?= 2s
export FUZZLIMIT ?= 240

.PHONY: help
help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: test
test: ## everything that must hold: lint, race tests, fuzz targets for a moment, benchmarks once
	@scripts/test.sh

.PHONY: test-real
test-real: ## against real models; installs what it needs where it can
	@scripts/test-real.sh

.PHONY: lint
lint: ## gofmt, go vet, staticcheck and the rules of internal/lint
	@scripts/lint.sh
	@go test ./internal/lint

.PHONY: fuzz
fuzz: ## each fuzz target for FUZZTIME, all within FUZZLIMIT seconds
	@scripts/fuzz.sh

.PHONY: bench
bench: ## the benchmarks, for reading
	@scripts/bench.sh 1s

.PHONY: npm
npm: ## the MCP servers that the tests talk to, into .cache/npm
	@scripts/npm.sh

.PHONY: build
build: ## bin/azimuth, static
	CGO_ENABLED=0 go build -trimpath -o bin/azimuth ./cmd/azimuth

.PHONY: clean
clean: ## what was built and installed here
	rm -rf bin dist .cache
