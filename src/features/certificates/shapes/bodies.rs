//! What is sent about certificates.

use poem_openapi::Object;
use uuid::Uuid;

use super::words::{ReplacementWord, RevocationWord};
use crate::http::api::LongText;

/// A session whose certificates are to be delivered.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificateIssueIn {
    /// Key of the session of jury.
    pub session_id: Uuid,
}

/// Why something is done.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificateReasonIn {
    /// The reason, kept in the journal.
    pub reason: LongText,
}

/// A revocation that is asked.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificateRevocationIn {
    /// Why, in one word.
    pub cause: RevocationWord,
    /// Why.
    pub reason: LongText,
}

/// A replacement.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificateReplacementIn {
    /// Why, in one word.
    pub cause: ReplacementWord,
    /// Why.
    pub reason: LongText,
}

/// Whether the public page shows it.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificatePublicIn {
    /// Whether anybody may verify it by its number.
    pub public: bool,
}
