//! What a person types about a session of a jury; every fault at once. Pure.

use std::collections::HashSet;

use entity::availability_day::HalfDay;
use entity::ids::{CandidateId, CertificationVersionId, SiteId, StructureId};
use entity::jury_session::JuryMode;
use time::{Date, OffsetDateTime, Time};

use crate::error::{Fault, Faults};
use crate::rules::deadline::{add_months, instant};
use crate::rules::{line, typed_date};

/// Most half-days that a structure wishes.
pub const MOST_WISHES: usize = 3;
/// Most candidates of one session.
pub const MOST_CANDIDATES: usize = 60;
const LONGEST_LINE: usize = 200;
const LONGEST_REASON: usize = 500;
/// Months ahead in which a jury is planned.
const FARTHEST: i32 = 24;

/// A wished half-day, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedWish {
    /// The day; empty for no wish.
    pub day: String,
    /// Word of the half.
    pub half: String,
}

/// A request of a jury, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRequest {
    /// Which structure.
    pub structure: StructureId,
    /// Which of its sites; none for its seat.
    pub site: Option<SiteId>,
    /// Which version of a certification.
    pub version: CertificationVersionId,
    /// How many candidates.
    pub expected: String,
    /// Half-days, the best first.
    pub wishes: Vec<TypedWish>,
    /// Word of the mode.
    pub mode: String,
    /// The room.
    pub room: String,
    /// How the place is reached and what is adapted in it.
    pub accessibility: String,
    /// A word to the team.
    pub note: String,
    /// Candidates already known, in their order.
    pub candidates: Vec<CandidateId>,
}

/// A request that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// How many candidates.
    pub expected: i32,
    /// Half-days, the best first.
    pub wishes: Vec<(Date, HalfDay)>,
    /// Where people sit.
    pub mode: JuryMode,
    /// The room.
    pub room: String,
    /// How the place is reached.
    pub accessibility: String,
    /// A word to the team.
    pub note: String,
}

impl TypedRequest {
    /// The request, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date) -> Result<NewRequest, Vec<Fault>> {
        let mut faults = Faults::default();
        let expected = self.expected.trim().parse::<i32>().ok();
        let expected = expected
            .filter(|count| usize::try_from(*count).is_ok_and(|n| (1..=MOST_CANDIDATES).contains(&n)));
        let expected = faults.read(
            "/expected",
            expected.ok_or("Indiquez le nombre de candidats attendus, de 1 à 60"),
            |_| "out-of-bounds",
        );
        let wishes = wishes(&self.wishes, today, &mut faults);
        let mode = mode(&self.mode, &mut faults);
        let room = one_line("/room", &self.room, &mut faults);
        let accessibility = block("/accessibility", &self.accessibility, &mut faults);
        let note = block("/note", &self.note, &mut faults);
        order("/candidates", &self.candidates, &mut faults);
        let fewer = |count: &i32| usize::try_from(*count).is_ok_and(|count| count < self.candidates.len());
        if expected.as_ref().is_some_and(fewer) {
            let message = "Ce nombre est inférieur à celui des candidats choisis";
            faults.push("/expected", "fewer-than-chosen", message);
        }
        let new = (|| {
            Some(NewRequest {
                expected: expected?,
                wishes: wishes?,
                mode: mode?,
                room: room?,
                accessibility: accessibility?,
                note: note?,
            })
        })();
        faults.or(new)
    }
}

fn wishes(typed: &[TypedWish], today: Date, faults: &mut Faults) -> Option<Vec<(Date, HalfDay)>> {
    let mut found = Vec::new();
    let mut sound = true;
    let wished = typed.iter().enumerate().filter(|(_, one)| !one.day.trim().is_empty());
    for (rank, one) in wished {
        let pointer = |field: &str| format!("/wishes/{rank}/{field}");
        let day = faults.read(&pointer("day"), typed_date::read(&one.day), |_| "date");
        let half = HalfDay::from_word(one.half.trim()).ok_or("Choisissez le matin ou l’après-midi");
        let half = faults.read(&pointer("half"), half, |_| "missing");
        let Some(slot) = day.zip(half) else {
            sound = false;
            continue;
        };
        if slot.0 <= today {
            faults.push(pointer("day"), "past", "Choisissez un jour à venir");
        } else if slot.0 > add_months(today, FARTHEST) {
            faults.push(pointer("day"), "too-far", "Choisissez un jour dans les deux ans");
        } else if found.contains(&slot) {
            faults.push(pointer("day"), "twice", "Cette demi-journée est déjà souhaitée");
        }
        found.push(slot);
    }
    if found.len() > MOST_WISHES {
        faults.push("/wishes", "too-many", "Indiquez trois demi-journées au plus");
    }
    sound.then_some(found)
}

/// When and where a session takes place, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPlan {
    /// The day.
    pub day: String,
    /// Hour of the start, where the jury is.
    pub starts_time: String,
    /// Hour of the end; empty for what its candidates need.
    pub ends_time: String,
    /// Word of the mode.
    pub mode: String,
    /// Address or link; empty for the address of the site.
    pub place: String,
    /// The room; empty at a distance.
    pub room: String,
}

