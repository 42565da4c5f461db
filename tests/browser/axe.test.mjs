// Each page, at two widths and in both themes: no serious fault of accessibility, no violation of the content
// security policy, sound markup; and nothing wider than its window from phone to desktop.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { PAGES, nameOf } from "./pages.mjs";
import { WIDTHS, axe, launch, markupFaults, openPage, overflow, signIn, startDemo } from "./support.mjs";

let browser;
let demo;
const states = new Map();

before(async () => {
  demo = await startDemo();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** The cookies of a role, signed in once. */
async function stateOf(role) {
  if (!role) return undefined;
  if (!states.has(role)) {
    const { page, close } = await openPage(browser);
    await signIn(page, demo.url, role);
    states.set(role, await page.context().storageState());
    await close();
  }
  return states.get(role);
}

async function visit(entry, options) {
  const opened = await openPage(browser, { ...options, storageState: await stateOf(entry.role) });
  const answer = await opened.page.goto(demo.url + entry.path);
  assert.equal(answer.status(), entry.status ?? 200);
  if (entry.open) await opened.page.locator(entry.open).click();
  return opened;
}

for (const entry of PAGES) {
  for (const [width, theme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]]) {
    test(`${nameOf(entry)}: accessible at ${width} px, ${theme}`, async (t) => {
      const { page, trouble, close } = await visit(entry, { width, theme });
      const { failing, listed } = await axe(page);
      if (listed.length > 0) t.diagnostic(listed.join("\n"));
      assert.deepEqual([...failing, ...(await markupFaults(page)), ...trouble], []);
      await close();
    });
  }
  test(`${nameOf(entry)}: nothing is wider than its window`, async () => {
    const { page, close } = await visit(entry);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      assert.ok((await overflow(page)) <= 0, `at ${width} px: ${await overflow(page)} px too wide`);
    }
    await close();
  });
}
