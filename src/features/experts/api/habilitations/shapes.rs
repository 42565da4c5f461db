//! What the operations on files of habilitation take and give.

use entity::document;
use poem_openapi::{Enum, Object};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::super::shapes::{DutyWord, HabilitationOut, PieceWord, StepWord};
use super::super::super::{queries, renewal};
use crate::http::api::{LongText, ShortText};

/// An application.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ApplicationIn {
    /// Who applies.
    pub expert_id: Uuid,
    /// What it would allow.
    pub duty: DutyWord,
    /// Only this certification; all unless given.
    pub certification_id: Option<Uuid>,
    /// INSEE codes of regions; everywhere when empty.
    #[oai(default)]
    pub regions: Vec<ShortText>,
    /// Experience and wishes.
    pub motivation: LongText,
}

/// What begins a training.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AdmissionIn {
    /// Day of the interview.
    pub interview_on: Date,
    /// What was said.
    #[oai(default)]
    pub interview: LongText,
    /// The expert who accompanies, habilitated for the same duty on the day of the act.
    pub senior_id: Uuid,
    /// What is planned.
    #[oai(default)]
    pub action_plan: LongText,
}

/// A step done.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct StepIn {
    /// What was done.
    pub kind: StepWord,
    /// The day.
    pub done_on: Date,
    /// Where.
    #[oai(default)]
    pub place: ShortText,
    /// The sheet: what was seen.
    pub sheet: LongText,
    /// The plan as it stands after the step; unchanged when empty.
    #[oai(default)]
    pub action_plan: LongText,
    /// The mission of observation whose report it rests on.
    pub mission_id: Option<Uuid>,
}

/// As what someone sits in a jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "JuryQuality", rename_all = "snake_case")]
pub enum QualityWord {
    /// Responsible for the certification.
    Manager,
    /// Experienced in the same duty.
    Senior,
    /// From outside.
    External,
}

/// A member of a jury.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryMemberIn {
    /// Name; that of the expert when there is one.
    #[oai(default)]
    pub name: ShortText,
    /// As what.
    pub quality: QualityWord,
    /// The expert, when it is one.
    pub expert_id: Option<Uuid>,
    /// Address to which the invitation goes, for somebody else.
    #[oai(default)]
    pub email: ShortText,
}

/// A presentation to the jury.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PresentationIn {
    /// When it sits.
    pub jury_on: Date,
    /// Hour in Paris, 9:00 unless given.
    #[oai(default)]
    pub jury_time: ShortText,
    /// Place, or address of the video.
    #[oai(default)]
    pub jury_place: ShortText,
    /// Who sits.
    pub members: Vec<JuryMemberIn>,
}

/// Another date for a jury.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryMoveIn {
    /// When it sits.
    pub jury_on: Date,
    /// Hour in Paris, that of before unless given.
    #[oai(default)]
    pub jury_time: ShortText,
    /// Place, or address of the video; that of before unless given.
    #[oai(default)]
    pub jury_place: ShortText,
    /// Why it moves.
    #[oai(default)]
    pub reason: LongText,
}

/// What a jury decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "JuryVerdict", rename_all = "snake_case")]
pub enum VerdictWord {
    /// Granted, with conditions or without.
    Grant,
    /// Something must be done again.
    Defer,
    /// Refused.
    Refuse,
}

/// A decision.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct VerdictIn {
    /// What is decided.
    pub verdict: VerdictWord,
    /// First day, for a grant.
    pub starts_on: Option<Date>,
    /// Last day; the usual length unless given.
    pub ends_on: Option<Date>,
    /// Conditions of a grant; what to do again; why it is refused.
    #[oai(default)]
    pub text: LongText,
    /// Steps to do again.
    #[oai(default)]
    pub redo: Vec<StepWord>,
}

/// A reason, and a day.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, rename = "HabilitationReasonIn")]
pub struct ReasonIn {
    /// Why.
    #[oai(default)]
    pub reason: LongText,
    /// The day; today unless given.
    pub on: Option<Date>,
}

