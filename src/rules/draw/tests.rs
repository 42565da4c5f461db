//! The draw, by hand and by properties.

use super::*;
use proptest::prelude::*;

const SEED: &str = "0123456789abcdef0123456789abcdef";

fn stratum(name: &str, weight: u32, least: u32, most: Option<u32>) -> Stratum {
    Stratum { name: name.to_owned(), weight, least, most }
}

fn inputs(size: u32, strata: Vec<Stratum>, held: &[(&str, u32)]) -> Inputs {
    let things = held.iter().flat_map(|(name, count)| {
        (0..*count).map(|at| Thing { key: format!("{name}-{at}"), stratum: (*name).to_owned() })
    });
    Inputs { algorithm: ALGORITHM.to_owned(), seed: SEED.to_owned(), size, strata, things: things.collect() }
}

fn shares(size: u32, strata: Vec<Stratum>, held: &[(&str, u32)]) -> (Vec<u32>, u32) {
    let draw = draw(&inputs(size, strata, held)).unwrap();
    (draw.shares.iter().map(|share| share.seats).collect(), draw.unfilled)
}

#[test]
fn a_ticket_is_what_sha256sum_says() {
    for (key, expected) in [
        ("AGT-2024-0001", "6b042364c8e848fe7d792e268e61ef5c562413d3d8b4cb295c9aa60fa906ccd3"),
        ("AGT-2024-0002", "61a3c877286aaa9c33b012945efc49b9ee1d8b68a8fadc7e35f261a5e4bd4cdb"),
    ] {
        assert_eq!(ticket(SEED, key), expected, "{key}");
    }
}

#[test]
fn seats_follow_sizes_and_weights_within_bounds() {
    for (size, strata, held, expected) in [
        (5, vec![stratum("a", 1, 0, None)], vec![("a", 9)], (vec![5], 0)),
        (
            5,
            vec![stratum("a", 1, 0, None), stratum("b", 1, 0, None)],
            vec![("a", 60), ("b", 40)],
            (vec![3, 2], 0),
        ),
        // A stratum of ten that counts nine times as much has as much right as one of ninety.
        (
            4,
            vec![stratum("a", 1, 0, None), stratum("b", 9, 0, None)],
            vec![("a", 90), ("b", 10)],
            (vec![2, 2], 0),
        ),
        (
            4,
            vec![stratum("a", 1, 0, Some(1)), stratum("b", 1, 2, None)],
            vec![("a", 100), ("b", 10)],
            (vec![1, 3], 0),
        ),
        // What is not there is not drawn.
        (
            6,
            vec![stratum("a", 1, 3, None), stratum("b", 1, 0, Some(2))],
            vec![("a", 1), ("b", 10)],
            (vec![1, 2], 3),
        ),
        (
            3,
            vec![stratum("a", 1, 0, None), stratum("b", 1, 0, None)],
            vec![("a", 5), ("b", 5)],
            (vec![2, 1], 0),
        ),
        (2, vec![stratum("a", 1, 0, None)], vec![], (vec![0], 2)),
    ] {
        assert_eq!(shares(size, strata.clone(), &held), expected, "{size} of {strata:?}");
    }
}

#[test]
fn every_fault_of_the_inputs_is_told() {
    let good = || inputs(2, vec![stratum("a", 1, 0, None)], &[("a", 3)]);
    let with = |change: fn(&mut Inputs)| {
        let mut inputs = good();
        change(&mut inputs);
        inputs
    };
    for (inputs, expected) in [
        (good(), vec![]),
        (with(|one| one.algorithm = "dice".to_owned()), vec![DrawFault::Algorithm]),
        (with(|one| one.seed = "short".to_owned()), vec![DrawFault::Seed]),
        (with(|one| one.seed = format!("{SEED}\n")), vec![DrawFault::Seed]),
        (with(|one| one.size = 0), vec![DrawFault::Size]),
        (with(|one| one.strata[0].weight = 0), vec![DrawFault::Stratum("a".to_owned())]),
        (with(|one| one.strata[0].least = 3), vec![DrawFault::Least(3)]),
        (
            with(|one| {
                one.strata[0].least = 2;
                one.strata[0].most = Some(1);
            }),
            vec![DrawFault::Bounds("a".to_owned())],
        ),
        (
            with(|one| {
                one.strata.push(stratum("a", 1, 0, None));
                one.things[0].stratum = "z".to_owned();
                one.things[2].key = one.things[1].key.clone();
            }),
            vec![
                DrawFault::Stratum("a".to_owned()),
                DrawFault::NoStratum("a-0".to_owned()),
                DrawFault::Thing("a-1".to_owned()),
            ],
        ),
    ] {
        assert_eq!(faults(&inputs), expected);
        assert_eq!(draw(&inputs).is_err(), !expected.is_empty());
    }
}

