"""Training: thirteen thousand sessions in five years and to come, a hundred thousand people enrolled, what they attended."""

from datetime import timedelta

import people
from world import DAY, day_of, fold

HOUR = DAY // 24
# What becomes of a session that is behind, and how many of twenty; of one to come, and how many of ten.
PAST = ["closed"] * 17 + ["ended", "cancelled", "cancelled"]
COMING = ["open"] * 6 + ["confirmed"] * 3 + ["project"]
# What becomes of those who enrolled, and how many of twenty.
CAME = ["completed"] * 15 + ["absent", "dropped_out", "cancelled_by_client", "cancelled_by_client", "expired"]
TO_COME = ["confirmed"] * 8 + ["held"] * 6 + ["contracted"] * 2 + ["cancelled_by_client"] * 3 + ["expired"]
SEATED = {"held", "contracted", "confirmed", "present", "absent", "completed", "dropped_out"}
MODES = ["on_site"] * 8 + ["remote"] * 2
SEATS = 12
STATUSES = ["private_employee"] * 8 + ["job_seeker", "individual"]


class Training:
    """Writes sessions with their half-days, those who teach and those who learn, what was attended, papers and surveys."""

    def __init__(self, world, start, experts, structures, manager):
        self.world, self.start, self.structures, self.manager = world, start, structures, manager
        self.trainers = [one["id"] for one in experts]
        self.programmes = world.database.execute(
            "SELECT p.id, p.title, p.theme, v.id FROM programme p JOIN programme_version v ON v.programme_id = p.id "
            "GROUP BY p.id ORDER BY p.code").fetchall()
        self.taken, self.turn, self.owed = set(), 0, 0

    def sessions(self, count, enrolments):
        """So many sessions, from the start to six months from now, and so many people over them all."""
        span = self.world.now + 180 * DAY - self.start
        for index in range(count):
            day = (self.start + span * index // count) // DAY * DAY
            wanted = enrolments * (index + 1) // count - enrolments * index // count
            self.session(day + 8 * HOUR, wanted)
            if index % 500 == 0:
                self.world.flush()
        self.world.flush()

    def session(self, starts_at, wanted):
        world, dice = self.world, self.world.dice
        programme, title, theme, version = dice.choice(self.programmes)
        days, over = dice.choice([1, 1, 2]), starts_at + 3 * DAY < world.now
        ends_at = starts_at + (days - 1) * DAY + 8 * HOUR
        state = dice.choice(PAST if over else COMING if starts_at > world.now else ["in_progress"])
        mode, structure = dice.choice(MODES), dice.choice(self.structures)
        place = structure["place"] if mode == "on_site" else {"commune": "", "department": "", "region": "", "zone": "Europe/Paris"}
        opened_at = min(starts_at - 90 * DAY, world.now - DAY)
        key, number = world.id(opened_at), world.number("SES", starts_at)
        where = "Maison des associations" if mode == "on_site" else ""

        def when(known, at):
            return at if known else None

        # nobody enrols in a project: they go to the next session
        wanted += self.owed
        wanted, self.owed = (0, wanted) if state == "project" else (wanted, 0)
        held = state in ("closed", "ended")
        world.add("training_session", id=key, number=number, programme_id=programme, programme_version_id=version, title=title,
                  theme=theme, kind="inter", delivery="own", state=state, public=1, structure_id=None, room_id=None,
                  modality=mode, place=where, commune=place["commune"], department=place["department"],
                  region=place["region"], zone=place["zone"], access="", accessibility="", remote_url="", to_bring="",
                  starts_on=str(day_of(starts_at)), ends_on=str(day_of(ends_at)), starts_at=starts_at, ends_at=ends_at,
                  enrol_until=None, duration_minutes=420 * days, seats_min=4, seats_max=SEATS, price_cents=42_000,
                  price_note="", funding_note="", eu_funded=0, welcome_id=None, rules_id=None, contact="", officer_id=None,
                  series_id=None, postponed_from_id=None, cause="too_few" if state == "cancelled" else None,
                  reason="Trop peu de personnes" if state == "cancelled" else None, opened_at=opened_at,
                  confirmed_at=when(held, starts_at - 20 * DAY), summoned_at=when(held, starts_at - 15 * DAY),
                  started_at=when(held, starts_at), ended_at=when(held, ends_at),
                  closed_at=when(state == "closed", ends_at + 20 * DAY),
                  cancelled_at=when(state == "cancelled", starts_at - 15 * DAY), sequence=1, deadline_at=None,
                  external_ref=None, created_by=self.manager, created_at=opened_at, version=4,
                  search=fold(f"{number} {title} {where} {place['commune']}"))
        slots = self.half_days(key, starts_at, days, place["zone"], mode)
        people_of = self.people(key, number, (starts_at, opened_at), state, wanted)
        if held:
            self.attended(slots, people_of, ends_at)
            self.proved(key, programme, people_of, ends_at)

    def half_days(self, session, starts_at, days, zone, mode):
        """The half-days, and whoever is free to teach them all; gives their keys with who teaches and when they end."""
        world, dice = self.world, self.world.dice
        dates = [day_of(starts_at + rank * DAY) for rank in range(days)]
        trainer = dice.choice(self.trainers)
        for _ in range(20):
            if all((trainer, date) not in self.taken for date in dates):
                break
            trainer = dice.choice(self.trainers)
        self.taken.update((trainer, date) for date in dates)
        found = []
        for rank, date in enumerate(dates):
            for half, hour in (("morning", 0), ("afternoon", 5)):
                begins, key = starts_at + rank * DAY + hour * HOUR, world.id(starts_at)
                ends = begins + 7 * HOUR // 2
                world.add("training_slot", id=key, session_id=session, day=str(date), half=half, starts_at=begins, ends_at=ends,
                          zone=zone, minutes=210, modality=mode, room_id=None, subject="", pin_hash=None, pin_until=None,
                          sheet_id=None, dropped_at=None, version=1)
                world.add("training_trainer", id=world.id(starts_at), slot_id=key, expert_id=trainer, standing="external",
                          signature="", signed_at=ends if ends < world.now else None, removed_at=None)
                found.append((key, trainer, ends))
        return found

    def people(self, session, number, when, state, wanted):
        """Those who enrolled, then the seats as they are; gives those who came with the structure that pays."""
        world, dice = self.world, self.world.dice
        held = waiting = 0
        came, buyers = [], {}
        for seq in range(1, wanted + 1):
            structure = dice.choice(self.structures[:2000]) if seq % 5 else None
            became = dice.choice(CAME if state in ("closed", "ended", "in_progress") else TO_COME)
            became = {"cancelled": "cancelled_by_provider"}.get(state, became)
            if state == "in_progress" and became == "completed":
                became = "present"
            if became in SEATED and (held >= SEATS or waiting):
                became = "waitlisted" if state in ("open", "confirmed") else "cancelled_by_client"
            held += became in SEATED
            waiting += became == "waitlisted"
            rank = waiting if became == "waitlisted" else None
            buyer = self.buyer(session, when[1], structure, buyers)
            person = self.enrolment((session, number, seq), when, (became, rank), (buyer, structure))
            if became == "completed":
                came.append((person, structure))
        world.add("training_tally", session_id=session, seats=SEATS, held=held, waiting=waiting, last_seq=wanted)
        return came

    def buyer(self, session, at, structure, known):
        """Who pays: the structure, once in the session, or the person."""
        if structure and structure["id"] in known:
            return known[structure["id"]]
        key = self.world.id(at)
        self.world.add("training_buyer", id=key, session_id=session, kind="employer" if structure else "individual",
                       structure_id=structure["id"] if structure else None, name=structure.get("name", "") if structure else "",
                       siret="", address="", contact_name="", email="", phone="", created_at=at, erased_at=None, version=1)
        if structure:
            known[structure["id"]] = key
        return key

    def enrolment(self, which, when, stands, payer):
        world, dice = self.world, self.world.dice
        (session, number, seq), (starts_at, opened_at), (state, rank) = which, when, stands
        buyer, structure = payer
        self.turn += 1
        at = min(opened_at + self.turn % 60 * DAY, world.now - HOUR)
        key, (first, family) = world.id(at), people.name_of(dice)
        born = day_of(at) - timedelta(days=dice.randrange(19 * 365, 62 * 365))
        bound = state in SEATED - {"held"}
        over = state in ("completed", "dropped_out", "expired") or state.startswith("cancelled")
        world.add("enrolment", id=key, session_id=session, seq=seq, state=state, way=dice.choice(["public", "structure", "staff"]),
                  buyer_id=buyer, structure_id=structure["id"] if structure else None, account_id=None, family_name=family,
                  first_names=first, birth_date=str(born), person_key=f"charge-{self.turn}",
                  email=f"stagiaire{self.turn}@charge.invalid", phone="", postal_address="", job="",
                  status=dice.choice(STATUSES), guardian_name="", guardian_email="", guardian_phone="", adaptation_asked=0,
                  consented_at=at, rank=rank, waiting_since=at if rank else None,
                  held_until=starts_at if state == "held" else None, email_confirmed_at=at + HOUR, positioned_at=None,
                  contracted_at=at + DAY if bound else None, remote_contract=0, withdrawal_until=None,
                  confirmed_at=at + DAY if bound else None, summoned_at=None, ended_at=starts_at if over else None,
                  cause="work" if state == "cancelled_by_client" else None, reason=None, price_cents=42_000, fee_cents=None,
                  replaces_id=None, moved_from_id=None, deadline_at=None, external_ref=None, created_by=None, created_at=at,
                  erased_at=None, version=3, search=fold(f"{family} {first} {number}-{seq}"))
        return key

    def attended(self, slots, came, ends_at):
        for slot, trainer, ended in slots:
            for person, _ in came:
                self.world.add("attendance", id=self.world.id(ended), slot_id=slot, enrolment_id=person, presence="present",
                               minutes=210, proof="qr", signature="Signé", signed_at=ended, client_id=None,
                               countersigned_by=trainer, countersigned_at=ends_at, recorded_by=None, recorded_at=ended, version=1)

    def proved(self, session, programme, came, ends_at):
        """A certificate of completion for each, without its file, and what trainees were asked."""
        world = self.world
        for seq, (person, structure) in enumerate(came, 1):
            world.add("training_document", id=world.id(ends_at), session_id=session, seq=seq, enrolment_id=person, buyer_id=None,
                      structure_id=structure["id"] if structure else None, account_id=None, slot_id=None, subcontract_id=None,
                      handbook_id=None, kind="completion_certificate", revision=1, state="issued",
                      template="training-certificate/1", content="{}", content_hash=world.dice.randbytes(32), document_id=None,
                      signed_document_id=None, sign_until=None, sent_at=ends_at, issued_by=self.manager,
                      issued_at=min(ends_at + DAY, world.now), ended_at=None, deadline_at=None, version=2)
        world.add("survey", id=world.id(ends_at), session_id=session, programme_id=programme, kind="hot", state="closed",
                  questions="[]", opens_at=ends_at, closes_at=ends_at + 15 * DAY, invited=len(came), answered=len(came) // 2,
                  deadline_at=None, created_by=None, created_at=ends_at, version=3)
