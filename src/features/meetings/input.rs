//! What a person types about a meeting; every fault at once.

mod series;

pub use series::{QUARTERS, TypedSeries, pointer};

use entity::ids::ExpertId;
use entity::meeting::{MeetingKind, MeetingMode};
use time::{Date, OffsetDateTime, Time};

use crate::error::{Fault, Faults};
use crate::rules::deadline::{add_months, instant, is_zone};
use crate::rules::line;
use crate::rules::typed_date;

/// Longest agenda and longest minutes.
pub const LONGEST: usize = 20_000;

/// When and where, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPlace {
    /// The day.
    pub day: String,
    /// `09:30`.
    pub time: String,
    /// IANA zone of the hour.
    pub zone: String,
    /// Word of the mode.
    pub mode: String,
    /// Address of the room or of the call.
    pub place: String,
    /// Minutes.
    pub lasts: String,
}

/// When and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The day, in the zone.
    pub day: Date,
    /// The instant.
    pub starts_at: OffsetDateTime,
    /// IANA zone.
    pub zone: String,
    /// Video or on site.
    pub mode: MeetingMode,
    /// Address of the room or of the call.
    pub place: String,
    /// Minutes.
    pub lasts: i32,
}

impl TypedPlace {
    /// When and where, every fault noted. Years of the past are for meetings recorded afterwards.
    fn read_into(&self, today: Date, faults: &mut Faults) -> Option<Place> {
        let day = typed_date::read(&self.day);
        let day = faults.read("/day", day, |_| "date");
        if day.is_some_and(|day| day > add_months(today, 24) || day < add_months(today, -240)) {
            faults.push(
                "/day",
                "too-far",
                "Indiquez un jour entre vingt ans avant et deux ans après aujourd’hui",
            );
        }
        let time = time_of(&self.time).ok_or("Indiquez une heure, par exemple 9\u{202f}h\u{202f}30");
        let time = faults.read("/time", time, |_| "time");
        let zone = self.zone.trim();
        let zone =
            if is_zone(zone) { Ok(zone.to_owned()) } else { Err("Ce fuseau horaire n’est pas reconnu") };
        let zone = faults.read("/zone", zone, |_| "unknown");
        let mode =
            MeetingMode::from_word(self.mode.trim()).ok_or("Choisissez une visioconférence ou un lieu");
        let mode = faults.read("/mode", mode, |_| "missing");
        let place = faults.read(
            "/place",
            line::wanted(&self.place, 300, "Indiquez le lieu, ou le lien de la réunion"),
            |error| error.code(),
        );
        let lasts = match self.lasts.trim() {
            "" => Ok(120),
            typed => typed.parse().ok().filter(|minutes| (15..=600).contains(minutes)).ok_or(MINUTES),
        };
        let lasts = faults.read("/lasts_minutes", lasts, |_| "out-of-bounds");
        let (day, zone) = (day?, zone?);
        let starts_at = faults.read("/day", instant(day, time?, &zone), |_| "date")?;
        Some(Place { day, starts_at, zone, mode: mode?, place: place?, lasts: lasts? })
    }

    /// When and where a meeting moves: to come.
    ///
    /// # Errors
    /// The faults.
    pub fn read_coming(&self, now: OffsetDateTime, today: Date) -> Result<Place, Vec<Fault>> {
        let mut faults = Faults::default();
        let place = self.read_into(today, &mut faults);
        if place.as_ref().is_some_and(|place| place.starts_at <= now) {
            faults.push("/day", "past", NOT_TO_COME);
        }
        faults.or(place)
    }
}

const MINUTES: &str = "Indiquez une durée entre 15 et 600 minutes";
const NOT_TO_COME: &str = "Choisissez une date et une heure à venir";
const FOUR_DAYS: &str = "Une série compte quatre réunions\u{202f}: indiquez quatre jours";
const SAME_DAY: &str = "Une autre réunion de la série est déjà ce jour-là";
const BEFORE_THE_LAST: &str =
    "Ce jour vient avant celui de la réunion précédente\u{202f}: indiquez les jours dans l’ordre";

/// `9:30` or `09:30`, or as people write it, `9 h 30`.
fn time_of(text: &str) -> Option<Time> {
    let text: String = text.replace(['h', 'H'], ":").split_whitespace().collect();
    let mut parts = text.splitn(3, ':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
}

/// A meeting, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedMeeting {
    /// Word of the kind.
    pub kind: String,
    /// When and where.
    pub place: TypedPlace,
    /// What will be talked about.
    pub agenda: String,
}

/// A meeting that may be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Who is invited.
    pub kind: MeetingKind,
    /// When and where.
    pub place: Place,
    /// What will be talked about.
    pub agenda: String,
}

impl TypedMeeting {
    /// The meeting, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date) -> Result<Meeting, Vec<Fault>> {
        let mut faults = Faults::default();
        let kind = MeetingKind::from_word(self.kind.trim()).ok_or("Choisissez qui est invité");
        let kind = faults.read("/kind", kind, |_| "missing");
        let place = self.place.read_into(today, &mut faults);
        let agenda = faults.read("/agenda", block(&self.agenda, AGENDA_WANTED), BlockError::code);
        let meeting = (|| Some(Meeting { kind: kind?, place: place?, agenda: agenda? }))();
        faults.or(meeting)
    }
}

/// Several lines refused: code and French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{1}")]
pub struct BlockError(&'static str, &'static str);

impl BlockError {
    /// A stable code for the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0
    }
}

/// Said of an agenda that was not typed.
pub const AGENDA_WANTED: &str = "Écrivez l’ordre du jour";

