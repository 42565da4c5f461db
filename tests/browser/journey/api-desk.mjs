// The steps of the journey through the API, one method each, in order.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { day, passed, startOfToday } from "./days.mjs";
import { assertPdfSays } from "./pdf.mjs";
import { pieceForm, wantedPieces } from "./pieces.mjs";
import { until } from "./step.mjs";
import { STRUCTURE } from "./installation.mjs";

/** What the history of the file must tell at the end, in order. */
export const HISTORY = [
  "AGR_DRAFTED", "AGR_EDITED", "AGR_PIECE_RECEIVED", "AGR_SUBMITTED", "AGR_INCOMPLETE", "AGR_RESUBMITTED", "AGR_PIECE_REVIEWED",
  "AGR_COMPLETE", "AGR_CTR_ASSIGNED", "AGR_VISIT_SCHEDULED", "AGR_VISIT_DONE", "AGR_REPORT_PROV", "AGR_COMMENTED",
  "AGR_OPINION", "AGR_ON_AGENDA", "AGR_GRANTED_RES", "AGREMENT_SIGNED", "AGREMENT_ACTIVE_RES",
];
const RESERVE = "Signer la convention d’immersion";

export class Desk {
  constructor(calls, tokens, { structure, version, controllers, declareTie }) {
    Object.assign(this, { calls, tokens, structure, version, controllers, declareTie });
  }

  /** Calls as a person; gives the answer. */
  call(who, operation, options) {
    return this.calls.call(this.tokens[who], operation, options);
  }

  /** An act on the request, naming the version last seen; keeps what it became. */
  async act(who, event, body, expect) {
    const options = { path: { id: this.id }, version: this.request.version, body, expect };
    const answer = await this.call(who, `agreement_request_${event}`, options);
    if (expect === undefined) await this.look();
    return answer.body;
  }

  async look() {
    this.request = (await this.call("officer", "agreement_request_get", { path: { id: this.id } })).body;
  }

  is(state) {
    assert.equal(this.request.state, state);
  }

  async refusesStrangers() {
    await this.calls.call(undefined, "agreement_request_list", { expect: 401 });
    await this.calls.call("parchemin_inconnu", "agreement_request_list", { expect: 401 });
  }

  async opensDraft() {
    const body = {
      structure_id: this.structure.id, certification_version_id: this.version.id, kind: "first", role: "train_and_organise",
    };
    const key = randomUUID();
    const opened = await this.call("owner", "agreement_request_create", { body, key });
    const again = await this.call("owner", "agreement_request_create", { body, key });
    assert.deepEqual(again.body, opened.body, "the same key gives the same answer");
    assert.equal(opened.location, `/api/v1/agreement-requests/${opened.body.id}`);
    const other = await this.call("owner", "agreement_request_create", { body: { ...body, kind: "renewal" }, key, expect: 422 });
    assert.equal(other.body.code, "idempotency-key-reused");
    const twice = await this.call("owner", "agreement_request_create", { body, expect: 409 });
    assert.equal(twice.body.status, 409, "one draft for a structure and a version");
    this.id = opened.body.id;
    await this.look();
    this.is("draft");
  }

  async fillsIn() {
    const { body: structure } = await this.call("owner", "structure_get", { path: { id: this.structure.id } });
    const body = {
      sites: [structure.sites[0].id], contact_name: "Maëlys Kerzoncuf-Attoumani", contact_email: "referente@jardins.exemple",
      project: "Maraîchage et conserverie : huit parcours par an, en alternance, avec deux entreprises d’accueil.", signatory_name: "Ulysse N’Diaye",
      signatory_title: "président", commitment_accepted: true,
    };
    const path = { id: this.id };
    await this.call("owner", "agreement_request_edit", { path, body, expect: 428 });
    const { etag } = await this.call("owner", "agreement_request_edit", { path, body, version: this.request.version });
    const stale = { path, body: { project: "Autre chose" }, version: this.request.version, expect: 412 };
    const { body: problem } = await this.call("owner", "agreement_request_edit", stale);
    assert.match(problem.detail, /\S/);
    await this.look();
    assert.equal(etag, `"${this.request.version}"`);
    assert.equal(this.request.project, body.project);
  }

  async isIncomplete() {
    const problem = await this.act("owner", "submit", undefined, 422);
    const missing = problem.errors.filter((error) => error.code === "piece-missing").map((error) => error.pointer);
    assert.ok(missing.includes("/pieces/P02") && missing.length >= 8, missing.join(" "));
  }

