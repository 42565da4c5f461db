//! What is sent on the day of a session.

use entity::ids::{JuryChangeId, JuryMemberId, JuryPassageId};
use entity::jury_vote::Vote;
use poem_openapi::Object;
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::super::actions::day::CheckIn;
use super::super::super::day::input::{Sending, TypedChange, TypedDecision, TypedIncident, TypedPresence};
use super::super::words::{IncidentWord, PresenceWord, VoteWord};
use crate::features::candidates::shapes::{DecisionWord, DocumentWord};
use crate::http::api::{LongText, ShortText};

fn text(typed: Option<&ShortText>) -> String {
    typed.map(|text| text.0.clone()).unwrap_or_default()
}

/// What whoever presides says of a member.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryCheckInIn {
    /// The person is in the room, or in the call, and their identity was checked.
    pub identity: bool,
    /// They signed their declaration of impartiality and confidentiality on the screen.
    pub impartial: bool,
    /// They are at a distance.
    #[oai(default)]
    pub remote: bool,
}

impl JuryCheckInIn {
    /// As said.
    #[must_use]
    pub const fn said(&self) -> CheckIn {
        CheckIn { identity: self.identity, impartial: self.impartial, remote: self.remote }
    }
}

/// Members lack.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryNoQuorumIn {
    /// More about it; who lacks is told by itself.
    pub reason: Option<ShortText>,
}

impl JuryNoQuorumIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> String {
        text(self.reason.as_ref())
    }
}

/// Whether a candidate came.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryPresenceIn {
    /// Whether they came.
    pub presence: PresenceWord,
    /// The document that was seen, of somebody who came.
    pub identity_document: Option<DocumentWord>,
    /// Why they did not come, of an absence that is excused.
    pub reason: Option<ShortText>,
}

impl JuryPresenceIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedPresence {
        use entity::candidate::IdentityDocument;
        use entity::jury_passage::Presence;
        TypedPresence {
            presence: Presence::from(self.presence).word(),
            document: self
                .identity_document
                .map(|document| IdentityDocument::from(document).word())
                .unwrap_or_default(),
            reason: text(self.reason.as_ref()),
        }
    }
}

/// A member stays apart from a candidate.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryAbstentionIn {
    /// Key of the seat.
    pub member_id: Uuid,
    /// Key of the passage.
    pub passage_id: Uuid,
    /// Why; it goes into the minutes.
    pub reason: ShortText,
}

/// Something happened.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryIncidentIn {
    /// What kind.
    pub kind: IncidentWord,
    /// Key of the passage; the whole session unless given. A suspected fraud names somebody.
    pub passage_id: Option<Uuid>,
    /// When; now unless given.
    pub happened_at: Option<OffsetDateTime>,
    /// What happened; needed of a suspected fraud, and of another incident.
    pub description: Option<LongText>,
}

impl JuryIncidentIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedIncident {
        TypedIncident {
            passage: self.passage_id.map(JuryPassageId),
            kind: entity::jury_incident::IncidentKind::from(self.kind).word(),
            description: self.description.as_ref().map(|text| text.0.clone()).unwrap_or_default(),
            hour: String::new(),
            at: self.happened_at,
        }
    }
}

/// An incident was recorded by mistake.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryIncidentWithdrawalIn {
    /// Key of the incident.
    pub incident_id: Uuid,
    /// Why.
    pub reason: ShortText,
}

/// One change of a tablet.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryChangeIn {
    /// Key made on the tablet, the same for each sending.
    pub id: Uuid,
    /// Key of the passage.
    pub passage_id: Uuid,
    /// `mark:CODE` and `comment:CODE` of an épreuve, `ruling:CODE` and `remark:CODE` of a unit, `observations`,
    /// `recommendations`, `heard`.
    pub field: ShortText,
    /// Its value, as the form of the page sends it; empty to take it back.
    pub value: LongText,
    /// When it was typed, by the clock of the tablet.
    pub typed_at: OffsetDateTime,
    /// Version of the passage that the person saw.
    pub seen: i32,
}

/// What a tablet sends at once.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryChangesIn {
    /// Key of the tablet: what it wrote itself is no conflict.
    pub device: Option<Uuid>,
    /// The changes, in order.
    #[oai(validator(max_items = 200))]
    pub changes: Vec<JuryChangeIn>,
}

impl JuryChangesIn {
    /// As sent.
    #[must_use]
    pub fn sending(&self) -> Sending {
        let one = |change: &JuryChangeIn| TypedChange {
            id: JuryChangeId(change.id),
            passage: JuryPassageId(change.passage_id),
            field: change.field.0.clone(),
            value: change.value.0.clone(),
            typed_at: change.typed_at,
            seen: change.seen,
        };
        Sending { device: self.device, changes: self.changes.iter().map(one).collect() }
    }
}

/// The vote of a member.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryVoteIn {
    /// Key of the seat.
    pub member_id: Uuid,
    /// The vote; who says nothing abstains.
    pub vote: VoteWord,
}

/// The decision on a candidate.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryDecisionIn {
    /// The decision: total, partial, refused or adjourned.
    pub decision: DecisionWord,
    /// Why, where it is not the one that the rules propose, or where nothing is decided.
    pub reason: Option<ShortText>,
    /// Everybody who votes says yes.
    #[oai(default)]
    pub unanimous: bool,
    /// Else, the votes.
    #[oai(default, validator(max_items = 50))]
    pub votes: Vec<JuryVoteIn>,
}

impl JuryDecisionIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedDecision {
        let vote = |one: &JuryVoteIn| (JuryMemberId(one.member_id), Vote::from(one.vote));
        TypedDecision {
            decision: entity::candidate::JuryDecision::from(self.decision).word(),
            reason: text(self.reason.as_ref()),
            unanimous: self.unanimous,
            votes: self.votes.iter().map(vote).collect(),
        }
    }
}
