// Whoever presides over a jury, with a tablet: the members, the passages with and without network, the deliberation, the
// signatures.
import assert from "node:assert/strict";
import { Guest } from "./jury.mjs";
import { Keyboard } from "./keyboard.mjs";
import { until } from "./step.mjs";

export class President extends Guest {
  async opens(number) {
    this.jury = `/jurys/${number}`;
    await this.goto(this.jury);
    await this.follow(this.link("Journée du jury"));
    await this.fitsItsWindow();
    const forms = this.page.locator("form[action*='/ouverture/']");
    const count = await forms.count();
    for (let index = 0; index < count; index += 1) {
      await forms.nth(index).locator("input[name=identity]").check();
      await forms.nth(index).locator("input[name=impartial]").check();
      await this.follow(forms.nth(index).getByRole("button", { name: /^Enregistrer/ }));
    }
    await this.follow(this.button("Ouvrir le jury"));
    await this.page.waitForURL(/\/passages\/\d+$/);
    await this.fitsItsWindow();
    return count;
  }

  /** Notes whether somebody came. */
  async notes(turn, presence) {
    await this.goto(`${this.jury}/passages/${turn}`);
    const form = this.page.locator("form[action$='/presence']");
    await form.locator(`input[name=presence][value=${presence}]`).check();
    if (presence === "present") await form.locator("select[name=identity_document]").selectOption("identity_card");
    await this.follow(form.getByRole("button", { name: "Enregistrer" }));
    await this.fitsItsWindow();
  }

  get form() {
    return this.page.locator("form[data-jury]");
  }

  /** The best result of each épreuve and of each unit, where the referential has some; the audition is over. */
  async marks() {
    for (const fields of await this.form.locator("fieldset.domaine").all()) {
      const choices = fields.locator("label.seg--v");
      if (await choices.count()) await choices.last().click();
      else await fields.locator("input[type=number]").fill((await fields.locator("input[type=number]").getAttribute("max")) ?? "1");
    }
    await this.form.locator("input[name=heard]").check();
  }

  async observes(text) {
    const field = this.form.locator("textarea[name=observations]");
    await field.fill(text);
    await field.blur();
  }

  async isRecorded() {
    await this.page.locator("[data-jury-etat]", { hasText: "Enregistré à" }).waitFor();
  }

  /** Saves with the button of the form, as without a script. */
  async saves() {
    await this.follow(this.form.locator("button[name=vers]"));
  }

  /** The turn of somebody, by their name. */
  async turnOf(name) {
    await this.goto(`${this.jury}/passages/1`);
    const href = await this.page.locator("a.passage", { hasText: name }).getAttribute("href");
    return href.split("/").pop();
  }

  /** The worker has this page and that of another turn, with their style. */
  async isKept(other) {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await until("the worker keeps the pages", () => this.page.evaluate(async (turn) => {
      const [name] = (await caches.keys()).filter((one) => one.startsWith("parchemin-jury:"));
      if (!name) return false;
      const paths = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
      return [location.pathname, turn].every((path) => paths.includes(path)) && paths.some((path) => path.endsWith("/parchemin.css"));
    }, other));
  }

  /** Types without network, loads the page again, goes to a turn that was heard and back: nothing is lost. */
  async typesWhileCut(wire, heard, text) {
    const other = `${this.jury}/passages/${heard}`;
    await this.isKept(other);
    wire.cut();
    await this.marks();
    await this.observes(text);
    await this.isOffline(/saisie/);
    await this.page.reload();
    assert.equal(await this.form.locator("textarea[name=observations]").inputValue(), text, "what waits is shown again");
    await this.isOffline(/saisie/);
    assert.ok(await this.page.evaluate(() => document.styleSheets.length > 0), "its style is kept too");
    const here = new URL(this.page.url()).pathname;
    await this.follow(this.page.locator(`a.passage[href='${other}']`));
    await this.form.waitFor();
    await this.follow(this.page.locator(`a.passage[href='${here}']`));
    assert.equal(await this.form.locator("textarea[name=observations]").inputValue(), text);
    const [answer] = await Promise.all([
      this.page.waitForResponse((one) => one.url().endsWith("/saisies") && one.ok(), { timeout: 60_000 }),
      wire.mend(),
    ]);
    await this.isRecorded();
    return { body: answer.request().postData(), said: await answer.json() };
  }

  async isOffline(what) {
    await this.page.locator("[data-jury-reseau]:visible", { hasText: "Hors ligne" }).waitFor();
    assert.match(await this.page.locator("[data-jury-reseau]").textContent(), what);
  }

  /** Sends again what was sent: answered the same, and nothing changes. */
  async sendsAgain({ body, said }) {
    const again = await this.page.evaluate(async ([path, text]) => {
      const token = document.querySelector("form[data-jury] input[name=csrf]").value;
      const headers = { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "X-CSRF-Token": token, Accept: "application/json" };
      return (await fetch(path, { method: "POST", body: text, headers })).json();
    }, [`${this.jury}/saisies`, body]);
    assert.deepEqual(again, said);
  }

