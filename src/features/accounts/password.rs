//! Passwords: what they must be, and their Argon2id hash.
//!
//! Length is what counts (ANSSI, NIST SP 800-63B): twelve characters, no composition rule, no expiry. Hashing takes
//! tens of milliseconds on purpose: it runs on its own thread, always before a transaction begins.

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;

use super::error::AccountError;
use super::labels;
use crate::app::App;
use crate::error::Fault;

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most characters, so that hashing stays bounded.
pub const LONGEST: usize = 256;

/// Memory in KiB, passes, lanes: the first recommendation of OWASP for Argon2id (19 MiB, 2, 1).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// What is wrong with a password for the account of that address.
#[must_use]
pub fn fault(password: &str, email: &str, pointer: &str) -> Option<Fault> {
    let length = password.chars().count();
    let folded = password.trim().to_lowercase();
    let email = email.to_lowercase();
    let mut characters = password.chars();
    let first = characters.next();
    if length < SHORTEST {
        Some(Fault::new(pointer, "password-too-short", labels::PASSWORD_TOO_SHORT))
    } else if length > LONGEST {
        Some(Fault::new(pointer, "password-too-long", labels::PASSWORD_TOO_LONG))
    } else if folded.contains(&email) || email.contains(&folded) {
        Some(Fault::new(pointer, "password-is-address", labels::PASSWORD_IS_ADDRESS))
    } else if characters.all(|c| Some(c) == first) {
        Some(Fault::new(pointer, "password-repeats", labels::PASSWORD_REPEATS))
    } else {
        None
    }
}

/// The hash to keep, in PHC form.
///
/// # Errors
/// When hashing fails, which only a lack of memory does.
pub async fn hash(app: &App, password: &str) -> Result<String, AccountError> {
    let (password, salt) = (normalized(password), app.random_bytes::<16>());
    off_thread(move || {
        let hash: PasswordHash = argon2().hash_password_with_salt(password.as_bytes(), &salt).ok()?;
        Some(hash.to_string())
    })
    .await?
    .ok_or(AccountError::Hashing)
}

/// Whether a password is the one of a hash. Without a hash the same work is done for nothing, so that the time of the
/// answer does not tell which addresses have an account.
///
/// # Errors
/// When the thread that hashes fails.
pub async fn verify(password: &str, hash: Option<String>) -> Result<bool, AccountError> {
    if password.chars().count() > LONGEST {
        return Ok(false);
    }
    let password = normalized(password);
    off_thread(move || {
        let known = hash.is_some();
        let hash = hash.as_deref().unwrap_or_else(|| decoy());
        let Ok(parsed) = PasswordHash::new(hash) else { return false };
        argon2().verify_password(password.as_bytes(), &parsed).is_ok() && known
    })
    .await
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AccountError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| AccountError::Hashing)
}

/// The same letters typed on two keyboards may come as different characters.
fn normalized(password: &str) -> String {
    password.nfkc().collect()
}

fn argon2() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash of nothing anybody knows, made with the cost of the others.
fn decoy() -> &'static str {
    static DECOY: OnceLock<String> = OnceLock::new();
    DECOY.get_or_init(|| {
        let hash: Result<PasswordHash, _> = argon2().hash_password_with_salt(b"decoy", b"no account at all");
        hash.map(|hash| hash.to_string()).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_is_not_the_address() {
        for (password, code) in [
            ("court", Some("password-too-short")),
            ("onze caract", Some("password-too-short")),
            ("douze caract", None),
            ("été à Dunkerque", None),
            ("camille@demo.test", Some("password-is-address")),
            ("Camille@Demo.Test", Some("password-is-address")),
            ("camille@demo.test2026", Some("password-is-address")),
            ("amille@demo.test", Some("password-is-address")),
            ("aaaaaaaaaaaaaaaa", Some("password-repeats")),
            ("correct cheval pile agrafe", None),
        ] {
            let found = fault(password, "camille@demo.test", "/new_password").map(|fault| fault.code);
            assert_eq!(found, code, "{password}");
        }
        assert_eq!(fault(&"ab".repeat(129), "a@b.fr", "/p").map(|f| f.code), Some("password-too-long"));
    }

    #[tokio::test]
    async fn without_an_account_no_password_is_right() {
        assert!(!verify("decoy", None).await.unwrap());
    }
}
