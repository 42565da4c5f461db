// A mission on a phone: offered by mail, accepted by the link, declined by another, given up by a third and taken by a
// substitute; then the agenda that a calendar reads. Everything at 390 px.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { axe, launch, openPage, overflow, signIn, startDemo } from "./support.mjs";

let browser;
let demo;
let team;

before(async () => {
  demo = await startDemo();
  browser = await launch();
  team = await openPage(browser, { width: 390 });
  await signIn(team.page, demo.url, "manager");
});

after(async () => {
  await team?.close();
  await browser?.close();
  await demo?.stop();
});

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The day after the one that it is somewhere: the clock of the demonstration tells the real time. */
const tomorrow = (zone) => {
  const [year, month, day] = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(new Date()).split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day + 1)).toISOString().slice(0, 10);
};

/** Nothing wider than the phone, no serious fault of accessibility. */
async function sound(page, what) {
  assert.ok((await overflow(page)) <= 0, `${what} is wider than the screen`);
  const { failing } = await axe(page);
  assert.deepEqual(failing, [], what);
}

/** Numbers of people who hold a duty. */
async function people(duty) {
  await team.page.goto(`${demo.url}/intervenants?fonction=${duty}`);
  return team.page.locator("tbody th a").evaluateAll((links) => links.map((link) => link.getAttribute("href").split("/").pop()));
}

/** Proposes a mission from the file of a person; gives its number. */
async function propose(person, { object = "jury", title, day, department = "", from = "09:00", until = "12:00" }) {
  const { page } = team;
  await page.goto(`${demo.url}/intervenants/${person}`);
  await page.getByRole("link", { name: "Proposer une mission" }).click();
  await sound(page, "the form of a mission");
  await page.locator(`input[name=object][value=${object}]`).check();
  await page.locator("input[name=title]").fill(title);
  await page.locator("input[name=place]").fill("Salle des fêtes");
  await page.locator("input[name=department]").fill(department);
  await page.locator("input[name=starts_on]").fill(day);
  await page.locator("input[name=starts_time]").fill(from);
  await page.locator("input[name=ends_time]").fill(until);
  await page.getByRole("button", { name: "Proposer la mission" }).click();
  await page.waitForURL(/\/missions\/MIS-/);
  return page.url().split("/").pop();
}

/** The link of the last mail that names a mission, read in the sink of the demonstration. */
async function linkOf(number) {
  const { page } = team;
  for (const until = Date.now() + 30_000; Date.now() < until; await page.waitForTimeout(500)) {
    await page.goto(`${demo.url}/demo/courriels`);
    const mail = page.locator("a", { hasText: number }).and(page.locator("a", { hasText: "Mission proposée" })).first();
    if (await mail.count()) {
      await mail.click();
      return page.locator("a[href*='/missions/reponse/']").first().getAttribute("href");
    }
  }
  throw new Error(`no mail about ${number}`);
}

/** Opens the link on a phone without any account, does something there, closes. */
async function onPhone(link, act) {
  const { page, trouble, close } = await openPage(browser, { width: 390, script: false });
  await page.goto(new URL(new URL(link, demo.url).pathname, demo.url).href);
  await act(page);
  assert.deepEqual(trouble, []);
  await close();
}

async function accept(number) {
  await onPhone(await linkOf(number), async (page) => {
    await page.getByRole("button", { name: "Accepter la mission" }).click();
    assert.match(await page.locator("main").textContent(), /la mission est à vous/);
  });
}

test("a mission is accepted by the link of its mail, and the link acts once", async () => {
  const [person] = await people("mandataire");
  const number = await propose(person, { title: "Jury d’essai accepté", day: inDays(40) });
  const link = await linkOf(number);
  const phone = await openPage(browser, { width: 390 });
  await phone.page.goto(new URL(new URL(link, demo.url).pathname, demo.url).href);
  await sound(phone.page, "the page of a link");
  await phone.page.getByRole("button", { name: "Accepter la mission" }).click();
  await sound(phone.page, "the thanks");
  await phone.close();
  await onPhone(link, async (page) => {
    assert.match(await page.locator("main").textContent(), /déjà accepté/);
    assert.equal(await page.locator("main form").count(), 0);
  });
});

test("another declines with a reason", async () => {
  const [, person] = await people("mandataire");
  const number = await propose(person, { title: "Jury d’essai décliné", day: inDays(41) });
  await onPhone(await linkOf(number), async (page) => {
    await page.locator("summary", { hasText: "Je ne peux pas" }).click();
    await page.locator("input[name=reason][value=too_far]").check();
    await page.getByRole("button", { name: "Décliner la mission" }).click();
    assert.match(await page.locator("main").textContent(), /Merci d’avoir répondu/);
  });
  await team.page.goto(`${demo.url}/missions/${number}`);
  assert.match(await team.page.locator("main").textContent(), /Personne ne tient cette mission/);
});

test("a third drops out the day before: substitutes are ranked with reasons, the first is asked and accepts", async () => {
  const [, , person] = await people("mandataire");
  const number = await propose(person, { title: "Jury d’essai repris", day: tomorrow("Europe/Paris") });
  await accept(number);
  const { page } = team;
  await page.goto(`${demo.url}/missions/${number}`);
  await page.getByRole("link", { name: "Remplacer la personne" }).click();
  await sound(page, "the page of a replacement");
  const first = page.locator("input[name=personnes]").first();
  const label = await first.locator("xpath=..").textContent();
  assert.match(label, /habilitation en cours jusqu’au/);
  assert.match(label, /sur douze mois/);
  await page.locator("input[name=reason][value=health]").check();
  await first.check();
  await page.getByRole("button", { name: "Proposer la mission" }).click();
  await page.waitForURL(new RegExp(`/missions/${number}$`));
  await accept(number);
  await page.goto(`${demo.url}/missions/${number}`);
  const rows = await page.locator("tbody tr").allTextContents();
  assert.match(rows[0], /Désistement/);
  assert.match(rows[1], /Acceptée/);
});

