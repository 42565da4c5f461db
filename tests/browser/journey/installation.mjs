// A fresh installation as an operator makes one: an empty folder, `parchemin serve`, a mail relay, accounts made by
// command; then the structure and the contrôleurs, recorded through the API as an officer would.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { promisify } from "node:util";
import { startSink } from "../smtp-sink.mjs";
import { environment, program, startProgram } from "../support.mjs";
import { day } from "./days.mjs";

const run = promisify(execFile);

/** Of the series 9999, which is never given. */
const SIRET = keyed(`${keyed("99990042")}0001`);
export const STRUCTURE = "Les Jardins du Morvan";
export const PEOPLE = {
  owner: { email: "maelys@jardins.exemple", name: "Maëlys Kerzoncuf-Attoumani", role: "structure" },
  officer: { email: "zoe@organisme.exemple", name: "Zoé Morvan", role: "officer" },
  manager: { email: "irene@organisme.exemple", name: "Irène Caldaguès", role: "manager" },
  admin: { email: "ulysse@organisme.exemple", name: "Ulysse N’Diaye", role: "admin" },
  controller: { email: "abel@controle.exemple", name: "Abel Quéméneur", role: "expert" },
};
const CONTROLLERS = {
  tied: { first_names: "Zéphyr", family_name: "Le Goff", email: "zephyr@controle.exemple" },
  free: { first_names: "Abel", family_name: "Quéméneur", email: PEOPLE.controller.email },
};

/** An installation that serves. `command` runs the program on the same data; `stop` ends and forgets everything. */
export async function install() {
  const folder = await mkdtemp(join(tmpdir(), "parchemin-journey-"));
  const sink = await startSink();
  const env = {
    PARCHEMIN_DATA_DIR: join(folder, "data"), PARCHEMIN_SMTP_URL: sink.url, PARCHEMIN_RATE_LIMITS: "off",
    PARCHEMIN_MAIL_FROM: "certification@organisme.exemple", PARCHEMIN_ORGANISATION: "Organisme d’essai",
  };
  const command = async (...args) => {
    const { stdout } = await run(program(), args, { env: environment(env), cwd: process.cwd() });
    return stdout.trimEnd();
  };
  const server = await startProgram(["serve"], env).catch(async (error) => {
    await sink.stop();
    throw error;
  });
  const stop = async () => {
    const ended = await server.stop();
    await sink.stop();
    await rm(folder, { recursive: true, force: true });
    assert.equal(ended, 0, `the server did not end well:\n${server.log()}`);
  };
  return { url: server.url, sink, command, stop };
}

/** Opens the account of a person by command. */
export const openAccount = ({ command }, { email, name, role }, ...more) =>
  command("user", "create", "--email", email, "--role", role, "--name", name, ...more);

/** A token of the API for the account of a person, by command. */
export const tokenOf = async ({ command }, { email }) =>
  (await command("token", "create", "--email", email, "--name", "Parcours", "--ttl", "1d")).split("\n").at(-1);

/**
 * The structure, the version asked for and another, two contrôleurs, and everybody's accounts; `declareTie` tells
 * that one of them works for the structure. `call` is a function of the API: (token, operation, { path, body }) → the
 * body of the answer.
 */
export async function populate(installation, call) {
  for (const one of ["admin", "manager", "officer"]) await openAccount(installation, PEOPLE[one]);
  const manager = await tokenOf(installation, PEOPLE.manager);
  const structure = await call(manager, "structure_create", { body: aStructure() });
  const certifications = await call(manager, "certification_list");
  const certification = certifications.items.find((one) => one.code === "CQP_SP");
  const controllers = {};
  for (const [name, person] of Object.entries(CONTROLLERS)) {
    const expert = await call(manager, "expert_create", { body: { ...person, status: "independent", department: "21" } });
    const habilitation = { duty: "controleur", starts_on: day(-30) };
    await call(manager, "habilitation_record", { path: { id: expert.id }, body: habilitation });
    controllers[name] = expert;
  }
  await openAccount(installation, PEOPLE.owner, "--structure", SIRET);
  await openAccount(installation, PEOPLE.controller);
  const admin = await tokenOf(installation, PEOPLE.admin);
  const { items } = await call(admin, "account_list");
  const account = items.find((one) => one.email === PEOPLE.controller.email);
  await call(admin, "account_update", { path: { id: account.id }, version: account.version, body: { expert_id: controllers.free.id } });
  const tie = { structure_id: structure.id, tie: "employee_board_or_provider", since: day(-400) };
  const declareTie = () => call(manager, "interest_declare", { path: { id: controllers.tied.id }, body: tie });
  const version = certification.versions.find((one) => one.open);
  const otherVersion = certifications.items.find((one) => one.code === "CQP_EPSP").versions.find((one) => one.open);
  return { structure, version, otherVersion, controllers, declareTie };
}

function aStructure() {
  return {
    siret: SIRET, name: STRUCTURE, legal_form: "Association loi de 1901", idcc: "3016",
    activities: "maraîchage", headcount: 24, insertion_posts: 14,
    address: "4 chemin des Palmistes", postal_code: "58000", commune: "Nevers",
    contact: { name: PEOPLE.owner.name, title: "Directrice", email: PEOPLE.owner.email, phone: "+33639981000" },
  };
}

/** Digits with their key (Luhn). */
function keyed(digits) {
  const sum = [...`${digits}0`].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
