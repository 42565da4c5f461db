//! What the API answers about a structure and its sites.

use entity::{site, structure, structure_contact};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::queries::{Found, Standing};
use super::words::{ContactDutyWord, StandingWord};

/// The person to write to.
#[derive(Clone, Debug, Object)]
pub struct ContactOut {
    /// First and family name.
    pub name: String,
    /// Function; may be empty.
    pub title: String,
    /// Address.
    pub email: String,
    /// Number, international form.
    pub phone: Option<String>,
}

/// Somebody else to write to, for one matter.
#[derive(Clone, Debug, Object)]
pub struct StructureContactOut {
    /// Key.
    pub id: Uuid,
    /// The matter.
    pub duty: ContactDutyWord,
    /// First and family name.
    pub name: String,
    /// What the person is called there; may be empty.
    pub title: String,
    /// Address.
    pub email: String,
    /// Number, international form.
    pub phone: Option<String>,
}

impl StructureContactOut {
    /// The shape of a row.
    #[must_use]
    pub fn of(row: &structure_contact::Model) -> Self {
        Self {
            id: row.id.0,
            duty: row.duty.into(),
            name: row.name.clone(),
            title: row.title.clone(),
            email: row.email.clone(),
            phone: row.phone.clone(),
        }
    }
}

/// A site.
#[derive(Clone, Debug, Object)]
pub struct SiteOut {
    /// Key.
    pub id: Uuid,
    /// SIRET.
    pub siret: String,
    /// What people call it.
    pub label: String,
    /// Street.
    pub address: String,
    /// Postal code.
    pub postal_code: String,
    /// Commune.
    pub commune: String,
    /// INSEE code of the department.
    pub department: String,
    /// INSEE code of the region; empty for the territories that belong to none.
    pub region: String,
    /// IANA time zone.
    pub zone: String,
    /// Whether it is the seat.
    pub is_seat: bool,
    /// First day without it.
    pub closed_on: Option<Date>,
}

/// A structure in a list.
#[derive(Clone, Debug, Object)]
pub struct StructureLine {
    /// Key.
    pub id: Uuid,
    /// SIREN.
    pub siren: String,
    /// Name.
    pub name: String,
    /// Commune of the seat.
    pub commune: String,
    /// INSEE code of the department.
    pub department: String,
    /// INSEE code of the region.
    pub region: String,
    /// Where it stands with its agreement.
    pub state: StandingWord,
    /// Version.
    pub version: i32,
}

/// A page of structures.
#[derive(Clone, Debug, Object)]
pub struct StructurePage {
    /// The structures.
    pub items: Vec<StructureLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A structure.
#[derive(Clone, Debug, Object)]
pub struct StructureOut {
    /// Key.
    pub id: Uuid,
    /// SIREN.
    pub siren: String,
    /// Name of the legal entity.
    pub name: String,
    /// Legal form; may be empty.
    pub legal_form: String,
    /// Number of the association.
    pub rna: Option<String>,
    /// Collective agreement.
    pub idcc: Option<String>,
    /// Declaration of activity.
    pub nda: Option<String>,
    /// Supports of production.
    pub activities: String,
    /// People employed.
    pub headcount: Option<i32>,
    /// Posts on integration contracts.
    pub insertion_posts: Option<i32>,
    /// Last day of its last State convention as ACI, from its rights; none when none is recorded.
    pub state_agreement_until: Option<Date>,
    /// The person to write to, who receives the mails.
    pub contact: ContactOut,
    /// Who else to write to, by matter then by name.
    pub contacts: Vec<StructureContactOut>,
    /// INSEE code of the department of the seat.
    pub department: String,
    /// INSEE code of its region; empty for the territories that belong to none.
    pub region: String,
    /// Its IANA time zone, in which deadlines end.
    pub zone: String,
    /// Every site, the seat first.
    pub sites: Vec<SiteOut>,
    /// Where it stands with its agreement.
    pub state: StandingWord,
    /// When it was recorded.
    pub created_at: OffsetDateTime,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl SiteOut {
    /// The shape of a row.
    #[must_use]
    pub fn of(row: &site::Model) -> Self {
        Self {
            id: row.id.0,
            siret: row.siret.clone(),
            label: row.label.clone(),
            address: row.address.clone(),
            postal_code: row.postal_code.clone(),
            commune: row.commune.clone(),
            department: row.department.clone(),
            region: row.region.clone(),
            zone: row.zone.clone(),
            is_seat: row.is_seat,
            closed_on: row.closed_on,
        }
    }
}

impl StructureLine {
    /// The shape of a row.
    #[must_use]
    pub fn of(row: &structure::Model, standing: Option<Standing>) -> Self {
        Self {
            id: row.id.0,
            siren: row.siren.clone(),
            name: row.name.clone(),
            commune: row.commune.clone(),
            department: row.department.clone(),
            region: row.region.clone(),
            state: standing.unwrap_or(Standing::Neither).into(),
            version: row.version,
        }
    }
}

impl StructureOut {
    /// The shape of a structure and its sites.
    #[must_use]
    pub fn of(found: &Found, standing: Option<Standing>) -> Self {
        let row = &found.structure;
        Self {
            id: row.id.0,
            siren: row.siren.clone(),
            name: row.name.clone(),
            legal_form: row.legal_form.clone(),
            rna: row.rna.clone(),
            idcc: row.idcc.clone(),
            nda: row.nda.clone(),
            activities: row.activities.clone(),
            headcount: row.headcount,
            insertion_posts: row.insertion_posts,
            state_agreement_until: found.convention_until,
            contact: ContactOut {
                name: row.contact_name.clone(),
                title: row.contact_title.clone(),
                email: row.contact_email.clone(),
                phone: row.contact_phone.clone(),
            },
            contacts: found.contacts.iter().map(StructureContactOut::of).collect(),
            department: row.department.clone(),
            region: row.region.clone(),
            zone: row.zone.clone(),
            sites: found.sites.iter().map(SiteOut::of).collect(),
            state: standing.unwrap_or(Standing::Neither).into(),
            created_at: *row.created_at,
            version: row.version,
        }
    }
}
