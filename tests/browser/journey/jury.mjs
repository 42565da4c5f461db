// What people do around a jury: the structure that asks for it, the team, somebody who reads a certificate. Whoever
// presides is in president.mjs.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { environment, openPage, program, signIn } from "../support.mjs";
import { day } from "./days.mjs";
import { assertPdfSays } from "./pdf.mjs";
import { until } from "./step.mjs";
import { Visitor, WAIT } from "./visitor.mjs";

const run = promisify(execFile);

/** Of structure@demo.test. */
const SIREN = "999933740";
/** An expert of the demonstration who may preside everywhere, and has an account. */
export const PRESIDENT = { number: "INT-0002", name: "Anne-Lise L’Hœst", email: "anne-lise.l-hoest@intervenants.exemple", role: "expert" };
/** Somewhere it is day now: a jury may still be held today. Hours are those of UTC. */
const PLACES = [
  { from: 5, zone: "Europe/Paris", postal_code: "56000", commune: "Vannes", department: "56" },
  { from: 13, zone: "America/Guadeloupe", postal_code: "97110", commune: "Pointe-à-Pitre", department: "971" },
  { from: 19, zone: "Pacific/Tahiti", postal_code: "98714", commune: "Papeete", department: "987" },
  { from: 0, zone: "Pacific/Noumea", postal_code: "98800", commune: "Nouméa", department: "988" },
];

/** The place of a jury that begins in two hours, and when. */
export function inTwoHours() {
  const now = new Date();
  const place = PLACES.filter(({ from }) => from <= now.getUTCHours()).toSorted((one, next) => next.from - one.from)[0];
  const at = new Date(now.getTime() + 2 * 3_600_000);
  const said = new Intl.DateTimeFormat("sv-SE", { timeZone: place.zone, dateStyle: "short", timeStyle: "short" }).format(at);
  const [date, hour] = said.split(" ");
  return { ...place, date, hour };
}

