// A jury as people live it, in a browser: from the request of a structure to a certificate that anybody verifies, the
// network being cut in the middle of the day. Then the way from the request to the decision without any script. The
// demonstration has everybody; what each does is in journey/.
import { after, afterEach, before, test } from "node:test";
import assert from "node:assert/strict";
import { acceptsByMail, Asker, inTwoHours, PRESIDENT, Team, verifies } from "./journey/jury.mjs";
import { Letterbox } from "./journey/letterbox.mjs";
import { President } from "./journey/president.mjs";
import { steps } from "./journey/step.mjs";
import { Wire } from "./journey/wire.mjs";
import { launch, startDemo } from "./support.mjs";

/** Candidates of structure@demo.test whom no jury expects. */
const [FIRST, SECOND, THIRD] = ["Prunellou", "Ronceval", "Sureaudet"];
const REASON = "Seule personne libre ce jour-là";
const TYPED = "Gestes sûrs, explique ce qui est fait. Saisi sans réseau.";

let browser;
let opened;

before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });
afterEach(async () => {
  await opened?.box.close();
  await opened?.demo.stop();
  opened = undefined;
});

/** A demonstration with its letter box, and its people. */
async function open(options = {}) {
  const wire = new Wire();
  const demo = await startDemo(wire);
  const box = new Letterbox(browser, demo.url);
  opened = { demo, box };
  const installation = { url: demo.url, sink: box };
  const structure = new Asker(browser, installation, { role: "structure" }, options);
  const team = new Team(browser, installation, { role: "manager" }, options);
  const president = new President(browser, installation, PRESIDENT, { ...options, width: 834 });
  return { wire, demo, box, structure, team, president, people: [structure, team, president] };
}

test("a jury goes from its request to a certificate that anybody verifies, and loses nothing without network", { timeout: 900_000 }, async (t) => {
  const { wire, demo, box, structure, team, president, people } = await open();
  const step = steps(t, async () => (await Promise.all(people.map((one) => one.where()))).join(""));
  const place = inTwoHours();

  await step("the structure and the team enter", async () => {
    await structure.enter();
    await team.enter();
    await team.addsSite(place);
  });
  const jury = await step("the structure asks for a jury", () => structure.asks(place.commune, [FIRST, SECOND, THIRD]));
  await step("the team plans it", () => team.plans(jury, place));
  await step("whoever trained a candidate may not preside, and the reason is told", async () => {
    await team.opensSeat(jury, "president");
    const tied = (await team.compared()).find((number) => number !== PRESIDENT.number);
    await team.ties(FIRST, tied);
    await team.opensSeat(jury, "president");
    await team.seesRefused(tied, FIRST);
    await team.picks(PRESIDENT.number, REASON);
  });
  const employer = await step("a member who trained another is warned about, and chosen with a reason", async () => {
    await team.opensSeat(jury, "employers");
    const [tied] = await team.compared();
    await team.ties(SECOND, tied);
    await team.opensSeat(jury, "employers");
    const name = await team.nameOf(tied);
    await team.overrides(tied, SECOND, REASON);
    return name;
  });
  await step("another employer sits, for the quorum is asked for each candidate", async () => {
    await team.opensSeat(jury, "employers");
    const [free] = await team.compared();
    await team.picks(free, REASON);
  });
  const employee = await step("a member sits for the employees", async () => {
    await team.opensSeat(jury, "employees");
    const [free] = await team.compared();
    const name = await team.nameOf(free);
    await team.picks(free, REASON);
    return name;
  });
  await step("the four accept by the link of their mail", async () => {
    const missions = await team.missions(jury);
    assert.equal(missions.length, 4);
    for (const mission of missions) await acceptsByMail(browser, box, mission);
  });
  await step("the team confirms and convokes", () => team.confirmsAndConvokes(jury));

  await step("whoever presides signs in and opens the jury", async () => {
    await president.signIn();
    assert.equal(await president.opens(jury), 4);
  });
  const turns = await step("the turns are known", async () => {
    const found = [];
    for (const name of [FIRST, SECOND, THIRD]) found.push(await president.turnOf(name));
    return found;
  });
  await step("the first candidate is heard", async () => {
    await president.notes(turns[0], "present");
    await president.marks();
    await president.observes("Expression claire.");
    await president.isRecorded();
  });
  await step("the third is absent", () => president.notes(turns[2], "absent"));
  await step("the network is cut while the second is heard, and the page loaded again", async () => {
    await president.notes(turns[1], "present");
    const sent = await president.typesWhileCut(wire, turns[0], TYPED);
    await president.sendsAgain(sent);
    await president.page.reload();
    assert.equal(await president.form.locator("textarea[name=observations]").inputValue(), TYPED, "the server has it");
  });
  await step("who trained the second stays apart without a word, and another abstains", async () => {
    await president.abstains(turns[1], employee, { apart: employer });
  });
  await step("an incident is noted", () => president.tells());
  await step("the jury deliberates by keyboard alone", () => president.deliberatesByKeyboard());
  await step("the tablet forgets", () => president.hasForgotten());
  await step("the four sign", () => president.haveSigned(box, jury));

  await step("the team controls", () => team.controls(jury));
  await step("the team validates and tells the results", () => team.publishes(jury));
  const certificate = await step("the certificate is there", () => team.certificate(jury, t));
  await step("anybody verifies it, and its journal proof offline", () => verifies(browser, demo.url, certificate));
  for (const person of people) await person.leave();
});

test("a jury goes from its request to its decisions without any script", { timeout: 600_000 }, async (t) => {
  const { box, structure, team, president, people } = await open({ script: false });
  const step = steps(t, async () => (await Promise.all(people.map((one) => one.where()))).join(""));
  const place = inTwoHours();

  await step("the structure asks for a jury", async () => {
    await structure.enter();
    await team.enter();
    await team.addsSite(place);
  });
  const jury = await step("the team plans it", async () => {
    const number = await structure.asks(place.commune, [FIRST]);
    await team.plans(number, place);
    return number;
  });
  await step("the team composes it", async () => {
    await team.opensSeat(jury, "president");
    await team.picks(PRESIDENT.number, REASON);
    for (const seat of ["employers", "employees"]) {
      await team.opensSeat(jury, seat);
      const [free] = await team.compared();
      await team.picks(free, REASON);
    }
    for (const mission of await team.missions(jury)) await acceptsByMail(browser, box, mission);
    await team.confirmsAndConvokes(jury);
  });
  await step("whoever presides opens, hears and decides", async () => {
    await president.signIn();
    await president.opens(jury);
    await president.notes(1, "present");
    await president.marks();
    await president.observes("Expression claire.");
    await president.saves();
    await president.decides();
  });
  for (const person of people) await person.leave();
});
