// A draft outlives its session: what was typed is kept by itself, and comes back after signing in again.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { launch, signIn, startDemo, visitor } from "./support.mjs";

const DRAFT = { path: "/agrements?statut=draft", follow: ".corps tbody th a", then: "/brouillon?etape=projet", role: "structure" };
const TYPED = "Réparation de vélos, tri de pièces et vente à l’atelier.";

/** The hour that the pages show. */
const parisHour = () =>
  Number(new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", hour: "2-digit", hourCycle: "h23" }).format(new Date()));

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

test("a session that ended loses nothing of a draft", async () => {
  const { page, close } = await visit(DRAFT);
  const address = page.url();
  const hours = [parisHour()];
  await page.locator("textarea[name=project]").fill(TYPED);
  const kept = page.locator("[data-brouillon-etat]", { hasText: "Brouillon enregistré" });
  await kept.waitFor();
  hours.push(parisHour());
  const [, hour] = /à (\d+)\u202fh/.exec(await kept.textContent());
  assert.ok(hours.includes(Number(hour)), `${hour} is not the hour of the pages: ${hours}`);
  // The session ends on the server's side: its cookie is known no more.
  const [cookie] = (await page.context().cookies()).filter((one) => one.name.endsWith("session"));
  await page.context().addCookies([{ ...cookie, value: "expired" }]);
  await page.locator("button[type=submit]", { hasText: "Enregistrer et continuer" }).click();
  await page.waitForURL(/connexion/);
  assert.match(await page.locator("main").textContent(), /Votre session est terminée/);
  assert.equal(new URL(page.url()).searchParams.get("suite"), new URL(address).pathname + new URL(address).search);
  await signIn(page, demo.url, "structure");
  await page.goto(address);
  assert.equal(await page.locator("textarea[name=project]").inputValue(), TYPED);
  await close();
});
