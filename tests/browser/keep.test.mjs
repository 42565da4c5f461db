// The grid of a visit where the network is cut: what was answered waits on the device until the server has it.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { launch, startDemo, visitor } from "./support.mjs";

const GRID = {
  path: "/agrements?statut=visit_scheduled", follow: ".corps tbody th a", then: "/visite?domaine=B", role: "expert", width: 834,
};
const SEEN = "Deux fiches de poste sur trois sont à jour.";
const OTHER = "Les trois fiches de poste sont à jour.";

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

const waiting = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("parchemin-reponses:")));
const field = (page) => page.getByLabel(/^Constat/).first();
const score = (page) => page.locator("fieldset.domaine").first().getByRole("radio", { name: "Conforme", exact: true });
const notice = (page) => page.locator("[data-keep-found]").getByText("Réponses non enregistrées retrouvées sur cet appareil");
const offline = (page) => page.locator("[data-keep-offline]").getByText("Pas de réseau");
const save = (page) => page.getByRole("button", { name: "Enregistrer", exact: true });

/** Answers the first criterion; the page says nothing about it. */
async function answers(page, text) {
  await score(page).check();
  await field(page).fill(text);
  assert.equal(await notice(page).isVisible(), false);
}

test("answers sent without network stay on their page, and are sent and forgotten once it is back", async () => {
  const { page, trouble, close } = await visit(GRID);
  page.on("dialog", (dialog) => dialog.accept());
  const address = page.url();
  await answers(page, SEEN);
  await page.context().setOffline(true);
  await save(page).click();
  await offline(page).waitFor();
  assert.equal(page.url(), address, "the page stays");
  assert.equal(await field(page).inputValue(), SEEN);
  assert.equal((await waiting(page)).length, 1);
  await page.context().setOffline(false);
  await page.locator("[data-keep-told]").getByText("Envoyé").waitFor();
  assert.equal(await offline(page).isVisible(), false, "the notice goes with the cut");
  assert.deepEqual(await waiting(page), []);
  assert.equal(page.url(), address, "sent behind the page");
  await page.goto(address);
  assert.equal(await field(page).inputValue(), SEEN, "the server has them");
  assert.equal(await score(page).isChecked(), true);
  assert.equal(await notice(page).isVisible(), false);
  await page.getByRole("button", { name: "Enregistrer et continuer" }).click();
  await page.waitForURL(/domaine=C&envoi=\d+#domaine$/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "domaine", "reading goes on at the next criteria");
  assert.deepEqual(trouble, []);
  await close();
});

test("answers that were found are discarded on demand, and forgotten by signing out", async () => {
  const { page, close } = await visit({ ...GRID, then: "/visite?domaine=C" }, { fresh: true });
  page.on("dialog", (dialog) => dialog.accept());
  const address = page.url();
  const known = await field(page).inputValue();
  await answers(page, OTHER);
  await page.goto(address);
  await notice(page).waitFor();
  await page.getByRole("button", { name: "Écarter ces réponses" }).click();
  assert.equal(await field(page).inputValue(), known);
  assert.equal(await notice(page).isVisible(), false);
  assert.deepEqual(await waiting(page), []);
  await answers(page, OTHER);
  assert.equal((await waiting(page)).length, 1);
  await page.locator("button[popovertarget='compte']").click();
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await page.waitForURL((url) => url.href !== address);
  assert.deepEqual(await waiting(page), []);
  await close();
});

test("a refusal of the server keeps the answers on the device until they are mended", async () => {
  const { page, close } = await visit({ ...GRID, then: "/visite?domaine=D" });
  page.on("dialog", (dialog) => dialog.accept());
  const first = page.locator("fieldset.domaine").first();
  await first.getByRole("radio", { name: "Écart mineur" }).check();
  await field(page).fill("");
  await save(page).click();
  await page.locator("#bilan").waitFor();
  assert.equal((await waiting(page)).length, 1);
  await field(page).fill(SEEN);
  await save(page).click();
  await page.waitForURL(/envoi=\d+/);
  assert.deepEqual(await waiting(page), []);
  await close();
});
