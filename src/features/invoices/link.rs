//! The signed link by which somebody without an account reads an invoice. It carries its key and a keyed hash of it, so that a
//! reminder repeats the same link; it never expires.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::ids::InvoiceId;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::app::App;
use crate::keys::KeyError;

const READING: &str = "invoices.read";
/// Bytes of the hash that are kept.
const PROOF: usize = 16;

fn proof(app: &App, id: Uuid) -> Result<Vec<u8>, KeyError> {
    let mut hash = app.keyed_hash(READING, &id.to_string())?;
    hash.truncate(PROOF);
    Ok(hash)
}

/// The path where somebody reads an invoice.
///
/// # Errors
/// When the key cannot be read.
pub fn path(app: &App, id: InvoiceId) -> Result<String, KeyError> {
    let token = URL_SAFE_NO_PAD.encode([id.0.as_bytes().as_slice(), &proof(app, id.0)?].concat());
    Ok(format!("/factures-recues/{token}"))
}

/// The invoice of a link that we made; none for any other text.
///
/// # Errors
/// When the key cannot be read.
pub fn invoice(app: &App, token: &str) -> Result<Option<InvoiceId>, KeyError> {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return Ok(None) };
    let Some((id, given)) = bytes.split_at_checked(16) else { return Ok(None) };
    let Ok(id) = Uuid::from_slice(id) else { return Ok(None) };
    let same: bool = proof(app, id)?.ct_eq(given).into();
    Ok(same.then_some(InvoiceId(id)))
}
