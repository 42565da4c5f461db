//! The second factor: codes of an application (TOTP, RFC 6238) and recovery codes.
//!
//! The secret is sealed with the key of the installation and tied to its account; recovery codes are kept as keyed
//! hashes. Nothing here reads the clock: the instant comes with the act.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::ids::{AccountId, WebSessionId};
use qrcode::{Color, EcLevel, QrCode};
use time::OffsetDateTime;
use totp_rs::{Builder, Secret, Totp};

use super::error::AccountError;
use crate::app::App;
use crate::keys::KeyError;

/// Recovery codes given at once.
pub const RECOVERY_CODES: usize = 10;
const RECOVERY_LENGTH: usize = 10;
/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const SECRET_LENGTH: usize = 20;
const QUIET_ZONE: usize = 4;

/// A key not yet confirmed: it travels sealed in the form of its page, so that showing the page changes nothing.
#[derive(Clone, Debug)]
pub struct Draft {
    secret: Vec<u8>,
}

impl Draft {
    /// A new key.
    #[must_use]
    pub fn new(app: &App) -> Self {
        Self { secret: app.random_bytes::<SECRET_LENGTH>().to_vec() }
    }

    /// The key of a form that comes back.
    ///
    /// # Errors
    /// When it was not made for this session.
    pub fn open(app: &App, session: WebSessionId, sealed: &str) -> Result<Self, AccountError> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| AccountError::SetupLost)?;
        match app.unseal(&draft_context(session), &bytes) {
            Ok(secret) => Ok(Self { secret }),
            Err(KeyError::Sealed) => Err(AccountError::SetupLost),
            Err(error) => Err(error.into()),
        }
    }

    /// The key, sealed for the form.
    ///
    /// # Errors
    /// When the key of the installation cannot be read.
    pub fn sealed(&self, app: &App, session: WebSessionId) -> Result<String, AccountError> {
        Ok(URL_SAFE_NO_PAD.encode(app.seal(&draft_context(session), &self.secret)?))
    }

    /// The key to type, in groups of four.
    #[must_use]
    pub fn grouped(&self) -> String {
        let text = Secret::from(self.secret.clone()).to_base32();
        let groups: Vec<_> = text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        groups.join(" ")
    }

    /// The square code, as an SVG element without style.
    ///
    /// # Errors
    /// When the address of the account is too long for a square code.
    pub fn qr_svg(&self, issuer: &str, email: &str) -> Result<String, AccountError> {
        let totp = builder(&self.secret)
            .with_issuer(Some(issuer.replace(':', " ")))
            .with_account_name(email.replace(':', " "))
            .build()
            .map_err(|_| AccountError::SetupLost)?;
        let url = totp.to_url().map_err(|_| AccountError::SetupLost)?;
        let code =
            QrCode::with_error_correction_level(url, EcLevel::M).map_err(|_| AccountError::SetupLost)?;
        Ok(svg(&code))
    }

    /// The time step of a right code.
    #[must_use]
    pub fn step_of(&self, code: &str, now: OffsetDateTime) -> Option<i64> {
        step_of(&self.secret, code, now, None)
    }

    /// The key as kept on the account.
    ///
    /// # Errors
    /// When the key of the installation cannot be read.
    pub fn for_account(&self, app: &App, account: AccountId) -> Result<Vec<u8>, KeyError> {
        app.seal(&account_context(account), &self.secret)
    }
}

/// The time step of a right code that was not used yet: greater than the last one accepted.
///
/// # Errors
/// When the key of the account does not open.
pub fn check(
    app: &App,
    account: &entity::account::Model,
    code: &str,
    now: OffsetDateTime,
) -> Result<Option<i64>, AccountError> {
    let Some(sealed) = &account.totp_secret else { return Ok(None) };
    let secret = app.unseal(&account_context(account.id), sealed)?;
    Ok(step_of(&secret, code, now, account.totp_last_step))
}

fn step_of(secret: &[u8], code: &str, now: OffsetDateTime, last: Option<i64>) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.unix_timestamp()).ok()?;
    let step = i64::try_from(totp(secret)?.check(&code, seconds)?).ok()?;
    last.is_none_or(|last| step > last).then_some(step)
}

fn totp(secret: &[u8]) -> Option<Totp> {
    builder(secret).build().ok()
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_secret(secret.to_vec())
}

fn account_context(account: AccountId) -> String {
    format!("account.totp_secret:{account}")
}

fn draft_context(session: WebSessionId) -> String {
    format!("second-factor-draft:{session}")
}

/// New recovery codes, written in two groups of five.
#[must_use]
pub fn new_recovery_codes(app: &App) -> Vec<String> {
    let code = |_| {
        let bytes = app.random_bytes::<RECOVERY_LENGTH>();
        let letters: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        format!("{}-{}", &letters[..RECOVERY_LENGTH / 2], &letters[RECOVERY_LENGTH / 2..])
    };
    (0..RECOVERY_CODES).map(code).collect()
}

/// The hash under which a recovery code is kept, however it was typed.
///
/// # Errors
/// When the key of the installation cannot be read.
pub fn recovery_hash(app: &App, account: AccountId, code: &str) -> Result<Vec<u8>, KeyError> {
    app.keyed_hash(&format!("recovery_code:{account}"), &typed_recovery_code(code))
}

fn typed_recovery_code(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

fn svg(code: &QrCode) -> String {
    let (width, side) = (code.width(), code.width() + 2 * QUIET_ZONE);
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (at % width + QUIET_ZONE, at / width + QUIET_ZONE);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" aria-hidden="true" focusable="false"><path d="{path}"/></svg>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2025-10-06 08:00:10 UTC);

    fn code_at(secret: &[u8], now: OffsetDateTime) -> String {
        totp(secret).unwrap().generate(u64::try_from(now.unix_timestamp()).unwrap()).to_string()
    }

    #[test]
    fn a_code_serves_once_and_an_older_one_never_after_it() {
        let secret = [9; SECRET_LENGTH];
        let (code, before) = (code_at(&secret, NOW), code_at(&secret, NOW - time::Duration::seconds(30)));
        let step = step_of(&secret, &code, NOW, None).unwrap();
        assert_eq!(step, NOW.unix_timestamp() / 30);
        assert_eq!(step_of(&secret, &before, NOW, None), Some(step - 1), "one step late is accepted");
        assert_eq!(step_of(&secret, &code, NOW, Some(step)), None, "the same code again");
        assert_eq!(step_of(&secret, &before, NOW, Some(step)), None, "an older code");
        assert_eq!(step_of(&secret, &code, NOW + time::Duration::minutes(2), None), None, "too late");
    }

    #[test]
    fn a_code_is_read_with_its_spaces() {
        let secret = [9; SECRET_LENGTH];
        let code = code_at(&secret, NOW);
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        assert!(step_of(&secret, &spaced, NOW, None).is_some());
        for wrong in ["", "12345", "abcdef", "１２３４５６"] {
            assert_eq!(step_of(&secret, wrong, NOW, None), None, "{wrong}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        for typed in ["AB2CD-EF3GH", "ab2cd ef3gh", " ab2cdef3gh "] {
            assert_eq!(typed_recovery_code(typed), "AB2CDEF3GH");
        }
    }

    #[test]
    fn the_square_code_is_one_element_without_style() {
        let draft = Draft { secret: vec![9; SECRET_LENGTH] };
        let svg = draft.qr_svg("Certifieur : essai", "camille@demo.test").unwrap();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>") && !svg.contains("style"));
        assert_eq!(draft.grouped().len(), 39);
    }
}
