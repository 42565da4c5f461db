// Who takes part in an habilitation: a responsible person, a candidate, and the trainer who accompanies; recorded
// through the API as the team would.
import assert from "node:assert/strict";
import { day } from "./days.mjs";
import { openAccount, tokenOf, PEOPLE } from "./installation.mjs";

export const CANDIDATE = { email: "maud@formation.exemple", name: "Maud N’Guyen-d’Arc", role: "expert" };
export const SENIOR = { email: "yann@formation.exemple", name: "Yann Ferrigny-Œuvrard", role: "expert" };
/** Those who sit in the jury: by name, by name and address, or among the experts. */
export const JURY = {
  place: "Nevers, salle 2",
  members: {
    member_manager: { name: PEOPLE.manager.name },
    member_senior: { name: SENIOR.name, expert: "Ferrigny-Œuvrard Yann", email: SENIOR.email },
    member_external: { name: "Basile Quéméneur", email: "basile@jury.exemple" },
  },
};

const FILES = {
  candidate: { first_names: "Maud", family_name: "N’Guyen-d’Arc", email: CANDIDATE.email, employer: "Les Jardins du Morvan" },
  senior: { first_names: "Yann", family_name: "Ferrigny-Œuvrard", email: SENIOR.email },
};

/**
 * Gives the files of the candidate and of the trainer who accompanies, who is habilitated for a month. `call` is a
 * function of the API, as that of `populate`.
 */
export async function populateNetwork(installation, call) {
  for (const person of [PEOPLE.admin, PEOPLE.manager, CANDIDATE, SENIOR]) await openAccount(installation, person);
  const manager = await tokenOf(installation, PEOPLE.manager);
  const experts = {};
  for (const [name, person] of Object.entries(FILES)) {
    experts[name] = await call(manager, "expert_create", { body: { ...person, status: "independent", department: "58" } });
  }
  const held = { duty: "epsp", starts_on: day(-30) };
  await call(manager, "habilitation_record", { path: { id: experts.senior.id }, body: held });
  const admin = await tokenOf(installation, PEOPLE.admin);
  const { items } = await call(admin, "account_list");
  for (const [name, { email }] of Object.entries({ candidate: CANDIDATE, senior: SENIOR })) {
    const account = items.find((one) => one.email === email);
    assert.ok(account, `the account of ${email}`);
    await call(admin, "account_update", { path: { id: account.id }, version: account.version, body: { expert_id: experts[name].id } });
  }
  return experts;
}
