//! Which nodes a proof is made of, so that a long list is read once, only where needed, and never held whole.

use std::ops::Range;

/// A node of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// The full subtree of that rank, the largest first, of the older tree: [`super::Frontier::hashes`] holds it.
    Peak(usize),
    /// The root over these leaves.
    Over(Range<u64>),
}

/// The nodes that prove a leaf, from the leaf to the root; the older tree is that of the leaves before it.
/// `None` when a list of `size` leaves has no such leaf.
#[must_use]
pub fn inclusion_plan(index: u64, size: u64) -> Option<Vec<Node>> {
    if index >= size {
        return None;
    }
    let (mut tree, mut peaks, mut plan) = (0..size, 0, Vec::new());
    while tree.end - tree.start > 1 {
        let middle = split(&tree);
        if index < middle {
            plan.push(Node::Over(middle..tree.end));
            tree.end = middle;
        } else {
            plan.push(Node::Peak(peaks));
            peaks += 1;
            tree.start = middle;
        }
    }
    plan.reverse();
    Some(plan)
}

/// The nodes that prove that the first `m` leaves are the beginning of `n` leaves; the older tree is that of the
/// `m` leaves. `None` when `m` is greater than `n`.
#[must_use]
pub fn consistency_plan(m: u64, n: u64) -> Option<Vec<Node>> {
    if m > n {
        return None;
    }
    let (mut tree, mut peaks, mut plan) = (0..n, 0, Vec::new());
    if m == 0 {
        return Some(plan);
    }
    while m < tree.end {
        let middle = split(&tree);
        if m <= middle {
            plan.push(Node::Over(middle..tree.end));
            tree.end = middle;
        } else {
            plan.push(Node::Peak(peaks));
            peaks += 1;
            tree.start = middle;
        }
    }
    if tree.start > 0 {
        plan.push(Node::Peak(peaks));
    }
    plan.reverse();
    Some(plan)
}

/// Where a range of two leaves at least is split: its start plus the largest power of two below its length.
fn split(tree: &Range<u64>) -> u64 {
    tree.start + (1 << (tree.end - tree.start - 1).ilog2())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::merkle::{Frontier, Hash, consistency_proof, inclusion_proof, leaf_hash, root};
    use proptest::prelude::*;

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|leaf| leaf_hash(&leaf.to_be_bytes())).collect()
    }

    fn follow(plan: Vec<Node>, leaves: &[Hash], older: u64) -> Vec<Hash> {
        let at = |place: u64| usize::try_from(place).unwrap();
        let mut tree = Frontier::default();
        leaves[..at(older)].iter().for_each(|leaf| tree.append(*leaf));
        let hash = |node| match node {
            Node::Peak(rank) => tree.hashes()[rank],
            Node::Over(range) => root(&leaves[at(range.start)..at(range.end)]),
        };
        plan.into_iter().map(hash).collect()
    }

    proptest! {
        #[test]
        fn a_planned_proof_is_the_proof(size in 1_u64..300, place in 0_u64..300) {
            let (list, index) = (leaves(size), place % size);
            let planned = follow(inclusion_plan(index, size).unwrap(), &list, index);
            prop_assert_eq!(Some(planned), inclusion_proof(&list, usize::try_from(index).unwrap()));
            let older = place % (size + 1);
            let planned = follow(consistency_plan(older, size).unwrap(), &list, older);
            prop_assert_eq!(Some(planned), consistency_proof(&list, usize::try_from(older).unwrap()));
        }
    }

    #[test]
    fn there_is_no_proof_of_what_is_not_there() {
        assert_eq!(inclusion_plan(3, 3), None);
        assert_eq!(consistency_plan(4, 3), None);
        assert_eq!(consistency_plan(0, 3), Some(vec![]));
    }
}
