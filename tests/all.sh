#!/usr/bin/env bash
# Every test, in the order in which a failure is cheapest to see.
set -euo pipefail
cd "$(dirname "$0")/.."

section() { printf '\n==== %s ====\n' "$1"; }

section "What the tests need"
tests/prepare.sh
tests/front-end.sh

section "Format"
cargo fmt --all --check && echo "formatted"

section "Lints"
cargo clippy --workspace --all-targets -- -D warnings

section "Unit tests, and every scenario on SQLite"
cargo test --workspace --all-targets

section "Documents read by other programs"
tests/pdf.sh

section "Every scenario on PostgreSQL"
tests/postgres.sh cargo test --test it

section "Pages in a browser"
cargo build
PARCHEMIN_BIN="${CARGO_TARGET_DIR:-target}/debug/parchemin" npm test

section "Pages without the front-end packages"
tests/without-node.sh

section "Everything passed"
