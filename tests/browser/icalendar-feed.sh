#!/usr/bin/env bash
# Reads a calendar on standard input with the icalendar package of PyPI, installed apart on the first run.
set -euo pipefail
cd "$(dirname "$0")/../.."
reader=node_modules/.icalendar
if ! [ -x "$reader/bin/python" ]; then
  python3 -m venv "$reader" >&2
  "$reader/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 >&2
fi
exec "$reader/bin/python" tests/browser/icalendar-feed.py
