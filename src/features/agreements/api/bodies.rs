//! What callers send to the agreement desk.

use poem_openapi::types::multipart::Upload;
use poem_openapi::{Multipart, Object};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::{KindWord, ModeWord, OpinionWord, RoleWord, ScoreWord};
use crate::features::agreements::input::{DraftInput, ScoreInput, VisitInput};
use crate::http::api::{LongText, ShortText};

/// A new draft.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AgreementRequestIn {
    /// Structure that asks.
    pub structure_id: Uuid,
    /// Version of the certification asked for.
    pub certification_version_id: Uuid,
    /// First request or renewal.
    pub kind: KindWord,
    /// Service asked for.
    pub role: RoleWord,
}

/// What changes in the form of a request; the rest stays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AgreementRequestChangeIn {
    /// First request or renewal.
    pub kind: Option<KindWord>,
    /// Service asked for.
    pub role: Option<RoleWord>,
    /// Sites concerned, all of them.
    pub sites: Option<Vec<Uuid>>,
    /// Referent of the request.
    pub contact_name: Option<ShortText>,
    /// Address of the referent.
    pub contact_email: Option<ShortText>,
    /// Telephone of the referent; an empty text clears it.
    pub contact_phone: Option<ShortText>,
    /// Teaching project.
    pub project: Option<LongText>,
    /// Legal representative who signs the commitment.
    pub signatory_name: Option<ShortText>,
    /// Quality of the signatory.
    pub signatory_title: Option<ShortText>,
    /// The commitment is accepted.
    pub commitment_accepted: Option<bool>,
    /// The structure is itself a training body.
    pub is_training_body: Option<bool>,
    /// Part of the teaching is sub-contracted.
    pub has_subcontracting: Option<bool>,
}

impl AgreementRequestChangeIn {
    /// The form with these changes.
    pub fn apply(self, mut form: DraftInput) -> DraftInput {
        let line = |place: &mut String, value: Option<ShortText>| {
            if let Some(value) = value {
                *place = value.0;
            }
        };
        line(&mut form.contact_name, self.contact_name);
        line(&mut form.contact_email, self.contact_email);
        line(&mut form.contact_phone, self.contact_phone);
        line(&mut form.signatory_name, self.signatory_name);
        line(&mut form.signatory_title, self.signatory_title);
        if let Some(project) = self.project {
            form.project = project.0;
        }
        if let Some(sites) = self.sites {
            form.sites = sites.into_iter().map(Into::into).collect();
        }
        form.kind = self.kind.map_or(form.kind, Into::into);
        form.role = self.role.map_or(form.role, Into::into);
        form.commitment_accepted = self.commitment_accepted.unwrap_or(form.commitment_accepted);
        form.is_training_body = self.is_training_body.unwrap_or(form.is_training_body);
        form.has_subcontracting = self.has_subcontracting.unwrap_or(form.has_subcontracting);
        form
    }
}

/// A piece, as `multipart/form-data`.
#[derive(Debug, Multipart)]
pub struct PieceUpload {
    /// The file: PDF, JPEG, PNG, ODT, DOCX or XLSX, up to 25 MB.
    pub file: Upload,
    /// Code of the piece, `P02` to `P17`.
    pub code: String,
    /// Date of the document.
    pub proof_on: Option<Date>,
    /// Last day on which it is valid.
    pub valid_until: Option<Date>,
}

/// What proves that a reserve is done, as `multipart/form-data`.
#[derive(Debug, Multipart)]
pub struct ProofUpload {
    /// The file: PDF, JPEG, PNG, ODT, DOCX or XLSX, up to 25 MB.
    pub file: Upload,
    /// What it proves.
    pub note: String,
}

/// What the officer thinks of a piece.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PieceReviewIn {
    /// Accepted, or to be replaced.
    pub accepted: bool,
    /// What is wrong, when it must be replaced.
    #[oai(default)]
    pub reason: LongText,
}

/// A piece asked for.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AskedPieceIn {
    /// Its code.
    pub code: ShortText,
    /// What is missing or not valid.
    pub reason: LongText,
}

