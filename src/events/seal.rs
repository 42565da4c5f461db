//! The signed head of the journal: what a seal says, and how its signature is checked.
//!
//! The signature covers the canonical JSON (RFC 8785) of `{key_id, root, signed_at, tree_size}`, the root in
//! hexadecimal and the instant in Unix milliseconds. The name of a key is drawn from the key itself, so that a
//! fingerprint noted on paper or in a message names one key and no other.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use entity::audit_seal;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::canonical_bytes;
use crate::rules::merkle::{Frontier, Hash};

/// Characters of the fingerprint of a key kept in its name.
const KEY_ID_LENGTH: usize = 16;

/// A signed head of the Merkle tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Number of leaves covered.
    pub tree_size: u64,
    /// Root of the tree of these leaves.
    pub root: Hash,
    /// Unix milliseconds.
    pub signed_at: i64,
    /// Name of the key.
    pub key_id: String,
    /// Ed25519 signature.
    pub signature: Vec<u8>,
}

impl Seal {
    /// Signs the head of a tree.
    ///
    /// # Errors
    /// When the head has no canonical form, which never happens.
    pub fn sign(tree: &Frontier, signed_at: i64, key: &SigningKey) -> Result<Self, serde_json::Error> {
        let key_id = key_id(key.verifying_key().as_bytes());
        let (tree_size, root) = (tree.size(), tree.root());
        let signature = key.sign(&message(tree_size, &root, signed_at, &key_id)?).to_bytes().to_vec();
        Ok(Self { tree_size, root, signed_at, key_id, signature })
    }

    /// The seal of a row, if its numbers and lengths can be those of a seal.
    #[must_use]
    pub fn from_row(row: &audit_seal::Model) -> Option<Self> {
        Some(Self {
            tree_size: u64::try_from(row.tree_size).ok()?,
            root: row.root.as_slice().try_into().ok()?,
            signed_at: super::unix_millis(row.signed_at),
            key_id: row.key_id.clone(),
            signature: row.signature.clone(),
        })
    }

    /// Whether this public key made the signature.
    #[must_use]
    pub fn is_signed_by(&self, public_key: &[u8]) -> bool {
        let key = public_key.try_into().ok().and_then(|bytes| VerifyingKey::from_bytes(bytes).ok());
        let signature = Signature::from_slice(&self.signature).ok();
        let message = message(self.tree_size, &self.root, self.signed_at, &self.key_id).ok();
        match (key, signature, message) {
            (Some(key), Some(signature), Some(message)) => key.verify_strict(&message, &signature).is_ok(),
            _ => false,
        }
    }
}

/// The name of a public key: `ed25519:` and the beginning of its SHA-256.
#[must_use]
pub fn key_id(public_key: &[u8]) -> String {
    let mut fingerprint = hex::encode(Sha256::digest(public_key));
    fingerprint.truncate(KEY_ID_LENGTH);
    format!("ed25519:{fingerprint}")
}

fn message(tree_size: u64, root: &Hash, signed_at: i64, key_id: &str) -> Result<Vec<u8>, serde_json::Error> {
    let root = hex::encode(root);
    canonical_bytes(
        &json!({ "tree_size": tree_size, "root": root, "signed_at": signed_at, "key_id": key_id }),
    )
}

/// The hashes of a frontier, as stored beside a seal.
#[must_use]
pub fn frontier_text(tree: &Frontier) -> String {
    tree.hashes().iter().map(hex::encode).collect::<Vec<_>>().join(",")
}

/// Takes back what [`frontier_text`] wrote for a tree of that size; none when it was not written by it.
#[must_use]
pub fn frontier_of(tree_size: u64, text: &str) -> Option<Frontier> {
    let hash = |part: &str| -> Option<Hash> { hex::decode(part).ok()?.try_into().ok() };
    let hashes: Option<Vec<Hash>> = text.split(',').filter(|part| !part.is_empty()).map(hash).collect();
    Frontier::from_hashes(tree_size, hashes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(leaves: u8) -> Frontier {
        let mut tree = Frontier::default();
        (0..leaves).for_each(|leaf| tree.append([leaf; 32]));
        tree
    }

    #[test]
    fn a_seal_is_signed_by_its_key_and_by_no_other() {
        let (key, other) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
        let seal = Seal::sign(&tree(5), 1_700_000_000_000, &key).unwrap();
        assert!(seal.is_signed_by(key.verifying_key().as_bytes()));
        assert!(!seal.is_signed_by(other.verifying_key().as_bytes()));
        for altered in [
            Seal { tree_size: 6, ..seal.clone() },
            Seal { root: [1; 32], ..seal.clone() },
            Seal { signed_at: 0, ..seal.clone() },
            Seal { key_id: "ed25519:0".to_owned(), ..seal.clone() },
            Seal { signature: vec![0; 64], ..seal.clone() },
        ] {
            assert!(!altered.is_signed_by(key.verifying_key().as_bytes()), "{altered:?}");
        }
    }

    #[test]
    fn a_frontier_comes_back_as_it_was_stored() {
        for leaves in [0, 1, 2, 3, 11] {
            let tree = tree(leaves);
            assert_eq!(frontier_of(tree.size(), &frontier_text(&tree)), Some(tree));
        }
        assert_eq!(frontier_of(3, "00"), None);
        assert_eq!(frontier_of(1, &"0".repeat(63)), None);
    }
}
