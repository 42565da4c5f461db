//! Published vectors of Certificate Transparency, then properties.
use super::*;
use proptest::prelude::*;

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn hash(hex: &str) -> Hash {
    bytes(hex).try_into().unwrap()
}

/// The eight leaves of the vectors.
fn published_leaves() -> Vec<Hash> {
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        .map(|content| leaf_hash(&bytes(content)))
        .to_vec()
}

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const NODE_1: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const NODE_23: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const NODE_4567: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const NODE_4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const NODE_67: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const NODE_45: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

#[test]
fn roots_are_the_published_ones() {
    let leaves = published_leaves();
    for (size, expected) in ROOTS.iter().enumerate() {
        assert_eq!(root(&leaves[..size]), hash(expected), "for {size} leaves");
    }
}

#[test]
fn inclusion_proofs_are_the_published_ones() {
    let leaves = published_leaves();
    let cases: [(usize, usize, &[&str]); 5] = [
        (0, 1, &[]),
        (0, 8, &[NODE_1, NODE_23, NODE_4567]),
        (5, 8, &[NODE_4, NODE_67, ROOTS[4]]),
        (2, 3, &[ROOTS[2]]),
        (1, 5, &[ROOTS[1], NODE_23, NODE_4]),
    ];
    for (index, size, expected) in cases {
        let expected: Vec<Hash> = expected.iter().map(|hex| hash(hex)).collect();
        assert_eq!(inclusion_proof(&leaves[..size], index), Some(expected.clone()), "leaf {index} of {size}");
        assert!(verify_inclusion(&leaves[index], index as u64, size as u64, &expected, &hash(ROOTS[size])));
    }
    assert_eq!(inclusion_proof(&leaves, 8), None);
    assert_eq!(inclusion_proof(&[], 0), None);
}

#[test]
fn consistency_proofs_are_the_published_ones() {
    let leaves = published_leaves();
    let cases: [(usize, usize, &[&str]); 4] = [
        (1, 1, &[]),
        (1, 8, &[NODE_1, NODE_23, NODE_4567]),
        (6, 8, &[NODE_45, NODE_67, ROOTS[4]]),
        (2, 5, &[NODE_23, NODE_4]),
    ];
    for (m, n, expected) in cases {
        let expected: Vec<Hash> = expected.iter().map(|hex| hash(hex)).collect();
        assert_eq!(consistency_proof(&leaves[..n], m), Some(expected.clone()), "{m} before {n}");
        assert!(verify_consistency(m as u64, n as u64, &hash(ROOTS[m]), &hash(ROOTS[n]), &expected));
    }
    assert_eq!(consistency_proof(&leaves, 9), None);
}

#[test]
fn the_empty_list_begins_every_list() {
    let leaves = published_leaves();
    assert_eq!(consistency_proof(&leaves, 0), Some(vec![]));
    assert!(verify_consistency(0, 8, &hash(ROOTS[0]), &hash(ROOTS[8]), &[]));
    assert!(!verify_consistency(0, 8, &hash(ROOTS[1]), &hash(ROOTS[8]), &[]));
    assert!(!verify_consistency(2, 1, &hash(ROOTS[2]), &hash(ROOTS[1]), &[]));
    assert!(!verify_inclusion(&leaves[0], 1, 1, &[], &hash(ROOTS[1])));
}

#[test]
fn a_stored_frontier_comes_back_or_is_refused() {
    let mut frontier = Frontier::default();
    for leaf in published_leaves().into_iter().take(7) {
        frontier.append(leaf);
    }
    let stored = serde_json::to_string(&frontier).unwrap();
    assert_eq!(serde_json::from_str::<Frontier>(&stored).unwrap(), frontier);
    assert_eq!(Frontier::from_hashes(7, frontier.hashes().to_vec()), Ok(frontier.clone()));
    let broken = Frontier::from_hashes(8, frontier.hashes().to_vec()).unwrap_err();
    assert_eq!(broken.to_string(), "a tree of 8 leaves has 1 full subtrees, 3 were given");
}

