//! The JSON shapes of programmes; those of their sheets are in [`sheet`].

pub mod sheet;
pub mod words;

use entity::{programme, programme_version, training_handbook};
use poem_openapi::Object;
use poem_openapi::types::MaybeUndefined;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use self::words::{HandbookWord, ModalityWord, StateWord, ThemeWord, TrainerRightWord, VersionStateWord};
use super::input::TypedProgramme;
use super::queries::{Listed, Shown};
use crate::http::api::{LongText, ShortText};
use crate::rules::training::results::Results;

/// A new programme, with the draft of its first sheet.
#[derive(Clone, Debug, Object)]
#[oai(rename = "NewProgramme", deny_unknown_fields)]
pub struct ProgrammeIn {
    /// Code, `MAC-SST`.
    pub code: ShortText,
    /// Title, that of its first sheet.
    pub title: LongText,
    /// What it is about.
    pub theme: ThemeWord,
    /// End of its address in the catalogue; made from the title unless given.
    #[oai(default)]
    pub slug: ShortText,
    /// What whoever teaches must hold on the day.
    pub trainer_right: Option<TrainerRightWord>,
    /// The certification that it prepares.
    pub certification_id: Option<Uuid>,
    /// Months after which what it gives is to be renewed.
    pub recycling_months: Option<i32>,
    /// Reference in another program.
    #[oai(default)]
    pub external_ref: ShortText,
}

fn months(months: Option<i32>) -> String {
    months.map(|months| months.to_string()).unwrap_or_default()
}

impl ProgrammeIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedProgramme {
        TypedProgramme {
            code: self.code.0,
            slug: self.slug.0,
            title: self.title.0,
            theme: entity::programme::Theme::from(self.theme).word(),
            trainer_right: self
                .trainer_right
                .map(|word| entity::programme::TrainerRight::from(word).word())
                .unwrap_or_default(),
            certification: self.certification_id.map(Into::into),
            recycling_months: months(self.recycling_months),
            external_ref: self.external_ref.0,
        }
    }
}

/// What changes beside the sheets of a programme; the rest stays. The title is that of the sheets.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ProgrammeChange", deny_unknown_fields)]
pub struct ProgrammeChangeIn {
    /// Code.
    pub code: Option<ShortText>,
    /// End of its address in the catalogue.
    pub slug: Option<ShortText>,
    /// What it is about.
    pub theme: Option<ThemeWord>,
    /// What whoever teaches must hold on the day.
    pub trainer_right: Option<TrainerRightWord>,
    /// The certification that it prepares; null clears.
    pub certification_id: MaybeUndefined<Uuid>,
    /// Months after which what it gives is to be renewed; null clears.
    pub recycling_months: MaybeUndefined<i32>,
    /// Reference in another program; empty clears.
    pub external_ref: Option<ShortText>,
}

impl ProgrammeChangeIn {
    /// Applies the change over what is recorded.
    pub fn apply(self, typed: &mut TypedProgramme) {
        if let Some(code) = self.code {
            typed.code = code.0;
        }
        if let Some(slug) = self.slug {
            typed.slug = slug.0;
        }
        if let Some(theme) = self.theme {
            typed.theme = entity::programme::Theme::from(theme).word();
        }
        if let Some(right) = self.trainer_right {
            typed.trainer_right = entity::programme::TrainerRight::from(right).word();
        }
        match self.certification_id {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => typed.certification = None,
            MaybeUndefined::Value(id) => typed.certification = Some(id.into()),
        }
        match self.recycling_months {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => typed.recycling_months = String::new(),
            MaybeUndefined::Value(number) => typed.recycling_months = number.to_string(),
        }
        if let Some(reference) = self.external_ref {
            typed.external_ref = reference.0;
        }
    }
}

/// A version of the sheet of a programme, in a line.
#[derive(Clone, Debug, Object)]
pub struct ProgrammeVersionLine {
    /// Counted from 1 within the programme.
    pub number: i32,
    /// Where it stands.
    pub state: VersionStateWord,
    /// To be given in `If-Match` to change it or to publish it.
    pub version: i32,
    /// Its date of update.
    pub updated_on: Date,
    /// When it was published.
    pub published_at: Option<OffsetDateTime>,
}

impl From<&programme_version::Model> for ProgrammeVersionLine {
    fn from(row: &programme_version::Model) -> Self {
        Self {
            number: row.number,
            state: row.state.into(),
            version: row.version,
            updated_on: row.updated_on,
            published_at: row.published_at.map(|at| *at),
        }
    }
}

/// A programme.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Programme")]
pub struct ProgrammeOut {
    /// Key.
    pub id: Uuid,
    /// Code.
    pub code: String,
    /// End of its address in the catalogue.
    pub slug: String,
    /// Title.
    pub title: String,
    /// What it is about.
    pub theme: ThemeWord,
    /// Where it stands.
    pub state: StateWord,
    /// What whoever teaches must hold on the day.
    pub trainer_right: TrainerRightWord,
    /// The certification that it prepares.
    pub certification_id: Option<Uuid>,
    /// Months after which what it gives is to be renewed.
    pub recycling_months: Option<i32>,
    /// Since when it is no longer offered.
    pub retired_on: Option<Date>,
    /// Reference in another program.
    pub external_ref: Option<String>,
    /// To be given in `If-Match` to change it.
    pub version: i32,
    /// Versions of its sheet that the caller may read, latest first.
    pub versions: Vec<ProgrammeVersionLine>,
}

