//! The exported file: one JSON object per line, enough to verify the journal without the program's database.
//!
//! 1. `{"type":"header", "format":"parchemin-journal", "version":1, …}`: what is inside, and the public keys;
//! 2. `{"type":"event", "seq":0, "hash":"…", "event":{…}}` for each sealed event, in the order of the tree. Personal
//!    values are not there: the event holds their salted hashes only;
//! 3. `{"type":"seal", "tree_size":…, "root":"…", "signed_at":…, "key_id":"…", "signature":"…"}` right after the last
//!    event that the seal covers.
//!
//! The keys come from the file itself: what ties it to the certifier is that the name of the key, or the root, is the
//! one that the daily messages gave.

use std::io::{BufRead, Read};

use serde::{Deserialize, Serialize};

use super::chain::{Chain, SealKey};
use super::divergence::{Divergence, Kind, Outcome, Place};
use super::error::FileError;
use crate::events::{EventLine, Seal};

/// The word that opens a file.
pub const FORMAT: &str = "parchemin-journal";
/// The version written, and the only one read.
pub const VERSION: u32 = 1;
/// Longer lines are not written by the program.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Line {
    /// The first line.
    Header(Header),
    /// An event.
    Event(Box<EventAt>),
    /// A seal.
    Seal(SealAt),
}

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// Unix milliseconds.
    pub exported_at: i64,
    /// Name of the certifier.
    pub organisation: String,
    /// Number of events.
    pub tree_size: u64,
    /// Number of seals.
    pub seals: u64,
    /// Root of the whole, in hexadecimal; empty when there is no seal.
    pub root: String,
    /// Public keys.
    pub keys: Vec<KeyAt>,
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyAt {
    /// Its name.
    pub key_id: String,
    /// The Ed25519 key, in hexadecimal.
    pub public_key: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds after which it signs nothing.
    pub retired_at: Option<i64>,
}

/// An event at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventAt {
    /// From zero.
    pub seq: u64,
    /// Leaf hash, in hexadecimal.
    pub hash: String,
    /// What is hashed.
    pub event: EventLine,
}

/// A seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealAt {
    /// Number of events covered.
    pub tree_size: u64,
    /// In hexadecimal.
    pub root: String,
    /// Unix milliseconds.
    pub signed_at: i64,
    /// Name of the key.
    pub key_id: String,
    /// In hexadecimal.
    pub signature: String,
}

impl From<&Seal> for SealAt {
    fn from(seal: &Seal) -> Self {
        Self {
            tree_size: seal.tree_size,
            root: hex::encode(seal.root),
            signed_at: seal.signed_at,
            key_id: seal.key_id.clone(),
            signature: hex::encode(&seal.signature),
        }
    }
}

impl SealAt {
    fn seal(&self) -> Option<Seal> {
        Some(Seal {
            tree_size: self.tree_size,
            root: hex::decode(&self.root).ok()?.try_into().ok()?,
            signed_at: self.signed_at,
            key_id: self.key_id.clone(),
            signature: hex::decode(&self.signature).ok()?,
        })
    }
}

/// Checks a file, line by line, without a database.
///
/// # Errors
/// [`FileError`] when it is no export; an altered export is an [`Outcome`].
pub fn verify_reader(reader: impl BufRead) -> Result<Outcome, FileError> {
    let mut lines = Lines { reader, number: 0 };
    let header = match lines.next()? {
        Some(Ok(Line::Header(header))) if header.format == FORMAT => header,
        _ => return Err(FileError::NotAJournal),
    };
    if header.version != VERSION {
        return Err(FileError::Version(header.version));
    }
    let mut chain = match keys(&header).and_then(Chain::new) {
        Ok(chain) => chain,
        Err(divergence) => return Ok(Outcome::Altered(Box::new(divergence), super::Report::default())),
    };
    while let Some(line) = lines.next()? {
        if let Err(divergence) = take(&mut chain, line, lines.number) {
            let report = chain.report().clone();
            return Ok(Outcome::Altered(Box::new(divergence), report));
        }
    }
    Ok(end(chain, &header))
}

fn keys(header: &Header) -> Result<Vec<SealKey>, Divergence> {
    let key = |key: &KeyAt| {
        let bad = || Divergence::new(Kind::BadKey, Place::Key { key_id: key.key_id.clone() });
        let public_key = hex::decode(&key.public_key).map_err(|_| bad())?;
        Ok(SealKey { key_id: key.key_id.clone(), public_key, retired_at: key.retired_at })
    };
    header.keys.iter().map(key).collect()
}

fn take(chain: &mut Chain, line: Result<Line, ()>, number: u64) -> Result<(), Divergence> {
    let unreadable = || Divergence::new(Kind::Unreadable, Place::Line { number });
    match line.map_err(|()| unreadable())? {
        Line::Header(_) => Err(unreadable()),
        Line::Event(at) => {
            let hash = hex::decode(&at.hash).map_err(|_| unreadable())?;
            chain.leaf(at.seq, &hash, &at.event)
        }
        Line::Seal(at) => chain.seal(&at.seal().ok_or_else(unreadable)?),
    }
}

/// The file must end where its header says.
fn end(chain: Chain, header: &Header) -> Outcome {
    let size = chain.size();
    let report = match chain.end() {
        Ok(report) => report,
        Err((divergence, report)) => return Outcome::Altered(Box::new(divergence), report),
    };
    let expected = (header.tree_size, header.seals);
    let root = if report.seals == 0 { String::new() } else { hex::encode(report.root) };
    if (size, report.seals) == expected && root == header.root {
        return Outcome::Intact(report);
    }
    let place = if size < header.tree_size {
        Place::Event { seq: size, id: None }
    } else {
        Place::Seal { tree_size: header.tree_size }
    };
    Outcome::Altered(Box::new(Divergence::new(Kind::Missing, place)), report)
}

struct Lines<R> {
    reader: R,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// The next line; `Err(())` inside when it is no line of this format.
    fn next(&mut self) -> Result<Option<Result<Line, ()>>, FileError> {
        let mut bytes = Vec::new();
        self.reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(serde_json::from_slice(&bytes).map_err(|_| ())))
    }
}