/// Several lines, needed; `wanted` names the field.
///
/// # Errors
/// Nothing typed, too much, a character that cannot be kept.
pub fn block(text: &str, wanted: &'static str) -> Result<String, BlockError> {
    let text = text.trim().replace("\r\n", "\n");
    if text.is_empty() {
        return Err(BlockError("missing", wanted));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        let message = "Ce texte contient un caractère invisible\u{202f}: saisissez-le à nouveau";
        return Err(BlockError("invisible-character", message));
    }
    if text.chars().count() > LONGEST {
        return Err(BlockError("too-long", "Ce texte compte plus de 20\u{202f}000 caractères"));
    }
    Ok(text)
}

/// Something to do, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTask {
    /// What.
    pub text: String,
    /// Who, in words; may be empty for a guest.
    pub owner: String,
    /// The guest who does it, when it is one.
    pub owner_id: Option<ExpertId>,
    /// Until when.
    pub due_on: String,
}

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Someone who was invited to the meeting.
    Guest(ExpertId),
    /// Somebody else, as the minutes name them.
    Named(String),
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub text: String,
    /// Who does it.
    pub owner: Owner,
    /// Until when.
    pub due_on: Date,
}

impl TypedTask {
    /// The task, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, meeting_day: Date) -> Result<Task, Vec<Fault>> {
        let mut faults = Faults::default();
        let text =
            faults.read("/text", line::wanted(&self.text, 500, "Écrivez ce qui est à faire"), |error| {
                error.code()
            });
        let owner = match self.owner_id {
            Some(guest) => Some(Owner::Guest(guest)),
            None => faults
                .read("/owner", line::wanted(&self.owner, 200, "Indiquez qui s’en charge"), |error| {
                    error.code()
                })
                .map(Owner::Named),
        };
        let due_on = typed_date::read(&self.due_on);
        let due_on = faults.read("/due_on", due_on, |_| "date");
        if due_on.is_some_and(|day| day < meeting_day) {
            faults.push("/due_on", "before-the-meeting", "Cette date vient avant la réunion");
        }
        let task = (|| Some(Task { text: text?, owner: owner?, due_on: due_on? }))();
        faults.or(task)
    }
}

/// Minutes and the time spent, as typed.
///
/// # Errors
/// The faults.
pub fn minutes(text: &str, time_spent: &str) -> Result<(String, Option<i32>), Vec<Fault>> {
    let mut faults = Faults::default();
    let text = faults.read("/minutes", block(text, "Écrivez le compte rendu"), BlockError::code);
    let spent = match time_spent.trim() {
        "" => Ok(None),
        typed => {
            let minutes = typed.parse().ok().filter(|minutes| (0..=10_000).contains(minutes));
            minutes.map(Some).ok_or("Indiquez un nombre de minutes, 10\u{202f}000 au plus")
        }
    };
    let spent = faults.read("/time_spent_minutes", spent, |_| "out-of-bounds");
    faults.or(text.zip(spent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    const TODAY: Date = date!(2025 - 10 - 06);

    fn typed() -> TypedMeeting {
        TypedMeeting {
            kind: "mandataires".to_owned(),
            place: TypedPlace {
                day: "14/10/2025".to_owned(),
                time: "9:30".to_owned(),
                zone: "Indian/Mayotte".to_owned(),
                mode: "video".to_owned(),
                place: "https://visio.exemple/reunion".to_owned(),
                lasts: String::new(),
            },
            agenda: "Retour sur les jurys\r\nQuestions".to_owned(),
        }
    }

    #[test]
    fn an_hour_is_that_of_its_zone() {
        let meeting = typed().read(TODAY).unwrap();
        assert_eq!(meeting.place.starts_at, datetime!(2025-10-14 06:30 UTC));
        assert_eq!((meeting.place.lasts, meeting.agenda.as_str()), (120, "Retour sur les jurys\nQuestions"));
    }

    #[test]
    fn every_fault_is_told() {
        let wrong = TypedMeeting {
            kind: "x".to_owned(),
            place: TypedPlace {
                day: "x".to_owned(),
                time: "25:00".to_owned(),
                zone: "Europe/Lutece".to_owned(),
                lasts: "5".to_owned(),
                ..TypedPlace::default()
            },
            agenda: " ".to_owned(),
        };
        let pointers: Vec<_> =
            wrong.read(TODAY).unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        let expected = ["/kind", "/day", "/time", "/zone", "/mode", "/place", "/lasts_minutes", "/agenda"];
        assert_eq!(pointers, expected);
        let far = TypedPlace { day: "2031-01-01".to_owned(), ..typed().place };
        assert_eq!(far.read_coming(datetime!(2025-10-06 08:00 UTC), TODAY).unwrap_err()[0].code, "too-far");
        let past = TypedPlace { day: "2025-10-06".to_owned(), ..typed().place };
        assert_eq!(past.read_coming(datetime!(2025-10-06 08:00 UTC), TODAY).unwrap_err()[0].code, "past");
    }

    #[test]
    fn a_task_has_an_owner_and_a_date_after_the_meeting() {
        let task = TypedTask {
            text: "Mettre à jour la grille".to_owned(),
            owner: String::new(),
            owner_id: None,
            due_on: "2025-10-01".to_owned(),
        };
        let codes: Vec<_> = task.read(TODAY).unwrap_err().into_iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["missing", "before-the-meeting"]);
        let guest = ExpertId::from(uuid::Uuid::from_u128(1));
        let given = TypedTask { owner_id: Some(guest), due_on: "2025-12-01".to_owned(), ..task };
        assert_eq!(given.read(TODAY).unwrap().owner, Owner::Guest(guest), "a guest needs no other name");
        assert_eq!(minutes("Bien", "").unwrap(), ("Bien".to_owned(), None));
        assert_eq!(minutes(" ", "-1").unwrap_err().len(), 2);
    }
}
