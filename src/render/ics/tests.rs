use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use super::*;

fn invitation(zone: &str, starts_at: OffsetDateTime) -> Invitation {
    Invitation {
        uid: "visit-0190f0@parchemin".to_owned(),
        sequence: 2,
        method: InvitationMethod::Request,
        starts_at,
        lasts: Duration::hours(3),
        zone: zone.to_owned(),
        summary: "Visite d’agrément ; Les Jardins, à l’Anse".to_owned(),
        location: "12 rue de l’Exemple\n97300 Cayenne".to_owned(),
        description: "é".repeat(200),
    }
}

const NOW: OffsetDateTime = datetime!(2025-10-06 08:00 UTC);
const FROM: &str = "Organisme certificateur <certification@certificateur.exemple>";

fn text(zone: &str, starts_at: OffsetDateTime) -> String {
    object(&invitation(zone, starts_at), NOW, FROM).0
}

/// The content lines, unfolded.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// A property of the first component of that name.
fn value(text: &str, component: &str, property: &str) -> Option<String> {
    let lines = lines(text);
    let start = lines.iter().position(|line| *line == format!("BEGIN:{component}"))?;
    let inside = lines[start..].iter().take_while(|line| **line != format!("END:{component}"));
    let mut named = inside.filter(|line| line.split([':', ';']).next() == Some(property));
    named.next().cloned()
}

#[test]
fn a_date_is_written_at_the_hour_of_its_place() {
    for (zone, at, start, end) in [
        ("America/Cayenne", datetime!(2025-11-04 12:30 UTC), "20251104T093000", "20251104T123000"),
        ("Indian/Mayotte", datetime!(2025-11-04 06:00 UTC), "20251104T090000", "20251104T120000"),
        ("Pacific/Marquesas", datetime!(2025-11-04 18:30 UTC), "20251104T090000", "20251104T120000"),
        ("Europe/Paris", datetime!(2025-10-25 08:00 UTC), "20251025T100000", "20251025T130000"),
        ("Europe/Paris", datetime!(2025-10-27 09:00 UTC), "20251027T100000", "20251027T130000"),
        // Over the change: it starts at one in summer time and lasts three hours.
        ("Europe/Paris", datetime!(2025-10-25 23:00 UTC), "20251026T010000", "20251026T030000"),
    ] {
        let text = text(zone, at);
        assert_eq!(value(&text, "VEVENT", "DTSTART"), Some(format!("DTSTART;TZID={zone}:{start}")));
        assert_eq!(value(&text, "VEVENT", "DTEND"), Some(format!("DTEND;TZID={zone}:{end}")));
        assert_eq!(value(&text, "VTIMEZONE", "TZID"), Some(format!("TZID:{zone}")));
    }
}

#[test]
fn a_zone_without_change_of_clocks_has_one_offset() {
    for (zone, offset) in
        [("America/Cayenne", "-0300"), ("Indian/Mayotte", "+0300"), ("Pacific/Marquesas", "-0930")]
    {
        let text = text(zone, NOW);
        assert_eq!(value(&text, "STANDARD", "TZOFFSETTO"), Some(format!("TZOFFSETTO:{offset}")));
        assert!(!text.contains("DAYLIGHT") && !text.contains("RRULE"), "{text}");
    }
}

#[test]
fn changes_of_clocks_are_written_as_yearly_rules() {
    for (zone, winter, summer, offset) in [
        ("Europe/Paris", "BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYDAY=-1SU", "+0200"),
        ("America/Miquelon", "BYMONTH=11;BYDAY=1SU", "BYMONTH=3;BYDAY=2SU", "-0200"),
    ] {
        let text = text(zone, NOW);
        assert_eq!(value(&text, "STANDARD", "RRULE"), Some(format!("RRULE:FREQ=YEARLY;{winter}")));
        assert_eq!(value(&text, "DAYLIGHT", "RRULE"), Some(format!("RRULE:FREQ=YEARLY;{summer}")));
        assert_eq!(value(&text, "DAYLIGHT", "TZOFFSETTO"), Some(format!("TZOFFSETTO:{offset}")));
    }
    let paris = text("Europe/Paris", NOW);
    assert_eq!(value(&paris, "STANDARD", "DTSTART").as_deref(), Some("DTSTART:20241027T030000"));
    assert_eq!(value(&paris, "DAYLIGHT", "DTSTART").as_deref(), Some("DTSTART:20250330T020000"));
}

#[test]
fn an_unknown_zone_is_written_in_utc() {
    let text = text("Europe/Atlantide", NOW);
    assert_eq!(value(&text, "VEVENT", "DTSTART").as_deref(), Some("DTSTART:20251006T080000Z"));
    assert!(!text.contains("VTIMEZONE"));
}

#[test]
fn a_cancellation_keeps_the_identity_and_says_so_twice() {
    let mut invitation = invitation("Europe/Paris", NOW);
    invitation.method = InvitationMethod::Cancel;
    invitation.sequence = 3;
    let (text, method) = object(&invitation, NOW, FROM);
    assert_eq!(method, "CANCEL");
    for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", "UID:visit-0190f0@parchemin"] {
        assert!(lines(&text).contains(&line.to_owned()), "{line} in {text}");
    }
}

#[test]
fn lines_are_folded_at_75_octets_between_two_characters() {
    let text = text("Europe/Paris", NOW);
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    assert_eq!(value(&text, "VEVENT", "DESCRIPTION"), Some(format!("DESCRIPTION:{}", "é".repeat(200))));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn texts_are_escaped_and_the_organiser_is_quoted() {
    let text = text("Europe/Paris", NOW);
    assert_eq!(
        value(&text, "VEVENT", "SUMMARY").as_deref(),
        Some("SUMMARY:Visite d’agrément \\; Les Jardins\\, à l’Anse")
    );
    assert_eq!(
        value(&text, "VEVENT", "LOCATION").as_deref(),
        Some("LOCATION:12 rue de l’Exemple\\n97300 Cayenne")
    );
    assert_eq!(
        value(&text, "VEVENT", "ORGANIZER").as_deref(),
        Some("ORGANIZER;CN=\"Organisme certificateur\":mailto:certification@certificateur.exemple")
    );
}

#[test]
fn a_text_cannot_add_a_property() {
    let mut invitation = invitation("Europe/Paris", NOW);
    invitation.summary = "Visite\r\nATTACH:https://ailleurs.exemple".to_owned();
    invitation.uid = "a\r\nMETHOD:CANCEL".to_owned();
    let text = object(&invitation, NOW, FROM).0;
    assert!(lines(&text).iter().all(|line| !line.starts_with("ATTACH") && line != "METHOD:CANCEL"));
}

#[test]
fn the_guest_is_inside_the_event() {
    let text = addressed_to(&text("Europe/Paris", NOW), "referente@jardins.exemple");
    let guest = value(&text, "VEVENT", "ATTENDEE").unwrap();
    assert!(guest.ends_with("RSVP=FALSE:mailto:referente@jardins.exemple"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
}
