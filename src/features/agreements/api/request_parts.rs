//! The parts of the whole of a request.

use poem_openapi::Object;
use time::OffsetDateTime;
use uuid::Uuid;

/// The structure that asks.
#[derive(Clone, Debug, Object)]
pub struct RequestStructureOut {
    /// Key.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// SIREN.
    pub siren: String,
    /// Commune.
    pub commune: String,
    /// INSEE code of the region.
    pub region: String,
    /// IANA zone: deadlines end at the end of the day there.
    pub zone: String,
}

/// The certification asked for.
#[derive(Clone, Debug, Object)]
pub struct RequestCertificationOut {
    /// Key of the certification.
    pub certification_id: Uuid,
    /// Key of the version.
    pub version_id: Uuid,
    /// Name of the version.
    pub label: String,
    /// Title.
    pub title: String,
}

/// A piece that the officer asked for.
#[derive(Clone, Debug, Object)]
pub struct AskedPieceOut {
    /// Code.
    pub code: String,
    /// What is missing or not valid.
    pub reason: String,
    /// When it was asked.
    pub asked_at: OffsetDateTime,
}

/// What still forbids the submission.
#[derive(Clone, Debug, Object)]
pub struct LackOut {
    /// The field, or `/pieces/P02`.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// French sentence.
    pub message: String,
}

/// The mission of control.
#[derive(Clone, Debug, Object)]
pub struct MissionOut {
    /// Number of the mission order.
    pub number: Option<String>,
    /// Expert in charge.
    pub controller_id: Uuid,
    /// Name of the expert.
    pub controller_name: String,
    /// When it was given.
    pub assigned_at: Option<OffsetDateTime>,
    /// Why it was given in spite of a warning; for the certifier only.
    pub override_reason: Option<String>,
}

/// The provisional report and the answer of the structure.
#[derive(Clone, Debug, Object)]
pub struct ReportOut {
    /// When it left.
    pub sent_at: OffsetDateTime,
    /// Until when the structure may answer.
    pub comments_due_at: Option<OffsetDateTime>,
    /// The answer.
    pub comments: Option<String>,
    /// When it came.
    pub commented_at: Option<OffsetDateTime>,
}
