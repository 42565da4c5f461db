"""Requests of agreement with everything that hangs on them, each at the end of one of the journeys."""

from datetime import timedelta

from journeys import JOURNEYS
from world import DAY, after, canonical, day_of, end_of, fold, hold, record, text_of

PIECES = ["P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P12", "P16"]
CRITERIA = [f"{chapter}{number}" for chapter, most in zip("ABCDEFG", [5, 5, 6, 6, 4, 6, 5]) for number in range(1, most + 1)]
PROJECT = ("L’entretien des espaces sert de support : groupes de douze personnes, deux cent dix heures sur huit mois, deux "
           "demi-journées en salle chaque mois, le reste en situation de production. ") * 3
ENDED = {"granted", "granted_with_reserves", "refused_final", "withdrawn", "abandoned", "closed_idle", "refused"}
# months before the end of a right at which its structure is warned
WARNINGS = (9, 6, 4, 1)


def committees(world, start, manager):
    """One meeting every fortnight, from the first day to three months from now."""
    found, at = [], start
    while at < world.now + 90 * DAY:
        day = day_of(at)
        state, key = "held" if at < world.now else "planned", world.id(at - 30 * DAY)
        world.add("committee", id=key, meets_on=str(day), zone="Europe/Paris", place="En visioconférence", state=state,
                  created_by=manager, created_at=at - 30 * DAY, version=1)
        found.append((at, key))
        at += 14 * DAY
    return found


def plan(world, count, structures):
    """Which structure asks what, when: (creation, journey, end of the last step, structure, first request), oldest first."""
    journeys = [journey for journey in JOURNEYS for _ in range(journey[0])]
    world.dice.shuffle(journeys)
    found, drafts = [], set()
    for index in range(count):
        structure = structures[index * 7919 % len(structures)] if index < len(structures) else world.dice.choice(structures)
        _, steps, (least, most) = journeys[index % len(journeys)]
        if steps[-1][0] == "draft":
            if structure["id"] in drafts:
                steps, least, most = JOURNEYS[0][1], 30, 1900
            drafts.add(structure["id"])
        last = world.now - int(world.dice.uniform(least, most) * DAY)
        spread = [world.dice.uniform(0.6, 1.5) * days * DAY for _, days, *_ in steps]
        found.append((int(last - sum(spread)), steps, spread, structure, index < len(structures)))
    return sorted(found, key=lambda one: one[0])


