//! What a person types to propose a mission, to decline it or to say why; every fault at once. Pure.

use entity::declared_interest::TieKind;
use entity::habilitation::Duty;
use entity::ids::{CertificationId, SiteId, StructureId};
use entity::mission::MissionObject;
use entity::mission_offer::DeclineReason;
use time::macros::format_description;
use time::{Date, OffsetDateTime, Time};

use crate::error::{Fault, Faults};
use crate::features::availability::input::TypedAbsence;
use crate::rules::engagement::MOST_DAYS;
use crate::rules::period::Period;
use crate::rules::territory::{self, PARIS};
use crate::rules::{deadline, line, money, typed_date};

const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 4000;

/// How people meet. A mission at a distance has no department: nobody travels to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Where it takes place.
    OnSite,
    /// At a distance.
    Remote,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 2] = [Self::OnSite, Self::Remote];

    /// The word of forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OnSite => "on_site",
            Self::Remote => "remote",
        }
    }

    /// The mode of a word of a form.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }

    /// That of a mission, from the department of its place.
    #[must_use]
    pub const fn of(department: &str) -> Self {
        if department.is_empty() { Self::Remote } else { Self::OnSite }
    }
}

/// A mission, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedMission {
    /// What for.
    pub object: MissionObject,
    /// What it is called.
    pub title: String,
    /// The habilitation needed; none for that of the object.
    pub duty: Option<Duty>,
    /// Where, when it is in a structure.
    pub structure: Option<StructureId>,
    /// Which site of the structure.
    pub site: Option<SiteId>,
    /// Which certification.
    pub certification: Option<CertificationId>,
    /// The other certifications that it is for.
    pub also: Vec<CertificationId>,
    /// How people meet; none for what the department says.
    pub mode: Option<Mode>,
    /// Address; empty for that of the structure.
    pub place: String,
    /// INSEE code of the department; empty at a distance.
    pub department: String,
    /// IANA zone; empty for that of the department.
    pub zone: String,
    /// First day.
    pub starts_on: String,
    /// Hour of the start.
    pub starts_time: String,
    /// Last day; empty for the first.
    pub ends_on: String,
    /// Hour of the end.
    pub ends_time: String,
    /// One person to meet per line.
    pub persons: String,
    /// What to know.
    pub instructions: String,
    /// Fee, in euros; empty for the usual one of the object.
    pub fee: String,
    /// Most expenses, in euros.
    pub expenses_ceiling: String,
}

/// A mission that may be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMission {
    /// What for.
    pub object: MissionObject,
    /// What it is called.
    pub title: String,
    /// The habilitation needed.
    pub duty: Option<Duty>,
    /// Where, when it is in a structure.
    pub structure: Option<StructureId>,
    /// Which site.
    pub site: Option<SiteId>,
    /// Which certification.
    pub certification: Option<CertificationId>,
    /// The other certifications that it is for.
    pub also: Vec<CertificationId>,
    /// Address; empty for that of the structure.
    pub place: String,
    /// INSEE code of the department; empty at a distance, or for that of the structure.
    pub department: &'static str,
    /// INSEE code of the region.
    pub region: &'static str,
    /// When and where.
    pub dates: Dates,
    /// One person to meet per line.
    pub persons: String,
    /// What to know.
    pub instructions: String,
    /// Fee; none for the usual one of the object.
    pub fee_cents: Option<i64>,
    /// Most expenses.
    pub expenses_ceiling_cents: i64,
}

/// When a mission takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Start.
    pub starts_at: OffsetDateTime,
    /// End.
    pub ends_at: OffsetDateTime,
    /// IANA zone of the place.
    pub zone: String,
}

/// The habilitation that an object asks for by itself.
#[must_use]
pub const fn usual_duty(object: MissionObject) -> Option<Duty> {
    match object {
        MissionObject::Jury => Some(Duty::Mandataire),
        MissionObject::Inspection => Some(Duty::Controleur),
        MissionObject::Session => Some(Duty::Epsp),
        MissionObject::Support | MissionObject::Meeting | MissionObject::Observation => None,
    }
}

impl TypedMission {
    /// An empty one.
    #[must_use]
    pub const fn of(object: MissionObject) -> Self {
        Self {
            object,
            title: String::new(),
            duty: None,
            structure: None,
            site: None,
            certification: None,
            also: Vec::new(),
            mode: None,
            place: String::new(),
            department: String::new(),
            zone: String::new(),
            starts_on: String::new(),
            starts_time: String::new(),
            ends_on: String::new(),
            ends_time: String::new(),
            persons: String::new(),
            instructions: String::new(),
            fee: String::new(),
            expenses_ceiling: String::new(),
        }
    }