  /** Somebody abstains about a candidate; whoever a tie keeps apart already is not asked. */
  async abstains(turn, name, { apart }) {
    await this.goto(`${this.jury}/passages/${turn}`);
    await this.follow(this.link("Noter une abstention"));
    assert.equal(await this.page.getByRole("radio", { name: apart }).count(), 0, `${apart} is apart already`);
    await this.page.getByRole("radio", { name }).check();
    await this.page.locator("input[name=reason]").fill("A formé cette personne");
    await this.follow(this.button("Noter l’abstention"));
    await this.says("Abstention notée.");
  }

  async tells() {
    await this.follow(this.link("Signaler un incident"));
    await this.page.locator("input[name=kind][value=delay]").check();
    await this.page.locator("textarea[name=description]").fill("Un train en retard de vingt minutes.");
    await this.follow(this.button("Signaler l’incident"));
    await this.says("Incident noté.");
  }

  /** The links of those about whom nothing is decided, as a person reads them. */
  undecided() {
    return this.page.locator("tbody tr", { has: this.page.locator("a[href*='/deliberation/']") }).evaluateAll((rows) => rows
      .filter((row) => !/totale|partielle|refus|ajournement/i.test(row.querySelector(".etat-ligne").textContent))
      .map((row) => row.querySelector("a[href*='/deliberation/']").textContent.trim().replaceAll(/\s+/g, " ")));
  }

  /** Deliberates with the keyboard alone, up to the signatures. */
  async deliberatesByKeyboard() {
    await this.goto(`${this.jury}/deliberation`);
    const keyboard = new Keyboard(this.page);
    await keyboard.press("Commencer la délibération");
    for (const link of await this.undecided()) {
      await keyboard.press(link);
      const total = await this.page.locator("input[name=decision][value=total]").count();
      await keyboard.choose("decision", total ? "total" : "adjourned");
      await keyboard.fill("Motif", "Le jury est souverain.");
      await keyboard.press("Enregistrer la décision");
    }
    await keyboard.press("Clore la délibération");
    await this.page.waitForURL("**/pv");
    await keyboard.press("Clore la délibération");
    await this.page.waitForURL("**/pv/signatures");
  }

  /** Decides about everybody, with forms alone. */
  async decides() {
    await this.goto(`${this.jury}/deliberation`);
    await this.follow(this.button("Commencer la délibération"));
    for (const link of await this.undecided()) {
      await this.follow(this.link(link));
      await this.page.locator("input[name=decision][value=total]").check();
      await this.page.locator("input[name=reason]").fill("Le jury est souverain.");
      await this.follow(this.button("Enregistrer la décision"));
    }
    assert.deepEqual(await this.undecided(), []);
  }

  /** Signs from the account, then has the others sign on the tablet: one by code, one by hand and code. */
  async haveSigned(box, jury) {
    await this.fitsItsWindow();
    await this.follow(this.button("Signer depuis mon compte"));
    let drawn = false;
    while (await this.page.locator(".signature--active").count()) {
      const active = this.page.locator(".signature--active");
      await this.follow(active.getByRole("button", { name: /^Envoyer un code/ }));
      const mail = await box.wait("", new RegExp(`Votre code pour signer.*${jury}`));
      await active.locator("input[name=code]").fill(/^\s*(\d{6})\s*$/m.exec(mail.text)[1]);
      if (drawn) {
        await this.follow(active.getByRole("button", { name: "Signer avec ce code" }));
      } else {
        await this.draws(active.locator("[data-paraphe]"));
        await this.follow(active.getByRole("button", { name: "Valider ma signature" }));
        drawn = true;
      }
    }
    assert.equal(await this.page.locator(".signature .paraphe path[d^='M']").count(), 1, "the signature is shown");
    assert.equal(await this.page.locator(".signature:has(form)").count(), 0, "everybody signed");
  }

  async draws(zone) {
    await zone.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await zone.boundingBox();
    await this.page.mouse.move(x + width * 0.2, y + height * 0.6);
    await this.page.mouse.down();
    for (const [right, down] of [[0.4, 0.3], [0.6, 0.7], [0.8, 0.4]]) await this.page.mouse.move(x + width * right, y + height * down, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Nothing of the jury is left on the tablet. */
  async hasForgotten() {
    await until("the tablet has forgotten the jury", () => this.page.evaluate(async () => {
      const kept = [...(await caches.keys()), ...Object.keys(localStorage)].filter((name) => name.startsWith("parchemin-jury:"));
      return kept.length === 0 && (await navigator.serviceWorker.getRegistrations()).length === 0;
    }));
  }
}
