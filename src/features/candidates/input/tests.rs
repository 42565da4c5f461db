//! What is typed, kept or refused.

use time::macros::date;

use super::*;

const TODAY: Date = date!(2026 - 03 - 12);

fn typed() -> TypedCandidate {
    TypedCandidate {
        way: "fc".to_owned(),
        identity: TypedIdentity {
            civil: TypedCivilStatus {
                birth_name: "N’Guyen-d’Arc".to_owned(),
                first_names: ["Anne Lise".to_owned(), "Zoé".to_owned(), String::new()],
                sex: "F".to_owned(),
                birth_date: "12/05/1985".to_owned(),
                birth_commune: "97611".to_owned(),
                ..TypedCivilStatus::default()
            },
            seen: TypedSeen {
                document: "passport".to_owned(),
                on: "2026-03-02".to_owned(),
                by: "Maëlys Kerzoncuf".to_owned(),
            },
        },
        contact: TypedContact { contract: "cddi".to_owned(), ..TypedContact::default() },
    }
}

fn pointers(refused: Result<NewCandidate, Vec<Fault>>) -> Vec<String> {
    refused.unwrap_err().into_iter().map(|fault| fault.pointer).collect()
}

#[test]
fn a_person_is_read_whole() {
    let new = typed().read(TODAY).unwrap();
    assert_eq!(new.identity.civil.first_names.in_order[0].as_str(), "Anne Lise");
    assert!(score(&new.identity).is_complete());
    assert!(new.contact.email.is_empty(), "no address is needed");
}

#[test]
fn every_fault_is_told_at_once_where_it_was_typed() {
    let mut wrong = typed();
    wrong.way = "autre".to_owned();
    wrong.identity.civil.birth_date = "30/02/1985".to_owned();
    wrong.identity.seen.on = "2026-03-13".to_owned();
    wrong.contact.email = "sans arobase".to_owned();
    wrong.contact.contract = String::new();
    let expected =
        ["/way", "/civil_status/birth_date", "/identity/seen_on", "/contact/email", "/contact/contract"];
    assert_eq!(pointers(wrong.read(TODAY)), expected);
}

#[test]
fn a_civil_status_may_lack_much_but_not_every_name() {
    let mut little = typed();
    little.identity = TypedIdentity::default();
    assert_eq!(pointers(little.read(TODAY)), ["/civil_status/birth_name"]);
    little.identity.civil.first_names[0] = "Zoé".to_owned();
    let new = little.read(TODAY).unwrap();
    assert!(score(&new.identity).score() < 50);
}

#[test]
fn a_minor_has_a_representative() {
    let mut young = typed();
    young.identity.civil.birth_date = "13/03/2008".to_owned();
    assert_eq!(pointers(young.read(TODAY)), ["/contact/guardian"]);
    young.contact.guardian = "Aïcha N’Guyen, 06 39 98 10 00".to_owned();
    assert!(young.read(TODAY).is_ok());
}

#[test]
fn no_message_is_sent_to_somebody_detained() {
    let mut inside = typed();
    inside.contact.detained = true;
    inside.contact.email = "zoe@exemple.test".to_owned();
    assert_eq!(pointers(inside.read(TODAY)), ["/contact/email"]);
}

#[test]
fn a_document_and_the_day_it_was_seen_go_together() {
    for (document, on, expected) in [
        ("", "", vec![]),
        ("", "2026-03-02", vec!["/identity/document"]),
        ("passport", "", vec!["/identity/seen_on"]),
        ("carte vitale", "", vec!["/identity/document"]),
    ] {
        let mut one = typed();
        one.identity.seen = TypedSeen { document: document.to_owned(), on: on.to_owned(), by: String::new() };
        let found = one.read(TODAY).err().unwrap_or_default();
        let found: Vec<_> = found.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(found, expected, "{document} {on}");
    }
}

#[test]
fn nobody_is_put_out_unheard() {
    for (reason, heard_on, expected) in [
        ("Substitution de personne", "2026-03-10", vec![]),
        ("", "", vec!["/reason", "/heard_on"]),
        ("Substitution de personne", "2026-03-13", vec!["/heard_on"]),
    ] {
        let typed = TypedExclusion { reason: reason.to_owned(), heard_on: heard_on.to_owned() };
        let found = typed.read(TODAY).err().unwrap_or_default();
        let found: Vec<_> = found.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(found, expected, "{reason} {heard_on}");
    }
}

#[test]
fn nothing_more_is_asked_of_a_reason_of_health() {
    let read = |leaving: &str, note: &str| {
        TypedWithdrawal { leaving: leaving.to_owned(), note: note.to_owned() }.read()
    };
    assert_eq!(read("health", "des mots de trop").unwrap().note, "");
    assert!(read("other", "").is_err());
    assert!(read("work", "").is_ok());
    assert!(read("", "").is_err());
}

#[test]
fn what_lacks_is_named_line_by_line() {
    assert_eq!(
        lack("Livret\n\n Signature de la tutrice ").unwrap(),
        "Livret\u{202f}; Signature de la tutrice"
    );
    assert!(lack(" \n ").is_err());
}

#[test]
fn a_path_begins_around_today() {
    for (typed, expected) in [
        ("2026-03-01", true),
        ("01/09/2026", true),
        ("2019-01-01", false),
        ("", false),
        ("2028-01-01", false),
    ] {
        assert_eq!(starts_on(typed, TODAY).is_ok(), expected, "{typed}");
    }
}