#[test]
fn the_record_of_a_draw_is_read_back_as_it_was() {
    let inputs = inputs(2, vec![stratum("a", 2, 1, Some(4))], &[("a", 5)]);
    let read: Inputs = serde_json::from_str(&serde_json::to_string(&inputs).unwrap()).unwrap();
    assert_eq!(draw(&read), draw(&inputs));
}

prop_compose! {
    fn any_inputs()(
        rows in proptest::collection::vec((0u32..30, 1u32..20, 0u32..4, proptest::option::of(0u32..8)), 1..5),
        extra in 1u32..25,
        seed in any::<u64>(),
    ) -> Inputs {
        let named = |at: usize| format!("s{at}");
        let strata: Vec<Stratum> = rows.iter().enumerate().map(|(at, (_, weight, least, most))| {
            stratum(&named(at), *weight, *least, most.map(|most| most + *least))
        }).collect();
        let size = extra + strata.iter().map(|one| one.least).sum::<u32>();
        let things = rows.iter().enumerate().flat_map(|(at, (count, ..))| {
            (0..*count).map(move |one| Thing { key: format!("k{at}-{one}"), stratum: named(at) })
        });
        let seed = format!("{seed:032x}");
        Inputs { algorithm: ALGORITHM.to_owned(), seed, size, things: things.collect(), strata }
    }
}

proptest! {
    #[test]
    fn the_same_inputs_give_the_same_draw_in_whatever_order_they_come(inputs in any_inputs()) {
        let drawn = draw(&inputs).unwrap();
        prop_assert_eq!(&drawn, &draw(&inputs).unwrap());
        let mut turned = inputs.clone();
        turned.things.reverse();
        turned.strata.reverse();
        prop_assert_eq!(&drawn, &draw(&turned).unwrap());
    }

    #[test]
    fn bounds_are_kept_and_nothing_that_could_be_drawn_is_left(inputs in any_inputs()) {
        let drawn = draw(&inputs).unwrap();
        for (share, stratum) in drawn.shares.iter().zip(&inputs.strata) {
            let most = stratum.most.unwrap_or(u32::MAX).min(share.population);
            prop_assert!(share.seats <= most && share.seats >= stratum.least.min(most));
            prop_assert!(drawn.unfilled == 0 || share.seats == most);
        }
        let given: u32 = drawn.shares.iter().map(|share| share.seats).sum();
        prop_assert_eq!(given + drawn.unfilled, inputs.size);
        prop_assert_eq!(drawn.picks.len(), usize::try_from(given).unwrap());
    }

    #[test]
    fn nothing_is_drawn_twice_and_the_smallest_tickets_of_a_stratum_are(inputs in any_inputs()) {
        let drawn = draw(&inputs).unwrap();
        let keys: BTreeSet<_> = drawn.picks.iter().map(|pick| &pick.key).collect();
        prop_assert_eq!(keys.len(), drawn.picks.len());
        for share in &drawn.shares {
            let own = drawn.picks.iter().filter(|pick| pick.stratum == share.stratum);
            let last = own.map(|pick| pick.ticket.clone()).max().unwrap_or_default();
            let left = inputs.things.iter().filter(|thing| thing.stratum == share.stratum && !keys.contains(&thing.key));
            for thing in left {
                prop_assert!(ticket(&inputs.seed, &thing.key) >= last);
            }
        }
    }

    #[test]
    fn a_thing_more_moves_no_other_ticket(inputs in any_inputs()) {
        let mut more = inputs.clone();
        more.things.push(Thing { key: "new".to_owned(), stratum: inputs.strata[0].name.clone() });
        let known = |drawn: &Draw| drawn.picks.iter().map(|pick| (pick.key.clone(), pick.ticket.clone())).collect::<BTreeMap<_, _>>();
        let (before, after) = (known(&draw(&inputs).unwrap()), known(&draw(&more).unwrap()));
        for (key, ticket) in &before {
            prop_assert!(after.get(key).is_none_or(|same| same == ticket));
        }
    }
}
