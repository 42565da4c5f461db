"""What the invented world is made of: keys, dates, folded texts, numbers of companies, places, and the writer of rows.

Everything comes from one seed: two runs with the same volumes on the same day give the same files.
"""

import hashlib
import json
import random
import re
import unicodedata
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = 86_400_000

OPENED = {"œ": "oe", "æ": "ae", "ß": "ss"}


def fold(text):
    """As `rules::fold`: what two spellings of one name have in common."""
    bare = [c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c)]
    words = "".join(OPENED.get(c, c) if c.isalnum() else " " for c in bare)
    return " ".join(words.split())


def luhn_key(digits):
    """The digit that makes a number right."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def siren(index):
    digits = f"99{index:06d}"
    return digits + luhn_key(digits)


def siret(company, index):
    digits = f"{company}{index + 1:04d}"
    return digits + luhn_key(digits)


def day_of(at):
    """The civil day of an instant, as both databases keep it."""
    return datetime.fromtimestamp(at / 1000, timezone.utc).date()


def end_of(day):
    """The end of a day, near enough to Paris for a deadline."""
    return int(datetime(day.year, day.month, day.day, 21, 59, 59, tzinfo=timezone.utc).timestamp() * 1000)


def after(at, days):
    return day_of(at) + timedelta(days=days)


def places():
    """Departments that have a region: code, name, region, zone, read where the program has them."""
    source = (ROOT / "src/rules/territory/departments.rs").read_text()
    found = []
    for kind, words in re.findall(r"^    (mainland|alsace_moselle|overseas)\(([^)]*)\)", source, re.M):
        words = re.findall(r'"([^"]*)"', words)
        region = "44" if kind == "alsace_moselle" else words[2]
        found.append((words[0], words[1], region, words[3] if kind == "overseas" else "Europe/Paris"))
    assert len(found) == 101, len(found)
    return found


class World:
    """The seed, the clock and the rows not written yet."""

    def __init__(self, database, now, seed):
        self.database = database
        self.now = now
        self.dice = random.Random(seed)
        self.waiting = {}
        self.series = {}

    def id(self, at):
        """A UUID version 7 of an instant, as a key of SQLite."""
        value = (at & ((1 << 48) - 1)) << 80 | 7 << 76 | self.dice.getrandbits(12) << 64
        return (value | 2 << 62 | self.dice.getrandbits(62)).to_bytes(16, "big")

    def number(self, kind, at):
        """The next number of a series: `AGR-2026-0042`."""
        series = f"{kind}-{day_of(at).year}"
        self.series[series] = self.series.get(series, 0) + 1
        return f"{series}-{self.series[series]:04d}"

    def add(self, table, **row):
        """Keeps a row, then writes the rows of a table by the thousand."""
        rows = self.waiting.setdefault((table, tuple(row)), [])
        rows.append(tuple(row.values()))

    def flush(self):
        for (table, columns), rows in self.waiting.items():
            marks = ",".join("?" * len(columns))
            self.database.executemany(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({marks})", rows)
        self.waiting.clear()

    def write_series(self):
        """The program continues the numbers where they stop here."""
        for series, last in self.series.items():
            self.add("number_series", id=series, last=last)
        self.flush()


def text_of(key):
    return str(uuid.UUID(bytes=key))


def canonical(value):
    """RFC 8785, for values that hold neither fractions nor keys outside ASCII."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def record(world, at, who, subject, name, code, permission, states=(None, None), reason=None, payload=None, mails=()):
    """A line of the journal with the hash that the program would give it. `who` is a role and the key of an account."""
    role, account = who
    kind, key, label = subject
    line = {
        "id": text_of(event := world.id(at)), "at": at, "actor_kind": "account" if account else "system",
        "actor_id": text_of(account) if account else None, "role": role, "channel": "web" if account else "system",
        "permission": permission, "name": name, "code": code, "subject_kind": kind, "subject_id": text_of(key),
        "subject_label": label, "state_before": states[0], "state_after": states[1], "reason": reason,
        "payload": payload or {}, "documents": [], "mails": [text_of(mail) for mail in mails], "request_id": None,
    }
    digest = hashlib.sha256(b"\0" + canonical(line).encode()).digest()
    world.add("audit_event", **{
        **line, "id": event, "actor_id": account, "subject_id": key, "payload": canonical(line["payload"]),
        "documents": "[]", "mails": canonical(line["mails"]), "hash": digest,
    })
    return event


def hold(world, at, holder, kind, scope, reference, days, state, source):
    """A dated right: what its holder may do from a day to another, and the row that says why."""
    world.add("dated_right", id=world.id(at), holder_kind=holder[0], holder_id=holder[1], kind=kind, scope=scope,
              reference=reference, starts_on=str(days[0]), ends_on=str(days[1]), grace_until=None, state=state,
              source_kind=source[0], source_id=source[1], alerted=None, created_at=at, version=1)
