//! JSON shapes of the public catalogue. What whoever enrols sends and is answered is in `bodies`.

mod bodies;

pub use crate::features::programmes::shapes::words::ThemeWord;
pub use bodies::{BuyerWord, CatalogueEnrolmentIn, CatalogueEnrolmentOut, CatalogueGuardianIn, GivenWord};

use entity::training_session::SessionState;
use entity::{programme_module, programme_price, training_slot};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::shelf::{Entry, Mode, Sheet};
use crate::http::api::words::words;
use crate::rules::territory;

words! {
    /// How a session is followed.
    ModeWord as "CatalogueModality" for Mode {
        /// Somewhere.
        OnSite,
        /// From anywhere.
        Remote,
        /// Both.
        Mixed,
    }

    /// Where a session stands. Full is said by `seats_left`.
    SessionWord as "CatalogueSessionState" for SessionState {
        /// Shown to nobody.
        Project,
        /// People may enrol.
        Open,
        /// It will be held; people may enrol.
        Confirmed,
        /// It has begun.
        InProgress,
        /// It has ended.
        Ended,
        /// It has ended and every proof is there.
        Closed,
        /// It waits for other dates.
        Postponed,
        /// It is not held.
        Cancelled,
    }
}

/// The programme of a session, in short.
#[derive(Clone, Debug, Object)]
pub struct CatalogueProgrammeOut {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// What it is about.
    pub theme: ThemeWord,
}

/// Where a session is held.
#[derive(Clone, Debug, Object)]
pub struct CataloguePlaceOut {
    /// Commune.
    pub commune: String,
    /// INSEE code of the department.
    pub department: String,
    /// INSEE code of the region.
    pub region: String,
    /// Name of the region; empty where there is none.
    pub region_name: String,
}

/// A session of the catalogue.
#[derive(Clone, Debug, Object)]
pub struct CatalogueItemOut {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Its programme.
    pub programme: CatalogueProgrammeOut,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Last day to enrol; null until it begins.
    pub enrol_until: Option<Date>,
    /// IANA zone of its hours.
    pub zone: String,
    /// Where; null from anywhere.
    pub place: Option<CataloguePlaceOut>,
    /// How it is followed.
    pub modality: ModeWord,
    /// Minutes taught.
    pub duration_minutes: i32,
    /// For one person; null on quotation.
    pub price_cents: Option<i64>,
    /// Seats that there are.
    pub seats: u32,
    /// Seats that whoever enrols now may take: none while somebody waits.
    pub seats_left: u32,
    /// People who wait.
    pub waiting: u32,
    /// Where it stands.
    pub state: SessionWord,
    /// Its page.
    pub url: String,
}

impl CatalogueItemOut {
    /// A session whose page is there.
    #[must_use]
    pub fn of(entry: &Entry, url: String) -> Self {
        let (session, tally) = (entry.session(), entry.tally);
        let place = (entry.mode() != Mode::Remote).then(|| CataloguePlaceOut {
            commune: session.commune.clone(),
            department: session.department.clone(),
            region: session.region.clone(),
            region_name: territory::region(&session.region)
                .map(|region| region.name.to_owned())
                .unwrap_or_default(),
        });
        Self {
            id: session.id.0,
            number: session.number.clone(),
            programme: CatalogueProgrammeOut {
                code: entry.sheet.programme.code.clone(),
                title: session.title.clone(),
                theme: session.theme.into(),
            },
            starts_on: session.starts_on,
            ends_on: session.ends_on,
            enrol_until: session.enrol_until,
            zone: session.zone.clone(),
            place,
            modality: entry.mode().into(),
            duration_minutes: session.duration_minutes,
            price_cents: session.price_cents,
            seats: tally.seats,
            seats_left: tally.free(),
            waiting: tally.waiting,
            state: session.state.into(),
            url,
        }
    }
}

/// A page of the catalogue.
#[derive(Clone, Debug, Object)]
pub struct CataloguePage {
    /// The sessions, by date.
    pub items: Vec<CatalogueItemOut>,
    /// Cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
}

/// A half-day of a session.
#[derive(Clone, Debug, Object)]
pub struct CatalogueSlotOut {
    /// Day, where it is held.
    pub day: Date,
    /// Start.
    pub starts_at: OffsetDateTime,
    /// End.
    pub ends_at: OffsetDateTime,
    /// IANA zone of its hours.
    pub zone: String,
    /// Minutes taught.
    pub minutes: i32,
    /// How it is followed.
    pub modality: ModeWord,
    /// What it is about; may be empty.
    pub subject: String,
}

