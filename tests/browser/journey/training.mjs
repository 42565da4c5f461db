// What people do around a training session: the team that prepares it, whoever enrols without an account, whoever teaches.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { axe, openPage, overflow } from "../support.mjs";
import { Guest } from "./jury.mjs";
import { assertPdfSays } from "./pdf.mjs";
import { until } from "./step.mjs";
import { Visitor, WAIT } from "./visitor.mjs";

/** Somewhere it is afternoon now: the morning is behind, and may still be signed. Hours are those of UTC. */
const PLACES = [
  { from: 0, zone: "America/Guadeloupe", postal_code: "97110", commune: "Pointe-à-Pitre" },
  { from: 3, zone: "Pacific/Noumea", postal_code: "98800", commune: "Nouméa" },
  { from: 10, zone: "Indian/Reunion", postal_code: "97400", commune: "Saint-Denis" },
  { from: 13, zone: "Europe/Paris", postal_code: "56000", commune: "Vannes" },
  { from: 18, zone: "America/Guadeloupe", postal_code: "97110", commune: "Pointe-à-Pitre" },
];

/** Where a session that is taught today is held. */
export const afternoonNow = () => PLACES.findLast(({ from }) => from <= new Date().getUTCHours());

/** The day and the hour that it is somewhere at an instant: `2026-03-03`, `14:05`. */
function there(zone, at) {
  const said = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(at);
  return said.split(" ");
}

/** A day, some days from the one that it is there. */
export function dayThere(zone, shift = 0) {
  const [day] = there(zone, new Date());
  return new Date(new Date(`${day}T12:00:00Z`).getTime() + shift * 86_400_000).toISOString().slice(0, 10);
}

/** Two half-days of a day to come. */
export const wholeDay = (day) => [`${day} 9 h - 12 h 30`, `${day} 13 h 30 - 17 h`];

/** Two half-days of today, where it is afternoon: one is behind, the other ends in so many minutes. */
export function todayUntil(zone, minutes) {
  const [day] = there(zone, new Date());
  const [, begins] = there(zone, new Date(Date.now() - 30 * 60_000));
  const [, ends] = there(zone, new Date(Date.now() + minutes * 60_000));
  return [`${day} 11:00 - 12:00`, `${day} ${begins} - ${ends}`];
}

/** Nothing wider than the window, no serious fault of accessibility. */
export async function sound(page, what) {
  assert.ok((await overflow(page)) <= 0, `${what} is wider than the screen`);
  const { failing } = await axe(page);
  assert.deepEqual(failing, [], what);
}

/** The team: an administrator, or whoever runs sessions. */
export class Desk extends Guest {
  /** A token of the API, made on the page of one's account. */
  async token() {
    await this.goto("/compte/securite");
    const form = this.page.locator("form[action='/compte/securite/jetons']");
    await form.locator("input[name=name]").fill("Parcours");
    await form.locator("select[name=ttl_days]").selectOption({ index: 0 });
    await this.follow(form.getByRole("button"));
    return (await this.page.locator("#jeton").textContent()).trim();
  }