/** Digits with their key (Luhn). */
function keyed(digits) {
  const sum = [...`${digits}0`].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Somebody of the demonstration, who enters by its page. */
export class Guest extends Visitor {
  async enter() {
    Object.assign(this, await openPage(this.browser, this.options));
    this.page.setDefaultTimeout(WAIT);
    await signIn(this.page, this.installation.url, this.person.role);
  }

  /** Presses something, and waits for the page that comes. */
  async follow(control) {
    await Promise.all([this.page.waitForEvent("domcontentloaded"), control.click()]);
  }

  /** The first link of a list. */
  async first(path) {
    await this.goto(path);
    return this.page.locator(".corps tbody th a").first().getAttribute("href");
  }
}

export class Asker extends Guest {
  /** Asks for a jury with these candidates, at the site of that commune. Gives the number of the jury. */
  async asks(commune, names) {
    await this.goto("/jurys/demander");
    const site = this.page.locator("select[name=site_id] option", { hasText: commune });
    await this.page.locator("select[name=site_id]").selectOption(await site.first().getAttribute("value"));
    const version = this.page.locator("select[name=certification_version_id] option", { hasText: "CQP Salarié polyvalent" });
    await this.page.locator("select[name=certification_version_id]").selectOption(await version.last().getAttribute("value"));
    await this.page.locator("input[name=expected]").fill(String(names.length));
    for (const name of names) await this.page.locator("label.option", { hasText: name }).locator("input[name=candidats]").check();
    await this.page.locator("input[name=mode][value=on_site]").check();
    await this.follow(this.button("Envoyer la demande"));
    await this.page.waitForURL(/\/jurys\/JUR-/);
    return this.page.url().split("/").pop();
  }
}

export class Team extends Guest {
  /** Records a site of the structure where it is day now. */
  async addsSite({ postal_code: postal, commune, department }) {
    await this.goto(`/structures/${SIREN}/sites/nouveau`);
    const fields = { siret: keyed(`${SIREN}0042`), label: "Site du jury", address: "4 chemin des Palmistes", postal_code: postal, commune, department };
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`input[name=${name}]`).fill(value);
    await this.follow(this.button("Ajouter le site"));
    await this.page.locator(".message").first().waitFor();
  }

  async plans(number, { date, hour }) {
    await this.goto(`/jurys/${number}`);
    await this.follow(this.link("Planifier le jury"));
    await this.page.locator("input[name=day]").fill(date);
    await this.page.locator("input[name=starts_time]").fill(hour);
    await this.page.locator("input[name=mode][value=on_site]").check();
    await this.page.locator("input[name=room]").fill("Salle Verlaine");
    await this.follow(this.button("Planifier le jury"));
    await this.page.waitForURL(`**/jurys/${number}`);
  }

  /** Declares that an expert trained a candidate. */
  async ties(family, expert) {
    const href = await this.first(`/candidats?q=${encodeURIComponent(family)}`);
    await this.goto(`${href}/liens`);
    await this.page.locator("input[name=expert_number]").fill(expert);
    await this.page.locator("select[name=kind]").selectOption("trained");
    await this.page.locator("input[name=since]").fill(day(-200));
    await this.follow(this.button("Déclarer le lien"));
    await this.page.locator(".lignes li").first().waitFor();
  }

  async opensSeat(number, seat) {
    await this.goto(`/jurys/${number}/affectation?siege=${seat}`);
  }

  /** Those who are compared for the seat that is shown: their numbers. */
  compared() {
    return this.page.locator(".propositions thead th:not(:has(.rang--non)) a").evaluateAll((links) => links.map((link) => link.getAttribute("href").split("/").pop()));
  }

  /** The name of somebody who is compared. */
  async nameOf(expert) {
    const link = this.page.locator(`a[href='/intervenants/${expert}']`).first();
    return (await link.textContent()).trim();
  }

  /** The button that asks somebody, in the table or under it. */
  async buttonOf(expert) {
    const details = this.page.locator("details", { has: this.page.locator("summary", { hasText: "Voir les autres personnes" }) });
    if (await details.count()) await this.unfold(details.first());
    const id = await this.page.evaluate((href) => {
      const link = document.querySelector(`.propositions thead a[href="${href}"]`) ?? document.querySelector(`.coches a[href="${href}"]`);
      const cell = link.closest("th");
      const holder = cell ? cell.closest("table").tFoot.rows[0].cells[cell.cellIndex] : link.closest("li");
      return holder.querySelector("button")?.value;
    }, `/intervenants/${expert}`);
    assert.ok(id, `${expert} may not be asked`);
    return this.page.locator(`button[name=personne][value="${id}"]`);
  }

  /** Asks somebody for the seat that is shown, with a reason where one is wanted. */
  async picks(expert, reason) {
    const why = this.page.locator(`textarea[name="motif-${expert}"]`);
    const button = await this.buttonOf(expert);
    if (await why.count()) await why.fill(reason);
    await this.follow(button);
    await this.page.waitForURL("**/membres");
  }

  /** Somebody who trained a candidate may not preside: excluded, and told why, beside those who may. */
  async seesRefused(expert, family) {
    await this.page.locator(".propositions thead th", { has: this.page.locator(".rang--non") }).waitFor();
    await this.page.locator("td.crit--non", { hasText: family }).first().waitFor();
    const line = this.page.locator("li.ko", { has: this.page.locator(`a[href='/intervenants/${expert}']`) });
    await line.waitFor({ state: "attached" });
    assert.match(await line.textContent(), new RegExp(`écartée[\\s\\S]*${family}`));
    assert.equal(await line.locator("button").count(), 0, "nobody may ask them");
  }

  /** A member who trained one of the candidates is warned about, and chosen with a reason that is kept. */
  async overrides(expert, family, reason) {
    await this.follow(await this.buttonOf(expert));
    const told = this.page.locator("#bilan, .message--garance").first();
    await told.waitFor();
    assert.match(await this.page.locator("main").textContent(), new RegExp(family));
    await this.picks(expert, reason);
    assert.match(await this.page.locator("main").textContent(), new RegExp(reason));
  }

  /** Numbers of the missions of the members. */
  async missions(number) {
    await this.goto(`/jurys/${number}/membres`);
    const hrefs = await this.page.locator("main a[href^='/missions/MIS-']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    return hrefs.map((href) => href.split("/").pop());
  }

  async confirmsAndConvokes(number) {
    await this.goto(`/jurys/${number}`);
    await this.follow(this.button("Confirmer le jury"));
    await this.follow(this.button("Convoquer les candidats"));
    await until("the convocations to print", async () => {
      await this.goto(`/jurys/${number}/convocations`);
      return this.link(/^Toutes les convocations/).count();
    });
  }

  async controls(number) {
    await this.goto(`/jurys/${number}/pv/controle`);
    for (const box of await this.page.locator("input[name=points]").all()) await box.check();
    await this.follow(this.button("Déclarer conforme"));
    await this.page.waitForURL(`**/jurys/${number}/pv`);
  }

  async publishes(number) {
    await this.goto(`/jurys/${number}/validation`);
    await this.page.locator("input[name=delivered_on]").fill(day());
    const joint = this.page.locator("input[name=validated_on]");
    if (await joint.count()) {
      await joint.fill(day());
      await this.page.locator("input[name=list]").fill("Liste d’essai");
    }
    await this.follow(this.button("Valider les décisions"));
    await this.page.waitForURL(`**/jurys/${number}/pv`);
    await this.goto(`/jurys/${number}/resultats`);
    await this.follow(this.button("Annoncer les résultats"));
    await this.page.waitForURL(`**/jurys/${number}/pv`);
  }

  /** The first certificate of a jury: its number, read in its file too. */
  async certificate(jury, t) {
    await this.goto(`/certificats/jurys/${jury}`);
    const href = await this.page.locator("tbody a.ref[href^='/certificats/']").first().getAttribute("href");
    const file = this.page.locator("a[href*='/fichiers/']").first();
    await until("the certificate is typeset", async () => {
      await this.goto(href);
      return file.count();
    });
    const [download] = await Promise.all([this.page.waitForEvent("download"), file.click()]);
    const number = href.split("/").pop();
    assertPdfSays(await readFile(await download.path()), [number], t);
    return number;
  }
}

/** Accepts a mission by the link of its mail, on a phone without any account. */
export async function acceptsByMail(browser, box, mission) {
  const mail = await box.wait("", new RegExp(mission));
  const link = mail.links.find((one) => one.includes("/missions/reponse/"));
  const { page, close } = await openPage(browser, { width: 390, script: false });
  await page.goto(link);
  await page.getByRole("button", { name: "Accepter la mission" }).click();
  assert.match(await page.locator("main").textContent(), /la mission est à vous/);
  await close();
}

/** Reads a certificate as anybody does, and checks offline that its delivery is in the journal. */
export async function verifies(browser, url, number) {
  const { page, trouble, close } = await openPage(browser, { width: 390, script: false });
  await page.goto(`${url}/verifier/${number}`);
  await page.locator(".verdict--pre").waitFor();
  assert.deepEqual(trouble, []);
  const text = await until("the delivery is sealed", async () => {
    const answer = await fetch(`${url}/verifier/${number}/preuve`);
    return answer.ok && answer.text();
  });
  await close();
  const folder = await mkdtemp(join(tmpdir(), "parchemin-proof-"));
  const file = join(folder, "preuve.json");
  await writeFile(file, text);
  try {
    const { stdout } = await run(program(), ["journal", "verify", "--file", file], { env: environment() });
    assert.match(stdout, /^OK 1 /);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
