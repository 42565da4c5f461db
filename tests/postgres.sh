#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL: tests/postgres.sh COMMAND…
#
# The command finds the address of the cluster in TEST_POSTGRES. PostgreSQL refuses to run as root, so root hands it
# to the account `postgres`; anybody else runs it themselves. Nothing is flushed to disk: for tests only.
set -euo pipefail

bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
folder=$(mktemp -d "${TMPDIR:-/tmp}/parchemin-postgres.XXXXXX")
owner=()
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$folder"
  owner=(runuser -u postgres --)
fi
server() { (cd "$folder" && "${owner[@]}" "$bin/$@"); }
stop() {
  server pg_ctl -D "$folder/data" stop -m immediate >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

free_port() {
  local port
  while port=$((20000 + RANDOM % 30000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
port=$(free_port)
server initdb -D "$folder/data" -A trust -U postgres --no-sync -E UTF8 --locale=C.UTF-8 >/dev/null
server pg_ctl -D "$folder/data" -l "$folder/log" -w start \
  -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=300" \
  >/dev/null || { cat "$folder/log" >&2; exit 1; }

TEST_POSTGRES="postgres://postgres@127.0.0.1:$port" "$@"