impl From<&training_slot::Model> for CatalogueSlotOut {
    fn from(row: &training_slot::Model) -> Self {
        Self {
            day: row.day,
            starts_at: *row.starts_at,
            ends_at: *row.ends_at,
            zone: row.zone.clone(),
            minutes: row.minutes,
            modality: Mode::of(row.modality).into(),
            subject: row.subject.clone(),
        }
    }
}

/// A price of a programme.
#[derive(Clone, Debug, Object)]
pub struct CataloguePriceOut {
    /// Who pays: `employer`, `opco`, `individual`, `member` or `public`.
    pub payer: String,
    /// What it is for: `person`, `group`, `day` or `hour`.
    pub unit: String,
    /// How much.
    pub amount_cents: i64,
    /// What goes with it; may be empty.
    pub note: String,
}

impl From<&programme_price::Model> for CataloguePriceOut {
    fn from(row: &programme_price::Model) -> Self {
        Self {
            payer: row.payer.word(),
            unit: row.unit.word(),
            amount_cents: row.amount_cents,
            note: row.note.clone(),
        }
    }
}

/// A part of a programme.
#[derive(Clone, Debug, Object)]
pub struct CatalogueModuleOut {
    /// Title.
    pub title: String,
    /// What is in it.
    pub content: String,
    /// Minutes.
    pub duration_minutes: Option<i32>,
}

impl From<&programme_module::Model> for CatalogueModuleOut {
    fn from(row: &programme_module::Model) -> Self {
        Self {
            title: row.title.clone(),
            content: row.content.clone(),
            duration_minutes: row.duration_minutes,
        }
    }
}

/// The sheet of a programme, as a session follows it.
#[derive(Clone, Debug, Object)]
pub struct CatalogueSheetOut {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// What it is for, in a line.
    pub goal: String,
    /// For whom.
    pub audience: String,
    /// What is asked before; their absence is stated.
    pub prerequisites: String,
    /// What one will be able to do.
    pub objectives: Vec<String>,
    /// Minutes taught.
    pub duration_minutes: Option<i32>,
    /// Rhythm.
    pub rhythm: String,
    /// Methods and means.
    pub methods: String,
    /// Who teaches.
    pub trainer_profile: String,
    /// How one is assessed when coming in.
    pub assessment_entry: String,
    /// How one is assessed along.
    pub assessment_during: String,
    /// How one is assessed at the end.
    pub assessment_end: String,
    /// What ends it: `attestation`, `certification` or `none`.
    pub sanction: String,
    /// How one comes in.
    pub access_procedure: String,
    /// How long it takes.
    pub access_delay: String,
    /// Who may fund it.
    pub funding_hints: String,
    /// For people with disabilities.
    pub accessibility: String,
    /// Who answers about disabilities.
    pub disability_contact: String,
    /// Who answers about the rest.
    pub contact: String,
    /// What is needed to follow it from afar.
    pub remote_needs: String,
    /// Results.
    pub results_note: String,
    /// When it was last brought up to date.
    pub updated_on: Date,
    /// Prices.
    pub prices: Vec<CataloguePriceOut>,
    /// Parts, in order.
    pub modules: Vec<CatalogueModuleOut>,
}

impl From<&Sheet> for CatalogueSheetOut {
    fn from(sheet: &Sheet) -> Self {
        let version = sheet.version.clone();
        Self {
            code: sheet.programme.code.clone(),
            title: version.title,
            goal: version.goal,
            audience: version.audience,
            prerequisites: version.prerequisites,
            objectives: version.objectives.lines().map(str::to_owned).collect(),
            duration_minutes: version.duration_minutes,
            rhythm: version.rhythm,
            methods: version.methods,
            trainer_profile: version.trainer_profile,
            assessment_entry: version.assessment_entry,
            assessment_during: version.assessment_during,
            assessment_end: version.assessment_end,
            sanction: version.sanction.word(),
            access_procedure: version.access_procedure,
            access_delay: version.access_delay,
            funding_hints: version.funding_hints,
            accessibility: version.accessibility,
            disability_contact: version.disability_contact,
            contact: version.contact,
            remote_needs: version.remote_needs,
            results_note: version.results_note,
            updated_on: version.updated_on,
            prices: sheet.prices.iter().map(Into::into).collect(),
            modules: sheet.modules.iter().map(Into::into).collect(),
        }
    }
}

/// A session with its half-days and the sheet of its programme.
#[derive(Clone, Debug, Object)]
pub struct CatalogueSessionOut {
    /// The session.
    #[oai(flatten)]
    pub item: CatalogueItemOut,
    /// Whether anybody may enrol.
    pub open: bool,
    /// Its half-days, in order.
    pub slots: Vec<CatalogueSlotOut>,
    /// The sheet of its programme.
    pub sheet: CatalogueSheetOut,
    /// The rule of its waiting list, in French.
    pub waiting_rule: String,
}
