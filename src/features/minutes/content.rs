//! What minutes say, frozen when the deliberation is closed (domain reference, 1.9).
//!
//! The content is canonical JSON (RFC 8785): its SHA-256 is the fingerprint that each member signs and from which the seal is
//! drawn. Unknown fields are refused. An adaptation has no words here: only that there was one; what happened to somebody's
//! health neither.

use entity::candidate::JuryDecision;
use entity::jury_incident::IncidentKind;
use entity::jury_member::Seat;
use entity::jury_minutes::MinutesKind;
use entity::jury_passage::Presence;
use entity::jury_session::JuryMode;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::events::canonical_text;

/// The form of the content.
pub const FORMAT: &str = "parchemin.minutes/1";

/// The minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// [`FORMAT`].
    pub format: String,
    /// Minutes, or those of a jury without quorum.
    pub kind: MinutesKind,
    /// Rank among the minutes of the session, from one on.
    pub revision: i32,
    /// The session.
    pub session: Session,
    /// What is certified.
    pub certification: Certified,
    /// Name of the certifier.
    pub certifier: String,
    /// The branch.
    pub branch: String,
    /// Where it took place.
    pub structure: Structure,
    /// The president and the members who were there, observers left out.
    pub members: Vec<Member>,
    /// Those who did not come.
    pub absent: Vec<Absent>,
    /// Those who were there without a vote.
    pub observers: Vec<String>,
    /// Who had to be there, and whether they were.
    pub quorum: Quorum,
    /// Everybody who was called.
    pub candidates: Vec<Candidate>,
    /// What happened.
    pub incidents: Vec<Incident>,
    /// The counts.
    pub counts: Counts,
    /// General remarks on the organisation.
    pub remarks: String,
    /// Why members lacked, in words; empty for a jury that sat.
    pub lacked: String,
    /// The minutes say that deliberations are secret.
    pub secret: bool,
    /// What they correct.
    pub corrects: Option<Corrects>,
    /// Instant at which they were frozen, RFC 3339.
    pub frozen_at: String,
}

/// The session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Its number.
    pub number: String,
    /// Its day, where it took place, `2026-04-14`.
    pub day: String,
    /// When it began, there, `09:00`.
    pub starts: String,
    /// When the deliberation ended, there.
    pub ends: String,
    /// The zone of these hours.
    pub zone: String,
    /// Its place and its room.
    pub place: String,
    /// Where people sat.
    pub mode: JuryMode,
}

/// What is certified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certified {
    /// Code.
    pub code: String,
    /// Title, exactly as registered.
    pub title: String,
    /// Label of the version.
    pub version: String,
    /// Register and number on the day; none when it is in none.
    pub registration: Option<String>,
}

/// Where it took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Structure {
    /// Name.
    pub name: String,
    /// Number of its agreement on the day; none when there was none.
    pub agreement: Option<String>,
}

/// Somebody who sat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Key of the seat.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// In which quality.
    pub quality: String,
    /// The seat.
    pub seat: Seat,
    /// At a distance.
    pub remote: bool,
    /// Whether the declaration of impartiality was signed for this session.
    pub impartial: bool,
}

/// Somebody who did not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absent {
    /// Name.
    pub name: String,
    /// The seat.
    pub seat: Seat,
    /// Why; empty when nobody knows.
    pub reason: String,
}

/// Who had to be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    /// Members of the college of employers, at least.
    pub employers: i32,
    /// Members of the college of employees, at least.
    pub employees: i32,
    /// Voting members, at least.
    pub total: i32,
    /// Voting members there.
    pub present: usize,
    /// Whether it was reached.
    pub reached: bool,
}

/// Somebody who was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Their number.
    pub number: String,
    /// Name at birth.
    pub birth_name: String,
    /// First names, in the order of the civil status.
    pub first_names: String,
    /// Date of birth, as the civil status states it.
    pub birth_date: String,
    /// Whether they came.
    pub presence: Presence,
    /// Why they did not.
    pub presence_reason: Option<String>,
    /// Whether the quorum was reached for them, abstentions taken off.
    pub quorum: bool,
    /// What the jury decided; none without a decision.
    pub decision: Option<JuryDecision>,
    /// Why, when the jury says.
    pub reason: Option<String>,
    /// Blocs, or skills where the referential has none.
    pub units: Vec<Unit>,
    /// How the members voted; none when they decided together.
    pub votes: Option<Votes>,
    /// Who took no part.
    pub abstentions: Vec<Abstention>,
    /// Advice of the jury.
    pub recommendations: String,
    /// What the jury saw.
    pub observations: String,
    /// Whether an adaptation was applied, and nothing more.
    pub adapted: bool,
}

/// A bloc or a skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Code.
    pub code: String,
    /// Title or wording.
    pub title: String,
    /// Whether it is acquired; none when it was not looked at.
    pub acquired: Option<bool>,
}

/// How the members voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// For.
    pub yes: usize,
    /// Against.
    pub no: usize,
    /// Neither.
    pub blank: usize,
}

/// Somebody who took no part for a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abstention {
    /// Name of the member.
    pub member: String,
    /// Why.
    pub reason: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// When, there, `10:40`.
    pub at: String,
    /// What kind.
    pub kind: IncidentKind,
    /// Number of the candidate, when it is about one.
    pub candidate: Option<String>,
    /// What; none for what touches somebody's health.
    pub description: Option<String>,
}

/// The counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Called.
    pub enrolled: usize,
    /// There.
    pub present: usize,
    /// Everything acquired.
    pub total: usize,
    /// A part acquired.
    pub partial: usize,
    /// Refused.
    pub refused: usize,
    /// Not decided.
    pub adjourned: usize,
}

/// What minutes correct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrects {
    /// Their rank.
    pub revision: i32,
    /// Their fingerprint, hexadecimal.
    pub content_sha256: String,
    /// Why.
    pub reason: String,
}

/// A content in its one form, with its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Canonical JSON.
    pub text: String,
    /// SHA-256 of the text.
    pub hash: Vec<u8>,
}

impl Content {
    /// Freezes the content.
    ///
    /// # Errors
    /// When it has no canonical form, which a content always has.
    pub fn freeze(&self) -> Result<Frozen, serde_json::Error> {
        let text = canonical_text(self)?;
        let hash = hash(&text);
        Ok(Frozen { text, hash })
    }

    /// Reads a stored content.
    ///
    /// # Errors
    /// When it is no content of this form: the row was altered.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// How many of each outcome.
    #[must_use]
    pub fn counted(candidates: &[Candidate]) -> Counts {
        let decided = |wanted| candidates.iter().filter(|one| one.decision == Some(wanted)).count();
        Counts {
            enrolled: candidates.len(),
            present: candidates.iter().filter(|one| one.presence == Presence::Present).count(),
            total: decided(JuryDecision::Total),
            partial: decided(JuryDecision::Partial),
            refused: decided(JuryDecision::Refused),
            adjourned: decided(JuryDecision::Adjourned),
        }
    }
}

/// The fingerprint of a frozen text.
#[must_use]
pub fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests;
