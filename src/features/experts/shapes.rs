//! The JSON shapes of experts.

use entity::expert_piece::PieceCode;
use entity::habilitation::{self, HabilitationState};
use entity::habilitation_step::StepKind;
use entity::ids::CertificationId;
use poem_openapi::{Enum, Object};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::input::{Status, TypedExpert, TypedHabilitation};
use super::queries::{Found, Habilitation};
use crate::http::api::ShortText;
use crate::rules::typed_date::iso;

/// Declares an enumeration of the API over one of the domain.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident as $published:literal for $domain:path { $($(#[$about:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        #[oai(rename_all = "snake_case", rename = $published)]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => <$domain>::$variant,)+ }
            }
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                match value { $(<$domain>::$variant => Self::$variant,)+ }
            }
        }
    };
}

word! {
    /// What an habilitation allows.
    DutyWord as "Duty" for habilitation::Duty {
        /// Presides over juries for the certifier.
        Mandataire,
        /// Checks structures.
        Controleur,
        /// Trains towards the CQP EPSP.
        Epsp,
    }
}

word! {
    /// Where an habilitation stands.
    HabilitationStateWord as "HabilitationState" for HabilitationState {
        /// Asked for.
        Applied,
        /// The training runs.
        InTraining,
        /// Before the jury.
        Presented,
        /// In force between its dates.
        Active,
        /// Set aside.
        Suspended,
        /// Not given.
        Refused,
        /// Taken away.
        Withdrawn,
        /// Given up.
        Resigned,
        /// At its end.
        Expired,
    }
}

word! {
    /// A step of the path.
    StepWord as "HabilitationStep" for StepKind {
        /// Interview.
        Interview,
        /// Theory.
        Theory,
        /// From the back of the room, or in tandem.
        Observation,
        /// Session run by two.
        CoAnimation,
        /// Done with a senior beside.
        Supervised,
        /// Individual accompaniment, a dated interview.
        Accompaniment,
    }
}

word! {
    /// A piece of an expert.
    PieceWord as "ExpertPiece" for PieceCode {
        /// CV.
        Cv,
        /// Certificate or diploma.
        Certificate,
        /// Attestation of vigilance.
        Vigilance,
        /// Professional insurance.
        Insurance,
        /// Letter of the employer.
        EmployerLetter,
        /// Any other.
        Other,
    }
}

word! {
    /// What binds an expert to the work.
    StatusWord as "ExpertStatus" for Status {
        /// Employee of a member structure.
        Employee,
        /// Employee of the certifier.
        Staff,
        /// Self-employed.
        Independent,
        /// Volunteer.
        Volunteer,
        /// Retired.
        Retired,
    }
}

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
    /// Version of the file.
    pub version: i32,
}

impl From<&Habilitation> for HabilitationOut {
    fn from(found: &Habilitation) -> Self {
        let row = &found.file;
        Self {
            id: row.id.0,
            duty: row.duty.into(),
            state: row.state.into(),
            starts_on: found.starts_on(),
            ends_on: found.ends_on(),
            certification_id: row.certification_id.map(|id| id.0),
            regions: codes(&row.regions),
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
    /// Habilitations, latest first.
    pub habilitations: Vec<HabilitationOut>,
    /// When it was recorded.
    pub created_at: OffsetDateTime,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl ExpertOut {
    /// The shape of an expert.
    #[must_use]
    pub fn of(found: &Found) -> Self {
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
            habilitations: found.habilitations.iter().map(HabilitationOut::from).collect(),
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
