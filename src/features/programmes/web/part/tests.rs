//! The forms of a sheet give back what they show, and know their faults.

use super::*;
use crate::rules::training::programme::{Aimed, read};

fn document() -> Document {
    Document {
        title: "Gestes".to_owned(),
        objectives: vec!["Repérer".to_owned(), "Agir".to_owned()],
        duration_minutes: Some(750),
        half_days: Some(4),
        group_min: Some(4),
        group_max: Some(10),
        nsf: "333t".to_owned(),
        formacodes: vec!["44554".to_owned(), "44555".to_owned()],
        prices: vec![Price {
            payer: Payer::Opco,
            unit: PriceUnit::Day,
            amount_cents: 0,
            note: "pris en charge".to_owned(),
        }],
        modules: vec![
            Module { title: "Un".to_owned(), content: "Voir".to_owned(), ..Module::default() },
            Module { title: "Deux".to_owned(), duration_minutes: Some(90), ..Module::default() },
        ],
        ..Document::default()
    }
}

fn sent(values: &[(String, String)]) -> FormData {
    let fields: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    FormData::of(&fields)
}

#[test]
fn what_a_form_shows_sent_back_changes_nothing() {
    for part in Part::ALL {
        for item in [None, Some(0), Some(1)] {
            let known = document();
            if item.is_none() != part.count(&known).is_none() || !part.holds(item, &known) {
                continue;
            }
            let mut after = known.clone();
            part.apply(item, &sent(&part.values(item, &known)), &mut after);
            assert_eq!(after, known, "{part:?} {item:?}");
        }
        assert_eq!(Part::of(part.word()), Some(part));
    }
    assert_eq!(Part::of("rien"), None);
}

#[test]
fn things_are_added_moved_and_taken_away() {
    let mut known = document();
    Part::Module.apply(None, &FormData::of(&[("title", "Trois"), ("rank", "1")]), &mut known);
    Part::Module.apply(Some(2), &FormData::of(&[("retirer", "oui")]), &mut known);
    let titles: Vec<_> = known.modules.iter().map(|module| module.title.as_str()).collect();
    assert_eq!(titles, ["Trois", "Un"]);
    Part::Price.apply(Some(0), &FormData::of(&[("retirer", "oui")]), &mut known);
    assert!(known.prices.is_empty());
}

#[test]
fn faults_go_to_their_fields() {
    for (part, position, pointer, expected) in [
        (Part::Organisation, 0, "/group_max", "/group_max"),
        (Part::Organisation, 0, "/nsf", ""),
        (Part::Codes, 0, "/rome/2", "/rome"),
        (Part::Module, 1, "/modules/1/title", "/title"),
        (Part::Module, 1, "/modules/1/skills/0", "/skills"),
        (Part::Module, 1, "/modules/10/title", ""),
        (Part::Price, 0, "/prices/0/amount_cents", "/amount_cents"),
    ] {
        assert_eq!(part.field(position, pointer), expected, "{pointer}");
    }
}

#[test]
fn what_is_no_number_is_a_fault() {
    let mut known = document();
    let wrong = [("duration_minutes", "longtemps"), ("half_days", "deux"), ("group_min", "0")];
    Part::Organisation.apply(None, &FormData::of(&wrong), &mut known);
    Part::Price.apply(Some(0), &FormData::of(&[("amount_cents", "cher")]), &mut known);
    let faults = read(&known, &Aimed::default()).unwrap_err();
    let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(pointers, ["/duration_minutes", "/half_days", "/group_min", "/prices/0/amount_cents"]);
}

#[test]
fn what_lacks_leads_to_its_form() {
    for (field, expected) in [
        ("goal", "presentation#champ-goal"),
        ("nsf", "codes#champ-nsf"),
        ("prices", "tarifs"),
        ("modules", "modules"),
        ("coverage", "modules"),
    ] {
        assert_eq!(Part::place(field), expected);
    }
}
