//! The JSON shapes of ties.

use entity::declared_interest::TieKind;
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::input::{TypedEmployment, TypedInterest};
use super::queries::{Alert, Declarations, Interest, Line};
use super::{events, labels};
use crate::http::api::words::words;
use crate::http::api::{LongText, ShortText};
use crate::rules::interests::Standing;
use crate::rules::ties::Severity;
use crate::rules::typed_date::iso;

words! {
    /// A tie that people declare.
    TieWord as "Tie" for TieKind {
        /// Employee or provider; member of the board too, in what was declared before `board`.
        EmployeeBoardOrProvider,
        /// Member of its board.
        Board,
        /// Holds shares of it.
        Shares,
        /// Family of somebody who works there, leads it or is trained there.
        Family,
        /// Gave it teaching support.
        SupportExpert,
        /// Trained its team.
        EpspTrainerOfTeam,
        /// Supervised somebody of its team, or was their tutor.
        Supervised,
        /// Presided over a jury there.
        JuryPresident,
    }
}

/// A new interest.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct InterestIn {
    /// Key of the structure.
    pub structure_id: Uuid,
    /// What it is.
    pub tie: TieWord,
    /// First day.
    pub since: Option<Date>,
    /// Last day; none while it runs.
    pub until: Option<Date>,
    /// What it is exactly.
    #[oai(default)]
    pub detail: ShortText,
    /// Day of the declaration; today unless given.
    pub declared_on: Option<Date>,
}

impl InterestIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedInterest {
        TypedInterest {
            structure: self.structure_id.into(),
            tie: self.tie.into(),
            since: self.since.map(iso).unwrap_or_default(),
            until: self.until.map(iso).unwrap_or_default(),
            detail: self.detail.0,
            declared_on: self.declared_on.map(iso).unwrap_or_default(),
        }
    }
}

/// A declared interest. Confidential.
#[derive(Clone, Debug, Object)]
pub struct InterestOut {
    /// Key.
    pub id: Uuid,
    /// Key of the structure.
    pub structure_id: Uuid,
    /// Name of the structure.
    pub structure_name: String,
    /// What it is.
    pub tie: TieWord,
    /// First day.
    pub since: Option<Date>,
    /// Last day; none while it runs.
    pub until: Option<Date>,
    /// What it is exactly.
    pub detail: String,
    /// Day of the declaration.
    pub declared_on: Date,
    /// When it was taken back, recorded by mistake: it counts no more.
    pub voided_at: Option<OffsetDateTime>,
    /// Why it was taken back.
    pub void_reason: Option<String>,
}

impl From<&Interest> for InterestOut {
    fn from(found: &Interest) -> Self {
        Self {
            id: found.row.id.0,
            structure_id: found.row.structure_id.0,
            structure_name: found.structure_name.clone(),
            tie: found.row.tie.into(),
            since: found.row.since,
            until: found.row.until,
            detail: found.row.detail.clone(),
            declared_on: found.row.declared_on,
            voided_at: found.row.voided_at.map(|at| *at),
            void_reason: found.row.void_reason.clone(),
        }
    }
}

/// The interests of an expert. Confidential.
#[derive(Clone, Debug, Object)]
pub struct InterestPage {
    /// The interests, latest first, those taken back included.
    pub items: Vec<InterestOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The end of a declared interest.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct InterestEndIn {
    /// Last day.
    pub until: Date,
}

/// Why a declared interest is taken back.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct InterestVoidIn {
    /// The reason. Confidential.
    pub reason: ShortText,
}

/// What a tie does to a duty, today.
#[derive(Clone, Debug, Object)]
pub struct TieEffectOut {
    /// `jury_president`, `controller`, `support_expert`, `team_trainer`.
    pub duty: String,
    /// Whether it refuses; otherwise a reason must be written.
    pub blocking: bool,
    /// First day when the person is free of it; none when no day can be told.
    pub frees_on: Option<Date>,
    /// The reason, in French.
    pub sentence: String,
}

/// A known tie between a person and a structure.
#[derive(Clone, Debug, Object)]
pub struct TieOut {
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Number of the expert.
    pub expert_number: String,
    /// Name of the expert.
    pub expert_name: String,
    /// Key of the structure.
    pub structure_id: Uuid,
    /// Name of the structure.
    pub structure_name: String,
    /// What it is: `employee_board_or_provider`, `board`, `shares`, `family`, `controller_this_period`, `support_expert`,
    /// `epsp_trainer_of_team`, `supervised`, `jury_president`, `same_group`.
    pub tie: String,
    /// First day, when it is known.
    pub since: Option<Date>,
    /// Last day; none while it runs.
    pub until: Option<Date>,
    /// The kind of data that tells it: `declared`, `employment`, `visit`, `mission`, `group`.
    pub origin: String,
    /// Where it is known from, in French.
    pub source: String,
    /// The words of the declaration, when there are some.
    pub detail: Option<String>,
    /// Key of the employment that tells it.
    pub employment_id: Option<Uuid>,
    /// Key of the declared interest that tells it.
    pub interest_id: Option<Uuid>,
    /// What it does to each duty, on the day looked at.
    pub effects: Vec<TieEffectOut>,
}

