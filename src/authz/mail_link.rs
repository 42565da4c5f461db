//! The signed link of a message that turns off one kind of messages of one account, without signing in.
//!
//! It carries the account and the class, and a keyed hash of both: nobody makes one without the key of the
//! installation. It never expires, because a person may open an old message, and it can do nothing else.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::ids::AccountId;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::app::App;
use crate::keys::KeyError;
use crate::rules::notices::Class;

const CONTEXT: &str = "notices.unsubscribe";
/// Bytes of the hash that are kept.
const PROOF: usize = 16;

fn proof(app: &App, account: AccountId, class: Class) -> Result<Vec<u8>, KeyError> {
    let mut hash = app.keyed_hash(CONTEXT, &format!("{account}/{}", class.word()))?;
    hash.truncate(PROOF);
    Ok(hash)
}

/// The token of a link.
///
/// # Errors
/// When the key cannot be read.
pub fn mail_link(app: &App, account: AccountId, class: Class) -> Result<String, KeyError> {
    let proof = proof(app, account, class)?;
    let bytes = [account.0.as_bytes().as_slice(), &proof, class.word().as_bytes()].concat();
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The account and the class of a token that we made; none for any other text.
///
/// # Errors
/// When the key cannot be read.
pub fn read_mail_link(app: &App, token: &str) -> Result<Option<(AccountId, Class)>, KeyError> {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return Ok(None) };
    let Some((account, rest)) = bytes.split_at_checked(16) else { return Ok(None) };
    let Some((given, word)) = rest.split_at_checked(PROOF) else { return Ok(None) };
    let account = Uuid::from_slice(account).ok().map(AccountId);
    let class =
        std::str::from_utf8(word).ok().and_then(Class::of).filter(|class| Class::CHOSEN.contains(class));
    let (Some(account), Some(class)) = (account, class) else { return Ok(None) };
    let same: bool = proof(app, account, class)?.ct_eq(given).into();
    Ok(same.then_some((account, class)))
}
