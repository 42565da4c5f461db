#!/usr/bin/env bash
# The program without the front-end packages serves its pages, and no page names a file that is not there.
#
#   tests/without-node.sh      PARCHEMIN_BIN names the program to check
#
# A debug build reads the files of the pages where they are: setting those of the packages aside is enough, and nothing
# is built twice. The fonts that the stylesheet names are not looked at: a browser takes the next of the list.
set -euo pipefail
cd "$(dirname "$0")/.."

# The program refuses variables that it does not know.
program=${PARCHEMIN_BIN:-${CARGO_TARGET_DIR:-target}/debug/parchemin}
unset PARCHEMIN_BIN

assets=templates/assets
folder=$(mktemp -d "${TMPDIR:-/tmp}/parchemin-without-node.XXXXXX")
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  [ ! -d "$folder/vendor" ] || mv "$folder/vendor" "$assets/vendor"
  # The date of the folder is what cargo looks at: the next build has nothing to do.
  touch -r "$folder/date" "$assets"
  rm -rf "$folder"
}
touch -r "$assets" "$folder/date"
trap stop EXIT
[ ! -d "$assets/vendor" ] || mv "$assets/vendor" "$folder/vendor"

free_port() {
  local port
  while port=$((20000 + RANDOM % 30000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
port=$(free_port)
"$program" demo --listen "127.0.0.1:$port" >"$folder/log" 2>&1 &
server=$!

# ask METHOD PATH [COOKIE [BODY]]: what the program answers, its head included.
ask() {
  local kind=application/x-www-form-urlencoded
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf '%s %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: %s\r\n\r\n%s' \
    "$1" "$2" "$port" "${3:-}" "$kind" "${#4}" "${4:-}" >&3
  cat <&3
  exec 3<&-
}
answers() { grep -q "^HTTP/1.[01] $1 " <<<"$2"; }
fail() { echo "$1" >&2; exit 1; }

for _ in $(seq 300); do
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  ready=$(ask GET /readyz "" "" 2>/dev/null | tr -d '\0') || ready=
  answers 200 "$ready" && break
  sleep 0.2
done

session=$(ask POST /demo "" role=officer | sed -n 's/^set-cookie: \(session=[^;]*\).*/\1/ip' | tr -d '\r' | head -n 1)
[ -n "$session" ] || fail "nobody can sign in"

check() { # PAGE [COOKIE]
  local page=$1 html files file answer
  html=$(ask GET "$page" "${2:-}" "")
  answers 200 "$html" || fail "$page: $(head -n 1 <<<"$html")"
  grep -q "<h1" <<<"$html" || fail "$page has no title"
  ! grep -q 'vendor/' <<<"$html" || fail "$page names a file of the packages: $(grep -o '[^"]*vendor/[^"]*' <<<"$html" | head -n 1)"
  files=$(grep -o '/assets/[^"#]*' <<<"$html" | sort -u)
  [ -n "$files" ] || fail "$page names no file"
  for file in $files; do
    answer=$(ask HEAD "$file" "" "")
    answers 200 "$answer" || fail "$page names $file: $(head -n 1 <<<"$answer")"
  done
}
for page in /connexion /devenir-agree /mentions-legales; do check "$page"; done
for page in /accueil /agrements /agrements/nouveau /intervenants; do check "$page" "$session"; done
echo "every page names only files that are there"
