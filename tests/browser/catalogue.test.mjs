// The catalogue as people live it on a phone, in a browser: from a public page to a certificate of completion; a structure
// that enrols its people; the team that cancels. Then the calendars of the catalogue, read by another program.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { api } from "./journey/api.mjs";
import { PRESIDENT } from "./journey/jury.mjs";
import { Letterbox } from "./journey/letterbox.mjs";
import { steps } from "./journey/step.mjs";
import { Desk, Employer, Trainee, Trainer, afternoonNow, dayThere, todayUntil, wholeDay } from "./journey/training.mjs";
import { launch, startDemo } from "./support.mjs";

/** Where sessions are held that are only looked at. */
const POITIERS = { zone: "Europe/Paris", postal_code: "86000", commune: "Poitiers" };
const ELSEWHERE = [
  POITIERS,
  { zone: "America/Cayenne", postal_code: "97300", commune: "Cayenne" },
  { zone: "Indian/Reunion", postal_code: "97400", commune: "Saint-Denis" },
];

let browser;
let demo;
let box;
let installation;
let desk;

const as = (Kind, person, options = {}) => new Kind(browser, installation, person, { width: 390, ...options });

before(async () => {
  demo = await startDemo();
  browser = await launch();
  box = new Letterbox(browser, demo.url);
  installation = { url: demo.url, sink: box };
  desk = as(Desk, { role: "manager" });
  await desk.enter();
});

after(async () => {
  await desk?.close?.();
  await box?.close();
  await browser?.close();
  await demo?.stop();
});

/** Rooms are recorded once each. */
const rooms = new Set();
async function room(place) {
  if (!rooms.has(place.commune)) await desk.addsRoom(place);
  rooms.add(place.commune);
  return place;
}

test("a trainee finds a session, enrols, confirms, signs, answers and leaves with a certificate", { timeout: 1_200_000 }, async (t) => {
  const trainee = as(Trainee, { role: "trainee", first: "Maëlys", family: "Kerzoncuf-Attoumani", email: "maelys.essai@stagiaires.exemple" });
  const trainer = as(Trainer, PRESIDENT);
  const employer = as(Employer, { role: "structure" });
  const people = [desk, trainee, trainer, employer];
  const step = steps(t, async () => (await Promise.all(people.map((one) => one.where()))).join(""));
  const place = afternoonNow();

  await step("an administrator tells the declaration of activity, and until when half-days are signed", async () => {
    const admin = as(Desk, { role: "admin" });
    await admin.enter();
    const token = await admin.token();
    await admin.leave();
    const calls = await api(demo.url);
    const set = (key, value) => calls.call(token, "setting_edit", { path: { key }, body: { value }, version: 0 });
    await set("invoices.rules", { nda: "11753262975", nda_region: "Île-de-France" });
    await set("attendance.rules", { closes_minutes: 720 });
  });
  const number = await step("the team opens a session", async () =>
    desk.prepares(await room(place), wholeDay(dayThere(place.zone, 30))));
  const siret = await step("the structure enters", async () => {
    await employer.enter();
    return employer.siret();
  });
  await step("somebody finds it, without the accents", async () => {
    await trainee.opens();
    await trainee.finds(place.commune.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase(), number);
  });
  await step("they enrol without an account", () => trainee.enrols({ siret }));
  await step("they confirm by the link of the mail", () => trainee.confirms());
  await step("the employer has signed", () => desk.recordsConvention(`${number}-1`, dayThere(place.zone)));
  await step("the session is today after all", async () => {
    await desk.movesTo(number, todayUntil(place.zone, 5));
    await desk.entrusts(number, PRESIDENT.number);
    await desk.acts(number, "confirmer", "Confirmer la session");
  });
  await step("they open their own page", () => trainee.opensOwnPage());
  const halfDays = await step("they sign both half-days by the square code", async () => {
    const found = await desk.halfDays(number);
    assert.equal(found.length, 2);
    for (const halfDay of found) await trainee.signsInRoom(await desk.showsCodes(halfDay));
    return found;
  });
  await step("whoever teaches countersigns", async () => {
    await trainer.signIn();
    for (const halfDay of halfDays) await trainer.countersigns(halfDay);
  });
  await step("the session ends and they answer the survey", () => trainee.answersSurvey());
  await step("the team issues the certificate", () => desk.issuesCertificate(number, trainee.person.family));
  await step("they download it", () => trainee.downloadsCertificate(t));
  for (const person of [trainee, trainer, employer]) await person.leave();
});

