#!/usr/bin/env bash
# Every document with its samples, read by programs that have nothing to do with ours: qpdf, through pikepdf, finds nothing
# wrong, each file is tagged and says its language, its title and its standard, and pdftotext reads it in order.
#
#   tests/pdf.sh            compares with tests/snapshots/pdftotext
#   tests/pdf.sh --update   writes them again; read the difference before committing it
#
# Needs pdftotext (poppler-utils); pikepdf and factur-x are installed apart on the first run.
set -euo pipefail
cd "$(dirname "$0")/.."

reader=${CARGO_TARGET_DIR:-target}/pikepdf
if ! [ -x "$reader/bin/python" ]; then
  python3 -m venv "$reader"
fi
if ! "$reader/bin/python" -c 'import facturx, pikepdf' 2> /dev/null; then
  "$reader/bin/pip" install --quiet --disable-pip-version-check 'pikepdf>=10,<11' 'factur-x>=3,<5'
fi
folder=$(mktemp -d "${TMPDIR:-/tmp}/parchemin-pdf.XXXXXX")
trap 'rm -rf "$folder"' EXIT
PDF_SAMPLES=$folder cargo test --quiet --lib every_sample_is_left_to_other_programs_when_asked
"$reader/bin/python" tests/pdf.py "$folder" tests/snapshots/pdftotext "$@"