/// The definition of the RFC, word for word: slow, and obviously right.
fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => hash(ROOTS[0]),
        [leaf] => *leaf,
        _ => {
            let mut half = 1;
            while half * 2 < leaves.len() {
                half *= 2;
            }
            node_hash(&naive_root(&leaves[..half]), &naive_root(&leaves[half..]))
        }
    }
}

fn list(size: usize) -> Vec<Hash> {
    (0..size as u64).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

fn flip(hash: &Hash, bit: usize) -> Hash {
    let mut altered = *hash;
    altered[bit / 8] ^= 1 << (bit % 8);
    altered
}

proptest! {
    #[test]
    fn appending_gives_the_root_of_the_definition(size in 0usize..200) {
        let leaves = list(size);
        let mut frontier = Frontier::default();
        for (count, leaf) in leaves.iter().enumerate() {
            prop_assert_eq!(frontier.size(), count as u64);
            frontier = Frontier::from_hashes(frontier.size(), frontier.hashes().to_vec()).unwrap();
            frontier.append(*leaf);
        }
        prop_assert_eq!(frontier.root(), naive_root(&leaves));
    }

    #[test]
    fn every_inclusion_proof_holds_and_no_altered_one_does(
        size in 1usize..130, index in 0usize..130, other in 0usize..130, bit in 0usize..256, at in 0usize..8,
    ) {
        let (index, leaves) = (index % size, list(size));
        let root = naive_root(&leaves);
        let proof = inclusion_proof(&leaves, index).unwrap();
        let (leaf, place, count) = (leaves[index], index as u64, size as u64);
        prop_assert!(verify_inclusion(&leaf, place, count, &proof, &root));
        prop_assert!(!verify_inclusion(&flip(&leaf, bit), place, count, &proof, &root));
        prop_assert!(!verify_inclusion(&leaf, place, count, &proof, &flip(&root, bit)));
        prop_assert!(other == index || !verify_inclusion(&leaf, other as u64, count, &proof, &root));
        prop_assert!(!verify_inclusion(&leaf, place, count, &[proof.clone(), vec![leaf]].concat(), &root));
        if !proof.is_empty() {
            let at = at % proof.len();
            let mut altered = proof.clone();
            altered[at] = flip(&altered[at], bit);
            prop_assert!(!verify_inclusion(&leaf, place, count, &altered, &root));
            altered.remove(at);
            prop_assert!(!verify_inclusion(&leaf, place, count, &altered, &root));
        }
    }

    #[test]
    fn every_consistency_proof_holds_and_no_altered_one_does(
        n in 1usize..130, m in 1usize..130, bit in 0usize..256, at in 0usize..8,
    ) {
        let (m, leaves) = (m % n + 1, list(n));
        let (older, newer) = (naive_root(&leaves[..m]), naive_root(&leaves));
        let proof = consistency_proof(&leaves, m).unwrap();
        let (from, to) = (m as u64, n as u64);
        prop_assert!(verify_consistency(from, to, &older, &newer, &proof));
        prop_assert!(!verify_consistency(from, to, &flip(&older, bit), &newer, &proof));
        prop_assert!(!verify_consistency(from, to, &older, &flip(&newer, bit), &proof));
        prop_assert!(!verify_consistency(from, to, &older, &newer, &[proof.clone(), vec![older]].concat()));
        if !proof.is_empty() {
            let at = at % proof.len();
            let mut altered = proof.clone();
            altered[at] = flip(&altered[at], bit);
            prop_assert!(!verify_consistency(from, to, &older, &newer, &altered));
            altered.remove(at);
            prop_assert!(!verify_consistency(from, to, &older, &newer, &altered));
        }
    }

    #[test]
    fn a_rewritten_list_is_never_consistent(n in 2usize..80, m in 1usize..80, changed in 0usize..80) {
        let m = m % n + 1;
        let changed = changed % m;
        let (before, mut after) = (list(n), list(n));
        after[changed] = leaf_hash(b"rewritten");
        let proof = consistency_proof(&after, m).unwrap();
        prop_assert!(!verify_consistency(
            m as u64, n as u64, &naive_root(&before[..m]), &naive_root(&after), &proof
        ));
    }
}
