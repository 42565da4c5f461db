#!/usr/bin/env bash
# Fetches the front-end packages and copies what the pages need, unless it was done for this package-lock.json.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=node_modules/.parchemin-lock
if [ -f "$stamp" ] && cmp -s package-lock.json "$stamp" && [ -f templates/assets/vendor/htmx.min.js ]; then
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "npm is not installed." >&2
  exit 1
fi
npm ci --ignore-scripts --no-audit --no-fund
node templates/assets/copy-vendor.mjs
cp package-lock.json "$stamp"
