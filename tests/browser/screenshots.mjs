// Pictures of the pages, for eyes:
//   node tests/browser/screenshots.mjs [FOLDER] [WIDTH,WIDTH…] [light|dark] [all]
// The pages that have a `picture` in pages.mjs, or all of them; the viewport is as high as the document.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PAGES, fileOf } from "./pages.mjs";
import { fullHeight, launch, startDemo, visitor } from "./support.mjs";

const [folder = "tests/browser/output", widths = "1440,390", theme = "light", which = ""] = process.argv.slice(2);
const suffix = theme === "dark" ? "-sombre" : "";
// Registers go on for screens; a picture shows their beginning.
const TALLEST = 2600;

const browser = await launch();
const demo = await startDemo();
const visit = visitor(browser, demo.url);
mkdirSync(folder, { recursive: true });
try {
  for (const entry of PAGES.filter((one) => which === "all" || one.picture)) {
    const all = [...widths.split(",").map(Number), ...(entry.width ? [entry.width] : [])];
    for (const width of all) await take(entry, width);
  }
} finally {
  await browser.close();
  await demo.stop();
}

async function take(entry, width) {
  const { page, close } = await visit(entry, { width, theme });
  await fullHeight(page);
  const { height } = page.viewportSize();
  const clip = { x: 0, y: 0, width, height: which === "all" ? height : Math.min(height, TALLEST) };
  const name = which === "all" ? fileOf(entry) : entry.picture;
  await page.screenshot({ path: join(folder, `${name}-${width}${suffix}.png`), clip });
  await close();
}
