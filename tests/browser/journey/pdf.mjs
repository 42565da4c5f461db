// Small real PDF files, and what a PDF says.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";

/** A PDF of one page that says a sentence in plain letters. */
export function pdf(sentence) {
  const stream = `BT /F1 14 Tf 60 760 Td (${sentence.replaceAll(/[()\\]/g, "")}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const lines = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}`;
  return Buffer.from(`${text}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`);
}

/** Checks that the bytes are a PDF, and that it says each sentence, where pdftotext is installed. */
export function assertPdfSays(bytes, sentences, t) {
  assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
  assert.match(bytes.subarray(-1024).toString("latin1"), /%%EOF/);
  let said;
  try {
    said = execFileSync("pdftotext", ["-layout", "-", "-"], { input: bytes, encoding: "utf8" });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    t.diagnostic("pdftotext is absent: the text of the PDF was not read");
    return;
  }
  const flat = said.replaceAll(/\s+/g, " ");
  for (const sentence of sentences) assert.ok(flat.includes(sentence), `the PDF does not say "${sentence}":\n${flat}`);
}
