//! The verification itself, pure: leaves and seals go by in order, and the first that does not fit is named.
//!
//! It holds one frontier, so its memory does not grow. The database and an exported file are read by others and
//! checked here, with the same rules.

use std::collections::HashMap;

use uuid::Uuid;

use super::divergence::{Divergence, Kind, Place, Report};
use crate::events::{EventLine, Seal, key_id};
use crate::rules::merkle::{Frontier, Hash};

/// An event that enters the tree this long, in milliseconds, after one dated later is counted as late.
const LATE: i64 = 3_600_000;

/// A public key that seals name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealKey {
    /// Its name, drawn from it.
    pub key_id: String,
    /// The key.
    pub public_key: Vec<u8>,
    /// Unix milliseconds after which it signs nothing.
    pub retired_at: Option<i64>,
}

/// A chain being walked.
#[derive(Debug)]
pub struct Chain {
    keys: HashMap<String, SealKey>,
    tree: Frontier,
    /// Size under the last seal that stands.
    sealed: u64,
    /// The event before, since the last seal.
    before: Option<Uuid>,
    newest: Option<i64>,
    report: Report,
}

impl Chain {
    /// Starts from nothing, with the keys that are known.
    ///
    /// # Errors
    /// [`Kind::BadKey`] when the name of a key is not drawn from it.
    pub fn new(keys: Vec<SealKey>) -> Result<Self, Divergence> {
        for key in &keys {
            if key_id(&key.public_key) != key.key_id {
                return Err(Divergence::new(Kind::BadKey, Place::Key { key_id: key.key_id.clone() }));
            }
        }
        let keys = keys.into_iter().map(|key| (key.key_id.clone(), key)).collect();
        let tree = Frontier::default();
        let report = Report { root: tree.root(), ..Report::default() };
        Ok(Self { keys, tree, sealed: 0, before: None, newest: None, report })
    }

    /// Starts from a seal that is trusted, with the frontier of its tree.
    ///
    /// # Errors
    /// When the frontier does not give the root of the seal, or the seal is not signed.
    pub fn since(mut self, seal: &Seal, tree: Frontier) -> Result<Self, Divergence> {
        (self.sealed, self.report.since) = (tree.size(), tree.size());
        self.tree = tree;
        self.stands(seal)?;
        (self.report.root, self.report.tree_size) = (seal.root, seal.tree_size);
        self.report.last = Some(seal.clone());
        Ok(self)
    }

    /// Number of leaves walked, with those before the start.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The tree of the leaves walked.
    #[must_use]
    pub fn tree(&self) -> &Frontier {
        &self.tree
    }

    /// The date of the newest event walked, in Unix milliseconds.
    #[must_use]
    pub fn newest(&self) -> Option<i64> {
        self.newest
    }

    /// What was found so far.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Takes the next leaf: its place, the hash sealed, and its event.
    ///
    /// # Errors
    /// The place is not the next one, the event does not give the hash, or it is out of order.
    pub fn leaf(&mut self, seq: u64, sealed: &[u8], event: &EventLine) -> Result<(), Divergence> {
        self.place(seq)?;
        let place = Place::Event { seq, id: Some(event.id) };
        let Ok(hash) = event.leaf_hash() else { return Err(Divergence::new(Kind::Unreadable, place)) };
        if sealed != hash {
            return Err(Divergence::new(Kind::Modified, place).comparing(sealed, &hash));
        }
        if let Some(before) = self.before.filter(|before| *before >= event.id) {
            return Err(Divergence::new(Kind::Reordered, Place::Event { seq: seq - 1, id: Some(before) }));
        }
        self.before = Some(event.id);
        if self.newest.is_some_and(|newest| event.at < newest - LATE) {
            self.report.late += 1;
        }
        self.newest = self.newest.max(Some(event.at));
        self.tree.append(hash);
        self.report.events += 1;
        Ok(())
    }

    /// Checks that a leaf comes at its place.
    ///
    /// # Errors
    /// [`Kind::Missing`] when leaves were jumped, [`Kind::Reordered`] when it comes too late.
    pub fn place(&self, seq: u64) -> Result<(), Divergence> {
        let next = self.tree.size();
        match seq.cmp(&next) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => {
                Err(Divergence::new(Kind::Missing, Place::Event { seq: next, id: None }))
            }
            std::cmp::Ordering::Less => Err(Divergence::new(Kind::Reordered, Place::Event { seq, id: None })),
        }
    }

    /// Takes the next seal, once the leaves that it covers went by.
    ///
    /// # Errors
    /// A leaf is missing, the seal does not grow, its root is not that of the leaves, it is not signed.
    pub fn seal(&mut self, seal: &Seal) -> Result<(), Divergence> {
        let size = self.tree.size();
        if seal.tree_size > size {
            return Err(Divergence::new(Kind::Missing, Place::Event { seq: size, id: None }));
        }
        if seal.tree_size < size || seal.tree_size <= self.sealed {
            return Err(Divergence::new(Kind::Reordered, Place::Seal { tree_size: seal.tree_size }));
        }
        self.stands(seal)?;
        self.sealed = size;
        self.before = None;
        self.report.seals += 1;
        (self.report.root, self.report.tree_size) = (seal.root, size);
        self.report.last = Some(seal.clone());
        Ok(())
    }

    /// Ends: no leaf may be without a seal.
    ///
    /// # Errors
    /// [`Kind::Inserted`], naming the first leaf beyond the last seal.
    pub fn end(self) -> Result<Report, (Divergence, Report)> {
        if self.tree.size() > self.sealed {
            let place = Place::Event { seq: self.sealed, id: None };
            return Err((Divergence::new(Kind::Inserted, place), self.report));
        }
        Ok(self.report)
    }

    fn stands(&self, seal: &Seal) -> Result<(), Divergence> {
        let place = Place::Seal { tree_size: seal.tree_size };
        let Some(key) = self.keys.get(&seal.key_id) else {
            return Err(Divergence::new(Kind::BadKey, Place::Key { key_id: seal.key_id.clone() }));
        };
        if !seal.is_signed_by(&key.public_key) {
            return Err(Divergence::new(Kind::BadSignature, place));
        }
        if key.retired_at.is_some_and(|retired| seal.signed_at > retired) {
            return Err(Divergence::new(Kind::BadKey, place));
        }
        let root: Hash = self.tree.root();
        if seal.root == root && seal.tree_size == self.tree.size() {
            return Ok(());
        }
        let place = Place::Between { from: self.sealed.min(seal.tree_size), until: seal.tree_size };
        Err(Divergence::new(Kind::BadRoot, place).comparing(&seal.root, &root))
    }
}
