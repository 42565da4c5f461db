// What people do on the way to an habilitation: the candidate applies, signs and declares; the trainer who accompanies
// logs what was done; the responsible person admits, presents and records what the jury decides.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { axe, markupFaults } from "../support.mjs";
import { day } from "./days.mjs";
import { assertPdfSays } from "./pdf.mjs";
import { until } from "./step.mjs";
import { Visitor } from "./visitor.mjs";

const RECORDED = "Changements enregistrés.";

/** Someone before the file of an habilitation. */
export class Party extends Visitor {
  /** Nothing wider than the window, no serious fault of accessibility, sound markup. */
  async sound() {
    await this.fitsItsWindow();
    const { failing } = await axe(this.page);
    assert.deepEqual(failing, [], this.page.url());
    assert.deepEqual(await markupFaults(this.page), [], this.page.url());
  }

  async opensFile(path) {
    this.file = path;
    await this.goto(path);
    await this.sound();
  }

  /** The form behind a line that folds. */
  async form(title) {
    const details = this.page.locator("details", { has: this.page.locator("summary", { hasText: title }) }).first();
    await this.unfold(details);
    return details.locator("form");
  }

  /** Fills the fields of a form by their name: text, a choice, or the values of several boxes. */
  async fills(form, fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = form.locator(`[name='${name}']`);
      const kind = await field.first().evaluate((element) => element.type);
      if (kind === "select-one") await field.selectOption(value);
      else if (["checkbox", "radio"].includes(kind)) {
        for (const one of [value].flat()) await form.locator(`[name='${name}'][value='${one}']`).check();
      } else await field.fill(value);
    }
  }

  /** Presses a button of a form, and reads that it is recorded. */
  async records(form, button, said = RECORDED) {
    await form.getByRole("button", { name: button, exact: true }).click();
    await this.says(said);
    await this.sound();
  }

  /** Presses a button, and reads what stands in the way. */
  async isRefused(form, button, sentences) {
    await form.getByRole("button", { name: button, exact: true }).click();
    const told = await this.page.locator("#bilan").innerText();
    for (const sentence of sentences) assert.ok(plain(told).includes(sentence), `"${sentence}" is not told:\n${told}`);
    await this.sound();
  }

  /** The next mail with such a subject says this; its link leads to the file. */
  async reads(subject, sentences) {
    const mail = await this.openMail(subject);
    for (const sentence of sentences) {
      assert.ok(plain(mail.text).includes(sentence), `the mail does not say "${sentence}":\n${mail.text}`);
    }
    assert.ok(mail.html.includes(sentences[0]), "the mail has its page too");
    assert.doesNotMatch(mail.text, /[,:] \.|undefined|none/, "what is not set leaves no hole");
    await this.sound();
    return mail;
  }

  /** Where the file stands, as its head says. */
  async stands(word) {
    await this.goto(this.file);
    await this.page.locator(".etat", { hasText: word }).first().waitFor();
  }

  /** Waits for the documents of such a title, downloads the latest, and reads that it says each sentence. */
  async downloads(title, sentences, t, wanted = 1) {
    const link = this.page.locator("section[aria-labelledby='documents']").getByRole("link", { name: title });
    await until(`the document "${title}" is in the file`, async () => {
      await this.goto(this.file);
      return (await link.count()) >= wanted;
    });
    await this.sound();
    const [download] = await Promise.all([this.page.waitForEvent("download"), link.first().click()]);
    assert.match(download.suggestedFilename(), /\.pdf$/);
    assertPdfSays(await readFile(await download.path()), sentences.map(plain), t);
  }

  /** What the history of the file tells, newest first. */
  async history() {
    await this.goto(this.file);
    return this.page.locator("section[aria-labelledby='hist'] .frise li").allInnerTexts();
  }
}

/** Thin and hard spaces as plain ones: what a person reads. */
const plain = (text) => text.replaceAll(/[\u{a0}\u{202f}]/gu, " ");

