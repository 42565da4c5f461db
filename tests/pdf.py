"""Reads every PDF of a folder with pikepdf and pdftotext: tests/pdf.sh calls it.

What a reader, an archive and a screen reader need: a file without any fault, tags, a language, a title, PDF/A-2a and
PDF/UA-1, and a text that comes in the order in which a person reads it.
"""
import pathlib
import subprocess
import sys

import pikepdf

folder, golden = map(pathlib.Path, sys.argv[1:3])
update = "--update" in sys.argv[3:]
faults = []


def metadata(pdf, name):
    with pdf.open_metadata(set_pikepdf_as_editor=False) as found:
        for key, wanted in [("pdfaid:part", "2"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")]:
            if str(found.get(key)) != wanted:
                faults.append(f"{name}: {key} is {found.get(key)}")
        if not str(found.get("dc:title") or "").strip():
            faults.append(f"{name}: no title")


def look(path):
    name = path.stem
    with pikepdf.open(path) as pdf:
        faults.extend(f"{name}: {fault}" for fault in pdf.check_pdf_syntax())
        root = pdf.Root
        if not str(root.get("/Lang", "")).lower().startswith("fr"):
            faults.append(f"{name}: its language is {root.get('/Lang')}")
        if not root.get("/MarkInfo", {}).get("/Marked", False) or "/StructTreeRoot" not in root:
            faults.append(f"{name}: no tags")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
            faults.append(f"{name}: its title is not shown")
        metadata(pdf, name)


def read(path):
    said = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True)
    said = said.stdout.decode()
    kept = golden / f"{path.stem}.txt"
    if update:
        golden.mkdir(parents=True, exist_ok=True)
        kept.write_text(said)
    elif not kept.exists() or kept.read_text() != said:
        faults.append(f"{path.stem}: its text is not that of {kept}")


paths = sorted(folder.glob("*.pdf"))
for path in paths:
    look(path)
    read(path)
if update:
    names = {path.stem for path in paths}
    for kept in golden.glob("*.txt"):
        if kept.stem not in names:
            kept.unlink()
if faults or not paths:
    sys.exit("\n".join(faults) or "no document was written")
print(f"{len(paths)} documents: qpdf finds nothing, and their text is read in order")
