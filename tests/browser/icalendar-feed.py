"""Reads a calendar on standard input with the icalendar package of PyPI; prints one JSON line per date.

`offset` is what the zone of that name gives, `declared` what the VTIMEZONE of the calendar itself says.
"""
import json
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
declared = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
for event in calendar.walk("VEVENT"):
    start = event.decoded("DTSTART")
    zone = event["DTSTART"].params["TZID"]
    print(json.dumps({
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "local": start.strftime("%Y-%m-%dT%H:%M"),
        "offset": start.strftime("%z"),
        "declared": start.replace(tzinfo=declared[zone]).strftime("%z"),
        "zone": zone,
    }))