    /// The certifications that it is for, each once, the first one first.
    #[must_use]
    pub fn certifications(&self) -> Vec<CertificationId> {
        let mut all: Vec<CertificationId> = Vec::new();
        for one in self.certification.iter().chain(&self.also) {
            if !all.contains(one) {
                all.push(*one);
            }
        }
        all
    }

    /// The fault of a first day that is behind, told with what else is wrong even when the hours cannot be read.
    #[must_use]
    pub fn behind(&self, now: OffsetDateTime) -> Option<Fault> {
        let day = typed_date::parse(&self.starts_on)?;
        let zone = match (self.zone.trim(), territory::department(self.department.trim())) {
            ("", found) => found.map_or(PARIS, |found| found.zone),
            (typed, _) => typed,
        };
        let today = deadline::day_in_zone(now, zone);
        (day < today).then(|| Fault::new("/starts_on", "in-the-past", super::labels::faults::IN_THE_PAST))
    }

    /// The mission, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<NewMission, Vec<Fault>> {
        let mut faults = Faults::default();
        let title = faults.read(
            "/title",
            line::wanted(&self.title, LONGEST_LINE, "Indiquez le titre de la mission"),
            |error| error.code(),
        );
        let place = faults.read("/place", line::optional(&self.place, LONGEST_LINE), |error| error.code());
        let department = match self.department.trim() {
            "" => Some(None),
            code => {
                let found = territory::department(code)
                    .ok_or("Indiquez le code d’un département, par exemple 21, 2A ou 974");
                faults.read("/department", found, |_| "unknown").map(Some)
            }
        };
        let zone = match (self.zone.trim(), department.flatten()) {
            ("", Some(found)) => found.zone,
            ("", None) => PARIS,
            (typed, _) => typed,
        };
        let dates =
            dates(zone, [&self.starts_on, &self.starts_time, &self.ends_on, &self.ends_time], &mut faults);
        let persons = faults.read("/persons", text(&self.persons), |_| "too-long");
        let instructions = faults.read("/instructions", text(&self.instructions), |_| "too-long");
        let has_fee = !self.fee.trim().is_empty();
        let fee_cents = amount("/fee", &self.fee, &mut faults);
        let expenses_ceiling_cents = amount("/expenses_ceiling", &self.expenses_ceiling, &mut faults);
        let mut certifications = self.certifications().into_iter();
        let mission = (|| {
            // The hours are those of the structure all the same.
            let department = department?.filter(|_| self.mode != Some(Mode::Remote));
            Some(NewMission {
                object: self.object,
                title: title?,
                duty: self.duty.or(usual_duty(self.object)),
                structure: self.structure,
                site: self.site,
                certification: certifications.next(),
                also: certifications.collect(),
                place: place?,
                department: department.map_or("", |found| found.code),
                region: department.and_then(|found| found.region).unwrap_or_default(),
                dates: dates?,
                persons: persons?,
                instructions: instructions?,
                fee_cents: Some(fee_cents?).filter(|_| has_fee),
                expenses_ceiling_cents: expenses_ceiling_cents?,
            })
        })();
        faults.or(mission)
    }
}

/// The dates typed as days and hours of the place.
pub fn dates(zone: &str, typed: [&str; 4], faults: &mut Faults) -> Option<Dates> {
    let [starts_on, starts_time, ends_on, ends_time] = typed;
    let known = deadline::is_zone(zone).then_some(()).ok_or("Ce fuseau horaire n’est pas reconnu");
    let known = faults.read("/zone", known, |_| "zone-unknown");
    let first = faults.read("/starts_on", typed_date::read(starts_on), |_| "date");
    let last = if ends_on.trim().is_empty() {
        first
    } else {
        faults.read("/ends_on", typed_date::read(ends_on), |_| "date")
    };
    let from = faults.read("/starts_time", hour(starts_time), |_| "time");
    let until = faults.read("/ends_time", hour(ends_time), |_| "time");
    let ((first, last), (from, until)) = known.and(first.zip(last)).zip(from.zip(until))?;
    let starts_at = deadline::instant(first, from, zone).ok()?;
    let ends_at = deadline::instant(last, until, zone).ok()?;
    if ends_at <= starts_at {
        faults.push(
            "/ends_time",
            "dates-reversed",
            "La fin vient avant le début\u{202f}: corrigez l’une ou l’autre",
        );
        return None;
    }
    if (last - first).whole_days() >= MOST_DAYS {
        faults.push("/ends_on", "too-long", "Une mission dure un mois au plus");
        return None;
    }
    Some(Dates { starts_at, ends_at, zone: zone.to_owned() })
}

