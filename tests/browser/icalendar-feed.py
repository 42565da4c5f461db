"""Reads a calendar on standard input with the icalendar package of PyPI; prints one JSON line per date."""
import json
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
for event in calendar.walk("VEVENT"):
    start = event.decoded("DTSTART")
    print(json.dumps({
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "local": start.strftime("%Y-%m-%dT%H:%M"),
        "offset": start.strftime("%z"),
        "zone": event["DTSTART"].params["TZID"],
    }))
