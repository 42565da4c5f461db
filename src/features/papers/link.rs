//! The signed links by which somebody without an account signs a paper, or keeps reading one. They carry a key and a keyed
//! hash of it, so that a reminder repeats the same link. They never expire by themselves: a paper that was signed or taken
//! back has nothing left to sign, and whoever was given a paper reads it for ever.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::ids::{TrainingDocumentId, TrainingSignatureId};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::app::App;
use crate::keys::KeyError;

const SIGNING: &str = "papers.sign";
const READING: &str = "papers.read";
/// Bytes of the hash that are kept.
const PROOF: usize = 16;

fn proof(app: &App, context: &'static str, id: Uuid) -> Result<Vec<u8>, KeyError> {
    let mut hash = app.keyed_hash(context, &id.to_string())?;
    hash.truncate(PROOF);
    Ok(hash)
}

fn made(app: &App, context: &'static str, id: Uuid) -> Result<String, KeyError> {
    Ok(URL_SAFE_NO_PAD.encode([id.as_bytes().as_slice(), &proof(app, context, id)?].concat()))
}

fn found(app: &App, context: &'static str, token: &str) -> Result<Option<Uuid>, KeyError> {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return Ok(None) };
    let Some((id, given)) = bytes.split_at_checked(16) else { return Ok(None) };
    let Ok(id) = Uuid::from_slice(id) else { return Ok(None) };
    let same: bool = proof(app, context, id)?.ct_eq(given).into();
    Ok(same.then_some(id))
}

/// The address where somebody signs.
///
/// # Errors
/// When the key cannot be read.
pub fn to_sign(app: &App, id: TrainingSignatureId) -> Result<String, KeyError> {
    Ok(app.url(&format!("/signer/{}", made(app, SIGNING, id.0)?)))
}

/// The address where somebody reads a paper.
///
/// # Errors
/// When the key cannot be read.
pub fn to_read(app: &App, id: TrainingDocumentId) -> Result<String, KeyError> {
    Ok(app.url(&format!("/papiers-recus/{}", made(app, READING, id.0)?)))
}

/// The signature of a link that we made; none for any other text.
///
/// # Errors
/// When the key cannot be read.
pub fn signature(app: &App, token: &str) -> Result<Option<TrainingSignatureId>, KeyError> {
    Ok(found(app, SIGNING, token)?.map(TrainingSignatureId))
}

/// The paper of a link that we made; none for any other text.
///
/// # Errors
/// When the key cannot be read.
pub fn paper(app: &App, token: &str) -> Result<Option<TrainingDocumentId>, KeyError> {
    Ok(found(app, READING, token)?.map(TrainingDocumentId))
}
