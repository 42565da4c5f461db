// The way of a trainer to an habilitation as people live it, in a browser, on a real server with a real mail relay: from
// the application to the first day, the jury having asked once for more. The candidate and the trainer who accompanies
// have a phone. One step a line; what each does is in journey/.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { api } from "./journey/api.mjs";
import { Candidate, Responsible, Senior } from "./journey/habilitation.mjs";
import { install, PEOPLE } from "./journey/installation.mjs";
import { populateNetwork, CANDIDATE, JURY, SENIOR } from "./journey/network.mjs";
import { steps } from "./journey/step.mjs";
import { launch } from "./support.mjs";

const PHONE = { width: 390 };
const MOTIVATION = "Cinq ans d’encadrement en maraîchage, certificat EPSP en 2022.";
const PLAN = "Observer une session entière, puis coanimer l’évaluation.";
const PLAN_LATER = "Reprendre la consigne d’évaluation, puis animer une session.";
const WATCHED = "Consignes claires, temps de parole équilibré, grille d’évaluation remplie devant le groupe.";
const WATCHED_AGAIN = "Les trois niveaux de la grille sont expliqués avant la mise en situation.";
const REASONS = "La grille d’évaluation doit être expliquée avant la mise en situation.";
const CONDITION = "Un tutorat de six mois.";
const ACCOMPANIMENT = "Accompagnement individuel : entretien daté";

/** What is logged before the first jury. */
const TRAINING = [
  ["theory", { place: "Nevers", sheet: "Référentiel lu, règles d’évaluation discutées." }],
  ["observation", { place: "Nevers, session 12", sheet: WATCHED }],
  ["co_animation", { place: "Nevers, session 13", sheet: "Séquence sur la sécurité menée à deux." }],
  ["supervised", { place: "Auxerre", sheet: "Session entière animée, rythme tenu." }],
  ["accompaniment", { sheet: "Premier entretien : poser la consigne.", plan: PLAN_LATER }],
  ["accompaniment", { sheet: "Deuxième entretien : observer sans aider." }],
  ["accompaniment", { sheet: "Troisième entretien : restituer une évaluation." }],
];