/// A plan that may be held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// First instant.
    pub starts_at: OffsetDateTime,
    /// Last instant; none for what its candidates need.
    pub ends_at: Option<OffsetDateTime>,
    /// Where people sit.
    pub mode: JuryMode,
    /// Address or link; empty for the address of the site.
    pub place: String,
    /// The room; empty at a distance.
    pub room: String,
}

impl TypedPlan {
    /// The plan, or every fault; hours are those of the zone of the place.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, zone: &str, now: OffsetDateTime, today: Date) -> Result<Plan, Vec<Fault>> {
        let mut faults = Faults::default();
        let dates = hours([&self.day, &self.starts_time, &self.ends_time], zone, (now, today), &mut faults);
        let mode = mode(&self.mode, &mut faults);
        let place = one_line("/place", &self.place, &mut faults);
        let room = one_line("/room", &self.room, &mut faults);
        let at_distance = mode == Some(JuryMode::Remote);
        if at_distance && place.as_deref() == Some("") {
            faults.push("/place", "missing", "Indiquez le lien de la visioconférence");
        }
        if mode.is_some() && !at_distance && room.as_deref() == Some("") {
            faults.push("/room", "missing", "Indiquez la salle");
        }
        let plan = (|| {
            let (starts_at, ends_at) = dates?;
            let room = if at_distance { String::new() } else { room? };
            Some(Plan { starts_at, ends_at, mode: mode?, place: place?, room })
        })();
        faults.or(plan)
    }
}

/// Another date, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedMove {
    /// The day.
    pub day: String,
    /// Hour of the start, where the jury is.
    pub starts_time: String,
    /// Why.
    pub reason: String,
}

impl TypedMove {
    /// The new start and the reason, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(
        &self,
        zone: &str,
        now: OffsetDateTime,
        today: Date,
    ) -> Result<(OffsetDateTime, String), Vec<Fault>> {
        let mut faults = Faults::default();
        let dates = hours([&self.day, &self.starts_time, ""], zone, (now, today), &mut faults);
        let reason = faults.read("/reason", reason_line(&self.reason), |error| error.code());
        faults.or(dates.map(|(starts_at, _)| starts_at).zip(reason))
    }
}

/// A day and hours of the place, to come.
fn hours(
    [day, from, until]: [&str; 3],
    zone: &str,
    (now, today): (OffsetDateTime, Date),
    faults: &mut Faults,
) -> Option<(OffsetDateTime, Option<OffsetDateTime>)> {
    let day = faults.read("/day", typed_date::read(day), |_| "date");
    let wanted = "Indiquez une heure, par exemple 9\u{202f}h\u{202f}30";
    let from = faults.read("/starts_time", time_of(from).ok_or(wanted), |_| "time");
    let until = match until.trim() {
        "" => Some(None),
        typed => faults.read("/ends_time", time_of(typed).ok_or(wanted), |_| "time").map(Some),
    };
    if day.is_some_and(|day| day > add_months(today, FARTHEST)) {
        faults.push("/day", "too-far", "Choisissez un jour dans les deux ans");
    }
    let day = day?;
    let starts_at = faults.read("/day", instant(day, from?, zone), |_| "date")?;
    if starts_at <= now {
        faults.push("/day", "past", "Choisissez une date à venir");
    }
    let ends_at = match until? {
        None => None,
        Some(until) => Some(faults.read("/ends_time", instant(day, until, zone), |_| "date")?),
    };
    if ends_at.is_some_and(|ends_at| ends_at <= starts_at) {
        faults.push("/ends_time", "dates-reversed", "La fin vient avant le début");
    }
    Some((starts_at, ends_at))
}

/// `9:30` or `09:30`, or as people write it, `9 h 30`.
pub(super) fn time_of(text: &str) -> Option<Time> {
    let text: String = text.replace(['h', 'H'], ":").split_whitespace().collect();
    let (hour, minute) = text.split_once(':')?;
    let minute = if minute.is_empty() { "0" } else { minute };
    Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
}

fn mode(typed: &str, faults: &mut Faults) -> Option<JuryMode> {
    let found = JuryMode::from_word(typed.trim()).ok_or("Choisissez sur place ou à distance");
    faults.read("/mode", found, |_| "missing")
}

fn one_line(pointer: &str, typed: &str, faults: &mut Faults) -> Option<String> {
    faults.read(pointer, line::optional(typed, LONGEST_LINE), |error| error.code())
}

/// Several lines that may be empty.
pub(super) fn block(pointer: &str, typed: &str, faults: &mut Faults) -> Option<String> {
    let text = typed.trim().replace("\r\n", "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        let message = "Ce texte contient un caractère invisible\u{202f}: saisissez-le à nouveau";
        faults.push(pointer, "invisible-character", message);
        return None;
    }
    if text.chars().count() > 4000 {
        faults.push(pointer, "too-long", "Ce texte compte plus de 4\u{202f}000 caractères");
        return None;
    }
    Some(text)
}

