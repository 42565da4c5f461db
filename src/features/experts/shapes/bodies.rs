//! What a call of the API sends about an expert and their habilitations.

use entity::ids::CertificationId;
use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use super::super::input::{Status, TypedExpert, TypedHabilitation};
use super::words::{DutyWord, StatusWord};
use crate::http::api::ShortText;
use crate::rules::typed_date::iso;

/// A new expert.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ExpertIn {
    /// Family name, as the person writes it.
    pub family_name: ShortText,
    /// First names, as the person writes them.
    pub first_names: ShortText,
    /// Address.
    pub email: ShortText,
    /// Number.
    pub phone: Option<ShortText>,
    /// Employer.
    pub employer: Option<ShortText>,
    /// Status.
    pub status: StatusWord,
    /// INSEE code of the department.
    pub department: ShortText,
    /// INSEE codes of the regions where the expert works; their own when empty.
    #[oai(default)]
    pub territories: Vec<ShortText>,
    /// Kilometres the expert travels.
    pub travel_km: Option<u32>,
    /// Languages spoken.
    #[oai(default)]
    pub languages: ShortText,
}

impl ExpertIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedExpert {
        TypedExpert {
            family_name: self.family_name.0,
            first_names: self.first_names.0,
            email: self.email.0,
            phone: self.phone.map(String::from).unwrap_or_default(),
            employer: self.employer.map(String::from).unwrap_or_default(),
            status: Status::from(self.status).word().to_owned(),
            department: self.department.0,
            territories: self.territories.into_iter().map(String::from).collect(),
            travel_km: self.travel_km.map(|kilometres| kilometres.to_string()).unwrap_or_default(),
            languages: self.languages.0,
        }
    }
}

/// What changes in an expert; the rest stays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ExpertChangeIn {
    /// Family name.
    pub family_name: Option<ShortText>,
    /// First names.
    pub first_names: Option<ShortText>,
    /// Address.
    pub email: Option<ShortText>,
    /// Number; an empty text clears.
    pub phone: Option<ShortText>,
    /// Employer; an empty text clears.
    pub employer: Option<ShortText>,
    /// Status.
    pub status: Option<StatusWord>,
    /// INSEE code of the department.
    pub department: Option<ShortText>,
    /// INSEE codes of the regions where the expert works.
    pub territories: Option<Vec<ShortText>>,
    /// Kilometres the expert travels.
    pub travel_km: Option<u32>,
    /// Languages spoken.
    pub languages: Option<ShortText>,
}

impl ExpertChangeIn {
    /// Applies what is given.
    pub fn apply(self, typed: &mut TypedExpert) {
        for (place, value) in [
            (&mut typed.family_name, self.family_name),
            (&mut typed.first_names, self.first_names),
            (&mut typed.email, self.email),
            (&mut typed.phone, self.phone),
            (&mut typed.employer, self.employer),
            (&mut typed.department, self.department),
            (&mut typed.languages, self.languages),
        ] {
            if let Some(value) = value {
                *place = value.0;
            }
        }
        if let Some(codes) = self.territories {
            typed.territories = codes.into_iter().map(String::from).collect();
        }
        if let Some(kilometres) = self.travel_km {
            typed.travel_km = kilometres.to_string();
        }
        if let Some(status) = self.status {
            Status::from(status).word().clone_into(&mut typed.status);
        }
    }
}

/// A new habilitation.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct HabilitationIn {
    /// What it allows.
    pub duty: DutyWord,
    /// First day.
    pub starts_on: Date,
    /// Last day; three years unless given.
    pub ends_on: Option<Date>,
    /// Only this certification; all unless given.
    pub certification_id: Option<Uuid>,
    /// INSEE codes of regions; everywhere when empty.
    #[oai(default)]
    pub regions: Vec<ShortText>,
}

impl HabilitationIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedHabilitation {
        TypedHabilitation {
            duty: self.duty.into(),
            starts_on: iso(self.starts_on),
            ends_on: self.ends_on.map(iso).unwrap_or_default(),
            certification: self.certification_id.map(CertificationId),
            regions: self.regions.into_iter().map(String::from).collect(),
        }
    }
}
