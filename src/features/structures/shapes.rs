//! The JSON shapes of structures.

use entity::{site, structure};
use poem_openapi::types::MaybeUndefined;
use poem_openapi::{Enum, Object};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::actions::{Change, SiteChange};
use super::input::{TypedContact, TypedIdentity, TypedSite, TypedStructure};
use super::queries::{Found, Standing};
use crate::http::api::ShortText;
use crate::import::{LineFault, Report};
use crate::rules::typed_date::iso;

/// Where a structure stands with its agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case", rename = "StructureStanding")]
pub enum StandingWord {
    /// It holds an agreement.
    Agreed,
    /// It holds none, and asks for one.
    Requesting,
    /// Neither.
    Neither,
}

impl From<StandingWord> for Standing {
    fn from(word: StandingWord) -> Self {
        match word {
            StandingWord::Agreed => Self::Agreed,
            StandingWord::Requesting => Self::Requesting,
            StandingWord::Neither => Self::Neither,
        }
    }
}

impl From<Standing> for StandingWord {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Agreed => Self::Agreed,
            Standing::Requesting => Self::Requesting,
            Standing::Neither => Self::Neither,
        }
    }
}

/// The person to write to.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ContactIn {
    /// First and family name.
    pub name: ShortText,
    /// Function.
    #[oai(default)]
    pub title: ShortText,
    /// Address.
    pub email: ShortText,
    /// Number, as typed or in the international form.
    pub phone: Option<ShortText>,
}

/// A site.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SiteIn {
    /// SIRET, spaces ignored.
    pub siret: ShortText,
    /// What people call it.
    pub label: ShortText,
    /// Street.
    pub address: ShortText,
    /// Postal code.
    pub postal_code: ShortText,
    /// Commune.
    pub commune: ShortText,
    /// INSEE code of the department, when the postal code does not tell it.
    pub department: Option<ShortText>,
}

/// A new structure.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct StructureIn {
    /// SIRET of the seat, spaces ignored.
    pub siret: ShortText,
    /// Name of the legal entity.
    pub name: ShortText,
    /// Legal form.
    #[oai(default)]
    pub legal_form: ShortText,
    /// Number of the association.
    pub rna: Option<ShortText>,
    /// Collective agreement, four digits.
    pub idcc: Option<ShortText>,
    /// Declaration of activity as a training organisation.
    pub nda: Option<ShortText>,
    /// Supports of production.
    #[oai(default)]
    pub activities: crate::http::api::LongText,
    /// People employed.
    pub headcount: Option<i32>,
    /// Posts on integration contracts.
    pub insertion_posts: Option<i32>,
    /// End of the State agreement as ACI.
    pub state_agreement_until: Option<Date>,
    /// The person to write to.
    pub contact: ContactIn,
    /// Name of the seat; « Siège » unless given.
    #[oai(default)]
    pub seat_label: ShortText,
    /// Street of the seat.
    pub address: ShortText,
    /// Postal code of the seat.
    pub postal_code: ShortText,
    /// Commune of the seat.
    pub commune: ShortText,
    /// INSEE code of the department, when the postal code does not tell it.
    pub department: Option<ShortText>,
    /// The other sites.
    #[oai(default)]
    pub sites: Vec<SiteIn>,
}

/// What changes in the contact.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ContactChangeIn {
    /// First and family name.
    pub name: Option<ShortText>,
    /// Function.
    pub title: Option<ShortText>,
    /// Address.
    pub email: Option<ShortText>,
    /// Number.
    pub phone: Option<ShortText>,
}

/// What changes in a structure; the rest stays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct StructureChangeIn {
    /// Name of the legal entity.
    pub name: Option<ShortText>,
    /// Legal form.
    pub legal_form: Option<ShortText>,
    /// Number of the association.
    pub rna: Option<ShortText>,
    /// Collective agreement.
    pub idcc: Option<ShortText>,
    /// Declaration of activity.
    pub nda: Option<ShortText>,
    /// Supports of production.
    pub activities: Option<crate::http::api::LongText>,
    /// People employed; null clears.
    pub headcount: MaybeUndefined<i32>,
    /// Posts on integration contracts; null clears.
    pub insertion_posts: MaybeUndefined<i32>,
    /// End of the State agreement as ACI; null clears.
    pub state_agreement_until: MaybeUndefined<Date>,
    /// The person to write to.
    pub contact: Option<ContactChangeIn>,
}

/// What changes in a site; the rest stays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SiteChangeIn {
    /// SIRET.
    pub siret: Option<ShortText>,
    /// What people call it.
    pub label: Option<ShortText>,
    /// Street.
    pub address: Option<ShortText>,
    /// Postal code.
    pub postal_code: Option<ShortText>,
    /// Commune.
    pub commune: Option<ShortText>,
    /// INSEE code of the department.
    pub department: Option<ShortText>,
    /// Makes it the seat.
    pub is_seat: Option<bool>,
}

/// The end of a site.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CloseSiteIn {
    /// First day without it.
    pub closed_on: Date,
}