/** What the history tells at the end, newest first. */
const HISTORY = [
  "Habilitation accordée", "Présentation au jury", "Accompagnement individuel", "Fond de salle", "Décision différée",
  "Présentation au jury", "Accompagnement individuel", "Accompagnement individuel", "Accompagnement individuel",
  "Session animée sous supervision", "Session coanimée", "Fond de salle", "Théorie", "Charte d’impartialité signée",
  "Admission en formation", "Candidature déposée",
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

test("a trainer goes from an application to an active habilitation, deferred once", { timeout: 900_000 }, async (t) => {
  const candidate = new Candidate(browser, installation, CANDIDATE, PHONE);
  const senior = new Senior(browser, installation, SENIOR, PHONE);
  const manager = new Responsible(browser, installation, PEOPLE.manager);
  const people = [candidate, senior, manager];
  const step = steps(t, async () => (await Promise.all(people.map((one) => one.where()))).join(""));

  const calls = await api(installation.url);
  const experts = await step("an installation with its people", () =>
    populateNetwork(installation, async (...call) => (await calls.call(...call)).body));
  const { number } = experts.candidate;

  await step("the candidate signs in by mail link", () => candidate.signIn());
  await step("the candidate adds a curriculum vitae and the EPSP certificate", async () => {
    await candidate.addsPiece(number, "cv", "Parcours depuis 2017");
    await candidate.addsPiece(number, "certificate", "CQP EPSP, 2022");
  });
  const file = await step("the candidate applies", () => candidate.applies(number, MOTIVATION));
  await step("the application is received", async () => {
    await candidate.reads(/Candidature reçue/, ["Un entretien vous sera proposé", number]);
    assert.equal(new URL(candidate.page.url()).pathname, file, "the link of the mail leads to the file");
    await candidate.opensFile(file);
    await candidate.stands("Candidature");
  });

  await step("the responsible person signs in with a second factor", () => manager.signIn());
  await step("the responsible person reads the application and admits", async () => {
    await manager.opensFile(file);
    assert.match(await manager.page.locator("main").innerText(), new RegExp(MOTIVATION));
    await manager.admits({ interview: "Expérience confirmée, projet clair.", senior: "Ferrigny-Œuvrard Yann", plan: PLAN });
    await manager.stands("En formation");
  });
  await step("the candidate reads who accompanies, the plan and the charter", async () => {
    await candidate.reads(/Entrée en formation/, [SENIOR.name, PLAN, "à signer dans votre espace"]);
    await candidate.downloads("Plan de formation", [CANDIDATE.name, SENIOR.name, PLAN, "Fond de salle", number], t);
    await candidate.downloads("Charte d’impartialité à signer", [CANDIDATE.name, "impartialité", "formation EPSP"], t);
  });
  await step("the candidate signs the charter and declares no interest", async () => {
    await candidate.signsCharter();
    await candidate.downloads("Charte d’impartialité signée", ["Signée dans Parchemin", CANDIDATE.name], t);
    await candidate.declaresInterests(number);
  });

  await step("whoever accompanies signs in and opens the file from the mail", async () => {
    await senior.signIn();
    await senior.reads(/Accompagnement à assurer/, [CANDIDATE.name, PLAN]);
    await senior.opensFile(file);
  });
  await step("the file is not presented before its steps", () => manager.cannotPresent(JURY, [
    "Toutes les étapes du parcours ne sont pas terminées.",
    "Fond de salle : session entière observée, 0 sur 1", "Session coanimée, 0 sur 1", `${ACCOMPANIMENT}, 0 sur 3`,
  ]));
  for (const [index, [kind, what]] of TRAINING.entries()) {
    await step(`whoever accompanies logs ${kind}`, () => senior.logs(kind, what));
    await step("its sheet is a document", () =>
      candidate.downloads("Fiche d’observation", [what.sheet, CANDIDATE.name, SENIOR.name], t, index + 1));
  }

  await step("the file goes to the jury", async () => {
    await manager.presents(JURY);
    await manager.stands("Présentée au jury");
  });
  await step("the candidate reads the day of the jury", () =>
    candidate.reads(/Jury d’habilitation/, ["Toutes les étapes de votre parcours sont terminées", "Jury le", JURY.place]));
  await step("the members of the jury are convened", convened);
  await step("the jury finds everything in the file", () => manager.downloads("Dossier pour le jury", [
    MOTIVATION, PLAN_LATER, WATCHED, "Séquence sur la sécurité menée à deux.", JURY.members.member_external.name, SENIOR.name,
  ], t));
  await step("the jury defers with its reasons", async () => {
    await manager.defers(["observation", "accompaniment"], REASONS);
    await manager.stands("En formation");
  });
  await step("the candidate reads what to do again", async () => {
    const redo = ["Fond de salle : session entière observée", ACCOMPANIMENT];
    await candidate.reads(/Décision différée/, ["À refaire", ...redo, REASONS]);
    await candidate.downloads("Décision différée", ["Décision différée", REASONS, ...redo, CANDIDATE.name], t);
  });

  await step("the file is not presented again before that", () => manager.cannotPresent(JURY, [
    "Fond de salle : session entière observée, à refaire à la demande du jury",
    `${ACCOMPANIMENT}, à refaire à la demande du jury`,
  ]));
  await step("whoever accompanies reads it too, and logs what was done again", async () => {
    await senior.reads(/Accompagnement à assurer/, [CANDIDATE.name, REASONS, "À refaire"]);
    await senior.logs("observation", { place: "Nevers, session 21", sheet: WATCHED_AGAIN });
    await senior.logs("accompaniment", { sheet: "Quatrième entretien : expliquer la grille." });
  });
  await step("the file goes to a second jury", () => manager.presents(JURY));
  await step("the candidate and the jury are told again", async () => {
    await candidate.reads(/Jury d’habilitation/, ["Jury le"]);
    await convened();
  });
  await step("the second jury reads what was done since the first one", () =>
    manager.downloads("Dossier pour le jury", [WATCHED, WATCHED_AGAIN], t, 2));
  await step("the jury grants", async () => {
    await manager.grants(CONDITION);
    await manager.stands("Active");
  });
  await step("the candidate reads the decision and downloads certificate and letter", async () => {
    await candidate.reads(/Habilitation accordée/, ["Période", CONDITION]);
    await candidate.stands("Active");
    const said = [CANDIDATE.name, "formation EPSP", number];
    await candidate.downloads("Certificat d’habilitation", [...said, CONDITION], t);
    await candidate.downloads("Lettre de mission", said, t);
  });
  await step("the right is in force from today", async () => {
    await candidate.goto("/droits");
    await candidate.sound();
    assert.match(await candidate.page.locator("main").innerText(), /Habilitation[\s\S]*En vigueur/);
  });

  await step("the history shows every step", async () => {
    for (const one of [candidate, manager]) follows(await one.history(), HISTORY);
  });
  await step("the journal verifies", async () => {
    assert.match(await installation.command("journal", "verify"), /^OK \d/);
  });
  for (const person of people) await person.leave();
});

/** The members of the jury whose address is known are written to: who is heard, where, and a date for their calendars. */
async function convened() {
  for (const { email } of Object.values(JURY.members).filter((member) => member.email)) {
    const mail = await installation.sink.wait(email, /Jury d’habilitation/);
    assert.ok(mail.text.includes(CANDIDATE.name) && mail.text.includes(JURY.place), mail.text);
    assert.ok(!mail.text.includes("/habilitations/"), "whoever has no account is sent no link to the file");
    assert.match(mail.ics, /METHOD:REQUEST[^]*DTSTART[^\n]*T143000/);
  }
}

/** Each sentence is told, in this order; others may stand between. */
function follows(told, sentences) {
  let from = 0;
  for (const sentence of sentences) {
    const at = told.findIndex((line, index) => index >= from && line.includes(sentence));
    assert.notEqual(at, -1, `"${sentence}" is not told after line ${from}:\n${told.join("\n")}`);
    from = at + 1;
  }
}
