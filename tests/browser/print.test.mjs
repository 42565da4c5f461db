// The printed file of a request: the record on A4 paper, without menus, buttons or forms.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { launch, startDemo, visitor } from "./support.mjs";

const FILE = { path: "/agrements?statut=in_committee", follow: ".corps tbody th a", role: "manager" };

let browser;
let demo;
let visit;

before(async () => {
  demo = await startDemo();
  browser = await launch();
  visit = visitor(browser, demo.url);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a file prints its facts, its steps, its pieces, its opinion and its history, and nothing to press", async () => {
  const { page, close } = await visit(FILE);
  await page.emulateMedia({ media: "print" });
  for (const kept of ["h1", ".notice", ".etapes", ".coches", ".frise", "blockquote.avis"]) {
    assert.ok(await page.locator(kept).first().isVisible(), `${kept} is printed`);
  }
  for (const gone of [".bandeau", ".pied", ".bouton", ".decision", "textarea", ".evitement"]) {
    assert.equal(await page.locator(`${gone}:visible`).count(), 0, `${gone} is not printed`);
  }
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages >= 1 && pages <= 4, `${pages} pages`);
  await close();
});
