// Pictures of the pages, for eyes: node tests/browser/screenshots.mjs [FOLDER] [WIDTH,WIDTH…] [light|dark]
// Pages come from pages.mjs; the viewport is as high as the document.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PAGES, fileOf } from "./pages.mjs";
import { fullHeight, launch, openPage, signIn, startDemo } from "./support.mjs";

const [folder = "tests/browser/output", widths = "1440,390", theme = "light"] = process.argv.slice(2);
const suffix = theme === "dark" ? "-sombre" : "";

const browser = await launch();
const demo = await startDemo();
mkdirSync(folder, { recursive: true });
try {
  for (const width of widths.split(",").map(Number)) {
    for (const entry of PAGES) await take(entry, width);
  }
} finally {
  await browser.close();
  await demo.stop();
}

async function take(entry, width) {
  const { page, close } = await openPage(browser, { width, theme });
  if (entry.role) await signIn(page, demo.url, entry.role);
  await page.goto(demo.url + entry.path);
  if (entry.open) await page.locator(entry.open).click();
  await fullHeight(page);
  await page.screenshot({ path: join(folder, `${fileOf(entry)}-${width}${suffix}.png`) });
  await close();
}
