"""Missions, meetings, availability and ties of the experts: thirteen thousand missions, as many as the sessions of a large body."""

from datetime import timedelta

from world import DAY, day_of, fold

HOUR = DAY // 24
OBJECTS = {"mandataire": "jury", "controleur": "inspection", "epsp": "session"}
TITLES = {"jury": "Jury du CQP Salarié polyvalent", "inspection": "Contrôle d’une structure agréée",
          "session": "Session du CQP Encadrant pédagogique"}
ROOMS = ["Atelier de la gare", "Maison des associations", "Salle du Morne", "Jardin du canal"]
# Most missions end well: the states of those that are over, and how many stand in each.
PAST = ["settled"] * 14 + ["expenses_claimed"] * 2 + ["report_received", "done", "cancelled", "expired"]
COMING = ["accepted"] * 6 + ["proposed"] * 3 + ["declined"]
HELD = {"accepted", "in_progress", "done", "report_received", "expenses_claimed", "settled"}
OFFER = {"proposed": "sent", "declined": "declined", "expired": "expired", "cancelled": "withdrawn"}
CLAIMED = {"expenses_claimed": "certified", "settled": "paid"}


class Network:
    """Writes what hangs on the experts."""

    def __init__(self, world, start, experts, structures, manager):
        self.world, self.start, self.experts, self.structures, self.manager = world, start, experts, structures, manager
        self.taken = set()

    def missions(self, count):
        """Missions spread from the start to three months from now, one a half-day for a person at most."""
        dice, span = self.world.dice, self.world.now + 90 * DAY - self.start
        for index in range(count):
            expert, structure = dice.choice(self.experts), dice.choice(self.structures)
            day = (self.start + span * index // count) // DAY * DAY
            while (expert["id"], day) in self.taken:
                day += DAY
            self.taken.add((expert["id"], day))
            self.mission(expert, structure, day + 8 * HOUR)

    def mission(self, expert, structure, starts_at):
        world, dice = self.world, self.world.dice
        state = dice.choice(PAST if starts_at + 30 * DAY < world.now else COMING if starts_at > world.now else ["done"])
        proposed, ends_at = min(starts_at - 30 * DAY, world.now - DAY), starts_at + 3 * HOUR
        object_, place = OBJECTS[expert["duty"]], structure["place"]
        key, number, title = world.id(proposed), world.number("MIS", proposed), TITLES[object_]
        room, held = dice.choice(ROOMS), state in HELD
        world.add("mission", id=key, number=number, object=object_, title=title, expert_id=expert["id"], duty=expert["duty"],
                  structure_id=structure["id"], site_id=structure["sites"][0], certification_id=None, place=room,
                  department=place["department"], region=place["region"], zone=place["zone"], starts_at=starts_at,
                  ends_at=ends_at, persons="", instructions="", fee_cents=18_000, expenses_ceiling_cents=25_000,
                  state=state, tie_override=None, reason="Session reportée." if state == "cancelled" else None,
                  report="Tout s’est bien passé." if state in ("report_received", *CLAIMED) else None,
                  created_by=self.manager, created_at=proposed, accepted_at=proposed + DAY if held else None,
                  done_at=ends_at if held and ends_at < world.now else None,
                  reported_at=ends_at + DAY if state in ("report_received", *CLAIMED) else None, sequence=0,
                  deadline_at=None, version=3, search=fold(f"{number} {title} {room} {expert['name']}"))
        world.add("mission_offer", id=world.id(proposed), mission_id=key, expert_id=expert["id"], position=1,
                  state=OFFER.get(state, "accepted"), tie_override=None, answer_hours=None, sent_at=proposed,
                  due_at=proposed + 7 * DAY, reminded=0, answered_at=None if state == "proposed" else proposed + DAY,
                  decline_reason="unavailable" if state == "declined" else None, note=None)
        world.add("engagement_half_day", id=world.id(proposed), mission_id=key, request_id=None, expert_id=expert["id"],
                  day=str(day_of(starts_at)), half="morning", held=int(held))
        if claim := CLAIMED.get(state):
            self.claim(key, ends_at, claim)

    def claim(self, mission, at, state):
        paid = state == "paid"
        self.world.add("expense_claim", id=self.world.id(at), mission_id=mission, state=state, fee_cents=18_000,
                       expenses_cents=self.world.dice.randint(0, 12_000), reason=None, return_reason=None,
                       submitted_at=at, certified_at=at + DAY, certified_by=self.manager,
                       paid_on=str(day_of(at + 20 * DAY)) if paid else None, payment="VIR-000" if paid else None)

    def meetings(self):
        """A working meeting of every duty each quarter, with all who held it then."""
        kinds = {"mandataire": "mandataires", "controleur": "controleurs", "epsp": "formateurs"}
        for at in range(self.start // DAY * DAY + 13 * HOUR, self.world.now + 90 * DAY, 91 * DAY):
            for duty, kind in kinds.items():
                self.meeting(at, kind, [one for one in self.experts if one["duty"] == duty])

    def meeting(self, at, kind, guests):
        world, over = self.world, at < self.world.now
        key = world.id(min(at, world.now) - 30 * DAY)
        world.add("meeting", id=key, number=world.number("REU", at), kind=kind,
                  state="minutes_published" if over else "invited", meets_on=str(day_of(at)), starts_at=at,
                  lasts_minutes=120, zone="Europe/Paris", mode="video", place="https://visio.invalid/salle",
                  agenda="Points d’actualité", minutes="Ce qui a été dit." if over else "",
                  time_spent_minutes=180 if over else None, sequence=0, created_at=min(at, world.now) - 30 * DAY, version=2)
        for guest in guests:
            world.add("meeting_guest", id=world.id(at), meeting_id=key, expert_id=guest["id"], answer="coming",
                      answered_at=at - DAY, present=world.dice.randint(0, 4) > 0 if over else None)

    def habits(self):
        """Half-days of every week, and leave in summer."""
        world, dice, first = self.world, self.world.dice, str(day_of(self.start))
        year = day_of(world.now).year
        for expert in self.experts:
            world.add("availability", expert_id=expert["id"], declared_at=world.now - 30 * DAY, version=1)
            for weekday in dice.sample(range(1, 6), 3):
                for half in ("morning", "afternoon"):
                    world.add("recurring_half_day", id=world.id(self.start), expert_id=expert["id"], weekday=weekday,
                              half_day=half, starts_on=first, ends_on=None, every_weeks=1)
            world.add("absence", id=world.id(world.now), expert_id=expert["id"], starts_on=f"{year}-08-01",
                      ends_on=f"{year}-08-21", reason="leave")

    def ties(self):
        """Two employers for each, the present one and one before; some of the ties wait for a manager."""
        world, today = self.world, day_of(self.world.now)
        for index, expert in enumerate(self.experts):
            before, now = world.dice.sample(self.structures, 2)
            for structure, until in ((before, str(today - timedelta(days=400))), (now, None)):
                world.add("employment", id=world.id(world.now), expert_id=expert["id"], structure_id=structure["id"],
                          since=str(day_of(self.start)), until=until)
            if index % 3 == 0:
                world.add("tie_alert", id=world.id(world.now), expert_id=expert["id"], structure_id=now["id"],
                          duty="controller", object_kind="mission", object_id=world.id(world.now),
                          reference=f"MIS-{today.year}-{index:04d}", due_on=str(today + timedelta(days=20)), blocking=1,
                          reasons='["Salarié de la structure."]', fingerprint=f"{index:064x}", state="open",
                          raised_at=world.now - DAY, settled_at=None, settled_by=None, reason=None)