  async addsPieces() {
    const { body: pieces } = await this.call("owner", "agreement_piece_list");
    for (const { code } of wantedPieces(pieces)) await this.addsPiece(code);
    const lie = pieceForm("P02", Buffer.from("MZ not a document"));
    await this.call("owner", "agreement_request_add_piece", { path: { id: this.id }, form: lie, expect: 422 });
  }

  async addsPiece(code) {
    const options = { path: { id: this.id }, form: pieceForm(code) };
    const { body } = await this.call("owner", "agreement_request_add_piece", options);
    assert.ok(body.pieces.some((piece) => piece.code === code));
    await this.look();
  }

  async submits(state) {
    await this.act("owner", "submit");
    this.is(state);
    assert.match(this.request.number, /^AGR-\d{4}-0001$/);
  }

  async returns(code) {
    await this.act("officer", "return", { pieces: [{ code, reason: "Convention échue" }], message: "Merci de la remplacer." });
    this.is("incomplete");
    assert.equal(this.request.asked[0].code, code);
  }

  async completes(code) {
    await this.addsPiece(code);
    await this.submits("submitted");
  }

  async declaresComplete() {
    const refused = await this.act("officer", "declare_complete", undefined, 409);
    assert.ok(refused.blocking.length > 0);
    const received = this.request.pieces.filter((piece) => piece.state === "received");
    for (const piece of received) {
      const path = { id: this.id, piece_id: piece.id };
      await this.call("officer", "agreement_request_review_piece", { path, body: { accepted: true } });
    }
    await this.look();
    await this.act("officer", "declare_complete");
    this.is("complete");
  }

  async assigns() {
    await this.declareTie();
    const { body } = await this.call("officer", "agreement_request_controllers", { path: { id: this.id } });
    const verdict = (expert) => body.items.find((one) => one.expert_id === expert.id);
    assert.equal(verdict(this.controllers.tied).eligible, false);
    assert.equal(verdict(this.controllers.free).eligible, true);
    const refused = await this.act("officer", "assign_controller", { controller_id: this.controllers.tied.id }, 409);
    assert.equal(refused.code, "controller-not-independent");
    assert.match(refused.blocking[0], /24 mois/);
    await this.act("officer", "assign_controller", { controller_id: this.controllers.free.id });
    this.is("visit_to_schedule");
  }