test("a structure enrols five people, then fourteen for twelve seats, told before it confirms", { timeout: 300_000 }, async () => {
  const employer = as(Employer, { role: "structure" });
  await employer.enter();
  const place = await room(POITIERS);
  const five = await desk.prepares(place, wholeDay(dayThere(place.zone, 40)));
  assert.equal(await employer.enrols(five, 5), "5 places gardées, 0 personne en liste d’attente.");
  assert.equal((await employer.listed(five)).length, 5);
  const fourteen = await desk.prepares(place, wholeDay(dayThere(place.zone, 41)));
  assert.equal(await employer.enrols(fourteen, 14), "12 places gardées, 2 personnes en liste d’attente.");
  const rows = await employer.listed(fourteen);
  assert.equal(rows.length, 14);
  assert.equal(rows.filter((row) => /de la liste d’attente/.test(row)).length, 2);
  await employer.leave();
});

test("the team cancels a session once it has read what that changes", { timeout: 300_000 }, async () => {
  const employer = as(Employer, { role: "structure" });
  await employer.enter();
  const place = await room(POITIERS);
  const number = await desk.prepares(place, wholeDay(dayThere(place.zone, 50)));
  await employer.enrols(number, 3);
  const told = await desk.acts(number, "annuler", "Annuler la session", { cause: "too_few", reason: "Moins de quatre inscriptions" });
  assert.ok(told.some((line) => /3 personnes qui ont une place/.test(line) && /sans rien à payer/.test(line)), told.join("\n"));
  assert.ok(told.some((line) => /2 demi-journées de salle sont libérées/.test(line)), told.join("\n"));
  await desk.says("Session annulée.");
  for (let rank = 1; rank <= 3; rank += 1) {
    await box.wait(`essai${rank}.${number.toLowerCase()}@structure.exemple`, /Inscription annulée/);
  }
  await employer.leave();
});

test("somebody enrols and confirms without any script", { timeout: 300_000 }, async () => {
  const place = await room(POITIERS);
  const number = await desk.prepares(place, wholeDay(dayThere(place.zone, 60)));
  const trainee = as(Trainee, { role: "trainee", first: "Zoé", family: "N’Guyen-d’Arc", email: "zoe.essai@stagiaires.exemple" }, { script: false });
  await trainee.opens();
  await trainee.page.goto(`${demo.url}/catalogue?mot=${number}`);
  await trainee.follow(trainee.page.locator(`.seance a[href$='/${number}']`));
  await trainee.follow(trainee.button("Envoyer mon inscription"));
  await trainee.page.locator("#bilan").waitFor();
  await trainee.enrols();
  const mail = await box.wait(trainee.person.email, /à confirmer/);
  await trainee.page.goto(mail.links.find((link) => link.includes("/inscriptions/")));
  await trainee.follow(trainee.button("Confirmer mon inscription"));
  await trainee.link("Renoncer à cette inscription").waitFor();
  await trainee.leave();
});

/** The dates of a calendar, read by the icalendar package. */
async function dates(path) {
  const answer = await fetch(demo.url + path);
  assert.equal(answer.status, 200, path);
  const read = execFileSync("tests/browser/icalendar-feed.sh", [], { input: await answer.text(), encoding: "utf8" });
  return read.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

test("calendars give the hours of each place, before and after clocks change", { timeout: 300_000 }, async () => {
  const next = new Date().getUTCFullYear() + 1;
  // Clocks change on the last Sunday of March: the 20th is before, the 2nd of April after.
  const days = [`${next}-03-20`, `${next}-04-02`];
  const offsets = {};
  const every = [];
  for (const place of ELSEWHERE) {
    await room(place);
    const number = await desk.prepares(place, days.map((day) => `${day} 9 h 30 - 12 h`));
    const found = await dates(`/catalogue/sessions/${number}/agenda.ics`);
    assert.deepEqual(found.map((date) => date.local).toSorted(), days.map((day) => `${day}T09:30`), place.commune);
    for (const date of found) {
      assert.equal(date.zone, place.zone);
      assert.equal(date.declared, date.offset, `${place.commune}: the zone that the calendar itself describes`);
      offsets[`${place.zone} ${date.local.slice(5, 7)}`] = date.offset;
    }
    every.push(...found);
  }
  assert.deepEqual(offsets, {
    "Europe/Paris 03": "+0100", "Europe/Paris 04": "+0200",
    "America/Cayenne 03": "-0300", "America/Cayenne 04": "-0300",
    "Indian/Reunion 03": "+0400", "Indian/Reunion 04": "+0400",
  });
  const whole = new Map((await dates("/catalogue.ics")).map((date) => [date.uid, date]));
  for (const date of every) assert.deepEqual(whole.get(date.uid), date, "the calendar of the catalogue says the same");
});
