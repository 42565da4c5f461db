//! The JSON shapes of certifications.

pub mod referential;

use entity::registration::Register;
use entity::{legal_certifier, registration};
use poem_openapi::types::MaybeUndefined;
use poem_openapi::{Enum, Object};
use time::Date;
use uuid::Uuid;

use super::input::{TypedCertification, TypedCertifier, TypedRegistration, TypedVersion};
use super::queries::{Described, DescribedVersion};
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

/// A register of certifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case", rename = "Register")]
pub enum RegisterWord {
    /// In no register.
    None,
    /// Répertoire spécifique.
    Rs,
    /// Répertoire national des certifications professionnelles.
    Rncp,
}

impl From<RegisterWord> for Register {
    fn from(word: RegisterWord) -> Self {
        match word {
            RegisterWord::None => Self::None,
            RegisterWord::Rs => Self::Rs,
            RegisterWord::Rncp => Self::Rncp,
        }
    }
}

impl From<Register> for RegisterWord {
    fn from(register: Register) -> Self {
        match register {
            Register::None => Self::None,
            Register::Rs => Self::Rs,
            Register::Rncp => Self::Rncp,
        }
    }
}

/// A new certification, with its first version.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificationIn {
    /// Stable code, in capitals, `CQP_SP`.
    pub code: ShortText,
    /// Short title.
    pub short_title: ShortText,
    /// Title.
    pub title: LongText,
    /// Its first version.
    pub version: VersionIn,
}

impl CertificationIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedCertification {
        TypedCertification {
            code: self.code.0,
            short_title: self.short_title.0,
            title: self.title.0,
            version: self.version.typed(),
        }
    }
}

/// A new version.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct VersionIn {
    /// Short name, `2025`.
    pub label: ShortText,
    /// Title; that of the certification unless given.
    pub title: Option<LongText>,
    /// First day on which someone may be enrolled.
    pub valid_from: Date,
    /// Last day on which someone may be enrolled.
    pub valid_until: Option<Date>,
    /// Last day on which it may be delivered.
    pub last_delivery_on: Option<Date>,
}

impl VersionIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedVersion {
        TypedVersion {
            label: self.label.0,
            title: self.title.map(|title| title.0).unwrap_or_default(),
            valid_from: iso(self.valid_from),
            valid_until: self.valid_until.map(iso).unwrap_or_default(),
            last_delivery_on: self.last_delivery_on.map(iso).unwrap_or_default(),
        }
    }
}

/// What changes in a version; the rest stays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct VersionChangeIn {
    /// Short name.
    pub label: Option<ShortText>,
    /// Title.
    pub title: Option<LongText>,
    /// First day on which someone may be enrolled.
    pub valid_from: Option<Date>,
    /// Last day on which someone may be enrolled; null clears.
    pub valid_until: MaybeUndefined<Date>,
    /// Last day on which it may be delivered; null clears.
    pub last_delivery_on: MaybeUndefined<Date>,
}

impl VersionChangeIn {
    /// Applies what is given.
    pub fn apply(self, typed: &mut TypedVersion) {
        if let Some(label) = self.label {
            typed.label = label.0;
        }
        if let Some(title) = self.title {
            typed.title = title.0;
        }
        if let Some(day) = self.valid_from {
            typed.valid_from = iso(day);
        }
        for (place, value) in
            [(&mut typed.valid_until, self.valid_until), (&mut typed.last_delivery_on, self.last_delivery_on)]
        {
            match value {
                MaybeUndefined::Undefined => {}
                MaybeUndefined::Null => place.clear(),
                MaybeUndefined::Value(day) => *place = iso(day),
            }
        }
    }
}

/// A new register entry.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RegistrationIn {
    /// Which register.
    pub register: RegisterWord,
    /// Number of the sheet, `RNCP12345` or `RS1234`.
    pub number: Option<ShortText>,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// `NIV3` to `NIV8`.
    pub level: Option<ShortText>,
}

impl RegistrationIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedRegistration {
        TypedRegistration {
            register: self.register.into(),
            number: self.number.map(String::from).unwrap_or_default(),
            decided_on: self.decided_on.map(iso).unwrap_or_default(),
            starts_on: iso(self.starts_on),
            ends_on: self.ends_on.map(iso).unwrap_or_default(),
            level: self.level.map(String::from).unwrap_or_default(),
        }
    }
}

