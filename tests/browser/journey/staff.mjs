// What the certifying body does: an officer examines, a manager sets the delays and decides.
import assert from "node:assert/strict";
import { day } from "./days.mjs";
import { Visitor } from "./visitor.mjs";

export class Staff extends Visitor {
  async openFile(reference) {
    await this.goto("/agrements");
    await this.page.locator(`main a[href='/agrements/${reference}']`).first().click();
    await this.page.waitForURL(`**/agrements/${reference}`);
  }

  /** Sends the file back for a piece. */
  async returns(reference, code, reason) {
    await this.openFile(reference);
    await this.unfold(this.page.locator("details", { has: this.page.locator("#renvoyer") }));
    const form = this.page.locator("#renvoyer");
    await form.locator(`input[name='pieces'][value='${code}']`).check();
    await form.locator(`input[name='pieces/${code}']`).fill(reason);
    await this.act(form.getByRole("button", { name: "Renvoyer le dossier" }), "Dossier renvoyé.");
  }

  /** Accepts each piece, one after the other, then declares the file complete. */
  async declaresComplete(reference) {
    await this.openFile(reference);
    const accept = this.page.locator("form[action$='/examiner'] > button[value='accepter']");
    for (let left = await accept.count(); left > 0; left -= 1) {
      await accept.first().click();
      await accept.nth(left - 1).waitFor({ state: "detached" });
    }
    await this.act(this.button("Déclarer le dossier complet"), "Dossier déclaré complet.");
  }

  /** Chooses a person whose tie is declared meanwhile: refused with the reason; then another, accepted. */
  async assigns(reference, refused, accepted, meanwhile) {
    await this.openFile(reference);
    await this.link("Confier la visite").click();
    await this.page.getByRole("radio", { name: new RegExp(refused.family_name) }).check();
    await meanwhile();
    await this.button("Confier la visite").click();
    await this.says("Cette visite ne peut pas lui être confiée.");
    const row = this.page.getByRole("row", { name: new RegExp(refused.family_name) });
    assert.match(await row.innerText(), /Ne peut pas faire cette visite[\s\S]*24 mois/);
    assert.equal(await row.getByRole("radio").count(), 0, "it can no longer be chosen");
    await this.page.getByRole("radio", { name: new RegExp(accepted.family_name) }).check();
    await this.act(this.button("Confier la visite"), "Visite confiée.");
  }

  /** Allows visits without notice, at any hour of any day, as a manager may. */
  async allowsVisitsAtOnce() {
    await this.goto("/parametres/delais");
    await this.page.getByLabel("Préavis d’une visite").fill("0");
    await this.page.getByLabel("Début d’une visite, au plus tôt").fill("0");
    await this.page.getByLabel("Début d’une visite, au plus tard").fill("24");
    await this.page.getByLabel("Visites permises le dimanche et les jours fériés").check();
    await this.button("Enregistrer les délais").click();
    await this.page.locator(".message").first().waitFor();
    assert.equal(await this.page.getByLabel("Préavis d’une visite").inputValue(), "0");
  }

  /** Plans a committee today and puts the file on its agenda. */
  async putsOnAgenda(reference) {
    await this.goto("/commissions");
    await this.page.locator("form [name='meets_on']").fill(day());
    await this.page.locator("form [name='place']").fill("Salle Verlaine");
    await this.page.locator("form", { has: this.page.locator("[name='meets_on']") }).getByRole("button").click();
    await this.page.locator(".message").first().waitFor();
    await this.openFile(reference);
    await this.page.getByLabel("Commission", { exact: true }).selectOption({ index: 1 });
    await this.act(this.button("Inscrire à la commission"), "Dossier inscrit à la commission.");
  }

  /** Decides from the agenda of the day. */
  async grantsWithReserves(reserve) {
    await this.goto(`/commissions/${day()}`);
    await this.unfold(this.part("Rendre la décision"));
    await this.page.getByRole("radio", { name: "Accorder sous réserve" }).check();
    await this.page.getByLabel("Début de l’agrément").fill(day());
    await this.page.getByLabel("Ce qui reste à faire").first().fill(reserve);
    await this.page.getByLabel("Au plus tard le").first().fill(day(60));
    await this.act(this.button("Rendre la décision"), "Décision rendue.");
  }

  async signs(reference) {
    await this.openFile(reference);
    await this.page.getByLabel("Nom et prénom de la personne qui signe").fill(this.person.name);
    await this.page.getByLabel("Qualité de cette personne").fill("responsable de certification");
    await this.act(this.button("Signer la convention"), "Convention signée.");
  }
}
