//! The signed link by which a holder reaches a certificate, without an account. It never expires: a certificate does not
//! either; a certificate that is replaced has a link of its own.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::ids::CertificateId;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::app::App;
use crate::keys::KeyError;

const CONTEXT: &str = "certificates.holder";
/// Bytes of the hash that are kept.
const PROOF: usize = 16;

fn proof(app: &App, id: CertificateId) -> Result<Vec<u8>, KeyError> {
    let mut hash = app.keyed_hash(CONTEXT, &id.to_string())?;
    hash.truncate(PROOF);
    Ok(hash)
}

/// The token of the holder.
///
/// # Errors
/// When the key cannot be read.
pub fn token(app: &App, id: CertificateId) -> Result<String, KeyError> {
    Ok(URL_SAFE_NO_PAD.encode([id.0.as_bytes().as_slice(), &proof(app, id)?].concat()))
}

/// The certificate of a token that we made; none for any other text.
///
/// # Errors
/// When the key cannot be read.
pub fn read(app: &App, token: &str) -> Result<Option<CertificateId>, KeyError> {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return Ok(None) };
    let Some((id, given)) = bytes.split_at_checked(16) else { return Ok(None) };
    let Ok(id) = Uuid::from_slice(id) else { return Ok(None) };
    let same: bool = proof(app, CertificateId(id))?.ct_eq(given).into();
    Ok(same.then_some(CertificateId(id)))
}
