//! What the API answers about minutes and appeals.

use entity::{candidate_appeal, document, jury_check};
use poem_openapi::Object;
use poem_openapi::types::Any;
use serde_json::Value;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::content::Member;
use super::super::load::{Book, Record};
use super::words::{AppealOutcomeWord, KindWord, RecordStateWord, SignatureWord};
use crate::features::juries::shapes::{SeatWord, StateWord};

/// Somebody who signs.
#[derive(Clone, Debug, Object)]
pub struct MinutesSignerOut {
    /// Key of the seat.
    pub member_id: Uuid,
    /// Name.
    pub name: String,
    /// The seat.
    pub seat: SeatWord,
    /// What they answered; none before they do.
    pub answer: Option<SignatureWord>,
    /// Why they refused.
    pub reason: Option<String>,
    /// When they answered.
    pub signed_at: Option<OffsetDateTime>,
    /// The fingerprint that they signed, hexadecimal.
    pub content_sha256: Option<String>,
}

impl MinutesSignerOut {
    fn of(record: &Record, member: &Member) -> Self {
        let answer = record.signature_of(member.id.into());
        Self {
            member_id: member.id,
            name: member.name.clone(),
            seat: member.seat.into(),
            answer: answer.map(|row| row.kind.into()),
            reason: answer.and_then(|row| row.reason.clone()),
            signed_at: answer.map(|row| *row.signed_at),
            content_sha256: answer.map(|row| hex::encode(&row.content_hash)),
        }
    }
}

/// A document of minutes.
#[derive(Clone, Debug, Object)]
pub struct MinutesFileOut {
    /// Key.
    pub id: Uuid,
    /// What it is, `jury-minutes-signed`.
    pub kind: String,
    /// Name of the file.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl From<&document::Model> for MinutesFileOut {
    fn from(row: &document::Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.clone(),
            file_name: row.file_name.clone(),
            size: row.size,
            sha256: hex::encode(&row.sha256),
        }
    }
}

/// A control.
#[derive(Clone, Debug, Object)]
pub struct MinutesCheckOut {
    /// Whether they conform.
    pub conform: bool,
    /// What was looked at, and whether it conforms.
    pub points: Any<Value>,
    /// What is to be corrected, or a remark.
    pub findings: String,
    /// Key of the account of whoever checked.
    pub checked_by: Uuid,
    /// When.
    pub checked_at: OffsetDateTime,
}

impl From<&jury_check::Model> for MinutesCheckOut {
    fn from(row: &jury_check::Model) -> Self {
        Self {
            conform: row.conform,
            points: Any(serde_json::from_str(&row.points).unwrap_or_default()),
            findings: row.findings.clone(),
            checked_by: row.checked_by.0,
            checked_at: *row.checked_at,
        }
    }
}

/// Frozen minutes.
#[derive(Clone, Debug, Object)]
pub struct MinutesRecordOut {
    /// Key.
    pub id: Uuid,
    /// Rank among the minutes of the session, from one on.
    pub revision: i32,
    /// What they are.
    pub kind: KindWord,
    /// Where they stand.
    pub state: RecordStateWord,
    /// What they say.
    pub content: Any<Value>,
    /// SHA-256 of the canonical form of the content, hexadecimal: what members sign.
    pub content_sha256: String,
    /// Key of the minutes that they correct.
    pub rectifies_id: Option<Uuid>,
    /// Why they correct them.
    pub rectifies_why: Option<String>,
    /// When they were frozen.
    pub frozen_at: OffsetDateTime,
    /// When the joint body of the branch validated the list.
    pub validated_on: Option<Date>,
    /// The list that it validated.
    pub validated_list: Option<String>,
    /// Who signs, and what each answered.
    pub signers: Vec<MinutesSignerOut>,
    /// Their documents, oldest first.
    pub documents: Vec<MinutesFileOut>,
    /// Their controls.
    pub checks: Vec<MinutesCheckOut>,
}

impl From<&Record> for MinutesRecordOut {
    fn from(record: &Record) -> Self {
        let row = &record.row;
        Self {
            id: row.id.0,
            revision: row.revision,
            kind: row.kind.into(),
            state: row.state.into(),
            content: Any(serde_json::from_str(&row.content).unwrap_or_default()),
            content_sha256: hex::encode(&row.content_hash),
            rectifies_id: row.rectifies_id.map(|id| id.0),
            rectifies_why: row.rectifies_why.clone(),
            frozen_at: *row.frozen_at,
            validated_on: row.validated_on,
            validated_list: row.validated_list.clone(),
            signers: record.signers().map(|member| MinutesSignerOut::of(record, member)).collect(),
            documents: record.documents.iter().map(Into::into).collect(),
            checks: record.checks.iter().map(Into::into).collect(),
        }
    }
}

/// The minutes of a session.
#[derive(Clone, Debug, Object)]
pub struct MinutesOut {
    /// Key of the session.
    pub session_id: Uuid,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: StateWord,
    /// Version of the session, to be given back in `If-Match`.
    pub version: i32,
    /// Its minutes, the latest first; nothing before the deliberation is closed.
    pub minutes: Vec<MinutesRecordOut>,
}

impl From<&Book> for MinutesOut {
    fn from(book: &Book) -> Self {
        let session = &book.whole.session;
        Self {
            session_id: session.id.0,
            number: session.number.clone(),
            state: session.state.into(),
            version: session.version,
            minutes: book.records.iter().map(Into::into).collect(),
        }
    }
}

/// An appeal.
#[derive(Clone, Debug, Object)]
pub struct JuryAppealOut {
    /// Key.
    pub id: Uuid,
    /// Key of the candidate.
    pub candidate_id: Uuid,
    /// Key of the passage that it is about.
    pub passage_id: Uuid,
    /// What is contested, and why.
    pub grounds: String,
    /// When it arrived.
    pub lodged_at: OffsetDateTime,
    /// When the candidate was told that it arrived.
    pub acknowledged_at: Option<OffsetDateTime>,
    /// Last instant to answer.
    pub answer_due_at: OffsetDateTime,
    /// How it ended.
    pub outcome: Option<AppealOutcomeWord>,
    /// The answer.
    pub answer: Option<String>,
    /// When it was answered.
    pub settled_at: Option<OffsetDateTime>,
}

impl From<&candidate_appeal::Model> for JuryAppealOut {
    fn from(row: &candidate_appeal::Model) -> Self {
        Self {
            id: row.id.0,
            candidate_id: row.candidate_id.0,
            passage_id: row.passage_id.0,
            grounds: row.grounds.clone(),
            lodged_at: *row.lodged_at,
            acknowledged_at: row.acknowledged_at.map(|at| *at),
            answer_due_at: *row.answer_due_at,
            outcome: row.outcome.map(Into::into),
            answer: row.answer.clone(),
            settled_at: row.settled_at.map(|at| *at),
        }
    }
}

/// The appeals of a candidate.
#[derive(Clone, Debug, Object)]
pub struct AppealListOut {
    /// The appeals, the latest first.
    pub items: Vec<JuryAppealOut>,
    /// Version of the file of the candidate, to be given back in `If-Match`.
    pub version: i32,
}
