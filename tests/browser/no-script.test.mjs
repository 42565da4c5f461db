// The pages without JavaScript: they show the same things, and their forms and menus work.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { PAGES, nameOf } from "./pages.mjs";
import { launch, openPage, signIn, startDemo } from "./support.mjs";

let browser;
let demo;

before(async () => {
  demo = await startDemo();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function visit(entry) {
  const opened = await openPage(browser, { script: false });
  if (entry.role) await signIn(opened.page, demo.url, entry.role);
  await opened.page.goto(demo.url + entry.path);
  return opened;
}

for (const entry of PAGES) {
  test(`${nameOf(entry)}: readable without a script, and every button is in a form or opens a menu`, async () => {
    const { page, close } = await visit(entry);
    assert.equal(await page.locator("h1").count(), 1);
    // Buttons that need a script are hidden until it runs; those inside a dialog come with it.
    const buttons = await page.locator("button:visible").all();
    for (const button of buttons) {
      const alive = (await button.getAttribute("popovertarget")) !== null || (await button.getAttribute("type")) === "submit";
      assert.ok(alive, `a button that does nothing: ${await button.textContent()}`);
    }
    await close();
  });
}

test("the account menu opens and signs out", async () => {
  const { page, close } = await visit({ path: "/accueil", role: "officer" });
  await page.locator("[popovertarget=compte]").click();
  await page.locator("#compte form button").click();
  await page.goto(`${demo.url}/accueil`);
  assert.ok(page.url().includes("/connexion") || (await page.locator("h1").textContent()).includes("Connectez-vous"));
  await close();
});
