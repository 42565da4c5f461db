// The request of a structure in the two ways that a mouse and a script must not be needed for: by keyboard alone,
// from the sign-in to the submission; and without JavaScript, until the officer returns it and it is completed.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { api } from "./journey/api.mjs";
import { install, populate, tokenOf, PEOPLE } from "./journey/installation.mjs";
import { Keyboard } from "./journey/keyboard.mjs";
import { pdf } from "./journey/pdf.mjs";
import { sendOtherPieces } from "./journey/pieces.mjs";
import { Staff } from "./journey/staff.mjs";
import { steps } from "./journey/step.mjs";
import { Structure } from "./journey/structure.mjs";
import { linkOf, WAIT } from "./journey/visitor.mjs";
import { launch, openPage } from "./support.mjs";

let browser;
let installation;
let calls;
let desk;

before(async () => {
  installation = await install();
  browser = await launch();
  calls = await api(installation.url);
  desk = await populate(installation, async (...call) => (await calls.call(...call)).body);
});

after(async () => {
  await browser?.close();
  await installation?.stop();
});

test("without JavaScript a request is drafted, submitted, returned and completed", { timeout: 600_000 }, async (t) => {
  const structure = new Structure(browser, installation, PEOPLE.owner, { script: false });
  const officer = new Staff(browser, installation, PEOPLE.officer, { script: false });
  const step = steps(t, async () => (await structure.where()) + (await officer.where()));
  await step("the structure signs in by mail link", () => structure.signIn());
  await step("it begins a draft", () => structure.beginsDraft(desk.version.id));
  await step("it closes the tab and finds the draft again", () => structure.findsDraftAgain());
  await step("it adds a piece", async () => {
    await structure.stage("Pièces");
    await structure.addsPiece("P02");
  });
  await step("the other pieces come by the API", () => addsOthers(structure.page));
  const reference = await step("it submits", () => structure.submits());
  await step("the officer signs in with a second factor", () => officer.signIn());
  await step("the officer returns the request", () => officer.returns(reference, "P02", "Convention échue"));
  await step("the structure completes and submits again", () => structure.completes("P02"));
  await structure.leave();
  await officer.leave();
});

test("by keyboard alone a structure signs in, drafts its request and submits it", { timeout: 600_000 }, async (t) => {
  const { page, close } = await openPage(browser);
  page.setDefaultTimeout(WAIT);
  const keys = new Keyboard(page);
  const step = steps(t, async () => `${page.url()}\n${(await page.locator("main").innerText()).slice(0, 2000)}`);
  await step("signs in by mail link", async () => {
    await page.goto(`${installation.url}/connexion`);
    await keys.fill("Adresse électronique", PEOPLE.owner.email);
    await keys.press("Recevoir un lien de connexion");
    await page.goto(linkOf(await installation.sink.wait(PEOPLE.owner.email, /Lien de connexion/)));
    await keys.press("Me connecter", "Space");
  });
  await step("opens a draft", async () => {
    await page.goto(`${installation.url}/agrements/nouveau`);
    await keys.choose("certification_version_id", desk.otherVersion.id);
    await keys.choose("kind", "first");
    await keys.choose("role", "train_and_organise");
    await keys.press("Ouvrir le brouillon");
  });
  await step("gives the contact and the project", async () => {
    await keys.fill("Personne référente de la demande", PEOPLE.owner.name);
    await keys.fill("Adresse électronique", "referente@jardins.exemple");
    await keys.reach("the sites", ({ name }) => name === "sites");
    // The only site of a structure is ticked already.
    if (!(await page.locator("input[name='sites']").first().isChecked())) await page.keyboard.press("Space");
    await keys.press("Enregistrer et continuer");
    await keys.fill("Votre projet en quelques lignes", "Espaces verts et réemploi : six parcours par an, en alternance avec la salle.");
    await keys.press("Enregistrer et continuer");
  });
  await step("adds a piece", () => addsPiece(keys, page));
  await step("the other pieces come by the API", () => addsOthers(page));
  await step("commits, submits and confirms", async () => {
    await keys.press("Relecture");
    await keys.fill("Personne qui représente légalement la structure", "Ulysse N’Diaye");
    await keys.fill("Sa fonction", "président");
    await keys.tick("La structure s’engage");
    await keys.press("Déposer la demande");
    await keys.press("Déposer la demande");
    assert.match(page.url(), /\/agrements\/AGR-\d{4}-\d{4}$/);
  });
  await close();
});

/** What a person would do again and again; once in each way is enough. */
async function addsOthers(page) {
  await sendOtherPieces(calls, await tokenOf(installation, PEOPLE.owner), "P02");
  await page.reload();
}

async function addsPiece(keys, page) {
  await keys.upload(({ form }) => form.endsWith("/brouillon/pieces"), { name: "P02.pdf", mimeType: "application/pdf", buffer: pdf("Piece P02") });
  const year = new Date().getFullYear() + 1;
  await keys.field("Valable jusqu’au");
  await page.keyboard.type(`3006${year}`);
  await keys.press("Déposer");
  await page.locator("#piece-P02 a", { hasText: "P02.pdf" }).waitFor();
}
