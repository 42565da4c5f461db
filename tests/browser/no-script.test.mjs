// The pages without JavaScript: they show the same things, and their forms and menus work.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { PAGES, nameOf } from "./pages.mjs";
import { launch, startDemo, visitor } from "./support.mjs";

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

// Buttons that need a script are hidden until it runs; those inside a dialog come with it.
const idleButtons = (page) => page.locator("button:visible").evaluateAll((buttons) => buttons
  .filter((button) => !button.hasAttribute("popovertarget") && !(button.type === "submit" && button.form))
  .map((button) => button.textContent));

for (const entry of PAGES) {
  test(`${nameOf(entry)}: readable without a script, and every button is in a form or opens a menu`, async () => {
    const { page, close } = await visit(entry, { script: false });
    assert.equal(await page.locator("h1").count(), 1);
    assert.deepEqual(await idleButtons(page), []);
    // What a script would show by itself is nowhere the only way.
    assert.equal(await page.locator("[data-avec-script]:visible").count(), 0);
    await close();
  });
}

test("the account menu opens and signs out", async () => {
  const { page, close } = await visit({ path: "/accueil", role: "officer" }, { script: false, fresh: true });
  await page.locator("[popovertarget=compte]").click();
  await page.locator("#compte form button").click();
  await page.goto(`${demo.url}/accueil`);
  assert.ok(page.url().includes("/connexion"));
  await close();
});

test("a list is filtered with its button, and its address can be shared", async () => {
  const { page, close } = await visit({ path: "/agrements", role: "officer" }, { script: false });
  await page.locator("input[name=q]").last().fill("Kaz");
  await page.locator("form.filtres-marge button[type=submit]").click();
  assert.ok(new URL(page.url()).searchParams.get("q") === "Kaz");
  assert.ok((await page.locator("#resultats tbody tr").count()) >= 1);
  await close();
});
