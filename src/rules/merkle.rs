//! The Merkle tree of the journal, as RFC 9162 (section 2.1) defines it over SHA-256.
//!
//! The tree summarises an append-only list in one root. A list of n leaves is split at the largest power of two
//! below n; the root hashes the roots of both sides. Two prefixes keep leaves (0) and nodes (1) apart, so that a
//! node can never be passed off as a leaf. From the root, short proofs convince somebody who does not hold the
//! list: that a leaf is in it at a given place (inclusion), or that an older list is the beginning of a newer one
//! (consistency). A proof holds about log2(n) hashes.
//!
//! Everything here works on leaf hashes, made by [`leaf_hash`]. A proof binds a leaf to a root, not a size to a
//! root: the size comes from the signed head that carries the root.
mod plan;

pub use plan::{Node, consistency_plan, inclusion_plan};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// Hash of a leaf: SHA-256 of 0 and its content.
#[must_use]
pub fn leaf_hash(content: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(content).finalize().into()
}

/// Hash of a node: SHA-256 of 1 and the hashes of its two sides.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Root of a list of leaf hashes; the root of an empty list is the SHA-256 of nothing.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier.root()
}

/// What must be kept of a tree to go on appending: the roots of its full subtrees, the largest first.
///
/// A tree of n leaves has one full subtree for each bit set in n, hence at most 64 hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// The stored shape of a frontier.
#[derive(Serialize, Deserialize)]
struct Parts {
    size: u64,
    hashes: Vec<Hash>,
}

/// A stored frontier whose number of hashes cannot belong to its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tree of {size} leaves has {} full subtrees, {found} were given", size.count_ones())]
pub struct BrokenFrontier {
    size: u64,
    found: usize,
}

impl Frontier {
    /// Takes back a stored frontier.
    ///
    /// # Errors
    /// When the number of hashes cannot be that of a tree of `size` leaves.
    pub fn from_hashes(size: u64, hashes: Vec<Hash>) -> Result<Self, BrokenFrontier> {
        if hashes.len() == size.count_ones() as usize {
            Ok(Self { size, peaks: hashes })
        } else {
            Err(BrokenFrontier { size, found: hashes.len() })
        }
    }

    /// Adds a leaf hash at the end: each full pair of equal subtrees becomes one.
    pub fn append(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// Root of the whole list.
    #[must_use]
    pub fn root(&self) -> Hash {
        let smallest_first = self.peaks.iter().rev().copied();
        smallest_first
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(|| Sha256::digest([]).into())
    }

    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the full subtrees, the largest first: what to store beside the size.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.peaks
    }
}

impl TryFrom<Parts> for Frontier {
    type Error = BrokenFrontier;
    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        Self::from_hashes(parts.size, parts.hashes)
    }
}

impl From<Frontier> for Parts {
    fn from(frontier: Frontier) -> Self {
        Self { size: frontier.size, hashes: frontier.peaks }
    }
}

/// Where a list of `n` leaves (two at least) is split: the largest power of two below `n`.
fn split(n: usize) -> usize {
    1 << (n - 1).ilog2()
}

/// Proof that the leaf at `index` (from 0) is in the list: the siblings met on the way up to the root.
/// `None` when the list has no such leaf.
#[must_use]
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let (mut tree, mut index, mut proof) = (leaves, index, Vec::new());
    while tree.len() > 1 {
        let (left, right) = tree.split_at(split(tree.len()));
        if index < left.len() {
            proof.push(root(right));
            tree = left;
        } else {
            proof.push(root(left));
            index -= left.len();
            tree = right;
        }
    }
    proof.reverse();
    Some(proof)
}

/// Whether `proof` leads from `leaf`, at `index` in a list of `size` leaves, to `root` (RFC 9162, 2.1.3.2).
#[must_use]
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    // the place of the current node, and of the last node, on the level that we climb
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            // a last node without sibling rises alone to the level where it is on the right
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Proof that the first `m` leaves were the whole list before the others were added.
/// `None` when the list has fewer than `m` leaves. The proof is empty for `m` = 0 and for the whole list.
#[must_use]
pub fn consistency_proof(leaves: &[Hash], m: usize) -> Option<Vec<Hash>> {
    if m > leaves.len() {
        return None;
    }
    let (mut tree, mut m, mut proof) = (leaves, m, Vec::new());
    if m == 0 {
        return Some(proof);
    }
    // as long as we only went left, the older tree is a full subtree whose root the verifier holds
    let mut held = true;
    while m < tree.len() {
        let (left, right) = tree.split_at(split(tree.len()));
        if m <= left.len() {
            proof.push(root(right));
            tree = left;
        } else {
            proof.push(root(left));
            m -= left.len();
            tree = right;
            held = false;
        }
    }
    if !held {
        proof.push(root(tree));
    }
    proof.reverse();
    Some(proof)
}

/// Whether the list of `m` leaves with root `m_root` is the beginning of the list of `n` leaves with root
/// `n_root` (RFC 9162, 2.1.4.2). The empty list begins every list, with an empty proof.
#[must_use]
pub fn verify_consistency(m: u64, n: u64, m_root: &Hash, n_root: &Hash, proof: &[Hash]) -> bool {
    if m > n {
        return false;
    }
    if m == n || m == 0 {
        let same = if m == n { m_root == n_root } else { *m_root == root(&[]) };
        return proof.is_empty() && same;
    }
    // a full older tree is itself the first node of the proof
    let mut steps = m.is_power_of_two().then_some(m_root).into_iter().chain(proof);
    let Some(first) = steps.next() else { return false };
    let (mut node, mut last) = (m - 1, n - 1);
    let full_levels = node.trailing_ones();
    node >>= full_levels;
    last >>= full_levels;
    let (mut older, mut newer) = (*first, *first);
    for sibling in steps {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            older = node_hash(sibling, &older);
            newer = node_hash(sibling, &newer);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            newer = node_hash(&newer, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && older == *m_root && newer == *n_root
}

#[cfg(test)]
mod tests;