/// Who accompanies from now on.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SeniorIn {
    /// The expert, habilitated for the same duty on the day of the act.
    pub senior_id: Uuid,
    /// Why.
    #[oai(default)]
    pub reason: LongText,
}

/// An answer to a withdrawal.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct WithdrawalAnswerIn {
    /// What the person says.
    #[oai(default)]
    pub answer: LongText,
}

/// A renewal.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RenewalIn {
    /// Last day; the usual length unless given.
    pub ends_on: Option<Date>,
    /// Why conditions that are not met are set aside.
    #[oai(default)]
    pub waiver: LongText,
}

/// A step of a file.
#[derive(Clone, Debug, Object)]
pub struct StepOut {
    /// What was done.
    pub kind: StepWord,
    /// The day.
    pub done_on: Date,
    /// Where.
    pub place: String,
    /// What was seen.
    pub sheet: String,
    /// The mission of observation whose report it rests on.
    pub mission_id: Option<Uuid>,
}

/// A piece that an application asks for.
#[derive(Clone, Debug, Object)]
pub struct ApplicationPieceOut {
    /// What it is.
    pub code: PieceWord,
    /// Whether the expert has one that is good today.
    pub held: bool,
}

/// Where a step stands.
#[derive(Clone, Debug, Object)]
pub struct ProgressOut {
    /// The step.
    pub kind: StepWord,
    /// How many times it is wanted.
    pub wanted: u32,
    /// How many times it was done.
    pub done: u32,
    /// The jury wants it once more.
    pub to_redo: bool,
}

/// A condition of the renewal.
#[derive(Clone, Debug, Object)]
pub struct ConditionOut {
    /// In words, with its numbers.
    pub sentence: String,
    /// How many are wanted.
    pub wanted: u32,
    /// How many were found.
    pub found: u32,
    /// Whether it is met; what is not measured stands in the way of nothing.
    pub met: bool,
    /// Whether there was anything to measure.
    pub measured: bool,
}

/// A document of a file.
#[derive(Clone, Debug, Object)]
pub struct HabilitationDocumentOut {
    /// Key.
    pub id: Uuid,
    /// What it is.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Name of the file.
    pub file_name: String,
    /// Size, in bytes.
    pub size: i64,
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
    /// The instant of the act that it records.
    pub created_at: OffsetDateTime,
}

impl From<&document::Model> for HabilitationDocumentOut {
    fn from(row: &document::Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.clone(),
            title: row.title.clone(),
            file_name: row.download_name(),
            size: row.size,
            sha256: hex::encode(&row.sha256),
            created_at: *row.created_at,
        }
    }
}

/// What is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "PlannedKind", rename_all = "snake_case")]
pub enum PlannedWord {
    /// A mission accepted.
    Mission,
    /// A mission offered, not answered yet.
    Offer,
    /// The visit of a request.
    Visit,
}

/// Something planned under an habilitation.
#[derive(Clone, Debug, Object)]
pub struct PlannedOut {
    /// What it is.
    pub kind: PlannedWord,
    /// Number of the mission or of the request.
    pub reference: String,
    /// Its first day, where it takes place; none for a visit given and not dated yet.
    pub day: Option<Date>,
}

impl From<&queries::Planned> for PlannedOut {
    fn from(planned: &queries::Planned) -> Self {
        let kind = match planned.kind {
            queries::PlannedKind::Mission => PlannedWord::Mission,
            queries::PlannedKind::Offer => PlannedWord::Offer,
            queries::PlannedKind::Visit => PlannedWord::Visit,
        };
        Self { kind, reference: planned.reference.clone(), day: planned.day }
    }
}

/// A file of habilitation, in a list.
#[derive(Clone, Debug, Object)]
pub struct HabilitationLineOut {
    /// What it allows, its state and its days.
    pub habilitation: HabilitationOut,
    /// Whose it is.
    pub expert_id: Uuid,
    /// Who accompanies.
    pub senior_id: Option<Uuid>,
}