fn text(value: Option<ShortText>) -> String {
    value.map(String::from).unwrap_or_default()
}

impl SiteIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedSite {
        TypedSite {
            siret: self.siret.0,
            label: self.label.0,
            address: self.address.0,
            postal_code: self.postal_code.0,
            commune: self.commune.0,
            department: text(self.department),
        }
    }
}

impl StructureIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedStructure {
        let number = |count: Option<i32>| count.map(|count| count.to_string()).unwrap_or_default();
        TypedStructure {
            identity: TypedIdentity {
                name: self.name.0,
                legal_form: self.legal_form.0,
                rna: text(self.rna),
                idcc: text(self.idcc),
                nda: text(self.nda),
                activities: one_line(&self.activities.0),
                headcount: number(self.headcount),
                insertion_posts: number(self.insertion_posts),
                state_agreement_until: self.state_agreement_until.map(iso).unwrap_or_default(),
            },
            contact: TypedContact {
                name: self.contact.name.0,
                title: self.contact.title.0,
                email: self.contact.email.0,
                phone: text(self.contact.phone),
            },
            seat: TypedSite {
                siret: self.siret.0,
                label: self.seat_label.0,
                address: self.address.0,
                postal_code: self.postal_code.0,
                commune: self.commune.0,
                department: text(self.department),
            },
            others: self.sites.into_iter().map(SiteIn::typed).collect(),
        }
    }
}

/// Activities are kept on one line, however they were typed.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn set(place: &mut String, value: Option<ShortText>) {
    if let Some(value) = value {
        *place = value.0;
    }
}

fn set_or_clear<T>(place: &mut String, value: MaybeUndefined<T>, write: impl FnOnce(T) -> String) {
    match value {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => place.clear(),
        MaybeUndefined::Value(value) => *place = write(value),
    }
}

impl StructureChangeIn {
    /// Applies what is given.
    pub fn apply(self, typed: &mut Change) {
        let identity = &mut typed.identity;
        set(&mut identity.name, self.name);
        set(&mut identity.legal_form, self.legal_form);
        set(&mut identity.rna, self.rna);
        set(&mut identity.idcc, self.idcc);
        set(&mut identity.nda, self.nda);
        if let Some(activities) = self.activities {
            identity.activities = one_line(&activities.0);
        }
        set_or_clear(&mut identity.headcount, self.headcount, |count| count.to_string());
        set_or_clear(&mut identity.insertion_posts, self.insertion_posts, |count| count.to_string());
        set_or_clear(&mut identity.state_agreement_until, self.state_agreement_until, iso);
        let Some(contact) = self.contact else { return };
        set(&mut typed.contact.name, contact.name);
        set(&mut typed.contact.title, contact.title);
        set(&mut typed.contact.email, contact.email);
        set(&mut typed.contact.phone, contact.phone);
    }
}

impl SiteChangeIn {
    /// Applies what is given.
    pub fn apply(self, typed: &mut SiteChange) {
        let site = &mut typed.site;
        set(&mut site.siret, self.siret);
        set(&mut site.label, self.label);
        set(&mut site.address, self.address);
        set(&mut site.postal_code, self.postal_code);
        set(&mut site.commune, self.commune);
        set(&mut site.department, self.department);
        typed.is_seat = self.is_seat.unwrap_or(typed.is_seat);
    }
}

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
    /// End of the State agreement as ACI.
    pub state_agreement_until: Option<Date>,
    /// The person to write to.
    pub contact: ContactOut,
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
            state_agreement_until: row.state_agreement_until,
            contact: ContactOut {
                name: row.contact_name.clone(),
                title: row.contact_title.clone(),
                email: row.contact_email.clone(),
                phone: row.contact_phone.clone(),
            },
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

/// One thing wrong on one line of a file.
#[derive(Clone, Debug, Object)]
pub struct LineFaultOut {
    /// Line, the first being 1.
    pub line: i64,
    /// Name of the column, as the file writes it.
    pub column: String,
    /// What is written there.
    pub value: String,
    /// What is wrong, in French.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Object)]
pub struct ImportOut {
    /// Lines read.
    pub read: i64,
    /// Lines without a fault.
    pub ready: i64,
    /// Lines recorded.
    pub written: i64,
    /// Lines refused.
    pub refused: i64,
    /// Everything wrong.
    pub faults: Vec<LineFaultOut>,
    /// Columns that nothing reads.
    pub ignored_columns: Vec<String>,
}

impl ImportOut {
    /// The shape of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let fault = |fault: &LineFault| LineFaultOut {
            line: count(fault.line),
            column: fault.column.clone(),
            value: fault.value.clone(),
            message: fault.message.clone(),
            suggestion: fault.suggestion.clone(),
        };
        Self {
            read: count(report.read),
            ready: count(report.ready),
            written: count(report.written),
            refused: count(report.refused()),
            faults: report.faults.iter().map(fault).collect(),
            ignored_columns: report.ignored.clone(),
        }
    }
}
