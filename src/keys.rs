//! The key of the installation: it seals the secrets that the database must not read alone.
//!
//! It is drawn at first use and kept in `keys/sealing.key` under the data folder, readable by its owner only. A copy
//! of the database without this file opens no second factor. Every process of an installation needs the same file;
//! a backup carries it.

use std::io::{ErrorKind as Io, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::app::App;
use crate::error::{DomainError, ErrorKind, INTERNAL_DETAIL};

const FILE: &str = "sealing.key";
const NONCE: usize = 24;

/// Why a secret cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("key file {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file does not hold a key.
    #[error("key file {0} does not hold 64 hexadecimal digits")]
    Malformed(PathBuf),
    /// Sealed with another key, for another use, or altered.
    #[error("a sealed value does not open")]
    Sealed,
}

impl DomainError for KeyError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Internal
    }

    fn code(&self) -> &'static str {
        "internal"
    }

    fn detail(&self) -> String {
        INTERNAL_DETAIL.to_owned()
    }
}

/// Where keys are kept, and the one already read.
#[derive(Debug)]
pub struct Keys {
    folder: PathBuf,
    sealing: OnceLock<SealingKey>,
}

impl Keys {
    /// The keys of a data folder; nothing is read yet.
    #[must_use]
    pub fn of(data_dir: &Path) -> Self {
        Self { folder: data_dir.join("keys"), sealing: OnceLock::new() }
    }
}

/// The key that seals.
pub struct SealingKey([u8; 32]);

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl App {
    /// The sealing key, read from its file, or drawn and written there the first time.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds something else.
    pub fn sealing_key(&self) -> Result<&SealingKey, KeyError> {
        if let Some(key) = self.keys.sealing.get() {
            return Ok(key);
        }
        let key = SealingKey(read_or_make(&self.keys.folder, self.random_bytes::<32>())?);
        Ok(self.keys.sealing.get_or_init(|| key))
    }

    /// Seals a secret for one use, named by `context`: it opens with the same context only.
    ///
    /// # Errors
    /// When the key cannot be read.
    pub fn seal(&self, context: &str, secret: &[u8]) -> Result<Vec<u8>, KeyError> {
        let nonce = self.random_bytes::<NONCE>();
        let payload = Payload { msg: secret, aad: context.as_bytes() };
        let sealed = self.sealing_key()?.cipher().encrypt(&XNonce::from(nonce), payload);
        Ok([nonce.as_slice(), &sealed.map_err(|_| KeyError::Sealed)?].concat())
    }

    /// Opens what [`App::seal`] sealed.
    ///
    /// # Errors
    /// [`KeyError::Sealed`] when it was sealed otherwise or altered; when the key cannot be read.
    pub fn unseal(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, KeyError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(KeyError::Sealed)?;
        let payload = Payload { msg: sealed, aad: context.as_bytes() };
        let opened = self.sealing_key()?.cipher().decrypt(&XNonce::from(*nonce), payload);
        opened.map_err(|_| KeyError::Sealed)
    }

    /// A hash that nobody can search without the key, for secrets short enough to be guessed.
    ///
    /// # Errors
    /// When the key cannot be read.
    pub fn keyed_hash(&self, context: &str, text: &str) -> Result<Vec<u8>, KeyError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.sealing_key()?.0).map_err(|_| KeyError::Sealed)?;
        mac.update(context.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

impl SealingKey {
    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.0))
    }
}

fn read_or_make(folder: &Path, fresh: [u8; 32]) -> Result<[u8; 32], KeyError> {
    let path = folder.join(FILE);
    let failed = |source| KeyError::File { path: path.clone(), source };
    match std::fs::read_to_string(&path) {
        Ok(text) => return parse(&path, &text),
        Err(error) if error.kind() == Io::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    match write_once(folder, &path, &fresh) {
        Ok(()) => Ok(fresh),
        Err(error) if error.kind() == Io::AlreadyExists => {
            parse(&path, &std::fs::read_to_string(&path).map_err(failed)?)
        }
        Err(error) => Err(failed(error)),
    }
}

fn parse(path: &Path, text: &str) -> Result<[u8; 32], KeyError> {
    let mut key = [0; 32];
    hex::decode_to_slice(text.trim(), &mut key).map_err(|_| KeyError::Malformed(path.to_owned()))?;
    Ok(key)
}

/// Writes the whole key beside, then gives it its name, so that another process never reads half of it.
fn write_once(folder: &Path, path: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let draft = folder.join(format!("{FILE}.{}", hex::encode(&key[..4])));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    let written = writeln!(file, "{}", hex::encode(key)).and_then(|()| file.sync_all());
    let named = written.and_then(|()| std::fs::hard_link(&draft, path));
    std::fs::remove_file(&draft)?;
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_process_makes_the_key_and_the_others_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        assert_eq!(read_or_make(&keys, [7; 32]).unwrap(), [7; 32]);
        assert_eq!(read_or_make(&keys, [8; 32]).unwrap(), [7; 32]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(keys.join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(&keys).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_holds_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "bonjour").unwrap();
        assert!(matches!(read_or_make(folder.path(), [7; 32]), Err(KeyError::Malformed(_))));
    }
}
