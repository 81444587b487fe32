# Palier: `make` says what there is. Every target installs what it finds missing (infra/setup) and is quiet where nothing is.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# Where cargo builds, and where the tools that no system package offers are kept beside it.
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
export TOOLS := $(TARGET)/tools
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(TOOLS)/bin:$(PATH)

# The demo keeps its data apart from a real board's; PALIER_ARGS goes to palier as it is.
DEMO := data/demo
PALIER_ARGS ?=
# Else palier would take it for one of its settings.
unexport PALIER_ARGS

PROGRAM := $(TARGET)/debug/palier
CARGO_DENY := 0.20.2
SETUP := infra/setup
CLIENTS := services/palier/tests/clients

WEB := frontend

.PHONY: help run demo-reset web test check lint format clippy scripts deny unit faults schema clients web-check web-test \
	bench load soak measured clean program setup-build setup-node setup-lint setup-test setup-bench

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: setup-build web ## build Palier and start its demo at http://127.0.0.1:8080 (PALIER_ARGS="--listen 127.0.0.1:9000")
	@exec cargo run --release --locked -p palier -- all --demo --data $(DEMO) $(PALIER_ARGS)

web: setup-node ## build the web app, which the program then carries
	@$(MAKE) $(WEB)/build/index.html

$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json
	@cd $(WEB) && npm ci --loglevel=error --no-audit --no-fund && touch node_modules/.package-lock.json

WEB_SOURCES := $(shell git ls-files --cached --others --exclude-standard $(WEB)) schema/graphql/resident.graphql schema/graphql/moderator.graphql schema/kept.json schema/lexicon.json
$(WEB)/build/index.html: $(WEB)/node_modules/.package-lock.json $(wildcard $(WEB_SOURCES))
	@cd $(WEB) && { said=$$(npm run build --silent 2>&1) || { printf '%s\n' "$$said" >&2; exit 1; }; } && touch build/index.html

demo-reset: ## forget the demo's data; the next run starts afresh
	rm -rf -- $(DEMO)

STAGES := setup-build setup-node setup-lint setup-test web web-check format clippy scripts deny unit schema clients web-test
test: ## everything that must hold: lint, all tests on SQLite and PostgreSQL, shapes, real clients
	@for stage in $(STAGES); do \
		started=$$(date +%s); printf '\n==> %s\n' $$stage; \
		$(MAKE) $$stage || { printf '\n==> %s FAILED after %d s\n' $$stage $$(($$(date +%s) - started)); exit 1; }; \
		printf '==> %s: %d s\n' $$stage $$(($$(date +%s) - started)); \
	done

check: setup-build web ## does it compile: the whole workspace with its tests
	@cargo check --workspace --all-targets --locked

lint: setup-build setup-lint format clippy scripts deny ## formatting, clippy, shell scripts, licences and banned crates

format: ## is everything formatted
	@cargo fmt --all --check

clippy: ## clippy on the whole workspace; a warning is an error
	@if cargo clippy --version >/dev/null 2>&1; then \
		cargo clippy --workspace --all-targets --locked -- -D warnings; \
	elif [ -n "$$CI" ]; then \
		echo "clippy is missing" >&2; exit 1; \
	else \
		echo "clippy: NOT CHECKED, this Rust came without it" >&2; \
	fi

scripts: ## shellcheck on every shell script
	@shellcheck -x .ci/run $(SETUP)/*.sh

deny: $(TOOLS)/bin/cargo-deny ## licences, banned crates and where crates come from
	@$< --locked check --hide-inclusion-graph --allow duplicate bans licenses sources

# Built without optimisation: it runs for a second and compiles for minutes.
$(TOOLS)/bin/cargo-deny: Makefile
	@$@ --version 2>/dev/null | grep -qx 'cargo-deny $(CARGO_DENY)' || { \
		echo "building cargo-deny $(CARGO_DENY), once" >&2; \
		cargo install --quiet --locked --debug --force --root $(TOOLS) --target-dir $(TOOLS)/build \
			cargo-deny@$(CARGO_DENY) && rm -rf $(TOOLS)/build; }
	@touch $@

unit: web ## the tests of the whole workspace, on SQLite and on PostgreSQL, with a Redis
	@$(SETUP)/postgres.sh $(SETUP)/redis.sh cargo test --workspace --locked --no-fail-fast

faults: setup-build setup-test web ## let one thing fail after the other under load; docs/reliability.md says what must hold
	@$(SETUP)/postgres.sh $(SETUP)/redis.sh cargo test --release --locked -p palier --test it faults:: -- --nocapture

schema: program ## do the checked-in shapes (tables, SDL, settings, who imports whom) still hold
	@$(PROGRAM) schema --check

web-check: web ## is the web app what its sources say: types, words, documents
	@cd $(WEB) && npm run check --silent

web-test: program web ## the web app in a real browser against a running palier, and again where its roles are apart
	@cd $(WEB) && PALIER_BIN=$(PROGRAM) npm test --silent
	@$(SETUP)/postgres.sh $(SETUP)/redis.sh env PALIER_BIN=$(PROGRAM) npm --prefix $(WEB) run test:apart --silent

clients: program ## real GraphQL clients (Node) against a running palier
	@cd $(CLIENTS) && npm ci --loglevel=error --no-audit --no-fund && PALIER_BIN=$(PROGRAM) npm test --silent

# As the tests have it: one set of features, so that nothing is compiled twice.
program:
	@cargo test --workspace --locked --no-run --quiet

# Client and server hold many sockets each.
SOCKETS := ulimit -n 20000
# What goes to the measures as it is, such as "--only feed,page" or "--sockets 1000".
ARGS ?=
MINUTES ?= 30
REPORT := $(TARGET)/load.html

bench: measured setup-bench ## Palier beside what it is compared with, as one table (ARGS="--only page"); docs/performance.md
	@$(SOCKETS) && $(SETUP)/postgres.sh --measured $(SETUP)/redis.sh --measured \
		cargo bench --locked -p palier-load-tests --bench ratios -- $(ARGS)

load: measured ## a busy day on a board of its own, and a report of it (ARGS="--sockets 1000")
	@$(SOCKETS) && cargo run --release --locked -p palier-load-tests --bin load -- run --report $(REPORT) $(ARGS)

soak: measured ## the same for half an hour (MINUTES=30): does the process grow
	@$(SOCKETS) && cargo run --release --locked -p palier-load-tests --bin load -- soak --minutes $(MINUTES) $(ARGS)

measured: setup-build web
	@cargo build --release --locked -p palier

clean: ## remove what was built, with its tools; data stay
	cargo clean
	rm -rf -- $(CLIENTS)/node_modules $(WEB)/node_modules $(WEB)/build

setup-build:
	@$(SETUP)/rust.sh
	@$(SETUP)/build-deps.sh

setup-node:
	@$(SETUP)/node.sh

setup-lint:
	@$(SETUP)/lint-tools.sh

setup-test: setup-node
	@$(SETUP)/test-tools.sh

setup-bench: setup-test
	@$(SETUP)/bench-tools.sh
