#!/usr/bin/env bash
# Calls every operation of the API with random and wrong values, alone and in sequences, and checks that each answer
# is one that the OpenAPI document tells. Not part of `make test`: it needs the network once, for schemathesis.
#
#   tests/schemathesis.sh [OPTION OF SCHEMATHESIS…]      PARCHEMIN_BIN names the program to check
set -euo pipefail
cd "$(dirname "$0")/.."

target=${CARGO_TARGET_DIR:-target}
venv=$target/schemathesis
if [ ! -x "$venv/bin/schemathesis" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'schemathesis>=4.32,<5'
fi
if [ -z "${PARCHEMIN_BIN:-}" ]; then
  cargo build
  PARCHEMIN_BIN=$target/debug/parchemin
fi

# The program refuses variables that it does not know.
program=$PARCHEMIN_BIN
unset PARCHEMIN_BIN

folder=$(mktemp -d "${TMPDIR:-/tmp}/parchemin-schemathesis.XXXXXX")
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT

parchemin() { "$program" "$@" --data-dir "$folder"; }
free_port() {
  local port
  while port=$((20000 + RANDOM % 30000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
port=$(free_port)

export PARCHEMIN_RATE_LIMITS=off
parchemin user create --email responsable@essai.exemple --role manager --name "Responsable d’essai" >/dev/null
token=$(parchemin token create --email responsable@essai.exemple --name schemathesis --ttl 1d | tail -n 1)
"$program" serve --listen "127.0.0.1:$port" --data-dir "$folder" 2>"$folder/log" &
server=$!

# The token that everything else needs is not revoked, nor the account closed.
"$venv/bin/schemathesis" --config-file tests/schemathesis.toml run "http://127.0.0.1:$port/api/openapi.json" \
  --wait-for-schema 60 --header "Authorization: Bearer $token" --max-examples 50 --checks all \
  --continue-on-failure --exclude-method DELETE --exclude-path-regex '^/users/\{id\}$' --no-color "$@" ||
  { status=$?; grep -i "error\|panic" "$folder/log" | tail -n 40 >&2; exit $status; }
