// The journey of a request as people live it, in a browser, on a real server with a real mail relay: from the first
// mail link to the certificate, then the journal. One step a line; what each does is in journey/.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { api } from "./journey/api.mjs";
import { Controller } from "./journey/controller.mjs";
import { install, populate, PEOPLE, STRUCTURE } from "./journey/installation.mjs";
import { Staff } from "./journey/staff.mjs";
import { steps } from "./journey/step.mjs";
import { Structure } from "./journey/structure.mjs";
import { launch } from "./support.mjs";

const RESERVE = "Signer la convention d’immersion";
/** What the history tells at the end, newest first. */
const HISTORY = [
  "Agrément actif sous réserve", "Convention signée par l’organisme certificateur", "Convention signée par la structure", "Agrément accordé sous réserve", "Inscrite à la commission",
  "Avis rendu", "Observations de la structure", "Rapport provisoire envoyé", "Visite enregistrée", "Date de visite fixée",
  "Visite confiée", "Dossier déclaré complet", "Demande complétée et déposée de nouveau",
  "Dossier renvoyé pour complément", "Demande déposée", "Brouillon ouvert",
];

let browser;
let installation;

before(async () => {
  installation = await install();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await installation?.stop();
});

test("a structure goes from a draft to its certificate, and every step can be proved", { timeout: 600_000 }, async (t) => {
  const as = (Kind, person, options) => new Kind(browser, installation, PEOPLE[person], options);
  const structure = as(Structure, "owner");
  const [officer, manager] = [as(Staff, "officer"), as(Staff, "manager")];
  const controller = as(Controller, "controller", { width: 834 });
  const people = [structure, officer, manager, controller];
  const step = steps(t, async () => (await Promise.all(people.map((one) => one.where()))).join(""));

  const calls = await api(installation.url);
  const desk = await step("an installation with its people", () =>
    populate(installation, async (...call) => (await calls.call(...call)).body));
  const { tied, free } = desk.controllers;

  await step("the structure signs in by mail link", () => structure.signIn());
  await step("it begins a draft", () => structure.beginsDraft(desk.version.id));
  await step("it closes the tab and finds the draft again", () => structure.findsDraftAgain());
  await step("it adds the pieces", () => structure.addsPieces());
  const reference = await step("it submits", () => structure.submits());

  await step("the officer signs in with a second factor", () => officer.signIn());
  await step("the officer returns the request", () => officer.returns(reference, "P02", "Convention échue"));
  await step("the structure completes and submits again", () => structure.completes("P02"));
  await step("the officer declares it complete", () => officer.declaresComplete(reference));
  await step("one contrôleur is refused with the reason, another is accepted", () =>
    officer.assigns(reference, tied, free, desk.declareTie));

  await step("the manager signs in with a second factor", () => manager.signIn());
  await step("the manager allows visits at once", () => manager.allowsVisitsAtOnce());
  await step("the contrôleur signs in", () => controller.signIn());
  await step("the contrôleur fixes the date", () => controller.fixesDate(reference));
  await step("the contrôleur fills the grid on a tablet", () => controller.fillsGrid());
  await step("the contrôleur records the visit", () => controller.recordsVisit());
  await step("the contrôleur sends the provisional report", () => controller.sendsReport());
  await step("the structure answers the report", () => structure.answersReport());
  await step("the contrôleur gives an opinion", () => controller.givesOpinion(reference));

  await step("the officer puts the file on the agenda", () => officer.putsOnAgenda(reference));
  await step("the committee grants with reserves", () => manager.grantsWithReserves(RESERVE));
  await step("the structure reads the decision and signs", () => structure.signs(RESERVE));
  await step("the manager signs", () => manager.signs(reference));
  await step("the structure downloads its certificate", () => structure.downloadsCertificate([STRUCTURE], t));

  await step("the history shows every step", async () => {
    const told = await structure.history();
    const places = HISTORY.map((sentence) => told.findIndex((line) => line.includes(sentence)));
    assert.ok(!places.includes(-1), `missing: ${HISTORY.filter((_, at) => places[at] === -1)}\n${told.join("\n")}`);
    assert.deepEqual(places, places.toSorted((one, next) => one - next), told.join("\n"));
  });
  await step("the journal verifies", async () => {
    assert.match(await installation.command("journal", "verify"), /^OK \d/);
  });
  for (const person of people) await person.leave();
});