/// A new body in charge.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct LegalCertifierIn {
    /// Name of the legal entity.
    pub name: ShortText,
    /// SIRET.
    pub siret: Option<ShortText>,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
}

impl LegalCertifierIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedCertifier {
        TypedCertifier {
            name: self.name.0,
            siret: self.siret.map(String::from).unwrap_or_default(),
            starts_on: iso(self.starts_on),
            ends_on: self.ends_on.map(iso).unwrap_or_default(),
        }
    }
}

/// A register entry.
#[derive(Clone, Debug, Object)]
pub struct RegistrationOut {
    /// Key.
    pub id: Uuid,
    /// Which register.
    pub register: RegisterWord,
    /// Number of the sheet.
    pub number: Option<String>,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Level.
    pub level: Option<String>,
}

/// A body in charge.
#[derive(Clone, Debug, Object)]
pub struct LegalCertifierOut {
    /// Key.
    pub id: Uuid,
    /// Name of the legal entity.
    pub name: String,
    /// SIRET.
    pub siret: Option<String>,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
}

/// A version.
#[derive(Clone, Debug, Object)]
pub struct VersionOut {
    /// Key.
    pub id: Uuid,
    /// Short name.
    pub label: String,
    /// Title.
    pub title: String,
    /// First day on which someone may be enrolled.
    pub valid_from: Date,
    /// Last day on which someone may be enrolled.
    pub valid_until: Option<Date>,
    /// Last day on which it may be delivered.
    pub last_delivery_on: Option<Date>,
    /// Whether someone may be enrolled on the day looked at.
    pub open: bool,
    /// Register entries, oldest first.
    pub registrations: Vec<RegistrationOut>,
    /// Bodies in charge, oldest first.
    pub legal_certifiers: Vec<LegalCertifierOut>,
    /// Version of the row, to be given back in `If-Match`.
    pub version: i32,
}

/// A certification.
#[derive(Clone, Debug, Object)]
pub struct CertificationOut {
    /// Key.
    pub id: Uuid,
    /// Stable code.
    pub code: String,
    /// Short title.
    pub short_title: String,
    /// Title.
    pub title: String,
    /// Versions, oldest first.
    pub versions: Vec<VersionOut>,
}

/// Every certification.
#[derive(Clone, Debug, Object)]
pub struct CertificationPage {
    /// The certifications.
    pub items: Vec<CertificationOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

impl From<&registration::Model> for RegistrationOut {
    fn from(row: &registration::Model) -> Self {
        Self {
            id: row.id.0,
            register: row.register.into(),
            number: row.number.clone(),
            decided_on: row.decided_on,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            level: row.level.clone(),
        }
    }
}

impl From<&legal_certifier::Model> for LegalCertifierOut {
    fn from(row: &legal_certifier::Model) -> Self {
        Self {
            id: row.id.0,
            name: row.name.clone(),
            siret: row.siret.clone(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        }
    }
}

impl VersionOut {
    /// The shape of a version, seen on a day.
    #[must_use]
    pub fn of(found: &DescribedVersion, today: Date) -> Self {
        use super::dated::Dated;
        let row = &found.version;
        Self {
            id: row.id.0,
            label: row.label.clone(),
            title: row.title.clone(),
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            last_delivery_on: row.last_delivery_on,
            open: row.holds_on(today),
            registrations: found.registrations.iter().map(RegistrationOut::from).collect(),
            legal_certifiers: found.certifiers.iter().map(LegalCertifierOut::from).collect(),
            version: row.version,
        }
    }
}

impl CertificationOut {
    /// The shape of a certification, seen on a day.
    #[must_use]
    pub fn of(found: &Described, today: Date) -> Self {
        Self {
            id: found.certification.id.0,
            code: found.certification.code.clone(),
            short_title: found.certification.short_title.clone(),
            title: found.certification.title.clone(),
            versions: found.versions.iter().map(|version| VersionOut::of(version, today)).collect(),
        }
    }
}