export class Candidate extends Party {
  /** Opens their own file from the menu of the account, and applies. Gives the address of the file. */
  async applies(number, motivation) {
    await this.page.locator("[popovertarget='compte']").click();
    await this.link("Ma fiche").click();
    await this.page.waitForURL(`**/intervenants/${number}`);
    await this.sound();
    const form = await this.form("Ouvrir une candidature");
    await this.fills(form, { duty: "epsp", motivation });
    await this.records(form, "Ouvrir la candidature");
    await this.page.locator("table.habil th a", { hasText: "Formation EPSP" }).first().click();
    await this.page.waitForURL("**/habilitations/*");
    await this.sound();
    return new URL(this.page.url()).pathname;
  }

  /** Records a piece of the application. */
  async addsPiece(number, code, note) {
    await this.goto(`/intervenants/${number}`);
    const form = await this.form("Enregistrer une pièce");
    await this.fills(form, { code, note });
    await this.records(form, "Enregistrer la pièce");
    await this.page.locator("section[aria-labelledby='pieces']", { hasText: note }).waitFor();
  }

  async signsCharter() {
    await this.goto(this.file);
    await this.records(this.page.locator("main"), "Signer la charte d’impartialité");
    assert.match(await this.page.locator(".notice").innerText(), /Charte d’impartialité\s+Signée le/);
  }

  /** Nothing to declare this year. */
  async declaresInterests(number) {
    await this.goto(`/intervenants/${number}/independance`);
    await this.sound();
    const form = this.page.locator("form[action$='/declaration']");
    await form.getByRole("radio").first().check();
    await this.records(form, "Enregistrer la déclaration", `Déclaration de ${day().slice(0, 4)} enregistrée.`);
  }
}

export class Senior extends Party {
  /** Logs a step with its sheet. */
  async logs(kind, { place = "", sheet, plan = "" }) {
    await this.goto(this.file);
    const form = await this.form("Enregistrer une étape");
    await this.fills(form, { kind, done_on: day(), place, sheet, action_plan: plan });
    await this.records(form, "Enregistrer l’étape");
    await this.page.locator("section[aria-labelledby='etapes']", { hasText: sheet }).waitFor();
  }
}

export class Responsible extends Party {
  async admits({ interview, senior, plan }) {
    const form = await this.form("Admettre en formation");
    await this.fills(form, { interview_on: day(), interview, action_plan: plan });
    await form.locator("[name='senior_id']").selectOption({ label: senior });
    await this.records(form, "Admettre en formation");
  }

  /** The form of the presentation, filled. */
  async convenes(jury) {
    await this.goto(this.file);
    const form = await this.form("Présenter au jury d’habilitation");
    await this.fills(form, { jury_on: day(), jury_time: "14 h 30", jury_place: jury.place });
    for (const [field, { name, expert, email }] of Object.entries(jury.members)) {
      if (expert) await form.locator(`[name='${field}_expert']`).selectOption({ label: expert });
      else await this.fills(form, { [field]: name, ...(email && { [`${field}_email`]: email }) });
    }
    return form;
  }

  async presents(jury) {
    await this.records(await this.convenes(jury), "Présenter au jury");
  }

  async cannotPresent(jury, sentences) {
    await this.isRefused(await this.convenes(jury), "Présenter au jury", sentences);
  }

  /** The form of the decision, filled. */
  async decision(fields) {
    await this.goto(this.file);
    const form = await this.form("Enregistrer la décision du jury");
    await this.fills(form, fields);
    return form;
  }

  async cannotGrant(sentences) {
    await this.isRefused(await this.decision({ starts_on: day() }), "Accorder", sentences);
  }

  async defers(redo, text) {
    await this.records(await this.decision({ redo, text }), "Différer");
  }

  async grants(text) {
    await this.records(await this.decision({ starts_on: day(), text }), "Accorder");
  }
}
