//! What may be kept of a sheet.

use entity::programme_price::{Payer, PriceUnit};

use super::*;

fn aimed() -> Aimed {
    let set = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    Aimed { blocs: set(&["B1"]), skills: set(&["C1", "C2"]) }
}

fn pointers(document: &Document) -> Vec<String> {
    match read(document, &aimed()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| fault.pointer).collect(),
    }
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

fn price(payer: Payer, amount_cents: i64) -> Price {
    Price { payer, unit: PriceUnit::Person, amount_cents, note: String::new() }
}

#[test]
fn an_empty_draft_may_be_kept() {
    assert_eq!(read(&Document::default(), &Aimed::default()), Ok(Document::default()));
}

#[test]
fn texts_are_tidied() {
    let typed = Document {
        title: "  Gestes\n et  postures ".to_owned(),
        audience: " Encadrants \r\n\r\n Salariés ".to_owned(),
        objectives: list(&["Repérer", " ", "Agir"]),
        nsf: "333 T".to_owned(),
        rome: list(&["k2111", "K2111"]),
        blocs: list(&["b1"]),
        modules: vec![Module { title: "Un".to_owned(), skills: list(&["c1", "C1"]), ..Module::default() }],
        ..Document::default()
    };
    let kept = read(&typed, &aimed()).unwrap();
    assert_eq!(
        (kept.title.as_str(), kept.audience.as_str()),
        ("Gestes et postures", "Encadrants\n\nSalariés")
    );
    assert_eq!((kept.objectives, kept.nsf.as_str()), (list(&["Repérer", "Agir"]), "333t"));
    assert_eq!((kept.rome, kept.blocs), (list(&["K2111"]), list(&["B1"])));
    assert_eq!(kept.modules[0].skills, list(&["C1"]));
}

#[test]
fn every_value_that_cannot_be_kept_is_told_at_once() {
    let typed = Document {
        title: "a".repeat(301),
        audience: "un\u{7}deux".to_owned(),
        duration_minutes: Some(0),
        half_days: Some(401),
        group_min: Some(8),
        group_max: Some(4),
        blocs: list(&["B9"]),
        nsf: "33".to_owned(),
        formacodes: list(&["4455", "44554", "44555", "44556", "44557", "44558"]),
        rome: list(&["Z0000"]),
        prices: vec![price(Payer::Opco, -1), price(Payer::Opco, 10)],
        modules: vec![Module { skills: list(&["C9"]), ..Module::default() }],
        ..Document::default()
    };
    let expected = [
        "/title",
        "/audience",
        "/duration_minutes",
        "/half_days",
        "/group_max",
        "/blocs/0",
        "/nsf",
        "/formacodes",
        "/formacodes/0",
        "/rome/0",
        "/prices/0/amount_cents",
        "/prices/1/unit",
        "/modules/0/title",
        "/modules/0/skills/0",
    ];
    assert_eq!(pointers(&typed), expected);
}

#[test]
fn codes_have_their_shape() {
    for (nsf, fits) in
        [("", true), ("333", true), ("333t", true), ("33", false), ("3333", false), ("333tt", false)]
    {
        let typed = Document { nsf: nsf.to_owned(), ..Document::default() };
        assert_eq!(pointers(&typed).is_empty(), fits, "{nsf}");
    }
    for (rome, fits) in
        [("K2111", true), ("N1103", true), ("O1103", false), ("K211", false), ("21111", false)]
    {
        let typed = Document { rome: list(&[rome]), ..Document::default() };
        assert_eq!(pointers(&typed).is_empty(), fits, "{rome}");
    }
}

#[test]
fn modules_and_prices_are_put_moved_and_taken_away() {
    let module = |title: &str| Module { title: title.to_owned(), ..Module::default() };
    let titles =
        |document: &Document| document.modules.iter().map(|module| module.title.clone()).collect::<Vec<_>>();
    let mut document = Document::default();
    document.put_module(None, module("un"), 9);
    document.put_module(None, module("deux"), 0);
    assert_eq!(titles(&document), ["deux", "un"]);
    document.put_module(Some(0), module("deux bis"), 1);
    assert_eq!(titles(&document), ["un", "deux bis"]);
    document.remove_module(5);
    document.remove_module(0);
    assert_eq!(titles(&document), ["deux bis"]);
    document.put_price(None, price(Payer::Opco, 1));
    document.put_price(Some(0), price(Payer::Member, 2));
    document.put_price(Some(7), price(Payer::Public, 3));
    let payers: Vec<_> = document.prices.iter().map(|price| price.payer).collect();
    assert_eq!(payers, [Payer::Member, Payer::Public]);
    document.remove_price(0);
    assert_eq!(document.prices.len(), 1);
}
