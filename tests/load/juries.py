"""Candidates, juries and certificates: two thousand juries in five years, three times what a large body holds, and those to come."""

from datetime import timedelta

import people
from world import DAY, day_of, fold

HOUR = DAY // 24
# What becomes of those who pass, and how many of twenty.
FATES = ["total"] * 13 + ["partial"] * 3 + ["refused", "absent", "absent_excused", "adjourned"]
TOLD = {"total", "partial", "refused"}
CAME = TOLD | {"adjourned"}
# Where those whom no jury has heard stand, and how many of ten.
WAITING = ["enrolled", "positioned"] + ["on_path"] * 4 + ["file_submitted"] + ["admitted"] * 3
# States of the juries to come, and how many of ten.
COMING = ["requested"] * 3 + ["planned"] * 3 + ["confirmed"] * 2 + ["summoned"] * 2
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
COMMUNES = ["29019", "58194", "44109", "31555", "86194", "35238", "63113"]


class Juries:
    """Writes candidates, the juries that heard them, and what was delivered."""

    def __init__(self, world, start, experts, structures, manager, versions):
        self.world, self.start, self.structures, self.manager = world, start, structures, manager
        self.first, self.last, self.changed = versions
        self.experts = experts
        self.presidents = [one for one in experts if one["duty"] == "mandataire"]
        self.certification = world.database.execute(
            "SELECT certification_id FROM certification_version WHERE id = ?", (self.last,)).fetchone()[0]
        self.serial = {}

    def past(self, count):
        """Juries that are closed, one after the other, from the start to two months ago."""
        span = self.world.now - 60 * DAY - self.start
        for index in range(count):
            day = (self.start + span * index // count) // DAY * DAY
            self.jury("closed", day + 8 * HOUR)

    def coming(self, count):
        """Juries of the next three months."""
        for index in range(count):
            self.jury(self.world.dice.choice(COMING), (self.world.now // DAY + 5 + 85 * index // count) * DAY + 8 * HOUR)

    def waiting(self, count):
        """People whom no jury expects."""
        for _ in range(count):
            structure = self.world.dice.choice(self.structures)
            at = self.world.now - self.world.dice.randrange(5, 300) * DAY
            self.candidate(structure, self.last, at, self.world.dice.choice(WAITING), None, at)

    def jury(self, state, starts_at):
        world, dice = self.world, self.world.dice
        structure, over = dice.choice(self.structures), state == "closed"
        asked = min(starts_at - 70 * DAY, world.now - 3 * DAY)
        place, key, number = structure["place"], world.id(asked), world.number("JUR", asked)
        version = self.last if day_of(starts_at) >= self.changed else self.first
        dated, size = state != "requested", dice.randrange(3, 7)
        ends_at, closed_at = starts_at + HOUR * size // 2 + HOUR, starts_at + 20 * DAY
        where = f"{place['commune']} ({place['department']})"

        def past(value):
            return value if over else None

        world.add("jury_session", id=key, number=number, structure_id=structure["id"], site_id=structure["sites"][0],
                  certification_version_id=version, referential_id=None, state=state, expected=size, mode="on_site",
                  place=where, room="Salle du premier étage", department=place["department"], region=place["region"],
                  zone=place["zone"], starts_at=starts_at if dated else None, ends_at=ends_at if dated else None,
                  accessibility="", request_note="", reason=None, requested_by=None, requested_at=asked,
                  confirmed_at=asked + DAY if over or state in ("confirmed", "summoned") else None,
                  summoned_at=asked + 2 * DAY if over or state == "summoned" else None, files_sent_at=past(starts_at - 7 * DAY),
                  opened_at=past(starts_at), heard_at=past(ends_at - HOUR), frozen_at=past(ends_at), signed_at=past(ends_at),
                  checked_by=past(self.manager), validated_by=past(self.manager),
                  delivered_on=past(str(day_of(closed_at))), closed_at=past(closed_at), remarks="", sequence=1,
                  deadline_at=None, external_ref=None, version=4, search=fold(f"{number} {structure.get('name', '')} {where}"))
        if state == "requested":
            world.add("jury_wish", id=world.id(asked), session_id=key, position=1, day=str(day_of(starts_at)), half="morning")
        if over or state in ("confirmed", "summoned"):
            self.members(key, starts_at, asked, over)
        for position in range(1, size + 1):
            self.passage(key, structure, version, position, starts_at, closed_at, state)

    def members(self, session, starts_at, asked, over):
        dice = self.world.dice
        president = dice.choice(self.presidents)
        others = dice.sample([one for one in self.experts if one["id"] != president["id"]], 2)
        for position, (seat, expert) in enumerate(zip(("president", "employers", "employees"), (president, *others)), 1):
            self.world.add("jury_member", id=self.world.id(asked), session_id=session, expert_id=expert["id"], seat=seat,
                           state="accepted", mission_id=None, override_reason=None, reason=None, remote=0,
                           identity_checked_at=starts_at if over else None, impartial_at=starts_at if over else None,
                           position=position, added_by=self.manager, added_at=asked)

    def passage(self, session, structure, version, position, starts_at, closed_at, state):
        world, over = self.world, state == "closed"
        fate = world.dice.choice(FATES) if over else None
        became = "notified" if fate in TOLD else fate
        stands = became or ("summoned" if state == "summoned" else "admitted")
        person, name = self.candidate(structure, version, starts_at - 200 * DAY, stands, fate, closed_at)
        key, came = world.id(starts_at - 30 * DAY), fate in CAME
        world.add("jury_passage", id=key, session_id=session, candidate_id=person, position=position, live=int(not over),
                  attempt=1, starts_at=starts_at + (position - 1) * HOUR // 2,
                  presence=("present" if came else fate) if over else "expected",
                  presence_reason="Arrêt de travail" if fate == "absent_excused" else None,
                  identity_document="identity_card" if came else "", 
                  heard_at=starts_at + position * HOUR // 2 if came else None, proposal=fate, decision=fate,
                  decision_reason=None, recommendations="", observations="", decided_at=starts_at + 4 * HOUR if over else None,
                  version=2)
        if fate in ("total", "partial"):
            self.certificate(session, structure, version, (person, name, key), starts_at, closed_at, fate)

    def candidate(self, structure, version, at, state, decision, told_at):
        """Somebody with a whole civil status; gives their key and their name."""
        world, dice = self.world, self.world.dice
        at = min(at, world.now - DAY)
        key, number = world.id(at), world.number("CAN", at)
        first, family = people.name_of(dice)
        born = str(day_of(at) - timedelta(days=dice.randrange(19 * 365, 58 * 365)))
        world.add("candidate", id=key, number=number, structure_id=structure["id"], site_id=structure["sites"][0],
                  certification_version_id=version, referential_id=None, way="fc", state=state, birth_name=family,
                  has_no_birth_name=0, usual_name="", first_names=first, other_first_names="", has_no_first_name=0,
                  sex=dice.choice("MF"), birth_date=born, birth_country="", birth_commune=dice.choice(COMMUNES),
                  birth_locality="", completeness=100, identity_document="identity_card", identity_seen_on=str(day_of(at)),
                  identity_seen_by="", email="", phone="", postal_address="", detained=0, guardian="", contract="cddi",
                  employer="", referent="", path_starts_on=None, frozen_hash=None, file_revision=1,
                  first_enrolled_on=str(day_of(at)), decision=decision, decided_on=str(day_of(told_at)) if decision else None,
                  notified_at=told_at if state == "notified" else None, attempts=int(decision in (*TOLD, "absent")),
                  leaving=None, reason=None, asked_again=None, external_ref=None, created_by=None, created_at=at, version=3,
                  search=fold(f"{number} {family} {first}"))
        world.add("candidate_stay", id=world.id(at), candidate_id=key, structure_id=structure["id"], since=str(day_of(at)),
                  until=None)
        return key, f"{first} {family}"

    def certificate(self, session, structure, version, holder, starts_at, at, fate):
        """A row of the register: what lists show, with a content that nobody reads here."""
        world, dice = self.world, self.world.dice
        candidate, name, passage = holder
        year = day_of(at).year
        self.serial[year] = self.serial.get(year, 0) + 1
        number = f"CQPSP-{year}-{self.serial[year]:06d}-{''.join(dice.choice(ALPHABET) for _ in range(8))}"
        world.add("certificate", id=world.id(at), number=number, kind="full" if fate == "total" else "blocs",
                  candidate_id=candidate, passage_id=passage, session_id=session, batch_id=None,
                  certification_id=self.certification, certification_version_id=version, structure_id=structure["id"],
                  state=dice.choice(["valid"] * 48 + ["suspended", "revoked"]), holder_name=name,
                  initials=" ".join(f"{word[0]}." for word in name.split()), content="{}",
                  content_hash=dice.randbytes(32), signature=dice.randbytes(64), key_id="charge", decided_on=str(day_of(starts_at)),
                  delivered_on=str(day_of(at)), document_id=None, supersedes_id=None, public=1, badge_index=None,
                  external_ref=None, created_at=at, version=1, search=fold(f"{number} {name}"))
