// On a narrow screen the margin stands above the page: what it lists is shown once, and leaves room for the form.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { launch, startDemo, visitor } from "./support.mjs";

const FIRST = ".corps tbody th a";
const DRAFT = { path: "/agrements?statut=draft", follow: FIRST, then: "/brouillon?etape=pieces", role: "structure" };
const GRID = { path: "/agrements?statut=visit_scheduled", follow: FIRST, then: "/visite?domaine=B", role: "expert" };

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

for (const width of [390, 834]) {
  test(`the steps of a draft are shown once at ${width} pixels, with the way to each`, async () => {
    const { page, close } = await visit(DRAFT, { width });
    const shown = await page.locator("[aria-label='Étapes de la demande']").evaluateAll((lists) => lists.filter((list) => list.checkVisibility()).length);
    assert.equal(shown, 1);
    const ways = page.locator(".sommaire a:visible");
    assert.deepEqual([await ways.count(), await page.locator(".sommaire a[aria-current='step']").count()], [4, 1]);
    for (const way of await ways.all()) assert.ok((await way.boundingBox()).height >= 44, await way.textContent());
    await close();
  });
}

test("a wide screen shows where the draft is beside the way to each step", async () => {
  const { page, close } = await visit(DRAFT, { width: 1440 });
  assert.ok(await page.locator("ol.etapes").isVisible());
  await close();
});

test("the domains of a grid leave most of the height of a tablet to its criteria", async () => {
  const { page, close } = await visit(GRID, { width: 834 });
  const ways = page.locator(".sommaire a");
  assert.equal(await ways.count(), 9);
  for (const way of await ways.all()) assert.ok((await way.boundingBox()).height >= 48, await way.textContent());
  const { height } = await page.locator(".sommaire").boundingBox();
  assert.ok(height < 280, `${height} pixels for the list of domains`);
  await ways.nth(2).click();
  assert.match(page.url(), /domaine=C/);
  assert.match(await page.locator(".sommaire a[aria-current='step']").textContent(), /^C\./);
  await close();
});
