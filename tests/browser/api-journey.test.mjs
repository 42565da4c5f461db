// The whole journey of a request through the API alone, driven by the OpenAPI document that the server publishes:
// every operation is called by its name, and every answer is checked against the document (journey/api.mjs).
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { api } from "./journey/api.mjs";
import { Desk } from "./journey/api-desk.mjs";
import { install, populate, tokenOf, PEOPLE } from "./journey/installation.mjs";
import { steps } from "./journey/step.mjs";

let installation;
let calls;

before(async () => {
  installation = await install();
  calls = await api(installation.url);
});

after(() => installation?.stop());

test("a structure goes from a draft to an agreement with reserves by the API alone", { timeout: 600_000 }, async (t) => {
  const step = steps(t);
  const desk = await step("an installation with its people", async () => {
    const known = await populate(installation, async (...call) => (await calls.call(...call)).body);
    const tokens = {};
    for (const name of ["owner", "officer", "manager", "controller"]) {
      tokens[name] = await tokenOf(installation, PEOPLE[name]);
    }
    return new Desk(calls, tokens, known);
  });
  await step("the API refuses strangers", () => desk.refusesStrangers());
  await step("the structure opens a draft, once", () => desk.opensDraft());
  await step("it fills the draft in; a stale version changes nothing", () => desk.fillsIn());
  await step("a draft without its pieces is not submitted", () => desk.isIncomplete());
  await step("it adds the pieces", () => desk.addsPieces());
  await step("it submits", () => desk.submits("submitted"));
  await step("the officer returns the request", () => desk.returns("P02"));
  await step("the structure completes and submits again", () => desk.completes("P02"));
  await step("the officer declares it complete", () => desk.declaresComplete());
  await step("a tied contrôleur is refused, another is accepted", () => desk.assigns());
  await step("the visit is fixed with the notice of the settings", () => desk.schedules());
  await step("the visit is recorded when the grid is whole", () => desk.recordsVisit());
  await step("the provisional report is sent and commented", () => desk.comments());
  await step("the contrôleur gives an opinion", () => desk.givesOpinion());
  await step("the committee grants with reserves", () => desk.decides());
  await step("both parties sign", () => desk.signs());
  await step("the structure downloads its certificate", () => desk.downloadsCertificate(t));
  await step("the mail of the decision arrived", () => desk.readsMails(installation.sink));
  await step("the history shows every step", () => desk.historyIsWhole());
  await step("an event is proved and the journal verifies", () => desk.verifies(installation.command));
  t.diagnostic(`${calls.called.size} operations of the document were called`);
});