impl ProgrammeOut {
    /// The shape of a programme.
    #[must_use]
    pub fn of(row: &programme::Model, versions: &[programme_version::Model]) -> Self {
        Self {
            id: row.id.0,
            code: row.code.clone(),
            slug: row.slug.clone(),
            title: row.title.clone(),
            theme: row.theme.into(),
            state: row.state.into(),
            trainer_right: row.trainer_right.into(),
            certification_id: row.certification_id.map(Uuid::from),
            recycling_months: row.recycling_months,
            retired_on: row.retired_on,
            external_ref: row.external_ref.clone(),
            version: row.version,
            versions: versions.iter().map(ProgrammeVersionLine::from).collect(),
        }
    }
}

impl From<&Shown> for ProgrammeOut {
    fn from(shown: &Shown) -> Self {
        Self::of(&shown.programme, &shown.versions)
    }
}

/// A programme of a list.
#[derive(Clone, Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ProgrammeLine {
    /// Key.
    pub id: Uuid,
    /// Code.
    pub code: String,
    /// End of its address in the catalogue.
    pub slug: String,
    /// Title.
    pub title: String,
    /// What it is about.
    pub theme: ThemeWord,
    /// Where it stands.
    pub state: StateWord,
    /// Number of the version that is published, else of the latest.
    pub number: Option<i32>,
    /// What it is for, in one sentence.
    pub goal: Option<String>,
    /// How it is followed.
    pub modality: Option<ModalityWord>,
    /// How long, in minutes.
    pub duration_minutes: Option<i32>,
    /// Whether a draft is open.
    pub drafted: bool,
}

impl From<&Listed> for ProgrammeLine {
    fn from(listed: &Listed) -> Self {
        let (row, version) = (&listed.programme, listed.version.as_ref());
        Self {
            id: row.id.0,
            code: row.code.clone(),
            slug: row.slug.clone(),
            title: row.title.clone(),
            theme: row.theme.into(),
            state: row.state.into(),
            number: version.map(|version| version.number),
            goal: version.map(|version| version.goal.clone()),
            modality: version.map(|version| version.modality.into()),
            duration_minutes: version.and_then(|version| version.duration_minutes),
            drafted: listed.drafted,
        }
    }
}

/// A page of programmes.
#[derive(Clone, Debug, Object)]
pub struct ProgrammePage {
    /// The programmes, by code.
    pub items: Vec<ProgrammeLine>,
    /// Where the next page starts; null at the end.
    pub next_cursor: Option<String>,
}

/// The results of a programme over the last twelve months. Rates are in hundredths; null when nothing or too little can be
/// told.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ProgrammeResults")]
pub struct ResultsOut {
    /// First day counted.
    pub from: Date,
    /// Last day counted.
    pub until: Date,
    /// Sessions that ended.
    pub sessions: u32,
    /// People who came.
    pub participants: u32,
    /// People who gave up on the way.
    pub dropped_out: u32,
    /// Of those who came, who went to the end.
    pub completion: Option<u32>,
    /// Mean satisfaction, over 100.
    pub satisfaction: Option<u32>,
    /// Of those who were asked, who answered.
    pub response: Option<u32>,
    /// People presented to the certification.
    pub presented: u32,
    /// Of those who were presented, who obtained the whole certification.
    pub success: Option<u32>,
    /// Fewest answers, and fewest people presented, from which a rate is told.
    pub smallest: u32,
}

impl From<&Results> for ResultsOut {
    fn from(results: &Results) -> Self {
        Self {
            from: results.from,
            until: results.until,
            sessions: results.counted.sessions,
            participants: results.counted.participants,
            dropped_out: results.counted.dropped_out,
            completion: results.completion(),
            satisfaction: results.satisfaction(),
            response: results.response(),
            presented: results.counted.presented,
            success: results.success(),
            smallest: results.smallest,
        }
    }
}

/// A version of what everybody is given before they enrol.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingHandbook")]
pub struct HandbookOut {
    /// Key.
    pub id: Uuid,
    /// What it is.
    pub kind: HandbookWord,
    /// Counted from 1 within its kind.
    pub number: i32,
    /// First day on which it is in force.
    pub in_force_on: Date,
    /// Key of its file.
    pub document_id: Uuid,
}

impl From<&training_handbook::Model> for HandbookOut {
    fn from(row: &training_handbook::Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.into(),
            number: row.number,
            in_force_on: row.in_force_on,
            document_id: row.document_id.0,
        }
    }
}

/// Every version of what is given.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingHandbooks")]
pub struct HandbooksOut {
    /// The versions, by kind, the latest first.
    pub items: Vec<HandbookOut>,
}
