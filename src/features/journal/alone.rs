//! The proof of one event, as the public page of a certificate gives it: the event, its path to a signed root, the key.
//! It is checked without a database, as an export is.
//!
//! The key comes from the file itself: what ties it to the certifier is that its name, or the root, is the one that the
//! daily messages gave.

use serde::Deserialize;

use super::divergence::{Divergence, Kind, Outcome, Place, Report};
use crate::events::{EventLine, Seal, key_id};
use crate::rules::merkle::{Hash, verify_inclusion};

/// The proof of one event.
#[derive(Clone, Debug, Deserialize)]
pub struct Proof {
    event: EventLine,
    inclusion: Inclusion,
    public_key: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Inclusion {
    seq: u64,
    leaf_hash: String,
    seal: SealOf,
    path: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct SealOf {
    tree_size: u64,
    root: String,
    signed_at_ms: i64,
    key_id: String,
    signature: String,
}

fn hash(text: &str) -> Option<Hash> {
    hex::decode(text).ok()?.try_into().ok()
}

impl Proof {
    /// The proof that a text holds; none when it holds something else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Recomputes the event up to the root, and checks who signed it.
    #[must_use]
    pub fn check(&self) -> Outcome {
        match self.followed() {
            Ok(report) => Outcome::Intact(report),
            Err(divergence) => Outcome::Altered(Box::new(divergence), Report::default()),
        }
    }

    fn followed(&self) -> Result<Report, Divergence> {
        let seq = self.inclusion.seq;
        let here = || Place::Event { seq, id: Some(self.event.id) };
        let unreadable = || Divergence::new(Kind::Unreadable, Place::Line { number: 1 });
        let sealed = hash(&self.inclusion.leaf_hash).ok_or_else(unreadable)?;
        let computed = self.event.leaf_hash().map_err(|_| unreadable())?;
        if computed != sealed {
            return Err(Divergence::new(Kind::Modified, here()).comparing(&sealed, &computed));
        }
        let seal = self.seal().ok_or_else(unreadable)?;
        let way: Option<Vec<Hash>> = self.inclusion.path.iter().map(|text| hash(text)).collect();
        let under = Place::Seal { tree_size: seal.tree_size };
        if !verify_inclusion(&computed, seq, seal.tree_size, &way.ok_or_else(unreadable)?, &seal.root) {
            return Err(Divergence::new(Kind::BadRoot, under));
        }
        let key = hex::decode(&self.public_key).map_err(|_| unreadable())?;
        if key_id(&key) != seal.key_id {
            return Err(Divergence::new(Kind::BadKey, Place::Key { key_id: seal.key_id }));
        }
        if !seal.is_signed_by(&key) {
            return Err(Divergence::new(Kind::BadSignature, under));
        }
        let (root, tree_size) = (seal.root, seal.tree_size);
        Ok(Report { events: 1, seals: 1, root, tree_size, last: Some(seal), ..Report::default() })
    }

    fn seal(&self) -> Option<Seal> {
        let seal = &self.inclusion.seal;
        Some(Seal {
            tree_size: seal.tree_size,
            root: hash(&seal.root)?,
            signed_at: seal.signed_at_ms,
            key_id: seal.key_id.clone(),
            signature: hex::decode(&seal.signature).ok()?,
        })
    }
}
