//! The civil status of a candidate: names, sex, date and place of birth, as the accrochage will compare them.
//!
//! What is typed is read whole, and every fault is told at once with the field it belongs to. Nothing is mandatory
//! here: what lacks is counted by [`completeness`], and whoever needs a complete civil status refuses without it. What
//! may be right but deserves a look is a [`Doubt`], and never blocks.
//!
//! To add a check that refuses, add a reason to the file of its subject; to add one that warns, a [`Doubt`].
use super::person_name::PersonName;
use time::Date;

pub mod birth_date;
pub mod birthplace;
pub mod communes;
pub mod completeness;
pub mod countries;
mod doubts;
pub mod name;
#[cfg(test)]
mod tests;

pub use birth_date::{BirthDate, BirthDateFault};
pub use birthplace::{Birthplace, PlaceFault};
pub use doubts::Doubt;
pub use name::NameFault;

use birthplace::{Part, TypedPlace};

/// How many first names travel to the Caisse des Dépôts.
pub const FIRST_NAMES: usize = 3;

/// A civil status, as typed: empty texts are what is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCivilStatus {
    /// Name at birth.
    pub birth_name: String,
    /// The document has no family name.
    pub has_no_birth_name: bool,
    /// Name used in life, when it is another.
    pub usual_name: String,
    /// First names, in the order of the civil status.
    pub first_names: [String; FIRST_NAMES],
    /// The following first names.
    pub other_first_names: String,
    /// The document has no first name.
    pub has_no_first_name: bool,
    /// `M` or `F`.
    pub sex: String,
    /// As [`BirthDate::parse`] reads it.
    pub birth_date: String,
    /// INSEE code of the country; empty for France.
    pub birth_country: String,
    /// INSEE code of the commune; empty abroad.
    pub birth_commune: String,
    /// Town abroad.
    pub birth_locality: String,
}

/// Sex, as the civil status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// `M`.
    Male,
    /// `F`.
    Female,
}

impl Sex {
    /// The letter that is stored, and sent.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Male => "M",
            Self::Female => "F",
        }
    }

    /// Reads the letter, or the word of a file; none for another text.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        match super::fold::fold(text).as_str() {
            "m" | "h" | "masculin" | "homme" => Some(Self::Male),
            "f" | "feminin" | "femme" => Some(Self::Female),
            _ => None,
        }
    }
}

/// First names, in the order of the civil status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstNames {
    /// The first ones, at most [`FIRST_NAMES`], each apart.
    pub in_order: Vec<PersonName>,
    /// The following ones, as one text.
    pub others: Option<PersonName>,
}

/// A civil status in which each value is possible; what is not known is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CivilStatus {
    /// Name at birth.
    pub birth_name: Option<PersonName>,
    /// The document has no family name.
    pub has_no_birth_name: bool,
    /// Name used in life; absent when it is the name at birth.
    pub usual_name: Option<PersonName>,
    /// First names.
    pub first_names: FirstNames,
    /// The document has no first name.
    pub has_no_first_name: bool,
    /// Sex.
    pub sex: Option<Sex>,
    /// Date of birth, with what is unknown of it.
    pub birth_date: Option<BirthDate>,
    /// Place of birth.
    pub birthplace: Option<Birthplace>,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Name at birth.
    BirthName,
    /// Name used in life.
    UsualName,
    /// One of the first names, from 0.
    FirstName(usize),
    /// The following first names.
    OtherFirstNames,
    /// Sex.
    Sex,
    /// Date of birth.
    BirthDate,
    /// Country of birth.
    BirthCountry,
    /// Commune of birth.
    BirthCommune,
    /// Town of birth abroad.
    BirthLocality,
}

impl Field {
    /// The JSON pointer of the field within the civil status.
    #[must_use]
    pub fn pointer(self) -> String {
        match self {
            Self::BirthName => "/birth_name".into(),
            Self::UsualName => "/usual_name".into(),
            Self::FirstName(place) => format!("/first_names/{place}"),
            Self::OtherFirstNames => "/other_first_names".into(),
            Self::Sex => "/sex".into(),
            Self::BirthDate => "/birth_date".into(),
            Self::BirthCountry => "/birth_country".into(),
            Self::BirthCommune => "/birth_commune".into(),
            Self::BirthLocality => "/birth_locality".into(),
        }
    }
}

/// Why a value is refused; `Display` is the French message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A name.
    #[error(transparent)]
    Name(#[from] NameFault),
    /// A first name after an empty field.
    #[error("Indiquez les prénoms dans l’ordre de l’état civil, sans laisser de champ vide entre deux")]
    Gap,
    /// A name, and the box that says there is none.
    #[error("Vous avez indiqué un nom et coché qu’il n’y en a pas\u{202f}: retirez l’un des deux")]
    NameAndNone,
    /// Neither a family name nor a first name.
    #[error("Un document d’identité porte au moins un nom ou un prénom\u{202f}: indiquez-le")]
    NoNameAtAll,
    /// Neither `M` nor `F`.
    #[error("Le sexe à l’état civil est M ou F")]
    Sex,
    /// The date of birth.
    #[error(transparent)]
    BirthDate(#[from] BirthDateFault),
    /// The place of birth.
    #[error(transparent)]
    Place(#[from] PlaceFault),
}

impl Reason {
    /// A stable code for the API.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Name(fault) => fault.code(),
            Self::Gap => "gap",
            Self::NameAndNone => "contradiction",
            Self::NoNameAtAll => "missing",
            Self::Sex => "unknown-sex",
            Self::BirthDate(fault) => fault.code(),
            Self::Place(fault) => fault.code(),
        }
    }
}