  async schedules() {
    const body = { at: startOfToday(), zone: "Europe/Paris", place: "4 chemin des Palmistes, Nevers", mode: "on_site" };
    const soon = await this.act("controller", "schedule", body, 422);
    assert.deepEqual(soon.errors.map((error) => error.code), ["visit-too-soon"]);
    const path = { key: "agreements.delays" };
    const { body: delays } = await this.call("manager", "setting_get", { path });
    const value = { ...delays.value, visit_notice_days: 0, visit_earliest_hour: 0, visit_latest_hour: 24, visit_on_days_off: true };
    await this.call("manager", "setting_edit", { path, version: delays.version, body: { value } });
    const past = await this.act("controller", "schedule", body, 422);
    assert.deepEqual(past.errors.map((error) => error.code), ["visit-past"]);
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2000);
    await this.act("controller", "schedule", { ...body, at: at.toISOString().replace(".000Z", "Z") });
    this.is("visit_scheduled");
    await passed(at);
  }

  async recordsVisit() {
    const { body: grid } = await this.call("controller", "agreement_grid_get");
    const codes = grid.domains.flatMap((domain) => domain.criteria.map((criterion) => criterion.code));
    const scores = codes.map((criterion) => ({ criterion, score: "conforming" }));
    scores[0] = { criterion: codes[0], score: "minor", evidence: "La personne référente n’est pas connue de tous." };
    const path = { id: this.id };
    await this.call("controller", "agreement_request_scores", { path, body: { scores: scores.slice(0, 10) } });
    await this.look();
    const partly = await this.act("controller", "record_visit", {}, 409);
    assert.equal(partly.code, "grid-incomplete");
    assert.equal(partly.blocking.length, codes.length - 10);
    await this.act("controller", "record_visit", { scores: scores.slice(10), persons_met: "La direction" });
    this.is("visit_done");
  }

  async comments() {
    await this.act("controller", "send_provisional_report");
    this.is("adversarial");
    const early = await this.act("controller", "finalise", { opinion: "favourable", text: "Trop tôt." }, 409);
    assert.equal(early.code, "comments-awaited");
    await this.act("owner", "comment", { text: "Nous présenterons la personne référente à toute l’équipe." });
  }

  async givesOpinion() {
    await this.act("controller", "finalise", { opinion: "favourable_with_reserve", text: "Équipe solide." });
    this.is("opinion_given");
    const early = await this.act("manager", "grant", { starts_on: day() }, 409);
    assert.match(early.detail, /n’est pas possible/);
  }

  async decides() {
    const { body: committee } = await this.call("officer", "committee_plan", { body: { meets_on: day(), place: "Salle Verlaine" } });
    await this.act("officer", "put_on_agenda", { committee_id: committee.id });
    const { body: agenda } = await this.call("manager", "committee_get", { path: { id: committee.id } });
    assert.equal(agenda.agenda[0].reference, this.request.number);
    const body = { starts_on: day(), reserves: [{ text: RESERVE, due_on: day(60) }] };
    await this.act("officer", "grant_with_reserves", body, 403);
    await this.act("manager", "grant_with_reserves", body);
    this.is("granted_with_reserves");
  }

  async signs() {
    const path = { id: this.request.agreement.id };
    const sign = async (who, party, name) => {
      const { body } = await this.call(who, "agreement_get", { path });
      const answer = await this.call(who, `agreement_sign_${party}`, { path, version: body.version, body: { name } });
      return answer.body;
    };
    assert.equal((await sign("owner", "structure", "Ulysse N’Diaye")).state, "pending");
    this.agreement = await sign("manager", "certifier", "Irène Caldaguès");
    assert.equal(this.agreement.state, "active_with_reserves");
    assert.equal(this.agreement.reserves[0].text, RESERVE);
  }

  async downloadsCertificate(t) {
    const certificate = await until("the certificate is made", async () => {
      const { body } = await this.call("owner", "agreement_request_documents", { path: { id: this.id } });
      return body.items.find((document) => document.kind === "agreement-certificate");
    });
    const { body: known } = await this.call("owner", "document_get", { path: { id: certificate.id } });
    const { body: bytes, headers } = await this.call("owner", "document_content", { path: { id: certificate.id } });
    assert.match(headers.get("content-disposition"), /^attachment/);
    assert.equal(bytes.length, known.size);
    assertPdfSays(bytes, [this.agreement.number, STRUCTURE], t);
  }

  async readsMails(sink) {
    const mail = await sink.wait("maelys@jardins.exemple", /Agrément accordé sous réserve/i);
    assert.ok(mail.text.includes(RESERVE), mail.text);
    const invitation = await sink.wait("maelys@jardins.exemple", /visite/i);
    assert.match(invitation.ics, /METHOD:REQUEST/);
    const query = { subject_kind: "agreement_request", subject_id: this.id, limit: 100 };
    await until("every mail of the file is delivered", async () => {
      const { body } = await this.call("officer", "mails_list", { query });
      return body.items.length > 0 && body.items.every((one) => one.state === "sent");
    });
  }

  async historyIsWhole() {
    const lines = [];
    for (let cursor; cursor !== null;) {
      const query = { limit: 20, ...(cursor && { cursor }) };
      const { body } = await this.call("owner", "agreement_request_history", { path: { id: this.id }, query });
      lines.push(...body.items);
      cursor = body.next_cursor;
    }
    const told = lines.map((line) => line.code);
    const first = HISTORY.map((code) => told.indexOf(code));
    assert.ok(first.every((at) => at >= 0), `missing: ${HISTORY.filter((code) => !told.includes(code))}`);
    assert.deepEqual(first, first.toSorted((one, next) => one - next), told.join(" "));
  }

  async verifies(command) {
    const query = { subject_kind: "agreement_request", subject_id: this.id, name: "agreement_request.granted_with_reserves" };
    const { body: events } = await this.call("manager", "audit_event_list", { query });
    const path = { id: events.items[0].id };
    const proof = await until("the decision is sealed and proved", async () => {
      const { body } = await this.call("manager", "audit_event_get", { path });
      return body.event.seq !== null && (await this.call("manager", "audit_event_proof", { path })).body;
    });
    assert.equal(proof.event_id, path.id);
    const { body: verdict } = await this.call("manager", "journal_verify");
    assert.equal(verdict.intact, true, JSON.stringify(verdict));
    assert.match(await command("journal", "verify"), /^OK /);
  }
}
