"""Reads every PDF of a folder with pikepdf and pdftotext: tests/pdf.sh calls it.

What a reader, an archive and a screen reader need: a file without any fault, tags, a language, a title, PDF/A-2a and
PDF/UA-1, and a text that comes in the order in which a person reads it. An invoice is PDF/A-3a, carries its data, and
PyPI's factur-x finds them sound.
"""
import pathlib
import subprocess
import sys

import facturx
import pikepdf
from lxml import etree

folder, golden = map(pathlib.Path, sys.argv[1:3])
update = "--update" in sys.argv[3:]
faults = []


def is_invoice(name):
    return name.split(".")[0] == "invoice"


def invoice(path):
    """The data of an invoice: found, sound for the schema of its profile, and told by the metadata."""
    content = path.read_bytes()
    try:
        name, xml = facturx.get_xml_from_pdf(content, check_xsd=True)
    except Exception as error:
        faults.append(f"{path.stem}: factur-x refuses it: {error}")
        return
    if name != "factur-x.xml":
        faults.append(f"{path.stem}: its data are called {name}")
    level = facturx.get_level(etree.fromstring(xml))
    if level != "en16931":
        faults.append(f"{path.stem}: its profile is {level}")
    with pikepdf.open(path) as pdf, pdf.open_metadata(set_pikepdf_as_editor=False) as found:
        space = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
        for key, wanted in [("ConformanceLevel", "EN 16931"), ("DocumentFileName", "factur-x.xml")]:
            if str(found.get(space + key)) != wanted:
                faults.append(f"{path.stem}: {key} is {found.get(space + key)}")


def metadata(pdf, name):
    with pdf.open_metadata(set_pikepdf_as_editor=False) as found:
        part = "3" if is_invoice(name) else "2"
        for key, wanted in [("pdfaid:part", part), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")]:
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
    if is_invoice(path.stem):
        invoice(path)
if update:
    names = {path.stem for path in paths}
    for kept in golden.glob("*.txt"):
        if kept.stem not in names:
            kept.unlink()
if faults or not paths:
    sys.exit("\n".join(faults) or "no document was written")
print(f"{len(paths)} documents: qpdf finds nothing, and their text is read in order")
