//! The canonical form of an event (RFC 8785) and its leaf hash (RFC 9162).
//!
//! The hash covers everything the journal says of the event; `journal verify` computes it again from the row,
//! and from an exported line, with this same code.

use entity::audit_event;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::rules::merkle;

/// What is hashed, and what is exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventLine {
    /// Key of the event.
    pub id: Uuid,
    /// Unix milliseconds.
    pub at: i64,
    /// `account`, `system` or `anonymous`.
    pub actor_kind: String,
    /// Key of the account.
    pub actor_id: Option<Uuid>,
    /// Role in use.
    pub role: String,
    /// `web`, `api`, `cli` or `system`.
    pub channel: String,
    /// Permission used.
    pub permission: String,
    /// Name of the event.
    pub name: String,
    /// Code of the domain tables.
    pub code: String,
    /// Kind of the subject.
    pub subject_kind: String,
    /// Key of the subject.
    pub subject_id: Uuid,
    /// What it was called.
    pub subject_label: String,
    /// State before.
    pub state_before: Option<String>,
    /// State after.
    pub state_after: Option<String>,
    /// Reason given.
    pub reason: Option<String>,
    /// Identifiers, codes, changes.
    pub payload: Value,
    /// Documents: key and SHA-256.
    pub documents: Value,
    /// Mails committed with the event.
    pub mails: Value,
    /// Identifier of the HTTP request.
    pub request_id: Option<String>,
}

impl EventLine {
    /// The line of a row.
    ///
    /// # Errors
    /// When a JSON column is not JSON: the row was altered.
    pub fn from_row(row: &audit_event::Model) -> Result<Self, serde_json::Error> {
        Ok(Self {
            id: row.id.0,
            at: unix_millis(row.at),
            actor_kind: row.actor_kind.clone(),
            actor_id: row.actor_id,
            role: row.role.clone(),
            channel: row.channel.clone(),
            permission: row.permission.clone(),
            name: row.name.clone(),
            code: row.code.clone(),
            subject_kind: row.subject_kind.clone(),
            subject_id: row.subject_id,
            subject_label: row.subject_label.clone(),
            state_before: row.state_before.clone(),
            state_after: row.state_after.clone(),
            reason: row.reason.clone(),
            payload: serde_json::from_str(&row.payload)?,
            documents: serde_json::from_str(&row.documents)?,
            mails: serde_json::from_str(&row.mails)?,
            request_id: row.request_id.clone(),
        })
    }

    /// The RFC 9162 leaf hash of the canonical form.
    ///
    /// # Errors
    /// When the line has no canonical form, which a parsed line always has.
    pub fn leaf_hash(&self) -> Result<merkle::Hash, serde_json::Error> {
        Ok(merkle::leaf_hash(&canonical_bytes(self)?))
    }
}

/// A stored instant as Unix milliseconds.
#[must_use]
pub fn unix_millis(instant: entity::Instant) -> i64 {
    i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// RFC 8785 bytes of a value.
///
/// # Errors
/// When the value cannot be JSON.
pub fn canonical_bytes(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    serde_json_canonicalizer::to_vec(value)
}

/// RFC 8785 text of a value.
///
/// # Errors
/// When the value cannot be JSON.
pub fn canonical_text(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json_canonicalizer::to_string(value)
}

/// The salted hash by which an event refers to a personal value kept beside it.
#[must_use]
pub fn personal_hash(salt: &[u8], value: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(salt);
    digest.update(value.as_bytes());
    hex::encode(digest.finalize())
}
