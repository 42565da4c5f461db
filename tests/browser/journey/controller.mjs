// What a contrôleur does, on a tablet: fixes the date, fills the grid, sends the report, gives an opinion.
import assert from "node:assert/strict";
import { nextMinute, passed } from "./days.mjs";
import { Visitor } from "./visitor.mjs";

export class Controller extends Visitor {
  async fixesDate(reference) {
    await this.openMail(/Mission proposée/);
    await this.goto(`/agrements/${reference}`);
    await this.fitsItsWindow();
    await this.link("Fixer la date de visite").click();
    const soon = nextMinute();
    await this.page.getByLabel("Jour").fill(soon.day);
    await this.page.getByLabel("Heure", { exact: true }).fill(soon.hour);
    await this.page.getByLabel("Fuseau horaire").selectOption({ label: "Heure de Paris" });
    await this.fitsItsWindow();
    await this.act(this.button("Fixer la date"), "Date de visite fixée.");
    await passed(soon.at);
    await this.page.reload();
  }

  /** Scores every criterion, domain after domain; the first one has a gap, with what was seen. */
  async fillsGrid() {
    await this.link("Remplir la grille de contrôle").click();
    for (let domains = 0; await this.page.locator("input[name='domaine']").count(); domains += 1) {
      assert.ok(domains < 20, "the grid never ends");
      await this.fitsItsWindow();
      const criteria = this.page.locator("fieldset.domaine");
      for (let index = 0; index < (await criteria.count()); index += 1) {
        await criteria.nth(index).getByRole("radio", { name: domains + index === 0 ? "Écart mineur" : "Conforme" }).check();
      }
      if (domains === 0) await this.page.getByLabel(/^Constat/).first().fill("La personne référente n’est pas connue de tous.");
      const before = this.page.url();
      await this.button("Enregistrer et continuer").click();
      await this.page.waitForURL((url) => url.href !== before);
    }
  }

  async recordsVisit() {
    await this.page.getByLabel("Personnes rencontrées").fill("La direction, l’équipe d’encadrement");
    await this.fitsItsWindow();
    await this.act(this.button("Enregistrer la visite"), "Visite enregistrée.");
  }

  async sendsReport() {
    await this.link("Relire et envoyer le rapport").click();
    await this.fitsItsWindow();
    await this.act(this.button("Envoyer le rapport à la structure"), "Rapport provisoire envoyé.");
  }

  async givesOpinion(reference) {
    await this.goto(`/agrements/${reference}`);
    await this.page.getByRole("radio", { name: /favorable sous réserve/i }).check();
    await this.page.getByLabel("Avis motivé").fill("Équipe solide ; une convention reste à signer.");
    await this.act(this.button("Rendre l’avis"), "Avis rendu.");
  }
}