/// A refused value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it was typed.
    pub field: Field,
    /// Why it is refused.
    pub reason: Reason,
}

/// The faults met so far.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn push(&mut self, field: Field, reason: impl Into<Reason>) {
        self.0.push(Fault { field, reason: reason.into() });
    }

    /// The value, or its fault noted under this field.
    fn keep<T, E: Into<Reason>>(&mut self, field: Field, read: Result<T, E>) -> Option<T> {
        read.map_err(|fault| self.push(field, fault)).ok()
    }
}

/// Reads a civil status; `today` tells a date to come.
///
/// # Errors
/// Every refused value with its field, in the order of the form.
pub fn read(typed: &TypedCivilStatus, today: Date) -> Result<CivilStatus, Vec<Fault>> {
    let mut faults = Faults::default();
    let birth_name = optional_name(&typed.birth_name, Field::BirthName, &mut faults);
    if typed.has_no_birth_name && !is_blank(&typed.birth_name) {
        faults.push(Field::BirthName, Reason::NameAndNone);
    }
    let usual_name = optional_name(&typed.usual_name, Field::UsualName, &mut faults)
        .filter(|usual| birth_name.as_ref().is_none_or(|birth| !name::same(usual.as_str(), birth.as_str())));
    let first_names = first_names(typed, &mut faults);
    if typed.has_no_birth_name && typed.has_no_first_name {
        faults.push(Field::BirthName, Reason::NoNameAtAll);
    }
    let sex = sex(&typed.sex, &mut faults);
    let birth_date = birth_date(&typed.birth_date, today, &mut faults);
    let birthplace = birthplace(typed, birth_date, &mut faults);
    if !faults.0.is_empty() {
        return Err(faults.0);
    }
    Ok(CivilStatus {
        birth_name,
        has_no_birth_name: typed.has_no_birth_name,
        usual_name,
        first_names,
        has_no_first_name: typed.has_no_first_name,
        sex,
        birth_date,
        birthplace,
    })
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn optional_name(text: &str, field: Field, faults: &mut Faults) -> Option<PersonName> {
    if is_blank(text) { None } else { faults.keep(field, name::parse(text)) }
}

fn first_names(typed: &TypedCivilStatus, faults: &mut Faults) -> FirstNames {
    let texts = &typed.first_names;
    let given = texts.iter().filter(|text| !is_blank(text)).count();
    let others_given = !is_blank(&typed.other_first_names);
    if typed.has_no_first_name && (given > 0 || others_given) {
        faults.push(Field::FirstName(0), Reason::NameAndNone);
    }
    // a field may be empty after the last one that is filled, not before
    let filled = if others_given { texts.len() } else { last_filled(texts) };
    let mut in_order = Vec::with_capacity(given);
    for (place, text) in texts.iter().enumerate() {
        let field = Field::FirstName(place);
        if is_blank(text) && place < filled {
            faults.push(field, Reason::Gap);
        }
        in_order.extend(optional_name(text, field, faults));
    }
    FirstNames { in_order, others: optional_name(&typed.other_first_names, Field::OtherFirstNames, faults) }
}

/// How many fields there are up to the last one that is filled.
fn last_filled(texts: &[String]) -> usize {
    texts.iter().rposition(|text| !is_blank(text)).map_or(0, |place| place + 1)
}

fn sex(text: &str, faults: &mut Faults) -> Option<Sex> {
    if is_blank(text) {
        return None;
    }
    faults.keep(Field::Sex, Sex::of(text).ok_or(Reason::Sex))
}

fn birth_date(text: &str, today: Date, faults: &mut Faults) -> Option<BirthDate> {
    if is_blank(text) {
        return None;
    }
    let date = faults.keep(Field::BirthDate, BirthDate::parse(text))?;
    if date.is_after(today) {
        faults.push(Field::BirthDate, BirthDateFault::Future);
        return None;
    }
    Some(date)
}

fn birthplace(typed: &TypedCivilStatus, born: Option<BirthDate>, faults: &mut Faults) -> Option<Birthplace> {
    let place = TypedPlace {
        country: &typed.birth_country,
        commune: &typed.birth_commune,
        locality: &typed.birth_locality,
    };
    match birthplace::read(place, born) {
        Ok(place) => place,
        Err(refused) => {
            for (part, fault) in refused {
                faults.push(field_of(part), fault);
            }
            None
        }
    }
}

const fn field_of(part: Part) -> Field {
    match part {
        Part::Country => Field::BirthCountry,
        Part::Commune => Field::BirthCommune,
        Part::Locality => Field::BirthLocality,
    }
}