fn hour(typed: &str) -> Result<Time, &'static str> {
    let typed: String = typed.replace(['h', 'H'], ":").split_whitespace().collect();
    let typed = if typed.ends_with(':') { format!("{typed}00") } else { typed };
    Time::parse(&typed, format_description!("[hour padding:none]:[minute]"))
        .map_err(|_| "Indiquez une heure, par exemple 9\u{202f}h\u{202f}30")
}

fn amount(pointer: &str, typed: &str, faults: &mut Faults) -> Option<i64> {
    if typed.trim().is_empty() {
        return Some(0);
    }
    let message = "Indiquez un montant en euros, par exemple 240 ou 37,50";
    faults.read(pointer, money::parse(typed).ok_or(message), |_| "amount")
}

/// Several lines that may be empty, each trimmed.
///
/// # Errors
/// Too many characters.
pub fn text(typed: &str) -> Result<String, String> {
    let lines: Vec<_> = typed.lines().map(str::trim).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.chars().count() > LONGEST_TEXT {
        return Err(format!(
            "Ce texte est trop long\u{202f}: {LONGEST_TEXT} caractères au plus sont acceptés"
        ));
    }
    Ok(text)
}

/// A reason that must say something.
///
/// # Errors
/// The fault.
pub fn reason(pointer: &str, typed: &str, message: &str) -> Result<String, Vec<Fault>> {
    match text(typed) {
        Ok(text) if text.is_empty() => Err(vec![Fault::new(pointer, "missing", message)]),
        Ok(text) => Ok(text),
        Err(message) => Err(vec![Fault::new(pointer, "too-long", message)]),
    }
}

/// Why someone declines: a reason of the list, and a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub reason: DeclineReason,
    /// The words; they may be empty, save for another reason.
    pub note: String,
    /// The tie with the structure that it declares, when the reason is one.
    pub tie: Option<TieKind>,
}

impl Refusal {
    /// The refusal, or every fault.
    ///
    /// # Errors
    /// No reason of the list, no word about another reason, too many words.
    pub fn read(reason: &str, note: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        let reason = DeclineReason::from_word(reason.trim());
        let reason = faults.read("/reason", reason.ok_or("Choisissez un motif"), |_| "missing");
        let note = faults.read("/note", text(note), |_| "too-long");
        if reason == Some(DeclineReason::Other) && note.as_deref() == Some("") {
            faults.push("/note", "missing", "Dites en quelques mots ce qui vous empêche");
        }
        faults.or(reason.zip(note).map(|(reason, note)| Self { reason, note, tie: None }))
    }

    /// The same, with the tie that goes with the reason of that name, and with no other.
    #[must_use]
    pub fn with_tie(self, tie: Option<TieKind>) -> Self {
        Self { tie: tie.filter(|_| self.reason == DeclineReason::Tie), ..self }
    }
}

/// Days on which somebody cannot come, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedImpediment {
    /// First day.
    pub starts_on: String,
    /// Last day; empty for one day.
    pub ends_on: String,
    /// Why, among the reasons to decline.
    pub reason: String,
    /// A few words.
    pub note: String,
}

impl TypedImpediment {
    /// The absence that is declared: why is told of each mission, and stays out of the agenda.
    #[must_use]
    pub fn absence(&self) -> TypedAbsence {
        TypedAbsence { starts_on: self.starts_on.clone(), ends_on: self.ends_on.clone(), reason: None }
    }

    /// The days and the reason, or every fault.
    ///
    /// # Errors
    /// Those of an absence and those of a refusal.
    pub fn read(&self, today: Date) -> Result<(Period, Refusal), Vec<Fault>> {
        match (self.absence().read(today), Refusal::read(&self.reason, &self.note)) {
            (Ok(absence), Ok(refusal)) => Ok((absence.period, refusal)),
            (absence, refusal) => {
                let mut faults = absence.err().unwrap_or_default();
                faults.extend(refusal.err().unwrap_or_default());
                Err(faults)
            }
        }
    }
}

#[cfg(test)]
mod tests;
