#!/usr/bin/env bash
# Calls every operation of the API with random and wrong values, alone and in sequences, and checks that each answer
# is one that the OpenAPI document tells for that operation, and never a fault of the program: whatever the document
# says, a 5xx fails. On the data of the demonstration, which each role finds whole. Not part of `make test`: it needs
# the network once, for schemathesis.
#
#   tests/schemathesis.sh [OPTION OF SCHEMATHESIS…]
#
#   PARCHEMIN_BIN     the program to check; built otherwise
#   FUZZ_ROLES        the roles to call as, all of them otherwise
#   FUZZ_SECONDS      the most seconds for each role, 180 otherwise, sequences apart
#   FUZZ_SEQUENCES    the most sequences of calls for each role, 500 otherwise
set -euo pipefail
cd "$(dirname "$0")/.."

roles=${FUZZ_ROLES:-admin manager officer expert structure trainee auditor}
seconds=${FUZZ_SECONDS:-180}
sequences=${FUZZ_SEQUENCES:-500}
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
halt() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  server=
}
stop() {
  halt
  rm -rf "$folder"
}
trap stop EXIT

free_port() {
  local port
  while port=$((20000 + RANDOM % 30000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
# Waits until the server answers, and fails when it ends before.
ready() {
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    kill -0 "$server" 2>/dev/null || break
    if [ "$(status /readyz)" = 200 ]; then return; fi
    sleep 1
  done
  echo "The server did not start." >&2
  cat "$folder/log" >&2
  return 1
}
status() { curl --silent --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$port$1" "${@:2}" || true; }

export PARCHEMIN_RATE_LIMITS=off
port=$(free_port)
"$program" demo --listen "127.0.0.1:$port" --data-dir "$folder/seed" >"$folder/log" 2>&1 &
server=$!
ready
halt

# As one role, on its own copy of the data.
fuzz() {
  local role=$1 data=$folder/$1 token failed=0
  shift
  cp -R "$folder/seed" "$data"
  token=$("$program" token create --email "$role@demo.test" --name schemathesis --ttl 1d --data-dir "$data" | tail -n 1)
  port=$(free_port)
  "$program" serve --listen "127.0.0.1:$port" --data-dir "$data" >"$folder/log" 2>&1 &
  server=$!
  ready
  # What may end the very token that calls is left out: revoking it, closing its account, and for who administers a
  # structure, leaving it.
  local own=(--exclude-operation-id api_token_revoke --exclude-operation-id account_update)
  [ "$role" != structure ] || own+=(--exclude-operation-id colleague_remove)
  call() {
    "$venv/bin/schemathesis" --config-file tests/schemathesis.toml run "http://127.0.0.1:$port/api/openapi.json" \
      --header "Authorization: Bearer $token" --checks all --continue-on-failure "${own[@]}" --no-color "$@" || failed=1
  }
  call --phases examples,coverage,fuzzing --max-examples 50 --max-time "$seconds" "$@"
  # Sequences are counted and not timed: within a time, schemathesis 4.32 begins its phases again and stops on an error of its own.
  call --phases stateful --max-examples "$sequences" "$@"
  if [ "$(status /api/v1/users/me --header "Authorization: Bearer $token")" != 200 ]; then
    echo "The token of $role died on the way: what came after says nothing." >&2
    failed=1
  fi
  [ "$failed" = 0 ] || grep -i "error\|panic" "$folder/log" | tail -n 40 >&2 || true
  halt
  rm -rf "$data"
  return "$failed"
}

failed=
for role in $roles; do
  echo "== $role"
  fuzz "$role" "$@" || failed="$failed $role"
done
if [ -n "$failed" ]; then
  echo "Answers to look at, as:$failed" >&2
  exit 1
fi
