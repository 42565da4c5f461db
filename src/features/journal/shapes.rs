//! The shapes of the API of the journal.

use entity::{audit_personal, audit_seal};
use poem_openapi::Object;
use poem_openapi::types::Any;
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::divergence::Outcome;
use super::proof::{Consistency, Inclusion};
use super::queries::Entry;
use crate::events::Seal;
use crate::rules::merkle::Hash;

fn parsed(text: &str) -> Any<Value> {
    Any(serde_json::from_str(text).unwrap_or_default())
}

fn instant(millis: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn path(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(hex::encode).collect()
}

/// One event.
#[derive(Clone, Debug, Object)]
pub struct JournalEventOut {
    /// Key.
    pub id: Uuid,
    /// When it happened.
    pub at: OffsetDateTime,
    /// Place in the tree, from zero; none while it waits for a seal.
    pub seq: Option<u64>,
    /// `account`, `system` or `anonymous`.
    pub actor_kind: String,
    /// Key of the account.
    pub actor_id: Option<Uuid>,
    /// Present name of the account.
    pub actor_name: Option<String>,
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
    pub payload: Any<Value>,
    /// Documents: key and SHA-256.
    pub documents: Any<Value>,
    /// Keys of the mails committed with the event.
    pub mails: Any<Value>,
    /// Identifier of the HTTP request.
    pub request_id: Option<String>,
    /// Leaf hash (RFC 9162) of the canonical event, in hexadecimal.
    pub hash: String,
}

impl From<&Entry> for JournalEventOut {
    fn from(entry: &Entry) -> Self {
        let event = &entry.event;
        Self {
            id: event.id.0,
            at: *event.at,
            seq: entry.seq,
            actor_kind: event.actor_kind.clone(),
            actor_id: event.actor_id,
            actor_name: entry.actor_name.clone(),
            role: event.role.clone(),
            channel: event.channel.clone(),
            permission: event.permission.clone(),
            name: event.name.clone(),
            code: event.code.clone(),
            subject_kind: event.subject_kind.clone(),
            subject_id: event.subject_id,
            subject_label: event.subject_label.clone(),
            state_before: event.state_before.clone(),
            state_after: event.state_after.clone(),
            reason: event.reason.clone(),
            payload: parsed(&event.payload),
            documents: parsed(&event.documents),
            mails: parsed(&event.mails),
            request_id: event.request_id.clone(),
            hash: hex::encode(&event.hash),
        }
    }
}

/// A page of events.
#[derive(Clone, Debug, Object)]
pub struct JournalEventPage {
    /// The events, the newest first.
    pub items: Vec<JournalEventOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A personal value kept beside an event.
#[derive(Clone, Debug, Object)]
pub struct PersonalValueOut {
    /// Its field.
    pub field: String,
    /// Its value; none once erased.
    pub value: Option<String>,
    /// When it was erased.
    pub erased_at: Option<OffsetDateTime>,
}

impl From<&audit_personal::Model> for PersonalValueOut {
    fn from(row: &audit_personal::Model) -> Self {
        Self { field: row.field.clone(), value: row.value.clone(), erased_at: row.erased_at.map(|at| *at) }
    }
}

/// One event with its personal values.
#[derive(Clone, Debug, Object)]
pub struct JournalEventDetailOut {
    /// The event.
    pub event: JournalEventOut,
    /// Its personal values.
    pub personal: Vec<PersonalValueOut>,
}

/// A signed head of the tree.
#[derive(Clone, Debug, Object)]
pub struct JournalSealOut {
    /// Number of events covered.
    pub tree_size: u64,
    /// Root, in hexadecimal.
    pub root: String,
    /// When it was signed.
    pub signed_at: OffsetDateTime,
    /// The same in Unix milliseconds, as signed.
    pub signed_at_ms: i64,
    /// Name of the key.
    pub key_id: String,
    /// Ed25519 signature of the canonical JSON of `key_id`, root, `signed_at` (milliseconds) and `tree_size`, in hexadecimal.
    pub signature: String,
}

impl From<&Seal> for JournalSealOut {
    fn from(seal: &Seal) -> Self {
        Self {
            tree_size: seal.tree_size,
            root: hex::encode(seal.root),
            signed_at: instant(seal.signed_at),
            signed_at_ms: seal.signed_at,
            key_id: seal.key_id.clone(),
            signature: hex::encode(&seal.signature),
        }
    }
}

impl From<&audit_seal::Model> for JournalSealOut {
    fn from(row: &audit_seal::Model) -> Self {
        Self {
            tree_size: row.tree_size.unsigned_abs(),
            root: hex::encode(&row.root),
            signed_at: *row.signed_at,
            signed_at_ms: crate::events::unix_millis(row.signed_at),
            key_id: row.key_id.clone(),
            signature: hex::encode(&row.signature),
        }
    }
}

/// A page of seals.
#[derive(Clone, Debug, Object)]
pub struct JournalSealPage {
    /// The seals, the newest first.
    pub items: Vec<JournalSealOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// An event is under the newest seal (RFC 9162, 2.1.3).
#[derive(Clone, Debug, Object)]
pub struct InclusionProofOut {
    /// The event.
    pub event_id: Uuid,
    /// Its place, from zero.
    pub seq: u64,
    /// Its leaf hash, in hexadecimal.
    pub leaf_hash: String,
    /// The seal.
    pub seal: JournalSealOut,
    /// Hashes from the leaf to the root, in hexadecimal.
    pub path: Vec<String>,
}

impl InclusionProofOut {
    /// The shape of a proof.
    #[must_use]
    pub fn of(event_id: Uuid, proof: &Inclusion) -> Self {
        let Inclusion { seq, leaf, seal, path: hashes } = proof;
        Self { event_id, seq: *seq, leaf_hash: hex::encode(leaf), seal: seal.into(), path: path(hashes) }
    }
}

/// A seal continues an older one (RFC 9162, 2.1.4).
#[derive(Clone, Debug, Object)]
pub struct ConsistencyProofOut {
    /// The older seal.
    pub from: JournalSealOut,
    /// The newer seal.
    pub to: JournalSealOut,
    /// Hashes of the proof, in hexadecimal.
    pub path: Vec<String>,
}

impl From<&Consistency> for ConsistencyProofOut {
    fn from(proof: &Consistency) -> Self {
        Self { from: (&proof.from).into(), to: (&proof.to).into(), path: path(&proof.path) }
    }
}

/// The first thing that is not as it was written.
#[derive(Clone, Debug, Object)]
pub struct DivergenceOut {
    /// `modified`, `missing`, `inserted`, `reordered`, `bad_root`, `bad_signature`, `bad_key`, `personal` or `unreadable`.
    pub kind: String,
    /// What was found, in French.
    pub message: String,
    /// Where, and the hashes compared.
    pub place: Any<Value>,
}

/// What a verification found.
#[derive(Clone, Debug, Object)]
pub struct VerificationOut {
    /// Whether everything is as it was written.
    pub intact: bool,
    /// Events recomputed.
    pub events: u64,
    /// Seals checked.
    pub seals: u64,
    /// Root at the last seal, in hexadecimal.
    pub root: String,
    /// Number of events under the last seal.
    pub tree_size: u64,
    /// Events that wait for a seal.
    pub unsealed: u64,
    /// Personal values erased.
    pub erased: u64,
    /// Events that entered the tree more than an hour after their date.
    pub late: u64,
    /// The first divergence.
    pub divergence: Option<DivergenceOut>,
}

impl From<&Outcome> for VerificationOut {
    fn from(outcome: &Outcome) -> Self {
        let report = outcome.report();
        let divergence = outcome.divergence().map(|found| DivergenceOut {
            kind: found.kind.word().to_owned(),
            message: found.sentence(),
            place: Any(found.to_json()),
        });
        Self {
            intact: outcome.is_intact(),
            events: report.events,
            seals: report.seals,
            root: hex::encode(report.root),
            tree_size: report.tree_size,
            unsealed: report.unsealed,
            erased: report.erased,
            late: report.late,
            divergence,
        }
    }
}
