//! The Open Badges 3.0 credential of a certificate, as a signed JWT (`EdDSA`), and the lists that say which ones no longer count.
//!
//! The issuer is `did:web:` and the host of the public address; its document gives the keys. The credential names nobody: it
//! carries the salted hash of the printed name, as the format proposes. Lists are `BitstringStatusList`, one for what is
//! revoked or superseded, one for what is suspended. Why this form: `docs/decisions/0030-badges-are-signed-tokens.md`.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer;
use entity::audit_key;
use entity::certificate::{self, CertificateState};
use flate2::Compression;
use flate2::write::GzEncoder;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::content::Content;
use super::{CertificateError, documents, labels, queries};
use crate::app::App;
use crate::worker::seal::keys::JournalKey;

/// Places in a list of states: the least that the format allows.
pub const LIST_BITS: usize = 131_072;

const CONTEXTS: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// A list of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// What never counts again.
    Revocation,
    /// What does not count for now.
    Suspension,
}

impl List {
    /// The word of the address and of the purpose.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
        }
    }

    /// The list of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Revocation, Self::Suspension].into_iter().find(|list| list.word() == word)
    }

    const fn holds(self, state: CertificateState) -> bool {
        match self {
            Self::Revocation => matches!(state, CertificateState::Revoked | CertificateState::Superseded),
            Self::Suspension => matches!(state, CertificateState::Suspended),
        }
    }
}

/// The name of the issuer: `did:web:certificateur.example`.
#[must_use]
pub fn issuer(app: &App) -> String {
    let url = app.config.public_url.as_str();
    let host = url.split("://").last().unwrap_or_default().split('/').next().unwrap_or_default();
    format!("did:web:{}", host.replace(':', "%3A"))
}

/// The address of a list.
#[must_use]
pub fn list_page(app: &App, list: List) -> String {
    app.url(&format!("/badges/etats/{}", list.word()))
}

/// The document of the issuer: the keys that sign or signed.
///
/// # Errors
/// A key that cannot be read, what the database answers.
pub async fn did_document(app: &App) -> Result<Value, CertificateError> {
    let (did, own) = (issuer(app), JournalKey::of(app).await?);
    let mut keys: Vec<(String, Vec<u8>)> = audit_key::Entity::find()
        .all(app.db.read())
        .await?
        .into_iter()
        .map(|row| (row.key_id, row.public_key))
        .collect();
    if !keys.iter().any(|(id, _)| id == own.id()) {
        keys.push((own.id().to_owned(), own.signing().verifying_key().as_bytes().to_vec()));
    }
    let methods = keys.iter().map(|(id, public)| {
        json!({
            "id": method(&did, id),
            "type": "JsonWebKey",
            "controller": did,
            "publicKeyJwk": {
                "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
                "kid": fragment(id), "x": URL_SAFE_NO_PAD.encode(public),
            },
        })
    });
    let methods: Vec<Value> = methods.collect();
    let names: Vec<Value> = methods.iter().map(|method| method["id"].clone()).collect();
    Ok(json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": names,
    }))
}

fn fragment(key_id: &str) -> String {
    key_id.replace(':', "-")
}

fn method(did: &str, key_id: &str) -> String {
    format!("{did}#{}", fragment(key_id))
}

/// The credential of a certificate that has its place in the lists.
///
/// # Errors
/// [`CertificateError::NotReady`] when it has none, a key that cannot be read.
pub async fn credential(app: &App, row: &certificate::Model) -> Result<String, CertificateError> {
    let index = row.badge_index.ok_or(CertificateError::NotReady)?;
    let content = Content::read(&row.content)?;
    let did = issuer(app);
    let page = documents::page(app, &row.number);
    let salt = content.salt.clone();
    let hash = Sha256::digest(format!("{}{salt}", content.holder.name().to_lowercase()).as_bytes());
    let status = |list: List| {
        json!({
            "id": format!("{}#{index}", list_page(app, list)),
            "type": "BitstringStatusListEntry",
            "statusPurpose": list.word(),
            "statusListIndex": index.to_string(),
            "statusListCredential": list_page(app, list),
        })
    };
    let from = rfc3339(*row.created_at);
    let claims = json!({
        "@context": CONTEXTS,
        "id": format!("urn:uuid:{}", row.id),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": did,
            "type": ["Profile"],
            "name": content.certifier.name,
            "url": app.url("/"),
        },
        "validFrom": from,
        "name": content.certification.title,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "identityType": "name",
                "hashed": true,
                "salt": salt,
                "identityHash": format!("sha256${}", hex::encode(hash)),
            }],
            "achievement": {
                "id": app.url(&format!("/certifications/{}", content.certification.code)),
                "type": ["Achievement"],
                "achievementType": "Certification",
                "name": content.certification.title,
                "description": labels::badge_description(&content.certification.title),
                "criteria": { "narrative": labels::BADGE_CRITERIA },
            },
        },
        "evidence": [{ "id": page, "type": ["Evidence"] }],
        "credentialStatus": [status(List::Revocation), status(List::Suspension)],
        "iss": did,
        "jti": format!("urn:uuid:{}", row.id),
        "nbf": row.created_at.unix_timestamp(),
    });
    sign(app, &did, &claims).await
}

/// The signed list of what no longer counts.
///
/// # Errors
/// A key that cannot be read, what the database answers.
pub async fn list(app: &App, list: List) -> Result<String, CertificateError> {
    let mut bits = vec![0_u8; LIST_BITS / 8];
    for (index, state) in queries::badge_states(app.db.read()).await? {
        if let (Ok(index), true) = (usize::try_from(index), list.holds(state))
            && let Some(byte) = bits.get_mut(index / 8)
        {
            // The first place is the leftmost bit.
            *byte |= 0x80 >> (index % 8);
        }
    }
    let (did, page, now) = (issuer(app), list_page(app, list), app.now());
    let claims = json!({
        "@context": [CONTEXTS[0]],
        "id": page,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": rfc3339(now),
        "credentialSubject": {
            "id": format!("{page}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": list.word(),
            "encodedList": encoded(&bits)?,
        },
        "iss": did,
        "jti": page,
        "nbf": now.unix_timestamp(),
    });
    sign(app, &did, &claims).await
}

/// Compressed, then in the alphabet of addresses, with the letter that says so.
fn encoded(bits: &[u8]) -> Result<String, CertificateError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bits).and_then(|()| encoder.finish());
    let packed = packed.map_err(|error| CertificateError::Archive(error.to_string()))?;
    Ok(format!("u{}", URL_SAFE_NO_PAD.encode(packed)))
}

async fn sign(app: &App, did: &str, claims: &Value) -> Result<String, CertificateError> {
    let key = JournalKey::of(app).await?;
    let header = json!({ "alg": "EdDSA", "typ": "JWT", "kid": method(did, key.id()) });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(claims));
    let signature = key.signing().sign(signed.as_bytes());
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes())))
}

fn rfc3339(at: OffsetDateTime) -> String {
    let whole = at.replace_nanosecond(0).unwrap_or(at);
    whole.format(&Rfc3339).unwrap_or_default()
}
