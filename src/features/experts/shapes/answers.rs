//! What the API answers about an expert and their habilitations.

use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::queries::{Found, Habilitation};
use super::words::{DutyWord, HabilitationStateWord};

/// An habilitation.
#[derive(Clone, Debug, Object)]
pub struct HabilitationOut {
    /// Key.
    pub id: Uuid,
    /// What it allows.
    pub duty: DutyWord,
    /// Where it stands.
    pub state: HabilitationStateWord,
    /// First day of its first period; none before a grant.
    pub starts_on: Option<Date>,
    /// Last day of its last period.
    pub ends_on: Option<Date>,
    /// Only this certification.
    pub certification_id: Option<Uuid>,
    /// INSEE codes of regions; everywhere when empty.
    pub regions: Vec<String>,
    /// Whether it entitles on the day looked at.
    pub valid: bool,
    /// Version of the file.
    pub version: i32,
}

impl HabilitationOut {
    /// The shape of an habilitation, looked at on a day.
    #[must_use]
    pub fn of(found: &Habilitation, on: Date) -> Self {
        let row = &found.file;
        Self {
            id: row.id.0,
            duty: row.duty.into(),
            state: row.state.into(),
            starts_on: found.starts_on(),
            ends_on: found.ends_on(),
            certification_id: row.certification_id.map(|id| id.0),
            regions: codes(&row.regions),
            valid: found.valid_on(on),
            version: row.version,
        }
    }
}

/// The codes of a stored list.
fn codes(stored: &str) -> Vec<String> {
    stored.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// An expert.
#[derive(Clone, Debug, Object)]
pub struct ExpertOut {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Family name.
    pub family_name: String,
    /// First names.
    pub first_names: String,
    /// Address.
    pub email: String,
    /// Number, international form.
    pub phone: Option<String>,
    /// Employer.
    pub employer: Option<String>,
    /// Status.
    pub status: String,
    /// INSEE code of the department.
    pub department: String,
    /// INSEE code of the region.
    pub region: String,
    /// IANA time zone.
    pub zone: String,
    /// INSEE codes of the regions where the expert works; their own when empty.
    pub territories: Vec<String>,
    /// Kilometres the expert travels.
    pub travel_km: Option<i32>,
    /// Languages spoken.
    pub languages: String,
    /// The day looked at.
    pub on: Date,
    /// Habilitations, latest first.
    pub habilitations: Vec<HabilitationOut>,
    /// When it was recorded.
    pub created_at: OffsetDateTime,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl ExpertOut {
    /// The shape of an expert, looked at on a day.
    #[must_use]
    pub fn of(found: &Found, on: Date) -> Self {
        let row = &found.expert;
        Self {
            id: row.id.0,
            number: row.number.clone(),
            family_name: row.family_name.clone(),
            first_names: row.first_names.clone(),
            email: row.email.clone(),
            phone: row.phone.clone(),
            employer: row.employer.clone(),
            status: row.status.clone(),
            department: row.department.clone(),
            region: row.region.clone(),
            zone: row.zone.clone(),
            territories: codes(&row.territories),
            travel_km: row.travel_km,
            languages: row.languages.clone(),
            on,
            habilitations: found.habilitations.iter().map(|one| HabilitationOut::of(one, on)).collect(),
            created_at: *row.created_at,
            version: row.version,
        }
    }
}

/// A page of experts.
#[derive(Clone, Debug, Object)]
pub struct ExpertPage {
    /// The experts.
    pub items: Vec<ExpertOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}
