//! What a person types about ties: an interest, an employment, a group, a reason; every fault at once.

use entity::declared_interest::TieKind;
use entity::ids::StructureId;
use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::fold::fold;
use crate::rules::line;
use crate::rules::right::Span;

/// An interest, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedInterest {
    /// With which structure.
    pub structure: StructureId,
    /// What it is.
    pub tie: TieKind,
    /// First day; may be left out.
    pub since: String,
    /// Last day; empty when it still runs.
    pub until: String,
    /// What it is exactly.
    pub detail: String,
    /// Day of the declaration; empty for today.
    pub declared_on: String,
}

/// An interest that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interest {
    /// With which structure.
    pub structure: StructureId,
    /// What it is.
    pub tie: TieKind,
    /// First day, when it is known.
    pub since: Option<Date>,
    /// Last day, unless it still runs.
    pub until: Option<Date>,
    /// What it is exactly.
    pub detail: String,
    /// Day of the declaration.
    pub declared_on: Date,
}

/// The days of a tie: from its first day or, when that is not known, from its declaration or its end.
#[must_use]
pub fn days(since: Option<Date>, until: Option<Date>, declared_on: Date) -> Span {
    let unknown = until.map_or(declared_on, |until| until.min(declared_on));
    Span { from: since.unwrap_or(unknown), until }
}

impl TypedInterest {
    /// The interest, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date) -> Result<Interest, Vec<Fault>> {
        let mut faults = Faults::default();
        let since = faults.optional_date("/since", &self.since);
        let until = faults.optional_date("/until", &self.until);
        let detail = faults.read("/detail", line::optional(&self.detail, 500), |error| error.code());
        let declared_on = faults.optional_date("/declared_on", &self.declared_on);
        if let (Some(Some(since)), Some(Some(until))) = (since, until)
            && until < since
        {
            faults.push("/until", "dates-reversed", BEFORE_ITS_START);
        }
        if let Some(Some(day)) = declared_on
            && day > today
        {
            faults.push(
                "/declared_on",
                "in-the-future",
                "Une déclaration ne peut pas être datée de plus tard",
            );
        }
        if since.flatten().is_some_and(|since| since > today) {
            faults.push("/since", "in-the-future", NOT_BEGUN);
        }
        let interest = (|| {
            Some(Interest {
                structure: self.structure,
                tie: self.tie,
                since: since?,
                until: until?,
                detail: detail?,
                declared_on: declared_on?.unwrap_or(today),
            })
        })();
        faults.or(interest)
    }
}

/// An employment, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedEmployment {
    /// By which structure.
    pub structure: StructureId,
    /// First day; may be left out.
    pub since: String,
    /// Last day; empty while it runs.
    pub until: String,
}

/// An employment that may be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Employment {
    /// By which structure.
    pub structure: StructureId,
    /// First day, when it is known.
    pub since: Option<Date>,
    /// Last day, unless it still runs.
    pub until: Option<Date>,
}

impl TypedEmployment {
    /// The employment, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Employment, Vec<Fault>> {
        let mut faults = Faults::default();
        let since = faults.optional_date("/since", &self.since);
        let until = faults.optional_date("/until", &self.until);
        if let (Some(Some(since)), Some(Some(until))) = (since, until)
            && until < since
        {
            faults.push("/until", "dates-reversed", BEFORE_ITS_START);
        }
        let structure = self.structure;
        faults.or(since.zip(until).map(|(since, until)| Employment { structure, since, until }))
    }
}

/// Said of the same tie declared twice.
pub const KNOWN: &str = "Ce lien est déjà déclaré pour ces jours";
const NOT_BEGUN: &str = "Ce lien n’a pas encore commencé\u{202f}: déclarez-le le jour où il commence";
const BEFORE_ITS_START: &str = "Cette date vient avant celle du début";

/// The last day of an employment or of a declared tie that began on a day.
///
/// # Errors
/// The fault: no date, no such date, a date before the start.
pub fn last_day(typed: &str, since: Option<Date>) -> Result<Date, Vec<Fault>> {
    let mut faults = Faults::default();
    let until = faults.optional_date("/until", typed).flatten();
    match until {
        None if typed.trim().is_empty() => faults.push("/until", "missing", "Indiquez le dernier jour"),
        Some(day) if since.is_some_and(|since| day < since) => {
            faults.push("/until", "dates-reversed", BEFORE_ITS_START);
        }
        _ => {}
    }
    faults.or(until)
}

/// The name of a group; none takes the structure out of its group.
///
/// # Errors
/// The fault.
pub fn group(typed: &str) -> Result<Option<String>, Vec<Fault>> {
    let mut faults = Faults::default();
    let name = faults.read("/group", line::optional(typed, 200), |error| error.code());
    if name.as_deref().is_some_and(|name| !name.is_empty() && fold(name).is_empty()) {
        faults.push("/group", "missing", "Indiquez le nom du groupe en toutes lettres");
    }
    faults.or(name.map(|name| Some(name).filter(|name| !name.is_empty())))
}

/// What a yearly declaration adds in words; may be empty.
///
/// # Errors
/// The fault.
pub fn note(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let note = faults.read("/note", line::optional(typed, 500), |error| error.code());
    faults.or(note)
}

/// Why a duty is kept in spite of a tie.
///
/// # Errors
/// The fault.
pub fn reason(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let reason = faults.read("/reason", line::wanted(typed, 1000, "Écrivez le motif"), |error| error.code());
    faults.or(reason)
}

/// Why a declared tie is taken back.
///
/// # Errors
/// The fault.
pub fn void_reason(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let sentence = "Dites pourquoi ce lien est annulé";
    let reason = faults.read("/reason", line::wanted(typed, 200, sentence), |error| error.code());
    faults.or(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_group_is_a_name_or_nothing() {
        assert_eq!(group("  Groupe   Éclat "), Ok(Some("Groupe Éclat".to_owned())));
        assert_eq!(group(" "), Ok(None));
        assert_eq!(group("…").unwrap_err()[0].code, "missing");
        assert_eq!(group(&"x".repeat(201)).unwrap_err()[0].code, "too-long");
    }

    #[test]
    fn an_employment_ends_after_it_began() {
        let since = Some(date!(2024 - 05 - 01));
        assert_eq!(last_day("2024-05-01", since), Ok(date!(2024 - 05 - 01)));
        assert_eq!(last_day("30/04/2024", since).unwrap_err()[0].code, "dates-reversed");
        assert_eq!(last_day("hier", since).unwrap_err()[0].code, "date");
        assert_eq!(last_day(" ", None).unwrap_err()[0].code, "missing");
    }
}