/// A return for completion.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ReturnIn {
    /// The pieces asked for.
    pub pieces: Vec<AskedPieceIn>,
    /// A few words to the structure.
    #[oai(default)]
    pub message: LongText,
}

/// A mission.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AssignIn {
    /// Expert who makes the visit.
    pub controller_id: Uuid,
    /// Why the mission is given in spite of a warning of independence.
    pub override_reason: Option<LongText>,
}

/// A reason that must be given.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ReasonIn {
    /// The reason.
    pub reason: LongText,
}

/// A reason that may be given.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields)]
pub struct OptionalReasonIn {
    /// The reason.
    #[oai(default)]
    pub reason: LongText,
}

/// The date of a visit.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ScheduleIn {
    /// When.
    pub at: OffsetDateTime,
    /// IANA zone of the place; that of the structure unless given.
    pub zone: Option<ShortText>,
    /// Where; the addresses of the sites unless given, after them when it does not name each of several.
    pub place: Option<ShortText>,
    /// How.
    pub mode: ModeWord,
    /// The sites of the request where it goes; needed when there are several and the visit is made there.
    #[oai(default)]
    pub sites: Vec<Uuid>,
    /// Who accepted the date for the structure.
    pub accepted_by: Option<ShortText>,
    /// Day on which they did; today unless given.
    pub accepted_on: Option<Date>,
}

impl ScheduleIn {
    /// The typed visit; `zone` is that of the structure.
    pub fn visit(self, zone: &str) -> VisitInput {
        VisitInput {
            at: self.at,
            zone: self.zone.map_or_else(|| zone.to_owned(), String::from),
            place: self.place.map(String::from).unwrap_or_default(),
            mode: self.mode.into(),
            sites: self.sites.into_iter().map(Into::into).collect(),
            accepted_by: self.accepted_by.map(String::from).unwrap_or_default(),
            accepted_on: self.accepted_on,
        }
    }
}

/// Another date for a visit.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PostponeIn {
    /// When.
    pub at: OffsetDateTime,
    /// IANA zone of the place; that of the structure unless given.
    pub zone: Option<ShortText>,
    /// Where; the addresses of the sites unless given, after them when it does not name each of several.
    pub place: Option<ShortText>,
    /// How.
    pub mode: ModeWord,
    /// The sites of the request where it goes; needed when there are several and the visit is made there.
    #[oai(default)]
    pub sites: Vec<Uuid>,
    /// Who accepted the date for the structure; a structure that moves its visit accepts the date itself.
    pub accepted_by: Option<ShortText>,
    /// Day on which they did; today unless given.
    pub accepted_on: Option<Date>,
    /// Why it moves.
    pub reason: LongText,
}

/// The score of a criterion.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ScoreIn {
    /// Code of the criterion, `C5`.
    pub criterion: ShortText,
    /// The score.
    pub score: ScoreWord,
    /// What was seen; needed for a gap.
    #[oai(default)]
    pub evidence: LongText,
    /// What to say of it.
    #[oai(default)]
    pub comment: LongText,
}

/// Scores as the grid is filled in.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ScoresIn {
    /// The scores; those of other criteria stay.
    pub scores: Vec<ScoreIn>,
}

/// Typed scores.
#[must_use]
pub fn scores(all: Vec<ScoreIn>) -> Vec<ScoreInput> {
    let typed = |one: ScoreIn| ScoreInput {
        criterion: one.criterion.0,
        score: one.score.into(),
        evidence: one.evidence.0,
        comment: one.comment.0,
    };
    all.into_iter().map(typed).collect()
}

/// A visit that took place.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RecordVisitIn {
    /// Scores not kept before.
    #[oai(default)]
    pub scores: Vec<ScoreIn>,
    /// Who was met: functions rather than names. Required unless the structure refused the control.
    #[oai(default)]
    pub persons_met: LongText,
    /// The structure refused the control.
    #[oai(default)]
    pub refused: bool,
}

/// A text that must say something.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct TextIn {
    /// The text.
    pub text: LongText,
}

/// An opinion.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct OpinionIn {
    /// The opinion; never more lenient than the grid.
    pub opinion: OpinionWord,
    /// Its grounds.
    pub text: LongText,
}
