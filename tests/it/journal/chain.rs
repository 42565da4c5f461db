//! The pure verifier: what was sealed stands, and no single change does.

use ed25519_dalek::SigningKey;
use parchemin::events::{EventLine, Seal, key_id};
use parchemin::features::journal::chain::{Chain, SealKey};
use parchemin::features::journal::{Divergence, Report};
use parchemin::rules::merkle::{Frontier, Hash};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

#[derive(Clone, Debug)]
enum Step {
    Leaf(u64, Hash, Box<EventLine>),
    Seal(Seal),
}

fn event(number: u64, label: &str) -> EventLine {
    EventLine {
        id: Uuid::from_u128(u128::from(number)),
        at: i64::try_from(number).unwrap(),
        actor_kind: "system".to_owned(),
        actor_id: None,
        role: "system".to_owned(),
        channel: "system".to_owned(),
        permission: "journal:seal".to_owned(),
        name: "journal.noted".to_owned(),
        code: "NOTED".to_owned(),
        subject_kind: "note".to_owned(),
        subject_id: Uuid::nil(),
        subject_label: label.to_owned(),
        state_before: None,
        state_after: None,
        reason: None,
        payload: json!({ "number": number }),
        documents: json!([]),
        mails: json!([]),
        request_id: None,
    }
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

/// A journal sealed after each of these numbers of events.
fn journal(batches: &[u64]) -> Vec<Step> {
    let (mut tree, mut steps) = (Frontier::default(), Vec::new());
    for size in batches {
        for _ in 0..*size {
            let event = event(tree.size(), "NOTE");
            let hash = event.leaf_hash().unwrap();
            steps.push(Step::Leaf(tree.size(), hash, Box::new(event)));
            tree.append(hash);
        }
        steps.push(Step::Seal(Seal::sign(&tree, 1, &key()).unwrap()));
    }
    steps
}

fn walk(steps: &[Step]) -> Result<Report, Divergence> {
    let public_key = key().verifying_key().to_bytes().to_vec();
    let mut chain = Chain::new(vec![SealKey { key_id: key_id(&public_key), public_key, retired_at: None }])?;
    for step in steps {
        match step {
            Step::Leaf(seq, hash, event) => chain.leaf(*seq, hash, event)?,
            Step::Seal(seal) => chain.seal(seal)?,
        }
    }
    chain.end().map_err(|(divergence, _)| divergence)
}

/// A change that someone clever makes: the leaf of the event is made again, and so are the places.
fn alter(steps: &mut Vec<Step>, place: usize, how: u8) {
    let place = place % (steps.len() - 1);
    match (how % 4, &mut steps[place]) {
        (0, Step::Leaf(_, hash, event)) => {
            "AUTRE".clone_into(&mut event.subject_label);
            *hash = event.leaf_hash().unwrap();
        }
        (0, Step::Seal(seal)) => seal.signed_at += 1,
        (1, _) => drop(steps.remove(place)),
        (2, _) => {
            let next = steps[place].clone();
            steps.insert(place, next);
        }
        _ => steps.swap(place, place + 1),
    }
    let mut next = 0;
    for step in steps {
        if let Step::Leaf(seq, ..) = step {
            *seq = next;
            next += 1;
        }
    }
}

proptest! {
    #[test]
    fn what_was_sealed_stands_and_no_change_does(
        batches in proptest::collection::vec(1_u64..6, 1..6), place in any::<usize>(), how in any::<u8>(),
    ) {
        let mut steps = journal(&batches);
        let report = walk(&steps).unwrap();
        prop_assert_eq!((report.events, report.seals), (batches.iter().sum(), batches.len() as u64));
        let seal_removed = how % 4 == 1 && matches!(steps[place % (steps.len() - 1)], Step::Seal(_));
        alter(&mut steps, place, how);
        // A seal fewer in the middle takes nothing away: the next one covers the same events.
        prop_assert_eq!(walk(&steps).is_ok(), seal_removed);
    }
}