/// Candidates in their order, each once.
pub(super) fn order(pointer: &str, candidates: &[CandidateId], faults: &mut Faults) {
    let mut seen = HashSet::new();
    if !candidates.iter().all(|id| seen.insert(*id)) {
        faults.push(pointer, "twice", "Une personne est nommée deux fois");
    }
    if candidates.len() > MOST_CANDIDATES {
        faults.push(pointer, "too-many", "Un jury compte soixante candidats au plus");
    }
}

fn reason_line(typed: &str) -> Result<String, line::LineError> {
    line::wanted(typed, LONGEST_REASON, super::labels::faults::REASON_WANTED)
}

/// Why something is done.
///
/// # Errors
/// Nothing typed, or too much.
pub fn reason(typed: &str) -> Result<String, Vec<Fault>> {
    reason_line(typed).map_err(|error| vec![Fault::new("/reason", error.code(), error.to_string())])
}

/// More about why something is done; may be empty.
///
/// # Errors
/// Too much.
pub fn optional_reason(typed: &str) -> Result<Option<String>, Vec<Fault>> {
    let mut faults = Faults::default();
    let read = faults.read("/reason", line::optional(typed, LONGEST_REASON), |error| error.code());
    let read = faults.or(read)?;
    Ok(Some(read).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    const TODAY: Date = date!(2026 - 03 - 02);
    const NOW: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);

    fn wish(day: &str, half: &str) -> TypedWish {
        TypedWish { day: day.to_owned(), half: half.to_owned() }
    }

    fn typed() -> TypedRequest {
        TypedRequest {
            structure: StructureId(Uuid::nil()),
            site: None,
            version: CertificationVersionId(Uuid::nil()),
            expected: "5".to_owned(),
            wishes: vec![wish("2026-04-14", "morning"), wish("", ""), wish("15/04/2026", "afternoon")],
            mode: "on_site".to_owned(),
            room: "Salle 2".to_owned(),
            accessibility: String::new(),
            note: String::new(),
            candidates: Vec::new(),
        }
    }

    #[test]
    fn a_wish_that_is_left_empty_is_no_wish() {
        let new = typed().read(TODAY).unwrap();
        assert_eq!(
            new.wishes,
            [(date!(2026 - 04 - 14), HalfDay::Morning), (date!(2026 - 04 - 15), HalfDay::Afternoon)]
        );
    }

    #[test]
    fn every_fault_of_a_request_is_told() {
        let twice = CandidateId(Uuid::nil());
        let wrong = TypedRequest {
            expected: "0".to_owned(),
            wishes: vec![wish("2026-03-02", "morning"), wish("x", "noon")],
            mode: "x".to_owned(),
            candidates: vec![twice, twice],
            ..typed()
        };
        let pointers: Vec<_> =
            wrong.read(TODAY).unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        let expected =
            ["/expected", "/wishes/0/day", "/wishes/1/day", "/wishes/1/half", "/mode", "/candidates"];
        assert_eq!(pointers, expected);
    }

    #[test]
    fn as_many_are_expected_as_are_chosen() {
        let ids = [1_u128, 2].map(|n| CandidateId(Uuid::from_u128(n)));
        let wrong = TypedRequest { expected: "1".to_owned(), candidates: ids.to_vec(), ..typed() };
        let faults = wrong.read(TODAY).unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        assert_eq!(found, [("/expected", "fewer-than-chosen")]);
        assert!(TypedRequest { expected: "2".to_owned(), ..wrong }.read(TODAY).is_ok());
    }

    #[test]
    fn hours_are_those_of_the_place() {
        let plan = TypedPlan {
            day: "14/04/2026".to_owned(),
            starts_time: "9 h 30".to_owned(),
            ends_time: "12h".to_owned(),
            mode: "on_site".to_owned(),
            place: String::new(),
            room: "Salle 2".to_owned(),
        };
        let read = plan.read("America/Cayenne", NOW, TODAY).unwrap();
        assert_eq!(read.starts_at, datetime!(2026-04-14 12:30 UTC));
        assert_eq!(read.ends_at, Some(datetime!(2026-04-14 15:00 UTC)));
        let wrong = TypedPlan { ends_time: "9:00".to_owned(), room: String::new(), ..plan.clone() };
        let codes: Vec<_> = wrong
            .read("Europe/Paris", NOW, TODAY)
            .unwrap_err()
            .into_iter()
            .map(|fault| (fault.pointer, fault.code))
            .collect();
        let expected = [("/ends_time", "dates-reversed"), ("/room", "missing")];
        assert_eq!(codes, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
        let away = TypedPlan { mode: "remote".to_owned(), ..plan };
        assert_eq!(away.read("Europe/Paris", NOW, TODAY).unwrap_err()[0].pointer, "/place");
    }

    #[test]
    fn another_date_is_to_come_and_has_a_reason() {
        let moved = TypedMove {
            day: "2026-03-01".to_owned(),
            starts_time: "9:00".to_owned(),
            reason: " ".to_owned(),
        };
        let codes: Vec<_> =
            moved.read("Europe/Paris", NOW, TODAY).unwrap_err().into_iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["past", "missing"]);
    }
}
