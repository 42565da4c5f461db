// The main pages with the keyboard alone: Tab goes through everything that can be acted on, in the order of the page,
// always visible; the first stop jumps over the header; the error summary and the results of a filter keep the focus.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { PAGES, nameOf } from "./pages.mjs";
import { launch, startDemo, visitor } from "./support.mjs";

const STEPS = 400;

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

/** Numbers what can be acted on, in the order of the document; a group of radio buttons is one stop. */
const number = (page) => page.evaluate(() => {
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const groups = new Set();
  let count = 0;
  for (const element of document.querySelectorAll(wanted)) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled || element.tabIndex < 0) continue;
    if (element.closest("[popover]:not(:popover-open)") && getComputedStyle(element.closest("[popover]")).position !== "static") continue;
    const group = element.type === "radio" && `${element.form?.id ?? ""}${element.form?.action ?? ""} ${element.name}`;
    if (group && groups.has(group)) continue;
    if (group) groups.add(group);
    element.dataset.arret = String(count++);
  }
  return count;
});

/** Where the focus is: its number, and whether a person sees it. */
const where = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const beside = element.nextElementSibling ? getComputedStyle(element.nextElementSibling) : style;
  const drawn = [style, beside].some((one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2);
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const group = element.type === "radio" && [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)]
    .find((one) => one.form === element.form && one.dataset.arret !== undefined);
  const name = `${element.tagName.toLowerCase()} ${(element.textContent || element.name || "").trim().slice(0, 40)}`;
  return { stop: Number((group || element).dataset.arret ?? -1), seen: drawn && inside, name };
});

for (const entry of PAGES.filter((one) => one.main)) {
  test(`${nameOf(entry)}: Tab goes through everything, in order, in sight`, async () => {
    const { page, close } = await visit(entry, { width: 1440 });
    await page.evaluate(() => document.activeElement?.blur());
    const count = await number(page);
    // a date is one field and four stops: day, month, year, calendar
    const dates = await page.locator("input[type=date]:visible, input[type=time]:visible").count();
    const presses = count + 3 * dates + 5;
    let last = -1;
    const met = new Set();
    for (let step = 0; step < Math.min(STEPS, presses); step++) {
      await page.keyboard.press("Tab");
      const here = await where(page);
      if (here === null) break;
      assert.ok(here.seen, `the focus is not visible on: ${here.name}`);
      if (here.stop < 0) continue;
      if (here.stop < last) break;
      last = here.stop;
      met.add(here.stop);
    }
    const missed = [...Array(Math.min(count, STEPS)).keys()].filter((stop) => !met.has(stop));
    const names = await page.evaluate((stops) => stops.map((stop) => document.querySelector(`[data-arret="${stop}"]`).outerHTML.slice(0, 120)), missed.slice(0, 5));
    assert.deepEqual(names, [], `${missed.length} of ${count} never reached`);
    await close();
  });
}

test("the first stop jumps to the content", async () => {
  const { page, close } = await visit({ path: "/agrements", role: "officer" });
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "evitement");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)), "the next stop is in the content");
  await close();
});

test("a refused form comes back with its summary focused, its title marked, and links that lead to the fields", async () => {
  const { page, close } = await visit({ path: "/connexion" });
  await page.locator("input[type=email]").first().fill("camille@");
  await page.keyboard.press("Enter");
  await page.locator("#bilan").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "bilan");
  assert.match(await page.title(), /^Erreur/);
  assert.equal(await page.locator("input[type=email]").first().inputValue(), "camille@");
  await page.locator("#bilan a").first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.type), "email");
  await close();
});

test("a live filter keeps the focus in its field, says the count, and writes the address", async (t) => {
  const { page, close } = await visit({ path: "/agrements", role: "officer" });
  if (!(await page.evaluate(() => Boolean(globalThis.htmx)))) return t.skip("without htmx, the button filters");
  const before = await page.locator("#resultats tbody tr").count();
  const field = page.locator("form.filtres-marge input[name=q]");
  await field.focus();
  await page.keyboard.type("Kaz");
  await page.waitForURL(/q=Kaz/);
  await page.waitForFunction((rows) => document.querySelectorAll("#resultats tbody tr").length < rows, before);
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");
  assert.match(await page.locator("#annonce").textContent(), /demande/);
  await page.goBack();
  await page.waitForFunction((rows) => document.querySelectorAll("#resultats tbody tr").length === rows, before);
  await close();
});

test("dialogs and menus close with Escape and give the focus back", async () => {
  const { page, close } = await visit({ path: "/accueil", role: "officer" });
  await page.locator("[popovertarget=compte]").focus();
  await page.keyboard.press("Enter");
  await page.locator("#compte:popover-open").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#compte:popover-open").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("popovertarget")), "compte");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("?");
  await page.locator("#raccourcis[open]").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#raccourcis[open]").count(), 0);
  await close();
});

for (const width of [390, 834]) {
  test(`the bar at the bottom of the grid of a visit never hides what has the focus, at ${width} pixels`, async () => {
    const grid = { path: "/agrements?statut=visit_scheduled", follow: ".corps tbody th a", then: "/visite?domaine=B", role: "expert" };
    const { page, close } = await visit(grid, { width });
    await page.setViewportSize({ width, height: 700 });
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator("fieldset.domaine input[type=radio]").first().focus();
    let met = 0;
    for (let step = 0; step < 60; step++) {
      const here = await page.evaluate(() => {
        const element = document.activeElement;
        const bar = document.querySelector(".barre-bas");
        if (bar.contains(element)) return null;
        const shown = element.matches("input") ? element.closest("label") : element;
        return { hidden: shown.getBoundingClientRect().bottom - bar.getBoundingClientRect().top, name: element.name || element.textContent };
      });
      if (here === null) break;
      assert.ok(here.hidden <= 1, `${here.name} is ${here.hidden} pixels under the bar`);
      met += 1;
      await page.keyboard.press("Tab");
    }
    assert.ok(met > 3, "the fields of the grid were gone through");
    await close();
  });
}