class Desk:
    """Writes requests one after the other."""

    def __init__(self, world, staff, experts, committees, versions, mail_every, bodies):
        self.world, (self.managers, self.officers) = world, staff
        self.experts, self.committees, self.versions = experts, committees, versions
        self.mail_every, self.bodies, self.mails, self.busy = mail_every, bodies, 0, {}

    def write(self, created, steps, spread, structure, first):
        world, dice = self.world, self.world.dice
        author = structure["account"] or self.managers[0]
        officer, (expert, inspector) = dice.choice(self.officers), dice.choice(self.experts)
        people = {"structure": author, "officer": officer, "expert": inspector, "manager": dice.choice(self.managers),
                  "system": None}
        key, draft = world.id(created), world.number("BRO", created)
        row = {"number": None, "officer_id": None, "submission_count": 0, "closed_at": None, "touched_at": created}
        request = {"key": key, "label": draft, "version": self.versions[day_of(created) >= self.versions[2]],
                   "role": dice.choice(["train", "organise", "train_and_organise"]), "structure": structure,
                   "author": author, "officer": officer, "decider": people["manager"]}
        at, state = created, None
        for (target, _, who, name, code, permission, template), days in zip(steps, spread):
            at += int(days)
            self.advance(request, row, target, at, expert)
            request["label"] = row["number"] or draft
            subject = ("agreement_request", key, request["label"])
            self.act(at, (who, people[who]), subject, structure, f"agreement_request.{name}", code,
                     f"agreement_request:{permission}", (state, target), template)
            state = target
        if state in ENDED:
            row["closed_at"] = at
        world.add("agreement_request", id=key, draft_number=draft, structure_id=structure["id"],
                  certification_version_id=request["version"], kind="first" if first else "renewal", role=request["role"],
                  state=state, version=len(steps) + 1, project=PROJECT, signatory_name=structure["contact"]["contact_name"],
                  signatory_title="Direction", commitment_accepted=int(state != "draft"), is_training_body=0,
                  has_subcontracting=0, created_by=author, created_at=created, visit_sequence=0,
                  visit_moved_by_structure=0, visit_refused=0, warned=0,
                  search=fold(f"{request['label']} {structure['name']} {structure['siren']}"),
                  **structure["contact"], **{column: row.get(column) for column in COLUMNS})
        for site in structure["sites"]:
            world.add("request_site", id=world.id(created), request_id=key, site_id=site)
        if "lodged_at" in request:
            settled = state == "refused_final"
            world.add("appeal", id=world.id(request["lodged_at"]), request_id=key, text="La décision est contestée.",
                      lodged_by=author, lodged_at=request["lodged_at"], outcome="upheld" if settled else None,
                      reasons="La procédure a été suivie." if settled else None,
                      settled_by=self.managers[1] if settled else None, settled_at=at if settled else None)

    def act(self, at, who, subject, structure, name, code, permission, states, template):
        """The line of the journal and, as often as asked, its mail."""
        world, wanted, mails = self.world, self.mail_every, []
        self.mails += 1
        if self.mails % wanted == 0:
            mails = [world.id(at)]
        event = record(world, at, who, subject, name, code, permission, states, mails=mails)
        for mail in mails:
            state = "failed" if self.mails % (wanted * 400) == 0 else "sent"
            world.add("mail", id=mail, event_id=event, template=template,
                      recipient=canonical({"id": structure["text"], "to": "structure"}),
                      reason="Vous recevez ce message parce que vous avez un compte pour cette structure.",
                      subject=f"Demande {subject[2]}", body_text=self.bodies[0], body_html=self.bodies[1],
                      subject_kind=subject[0], subject_id=subject[1], state=state, attempts=1, due_at=at, created_at=at,
                      sent_at=at if state == "sent" else None, answer=None if state == "sent" else "550 unknown")

    def advance(self, request, row, target, at, expert):
        """What a step writes in the request and beside it."""
        world = self.world
        if target == "submitted":
            row["submission_count"] += 1
            row["touched_at"] = at
            if row["number"] is None:
                row.update(number=world.number("AGR", at), submitted_at=at)
                self.pieces(request, at)
        elif target == "draft":
            row["deadline_at"] = end_of(after(at, 60))
        elif target == "incomplete":
            row.update(officer_id=request["officer"], return_reason="Une pièce manque.", return_due_at=end_of(after(at, 30)),
                       deadline_at=end_of(after(at, 23)))
            world.add("missing_piece", id=world.id(at), request_id=request["key"], code="P03",
                      reason="La liste des dirigeants date de plus de trois ans.", asked_at=at, answered_at=None)
        elif target == "complete":
            row.update(officer_id=request["officer"], completed_at=at, decision_expected_on=str(after(at, 90)))
        elif target == "visit_to_schedule":
            row.update(controller_id=expert, assigned_at=at, mission_number=world.number("MIS", at))
        elif target == "visit_scheduled":
            row.update(visit_at=at + 24 * DAY, visit_zone=request["structure"]["zone"], visit_mode="on_site",
                       visit_place=request["structure"]["place"]["address"])
        elif target == "visit_done":
            row.update(visited_at=at, persons_met="Direction, équipe d’encadrement")
            self.grid(request, at)
        elif target == "adversarial":
            row.update(report_sent_at=at, comments_due_at=end_of(after(at, 15)))
        elif target == "opinion_given":
            row.update(opinion="favourable", opinion_text="Avis favorable. L’organisation est solide.", opinion_at=at)
        elif target == "in_committee":
            meets = next((key for when, key in self.committees if when > at), self.committees[-1][1])
            row.update(committee_id=meets, agenda_at=at)
        else:
            self.settle(request, row, target, at)
        if target not in ("draft", "incomplete"):
            row["deadline_at"] = None

    def settle(self, request, row, target, at):
        """What a committee decides, and what may follow."""
        world = self.world
        outcome = {"granted": "grant", "granted_with_reserves": "grant_with_reserves", "adjourned": "adjourn",
                   "refused": "refuse"}.get(target)
        if outcome:
            row["decided_at"] = at
            key, starts = world.id(at), day_of(at)
            until = after(at, 80) if target == "adjourned" else None
            row["adjourned_until"] = str(until) if until else None
            granted = outcome.startswith("grant")
            world.add("decision", id=key, request_id=request["key"], committee_id=row["committee_id"], outcome=outcome,
                      text="" if granted else "Trois livrets sur cinq ne sont plus remplis.",
                      starts_on=str(starts) if granted else None, ends_on=str(after(at, 1094)) if granted else None,
                      due_on=str(until) if until else None, decided_by=request["decider"], decided_at=at)
            if granted:
                self.right(request, at, outcome == "grant_with_reserves")
            elif target == "refused":
                row["appeal_until"] = end_of(after(at, 60))
        elif target == "appeal":
            request["lodged_at"] = at

    def pieces(self, request, at):
        """The pieces of a first submission, and their documents."""
        world = self.world
        for code in PIECES:
            document, sha = world.id(at), self.world.dice.randbytes(32)
            world.add("document", id=document, sha256=sha, size=54_200, media_type="application/pdf",
                      file_name=f"{code.lower()}.pdf", kind=f"piece:{code}", subject_kind="agreement_request",
                      subject_id=request["key"], title="Pièce du dossier", generated=0, template="",
                      created_by=request["author"], created_at=at)
            world.add("request_piece", id=world.id(at), request_id=request["key"], code=code, revision=1,
                      document_id=document, proof_on=str(after(at, -20)), valid_until=None, state="accepted", reason=None,
                      reviewed_by=request["officer"], reviewed_at=at, created_by=request["author"], created_at=at)

    def grid(self, request, at):
        for criterion in CRITERIA:
            self.world.add("grid_score", id=self.world.id(at), request_id=request["key"], visit=1, grid="2025-1", criterion=criterion,
                           score="minor" if self.world.dice.random() < 0.06 else "conforming", evidence="Organigramme",
                           comment="Vu sur place.", scored_at=at)

    def right(self, request, at, reserved):
        """The right that a decision gives, unless its sites hold one for the same days."""
        world, structure = self.world, request["structure"]
        # An agreement for both services shares no day with one for either.
        services = [(structure["id"], request["version"], one) for one in request["role"].split("_and_")]
        starts = max(self.busy.get(service, day_of(at)) for service in services)
        starts = max(starts, day_of(at))
        ends = starts + timedelta(days=1094)
        self.busy.update(dict.fromkeys(services, ends + timedelta(days=1)))
        key, number, today = world.id(at), world.number("AGT", at), day_of(world.now)
        warned = sum(ends - timedelta(days=30 * months) <= today for months in WARNINGS)
        nexts = end_of(ends - timedelta(days=30 * WARNINGS[warned] - 5 if warned < len(WARNINGS) else 0))
        state, signed = "active_with_reserves" if reserved else "active", at + 14 * DAY
        if ends < today:
            state = "expired"
        elif signed > world.now - 20 * DAY:
            state = "pending"
        alive, told = state != "pending", state == "expired"
        world.add("agreement", id=key, number=number, request_id=request["key"], structure_id=structure["id"],
                  certification_version_id=request["version"], role=request["role"], state=state, starts_on=str(starts),
                  ends_on=str(ends), convention_sent_at=at, signed_by_structure_at=signed if alive else None,
                  signed_by_structure=structure["contact"]["contact_name"] if alive else None,
                  signed_by_certifier_at=signed if alive else None, signed_by_certifier="Responsable d’essai" if alive else None,
                  activated_at=signed if alive else None, ended_at=end_of(ends) if told else None,
                  deadline_at=None if told else max(nexts, world.now + DAY), warned=warned, version=3,
                  search=fold(f"{number} {request['label']} {structure['name']} {structure['siren']}"))
        standing = {"pending": "pending", "expired": "ended"}.get(state, "in_force")
        for site in structure["sites"]:
            hold(world, at, ("site", site), "agreement", f"{text_of(request['version'])}|{request['role']}", number,
                 (starts, ends), standing, ("agreement", key))
        if reserved:
            due = after(at, 180)
            closed = due < today
            world.add("reserve", id=world.id(at), request_id=request["key"], agreement_id=key, position=1,
                      text="Inscrire au planning un temps de retour sur l’activité.", due_on=str(due),
                      state="closed" if closed else "open", closed_at=end_of(due) if closed else None,
                      evidence="Reçu et vérifié." if closed else None, warned=3)
        if alive:
            late = signed > world.now - 45 * DAY
            world.add("partner_update", id=world.id(signed), agreement_id=key, reason="Agrément en vigueur.",
                      changed_at=signed, due_on=str(after(signed, 60)), done_at=None if late else signed + 30 * DAY,
                      done_by=None if late else self.managers[0])
        subject, who = ("agreement", key, number), ("manager", request["decider"])
        self.act(at, who, subject, structure, "agreement.prepared", "AGREMENT_PREPARED", "agreement_request:decide",
                 (None, "pending"), "convention-to-sign")
        if alive:
            self.act(signed, who, subject, structure, "agreement.activated", "AGREMENT_ACTIVE", "agreement:sign_certifier",
                     ("pending", state), "agreement-active")


# what a step may have written
COLUMNS = ["number", "officer_id", "touched_at", "submission_count", "submitted_at", "return_reason", "return_due_at",
           "completed_at", "decision_expected_on", "controller_id", "mission_number", "assigned_at", "tie_override", "visit_at",
           "visit_zone", "visit_place", "visit_mode", "visit_waived_reason", "visited_at", "persons_met", "report_sent_at",
           "comments_due_at", "comments", "commented_at", "opinion", "opinion_text", "opinion_at", "committee_id", "agenda_at",
           "decided_at", "adjourned_until", "missing_text", "appeal_until", "closed_at", "deadline_at"]


def edits(world, count, structures, author):
    """Saves of forms, which are most of a journal."""
    for index in range(count):
        structure = world.dice.choice(structures)
        at = world.now - int(world.dice.uniform(0, 1900) * DAY)
        record(world, at, ("manager", author), ("structure", structure["id"], structure["siren"]), "structure.changed",
               "STRUCTURE_CHANGED", "structure:edit", payload={"changes": {"headcount": {"after": index, "before": index + 1}}})
        if index % 5000 == 0:
            world.flush()