impl HabilitationLineOut {
    /// The shape of a file, looked at on a day.
    #[must_use]
    pub fn of(found: &queries::Habilitation, on: Date) -> Self {
        Self {
            habilitation: HabilitationOut::of(found, on),
            expert_id: found.file.expert_id.0,
            senior_id: found.file.senior_id.map(|id| id.0),
        }
    }
}

/// A page of files of habilitation.
#[derive(Clone, Debug, Object)]
pub struct HabilitationPage {
    /// The files.
    pub items: Vec<HabilitationLineOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A file of habilitation.
#[derive(Clone, Debug, Object)]
pub struct HabilitationFileOut {
    /// What it allows, its state and its days.
    pub habilitation: HabilitationOut,
    /// Whose it is.
    pub expert_id: Uuid,
    /// Who accompanies.
    pub senior_id: Option<Uuid>,
    /// When it was asked for.
    pub applied_on: Option<Date>,
    /// Whether the charter is signed.
    pub charter_signed: bool,
    /// Until when the declaration of interests is good.
    pub declared_until: Option<Date>,
    /// When the jury sits.
    pub jury_on: Option<Date>,
    /// Whether a withdrawal waits for someone else.
    pub withdrawal_asked: bool,
    /// What the person answers to it.
    pub withdrawal_answer: Option<String>,
    /// The pieces that the application asks for, without which nobody is admitted; empty once it was examined.
    pub application_pieces: Vec<ApplicationPieceOut>,
    /// What was done.
    pub steps: Vec<StepOut>,
    /// Where each step stands.
    pub progress: Vec<ProgressOut>,
    /// The conditions of the renewal.
    pub conditions: Vec<ConditionOut>,
    /// The documents of its acts, latest first; each is typeset just after its act.
    pub documents: Vec<HabilitationDocumentOut>,
    /// What is planned under it from today on: what suspending or ending it touches. Once that was done, the missions
    /// and the visits are taken back and leave the list.
    pub planned: Vec<PlannedOut>,
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl HabilitationFileOut {
    /// The file as the API tells it on that day.
    pub(super) fn of(found: &queries::Path, today: Date) -> Self {
        let file = &found.habilitation.file;
        Self {
            habilitation: HabilitationOut::of(&found.habilitation, today),
            expert_id: file.expert_id.0,
            senior_id: file.senior_id.map(|id| id.0),
            applied_on: file.applied_on,
            charter_signed: file.charter_signed_at.is_some(),
            declared_until: found.declared_until,
            jury_on: file.jury_on,
            withdrawal_asked: file.withdrawal_asked_at.is_some(),
            withdrawal_answer: file.withdrawal_answer.clone(),
            application_pieces: found
                .asked
                .iter()
                .map(|piece| ApplicationPieceOut { code: piece.code.into(), held: piece.held })
                .collect(),
            steps: found
                .steps
                .iter()
                .map(|step| StepOut {
                    kind: step.kind.into(),
                    done_on: step.done_on,
                    place: step.place.clone(),
                    sheet: step.sheet.clone(),
                    mission_id: step.mission_id.map(Into::into),
                })
                .collect(),
            progress: found
                .progress
                .iter()
                .map(|step| ProgressOut {
                    kind: step.kind.into(),
                    wanted: count(step.wanted),
                    done: count(step.done),
                    to_redo: step.to_redo,
                })
                .collect(),
            conditions: found
                .conditions
                .iter()
                .map(|one| ConditionOut {
                    sentence: renewal::sentence(one),
                    wanted: count(one.wanted),
                    found: count(one.found),
                    met: one.met,
                    measured: one.measured,
                })
                .collect(),
            documents: found.documents.iter().map(HabilitationDocumentOut::from).collect(),
            planned: found.planned.iter().map(PlannedOut::from).collect(),
        }
    }
}