test("the agenda of an expert is read by a calendar at the hours of each place, and forgets what is cancelled", async () => {
  const places = { 75: "Europe/Paris", 973: "America/Cayenne", 974: "Indian/Reunion" };
  const next = new Date().getUTCFullYear() + 1;
  // Clocks change on the last Sunday of March: the 20th is before, the 2nd of April after.
  const days = [`${next}-03-20`, `${next}-04-02`];
  const numbers = [];
  let shift = 0;
  for (const department of Object.keys(places)) {
    for (const day of days) {
      const moved = new Date(new Date(`${day}T00:00:00Z`).getTime() + 86_400_000 * shift).toISOString().slice(0, 10);
      const number = await propose("INT-0001", { object: "meeting", title: `Réunion d’essai ${department}`, day: moved, department, from: "09:30" });
      await accept(number);
      numbers.push({ number, day: moved, zone: places[department] });
    }
    shift += 1;
  }
  const expert = await openPage(browser, { width: 390 });
  await signIn(expert.page, demo.url, "expert");
  await expert.page.goto(`${demo.url}/missions`);
  await sound(expert.page, "the missions of an expert");
  await expert.page.goto(`${demo.url}/agenda`);
  await sound(expert.page, "the agenda");
  await expert.page.getByRole("button", { name: /adresse/ }).first().click();
  const address = await expert.page.locator("code").textContent();
  await expert.close();
  const feed = new URL(new URL(address).pathname, demo.url).href;
  const read = async () => {
    const text = await (await fetch(feed)).text();
    const lines = execFileSync("tests/browser/icalendar-feed.sh", [], { input: text, encoding: "utf8" });
    return lines.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  };
  const dates = await read();
  for (const { number, day, zone } of numbers) {
    const found = dates.find((date) => date.summary.includes(number));
    assert.ok(found, `${number} is in the feed`);
    assert.equal(found.local, `${day}T09:30`, number);
    assert.equal(found.zone, zone);
    assert.equal(found.declared, found.offset, `${number}: the zone that the calendar itself describes`);
  }
  const offsets = Object.fromEntries(numbers.map(({ number, day, zone }) => [`${zone} ${day.slice(5, 7)}`, dates.find((date) => date.summary.includes(number)).offset]));
  assert.deepEqual(offsets, {
    "Europe/Paris 03": "+0100", "Europe/Paris 04": "+0200",
    "America/Cayenne 03": "-0300", "America/Cayenne 04": "-0300",
    "Indian/Reunion 03": "+0400", "Indian/Reunion 04": "+0400",
  });
  const { page } = team;
  await page.goto(`${demo.url}/missions/${numbers[0].number}`);
  await page.locator("summary", { hasText: "Annuler la mission" }).click();
  await page.locator("#annuler input[name=reason]").fill("Locaux fermés");
  await page.locator("#annuler button").click();
  await page.getByRole("button", { name: "Annuler la mission" }).click();
  await page.waitForURL(new RegExp(`/missions/${numbers[0].number}$`));
  assert.ok((await read()).every((date) => !date.summary.includes(numbers[0].number)), "the cancelled one is gone");
});

test("an expert claims from a phone, the team certifies, a manager settles", async () => {
  const expert = await openPage(browser, { width: 390 });
  await signIn(expert.page, demo.url, "expert");
  await expert.page.goto(`${demo.url}/missions`);
  await expert.page.getByRole("link", { name: /Appui pédagogique à Niort/ }).first().click();
  await expert.page.getByRole("link", { name: "Déposer mes frais" }).click();
  await sound(expert.page, "the form of a claim");
  await expert.page.locator("select[name='lines/0/kind']").selectOption("mileage");
  await expert.page.locator("input[name='lines/0/quantity']").fill("150");
  await expert.page.getByRole("button", { name: "Ajouter des lignes" }).click();
  await expert.page.locator("input[name='lines/4/quantity']").waitFor();
  assert.equal(await expert.page.locator("input[name='lines/0/quantity']").inputValue(), "150", "what was typed is kept");
  await expert.page.getByRole("button", { name: "Déposer les frais" }).click();
  await expert.page.waitForURL(/\/missions\/MIS-[^/]+$/);
  const number = expert.page.url().split("/").pop();
  await sound(expert.page, "a mission with its claim");
  await expert.close();
  const { page } = team;
  await page.goto(`${demo.url}/missions/${number}`);
  await page.getByRole("button", { name: "Attester le service fait" }).click();
  await page.goto(`${demo.url}/missions/a-payer`);
  await sound(page, "the missions to pay");
  await page.locator(`input[name=missions][value="${number}"]`).check();
  await page.locator("input[name=payment]").fill("VIR-ESSAI-1");
  await page.getByRole("button", { name: "Solder les missions choisies" }).click();
  await page.waitForURL(/\/missions\/a-payer$/);
  assert.equal(await page.locator(`input[name=missions][value="${number}"]`).count(), 0, "settled");
});
