// Copies the third-party files of the pages from node_modules to vendor/, which git ignores.
// Run after `npm ci --ignore-scripts`. Stops when a file is not the one vendor.sha256 names,
// so that a changed package is noticed here and not in a browser.
// After changing a version on purpose: `node copy-vendor.mjs --record` writes the new checksums.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "..", "node_modules");
const vendor = join(here, "vendor");
const checksums = join(here, "vendor.sha256");

const SPECTRAL = "@fontsource/spectral";
const HANKEN = "@fontsource-variable/hanken-grotesk";
const ATKINSON = "@fontsource-variable/atkinson-hyperlegible-mono";

/** Destination under vendor/ → source under node_modules/. */
const FILES = {
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "fonts/spectral-latin-500-normal.woff2": `${SPECTRAL}/files/spectral-latin-500-normal.woff2`,
  "fonts/spectral-latin-500-italic.woff2": `${SPECTRAL}/files/spectral-latin-500-italic.woff2`,
  "fonts/spectral-latin-600-normal.woff2": `${SPECTRAL}/files/spectral-latin-600-normal.woff2`,
  "fonts/hanken-grotesk-latin-wght-normal.woff2": `${HANKEN}/files/hanken-grotesk-latin-wght-normal.woff2`,
  "fonts/atkinson-hyperlegible-mono-latin-wght-normal.woff2":
    `${ATKINSON}/files/atkinson-hyperlegible-mono-latin-wght-normal.woff2`,
  "licences/htmx.txt": "htmx.org/LICENSE",
  "licences/spectral.txt": `${SPECTRAL}/LICENSE`,
  "licences/hanken-grotesk.txt": `${HANKEN}/LICENSE`,
  "licences/atkinson-hyperlegible-mono.txt": `${ATKINSON}/LICENSE`,
};

const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

function record() {
  const lines = Object.entries(FILES).map(([to, from]) => `${digest(join(modules, from))}  ${to}\n`);
  writeFileSync(checksums, lines.join(""));
}

function expected() {
  const lines = readFileSync(checksums, "utf8").trim().split("\n");
  return new Map(lines.map((line) => line.split(/\s+/, 2).reverse()));
}

function copy() {
  const known = expected();
  const wrong = Object.entries(FILES).filter(([to, from]) => digest(join(modules, from)) !== known.get(to));
  if (wrong.length > 0) {
    throw new Error(`not the recorded file: ${wrong.map(([to]) => to).join(", ")}`);
  }
  rmSync(vendor, { recursive: true, force: true });
  for (const [to, from] of Object.entries(FILES)) {
    mkdirSync(dirname(join(vendor, to)), { recursive: true });
    copyFileSync(join(modules, from), join(vendor, to));
  }
  return Object.keys(FILES).length;
}

try {
  if (process.argv.includes("--record")) record();
  console.log(`${copy()} third-party files copied to templates/assets/vendor`);
} catch (error) {
  console.error(`copy-vendor: ${error.message}`);
  process.exitCode = 1;
}