impl From<&Line> for TieOut {
    fn from(line: &Line) -> Self {
        let known = &line.known;
        let effect =
            |(duty, finding): &(crate::rules::ties::Duty, crate::rules::ties::Finding)| TieEffectOut {
                duty: duty.word().to_owned(),
                blocking: finding.severity == Severity::Blocking,
                frees_on: finding.frees_on,
                sentence: finding.sentence.clone(),
            };
        Self {
            expert_id: known.expert.0,
            expert_number: line.expert_number.clone(),
            expert_name: line.expert_name.clone(),
            structure_id: known.structure.0,
            structure_name: line.structure_name.clone(),
            tie: known.tie.tie.word().to_owned(),
            since: known.tie.since,
            until: known.tie.until,
            origin: labels::origin(known.origin).to_owned(),
            source: known.tie.source.clone(),
            detail: Some(known.detail.clone()).filter(|words| !words.is_empty()),
            employment_id: known.employment.map(|id| id.0),
            interest_id: known.interest.map(|id| id.0),
            effects: line.effects.iter().map(effect).collect(),
        }
    }
}

/// Known ties.
#[derive(Clone, Debug, Object)]
pub struct TiePage {
    /// Those that refuse something first, then the latest. Ties that people declared are told to the manager and to
    /// the person alone.
    pub items: Vec<TieOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A structure that employs an expert.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EmploymentIn {
    /// Key of the structure.
    pub structure_id: Uuid,
    /// First day, when it is known.
    pub since: Option<Date>,
    /// Last day; none while it runs.
    pub until: Option<Date>,
}

impl EmploymentIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedEmployment {
        TypedEmployment {
            structure: self.structure_id.into(),
            since: self.since.map(iso).unwrap_or_default(),
            until: self.until.map(iso).unwrap_or_default(),
        }
    }
}

/// The end of an employment.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EmploymentEndIn {
    /// Last day.
    pub until: Date,
}

/// The group of a structure.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct GroupIn {
    /// Its name; empty to take the structure out of its group.
    pub group: ShortText,
}

/// The declaration of the year.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct DeclarationIn {
    /// No tie with any structure runs; otherwise the list of declared interests is complete.
    pub nothing: bool,
    /// Ties with no recorded structure: shares, family in the network, services sold. Confidential.
    #[oai(default)]
    pub note: LongText,
}

/// A declaration that was made.
#[derive(Clone, Debug, Object)]
pub struct DeclarationOut {
    /// The year.
    pub year: i32,
    /// The day it was made.
    pub declared_on: Date,
    /// No tie with any structure; null for those who may not read interests.
    pub nothing: Option<bool>,
    /// What it adds in words; null for those who may not read interests.
    pub note: Option<String>,
}

/// The declarations of an expert.
#[derive(Clone, Debug, Object)]
pub struct DeclarationPage {
    /// Where the expert stands today: `declared`, `due`, `missing`.
    pub standing: String,
    /// By when the declaration of this year is due.
    pub due_on: Date,
    /// Latest first.
    pub items: Vec<DeclarationOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

impl From<&Declarations> for DeclarationPage {
    fn from(found: &Declarations) -> Self {
        let standing = match found.standing {
            Standing::Declared => "declared",
            Standing::Due => "due",
            Standing::Missing => "missing",
        };
        let out = |row: &entity::interest_declaration::Model| DeclarationOut {
            year: row.year,
            declared_on: row.declared_on,
            nothing: found.told.then_some(row.nothing),
            note: found.told.then(|| row.note.clone()),
        };
        Self {
            standing: standing.to_owned(),
            due_on: found.due_on,
            items: found.made.iter().map(out).collect(),
            next_cursor: None,
        }
    }
}

/// A tie that stands in the way of a duty already given.
#[derive(Clone, Debug, Object)]
pub struct TieAlertOut {
    /// Key.
    pub id: Uuid,
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Number of the expert.
    pub expert_number: String,
    /// Name of the expert.
    pub expert_name: String,
    /// Key of the structure.
    pub structure_id: Uuid,
    /// Name of the structure.
    pub structure_name: String,
    /// What was given: `jury_president`, `controller`, `support_expert`, `team_trainer`.
    pub duty: String,
    /// Table of what was given.
    pub object_kind: String,
    /// Its key.
    pub object_id: Uuid,
    /// Its number.
    pub reference: String,
    /// Day of the duty, once it is fixed.
    pub due_on: Option<Date>,
    /// Whether a tie refuses; otherwise it warns.
    pub blocking: bool,
    /// Why, in French; empty for those who neither settle alerts nor may read interests.
    pub reasons: Vec<String>,
    /// `open`, `kept`, `gone`.
    pub state: String,
    /// When it was raised.
    pub raised_at: OffsetDateTime,
    /// When it was settled.
    pub settled_at: Option<OffsetDateTime>,
    /// Why the duty is kept.
    pub reason: Option<String>,
}

impl From<&Alert> for TieAlertOut {
    fn from(found: &Alert) -> Self {
        let row = &found.row;
        Self {
            id: row.id.0,
            expert_id: row.expert_id.0,
            expert_number: found.expert_number.clone(),
            expert_name: found.expert_name.clone(),
            structure_id: row.structure_id.0,
            structure_name: found.structure_name.clone(),
            duty: row.duty.clone(),
            object_kind: row.object_kind.clone(),
            object_id: row.object_id,
            reference: row.reference.clone(),
            due_on: row.due_on,
            blocking: row.blocking,
            reasons: events::reasons(row),
            state: row.state.word(),
            raised_at: *row.raised_at,
            settled_at: row.settled_at.map(|at| *at),
            reason: row.reason.clone(),
        }
    }
}

/// Alerts.
#[derive(Clone, Debug, Object)]
pub struct TieAlertPage {
    /// Newest first.
    pub items: Vec<TieAlertOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// Why a duty is kept in spite of a tie.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct OverrideIn {
    /// The reason, kept in the journal.
    pub reason: LongText,
}