  async addsRoom({ postal_code: postal, commune }) {
    await this.goto("/sessions/salles/nouvelle");
    const fields = { name: `Salle d’essai ${commune}`, address: "4 chemin des Palmistes", postal_code: postal, commune, capacity: "20" };
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`input[name=${name}]`).fill(value);
    await sound(this.page, "the form of a room");
    await this.follow(this.button("Enregistrer la salle"));
    await this.says("Salle enregistrée.");
  }

  async #chooses(name, text) {
    const select = this.page.locator(`select[name=${name}]`);
    await select.selectOption(await select.locator("option", { hasText: text }).first().getAttribute("value"));
  }

  /** Prepares a public session in the room of a place, and opens it; gives its number. */
  async prepares({ commune }, slots, seats = 12) {
    await this.goto("/sessions/nouvelle");
    await this.#chooses("programme_id", "MAC SST");
    await this.page.locator("input[name=kind][value=inter]").check();
    await this.page.locator("input[name=delivery][value=own]").check();
    await this.#chooses("modality", "En présence");
    await this.#chooses("room_id", `Salle d’essai ${commune}`);
    await this.page.locator("textarea[name=slots]").fill(slots.join("\n"));
    await this.page.locator("input[name=seats_min]").fill("1");
    await this.page.locator("input[name=seats_max]").fill(String(seats));
    await this.page.locator("input[name=public]").check();
    await this.follow(this.button("Préparer la session"));
    await this.page.waitForURL(/\/sessions\/SES-[^/]+$/);
    const number = this.page.url().split("/").pop();
    await this.acts(number, "ouvrir", "Ouvrir les inscriptions");
    return number;
  }

  /** Reads what an act changes, then does it; gives what was read. */
  async acts(number, verb, button, { cause, reason } = {}) {
    await this.goto(`/sessions/${number}/actes/${verb}`);
    await sound(this.page, `the question before ${verb}`);
    const effects = await this.page.locator(".effets li").allTextContents();
    assert.match(effects.at(-1), /inscrit au journal/);
    if (cause) {
      await this.page.locator("select[name=cause]").selectOption(cause);
      await this.page.locator("input[name=reason]").fill(reason);
    }
    await this.follow(this.button(button));
    await this.page.waitForURL(`**/sessions/${number}`);
    return effects;
  }

  /** The need of somebody, then the convention that their employer signed. */
  async recordsConvention(reference, signedOn) {
    await this.goto(`/inscriptions/dossiers/${reference}/besoin`);
    await this.page.locator("textarea[name=expectations]").fill("Garder les bons gestes.");
    for (const name of ["prerequisites", "positioning", "filled_by"]) {
      await this.page.locator(`input[name=${name}]`).first().check();
    }
    await this.follow(this.button("Enregistrer le besoin"));
    await this.page.waitForURL(`**/dossiers/${reference}`);
    await this.goto(`/inscriptions/dossiers/${reference}/signature`);
    await this.page.locator("input[name=signed_on]").fill(signedOn);
    await this.follow(this.button("Enregistrer la signature"));
    await this.says("Inscription confirmée.");
  }

  async movesTo(number, slots) {
    await this.goto(`/sessions/${number}/demi-journees`);
    await this.page.locator("textarea[name=slots]").fill(slots.join("\n"));
    await this.follow(this.button("Enregistrer les demi-journées"));
    await this.page.waitForURL(`**/sessions/${number}`);
  }

  async entrusts(number, expert) {
    await this.goto(`/sessions/${number}/animation?q=${expert}`);
    await this.page.locator("input[name=expert]").first().check();
    await this.page.locator("input[name=standing][value=external]").check();
    await this.follow(this.button("Confier l’animation"));
    await this.page.waitForURL(`**/sessions/${number}`);
  }

  /** The pages of the half-days of a session, in their order. */
  async halfDays(number) {
    await this.goto(`/sessions/${number}/emargement`);
    await sound(this.page, "the sheet of a session");
    return this.page.locator("[aria-labelledby=demi-journees] tbody th a")
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
  }

  /** Shows the codes of the room; gives the address of the square code. */
  async showsCodes(halfDay) {
    await this.goto(halfDay);
    await sound(this.page, "a half-day");
    await this.follow(this.button("Afficher les codes de la salle"));
    await this.page.waitForURL("**/salle");
    await sound(this.page, "the codes of a room");
    return this.page.locator(".salle a.chasse").getAttribute("href");
  }

  /** Once the program has ended the session, whoever was there may have their certificate. */
  async issuesCertificate(number, name) {
    await until("the session is over for whoever was there", async () => {
      await this.goto(`/sessions/${number}/papiers/etablir?document=completion_certificate`);
      return this.page.locator("select[name=about] option", { hasText: name }).count();
    });
    await this.#chooses("about", name);
    await this.follow(this.button("Établir le document"));
    const refused = await this.page.locator(".message--ocre, .message--garance").allInnerTexts();
    assert.deepEqual(refused, [], "nothing lacks");
  }
}

/** Whoever teaches: signs in by a mail link. */
export class Trainer extends Visitor {
  async countersigns(halfDay) {
    await this.goto(halfDay);
    await this.button("Contresigner la demi-journée").click();
    await this.says("Demi-journée contresignée.");
  }
}

/** Somebody without an account. */
export class Trainee extends Visitor {
  async opens() {
    Object.assign(this, await openPage(this.browser, this.options));
    this.page.setDefaultTimeout(WAIT);
  }

  async follow(control) {
    await Promise.all([this.page.waitForEvent("domcontentloaded"), control.click()]);
  }

  /** Looks for sessions by a word, and opens the one of that number. */
  async finds(word, number) {
    await this.goto("/catalogue");
    await sound(this.page, "the catalogue");
    await this.unfold(this.page.locator("form.filtres-marge details.repli"));
    await this.page.locator("#mot").fill(word);
    await this.follow(this.button("Afficher les sessions"));
    await this.follow(this.page.locator(`.seance a[href$='/${number}']`));
    await sound(this.page, "a session of the catalogue");
  }

