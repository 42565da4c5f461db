// What a structure does: prepares its request, answers, signs, downloads.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { openPage } from "../support.mjs";
import { day } from "./days.mjs";
import { assertPdfSays, pdf } from "./pdf.mjs";
import { until } from "./step.mjs";
import { Visitor, WAIT } from "./visitor.mjs";

const PROJECT = "Maraîchage et conserverie : huit parcours par an, en alternance, avec deux entreprises d’accueil.";
const SIGNATORY = "Ulysse N’Diaye";

export class Structure extends Visitor {
  /** Opens a draft, gives the contact, and begins the project, which saves itself. */
  async beginsDraft(version) {
    await this.goto("/notre-agrement");
    await this.link("Demander un agrément").first().click();
    await this.page.locator(`input[name='certification_version_id'][value='${version}']`).check();
    await this.page.getByLabel("Première demande").check();
    await this.page.getByLabel("Former et organiser l’évaluation").check();
    await this.button("Ouvrir le brouillon").click();
    await this.page.getByLabel("Personne référente de la demande").fill(this.person.name);
    await this.page.getByLabel("Adresse électronique").fill("referente@jardins.exemple");
    await this.page.locator("input[name='sites']").first().check();
    await this.button("Enregistrer et continuer").click();
    await this.page.getByLabel("Votre projet en quelques lignes").fill(PROJECT);
    await this.isKept();
  }

  /** The form saves itself; without a script a button does it. */
  async isKept() {
    if (this.options.script === false) {
      await this.button("Enregistrer").last().click();
      await this.page.waitForLoadState();
    } else {
      await this.page.locator("[data-brouillon-etat]", { hasText: "Brouillon enregistré à" }).waitFor();
    }
  }

  /** The tab is closed; another one finds the draft again, with what was typed. */
  async findsDraftAgain() {
    const storageState = await this.page.context().storageState();
    await this.leave();
    Object.assign(this, await openPage(this.browser, { ...this.options, storageState }));
    this.page.setDefaultTimeout(WAIT);
    await this.goto("/notre-agrement");
    await this.page.locator("a[href^='/agrements/BRO']").first().click();
    await this.link("Reprendre le brouillon").click();
    await this.stage("Projet");
    assert.equal(await this.page.getByLabel("Votre projet en quelques lignes").inputValue(), PROJECT);
    await this.stage("Coordonnées");
    assert.equal(await this.page.getByLabel("Personne référente de la demande").inputValue(), this.person.name);
  }

  stage(title) {
    return this.page.locator(".sommaire").getByRole("link", { name: title }).click();
  }

  /** Adds each mandatory piece; those that the program makes from the form have no field. */
  async addsPieces() {
    await this.stage("Pièces");
    const wanted = this.page.locator("li[id^='piece-']", { has: this.page.locator("input[type='file']:visible") });
    const ids = await wanted.evaluateAll((items) => items.map((item) => item.id));
    assert.ok(ids.length >= 8, `pieces: ${ids}`);
    for (const id of ids) await this.addsPiece(id.replace("piece-", ""));
  }

  async addsPiece(code) {
    const piece = this.page.locator(`#piece-${code}`);
    if (await piece.locator("details").count()) await this.unfold(piece.locator("details"));
    await piece.locator("input[type='file']").setInputFiles({ name: `${code}.pdf`, mimeType: "application/pdf", buffer: pdf(`Piece ${code}`) });
    for (const [name, shift] of [["proof_on", -1], ["valid_until", 300]]) {
      const field = piece.locator(`input[name='${code}/${name}']`);
      if (await field.count()) await field.fill(day(shift));
    }
    await piece.getByRole("button", { name: /^Déposer/ }).click();
    await this.page.locator(`#piece-${code} a`, { hasText: `${code}.pdf` }).waitFor();
  }

  /** Reads everything again, commits and submits. */
  async submits() {
    await this.stage("Relecture");
    await this.page.getByLabel("Personne qui représente légalement la structure").fill(SIGNATORY);
    await this.page.getByLabel("Sa fonction").fill("président");
    await this.page.getByLabel(/La structure s’engage/).check();
    await this.act(this.button(/^Déposer/), "Demande déposée.");
    this.reference = /AGR-\d{4}-\d{4}/.exec(this.page.url())[0];
    await this.installation.sink.wait(this.person.email, new RegExp(`${this.reference} déposée`));
    return this.reference;
  }

  /** Opens the mail that asks for a piece, replaces it and submits again. */
  async completes(code) {
    const mail = await this.openMail(/à compléter/);
    assert.match(mail.text, /Convention échue/);
    await this.page.goto(`${this.installation.url}/agrements/${this.reference}`);
    await this.link("Compléter le dossier").click();
    await this.stage("Pièces");
    await this.page.locator(`#piece-${code}`, { hasText: "Convention échue" }).waitFor();
    await this.addsPiece(code);
    await this.stage("Relecture");
    await this.act(this.button("Déposer de nouveau le dossier"), "Demande déposée de nouveau.");
  }

  async answersReport() {
    await this.openMail(/Rapport provisoire/);
    await this.goto(`/agrements/${this.reference}`);
    await this.page.getByLabel("Vos observations").fill("Nous présenterons la personne référente à toute l’équipe.");
    await this.act(this.button("Envoyer les observations"), "Observations envoyées.");
  }

  /** Reads the decision in the mail, then signs. */
  async signs(reserve) {
    const mail = await this.openMail(/Agrément accordé sous réserve/);
    assert.ok(mail.text.includes(reserve), mail.text);
    assert.ok(mail.html.includes(this.reference), "the mail has its page too");
    assert.doesNotMatch(mail.text, /[,:] \.|undefined|none/, "what is not set leaves no hole");
    await this.goto(`/agrements/${this.reference}`);
    await this.page.getByLabel("Nom et prénom de la personne qui signe").fill(SIGNATORY);
    await this.act(this.button("Signer la convention"), "Convention signée.");
  }

  /** The mail says that the agreement is in force; the file gives its certificate. */
  async downloadsCertificate(sentences, t) {
    const mail = await this.openMail(/Agrément \S+ en vigueur/);
    const number = /Agrément (\S+)/.exec(mail.subject)[1];
    const link = this.link(/^Ouvrir : Certificat d’agrément/);
    await until("the certificate is in the documents of the file", async () => {
      await this.goto(`/agrements/${this.reference}`);
      return link.count();
    });
    const [download] = await Promise.all([this.page.waitForEvent("download"), link.first().click()]);
    const bytes = await readFile(await download.path());
    assertPdfSays(bytes, [number, ...sentences], t);
  }

  /** What the history of the file tells, newest first. */
  async history() {
    await this.goto(`/agrements/${this.reference}`);
    return this.page.locator(".histoire .frise li").allInnerTexts();
  }
}
