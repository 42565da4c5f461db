# The verbs that people repeat. `make help` says what each does.

.DEFAULT_GOAL := help
.PHONY: demo test run check fmt fuzz load openapi reference snapshots screenshots help

ARGS ?=

demo: ## Runs the product with its demonstration data (ARGS="--listen 127.0.0.1:8081")
	@tests/front-end.sh || echo "Front-end packages are absent: pages come without htmx and with the fonts of the system."
	cargo run -- demo $(ARGS)

test: ## Runs every test: format, lints, unit, documents, SQLite, PostgreSQL, browser; installs what lacks
	@tests/all.sh

run: ## Runs a server on ./data (ARGS="--listen 127.0.0.1:8081")
	cargo run -- serve $(ARGS)

check: ## Compiles everything and lints it, without tests
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

fmt: ## Formats the code
	cargo fmt --all

fuzz: ## Calls the API with random values and checks the answers against its document (FUZZ_ROLES="expert" FUZZ_SECONDS=60)
	@tests/schemathesis.sh $(ARGS)

load: ## Fills an installation and times its lists on a release build (ARGS="--times 50")
	@tests/load/run $(ARGS)

openapi: ## Writes docs/openapi.json again
	cargo run --quiet -- openapi > docs/openapi.json.new
	mv docs/openapi.json.new docs/openapi.json

reference: ## Checks the communes and the countries of birth against the packages that they come from
	node tests/reference/communes.mjs --check
	node tests/reference/countries.mjs

snapshots: ## Writes the snapshots of the tests again; read the difference before committing it
	INSTA_UPDATE=always INSTA_FORCE_PASS=1 cargo test --test it

screenshots: ## Takes pictures of the pages into docs/screenshots
	@tests/front-end.sh
	cargo build
	PARCHEMIN_BIN="$${CARGO_TARGET_DIR:-target}/debug/parchemin" node tests/browser/screenshots.mjs docs/screenshots $(ARGS)

help: ## Shows this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