  /** Fills the form of the session that is shown. */
  async enrols({ siret } = {}) {
    const { first, family, email } = this.person;
    const fields = { first_names: first, family_name: family, email, birth_day: "27", birth_month: "3", birth_year: "1991" };
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`input[name=${name}]`).fill(value);
    await this.page.locator(`input[name=buyer][value=${siret ? "employer" : "individual"}]`).check();
    if (siret) await this.page.locator("input[name=employer_siret]").fill(siret);
    await this.page.locator("input[name=needs_adaptation][value=non]").check();
    await this.page.locator("input[name=consent]").check();
    await this.follow(this.button("Envoyer mon inscription"));
    await this.page.getByRole("heading", { level: 1, name: /Votre place est gardée/ }).waitFor();
    if (this.options.script !== false) await sound(this.page, "what comes after an enrolment");
  }

  /** Confirms the address by the link of the mail. */
  async confirms() {
    const mail = await this.installation.sink.wait(this.person.email, /à confirmer/);
    await this.page.goto(mail.links.find((link) => link.includes("/inscriptions/")));
    await sound(this.page, "the page of a link");
    await this.follow(this.button("Confirmer mon inscription"));
    await this.link("Renoncer à cette inscription").waitFor();
    assert.equal(await this.button("Confirmer mon inscription").count(), 0, "it is confirmed once");
  }

  /** Asks for the link of one's own page, and opens it. */
  async opensOwnPage() {
    await this.goto("/stagiaire");
    await this.page.locator("input[name=email]").fill(this.person.email);
    await this.follow(this.button("Recevoir mon lien"));
    const mail = await this.installation.sink.wait(this.person.email, /Le lien de votre formation/);
    this.own = mail.links.find((link) => link.includes("/stagiaire/"));
    await this.page.goto(this.own);
    await sound(this.page, "the page of a trainee");
  }

  /** Signs a half-day by the address of the square code. */
  async signsInRoom(address) {
    await this.page.goto(new URL(new URL(address).pathname, this.installation.url).href);
    await sound(this.page, "the page of a room");
    await this.page.locator("label.option", { hasText: this.person.family }).locator("input[name=name]").check();
    await this.button("Je signe ma présence").click();
    await this.page.getByText("Tout le monde a signé").waitFor();
  }

  /** Answers the survey that follows the end of the session. */
  async answersSurvey() {
    const mail = await this.installation.sink.wait(this.person.email, /Votre avis sur/, 480_000);
    await this.page.goto(mail.links.find((link) => link.includes("/enquetes/")));
    await sound(this.page, "a survey");
    const questions = this.page.locator("form[data-garde] fieldset");
    for (let rank = 0; rank < await questions.count(); rank += 1) {
      await questions.nth(rank).locator("input[type=radio]").first().check();
    }
    const texts = this.page.locator("form[data-garde] textarea");
    for (let rank = 0; rank < await texts.count(); rank += 1) await texts.nth(rank).fill("Rien à changer.");
    await this.follow(this.button("Envoyer mon avis"));
    await this.page.getByRole("heading", { level: 1, name: "Merci de votre avis" }).waitFor();
  }

  /** Finds the certificate of completion on one's own page. */
  async downloadsCertificate(t) {
    const file = this.page.locator("a[href*='/documents/']", { hasText: "Certificat de réalisation" }).first();
    await until("the certificate is typeset", async () => {
      await this.page.goto(this.own);
      return file.count();
    });
    await sound(this.page, "the page of a trainee at the end");
    const [download] = await Promise.all([this.page.waitForEvent("download"), file.click()]);
    assertPdfSays(await readFile(await download.path()), [this.person.first], t);
  }
}

/** A structure, which enrols its people. */
export class Employer extends Guest {
  /** The number of its first site, as the form proposes it. */
  async siret() {
    await this.goto("/inscriptions/nouvelle");
    const sites = this.page.locator("select[name=employer_siret] option");
    const values = await sites.evaluateAll((options) => options.map((option) => option.value));
    return values.find((value) => value !== "");
  }

  /** Types so many people for a session, reads what would be done, and confirms; gives what was read. */
  async enrols(number, count) {
    await this.goto(`/inscriptions/nouvelle?session=${number}&personnes=${count}`);
    await this.page.locator("select[name=employer_siret]").selectOption(await this.page.locator("select[name=employer_siret] option:not([value=''])").first().getAttribute("value"));
    for (let rank = 0; rank < count; rank += 1) {
      const fields = { family_name: `Essai-${rank + 1}`, first_names: "Anne Lise", birth_date: "12/05/1985", email: `essai${rank + 1}.${number.toLowerCase()}@structure.exemple` };
      for (const [name, value] of Object.entries(fields)) await this.page.locator(`input[name='people/${rank}/${name}']`).fill(value);
    }
    await this.page.locator("input[name=consent]").check();
    await sound(this.page, "the form of several people");
    await this.follow(this.button("Continuer"));
    const told = await this.page.locator(".message--ciel b").first().textContent();
    await this.goesBackOnNothing(number);
    await this.follow(this.button("Confirmer l’inscription"));
    await this.says("Inscription enregistrée.");
    return told.trim();
  }

  /** What was typed is still there before it is confirmed, and nobody is enrolled yet. */
  async goesBackOnNothing(number) {
    assert.equal(await this.page.locator("input[name=session]").inputValue(), number);
    assert.equal(await this.page.locator("input[name='people/0/family_name']").inputValue(), "Essai-1");
    await this.page.getByText("Rien n’est encore enregistré").first().waitFor();
  }

  /** The people of a session, as its list shows them. */
  async listed(number) {
    await this.goto(`/inscriptions?session=${number}`);
    await sound(this.page, "the enrolments of a structure");
    return this.page.locator(".corps tbody tr").allInnerTexts();
  }
}
