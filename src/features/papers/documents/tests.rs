//! What is printed of each kind is what its template asks for, no more and no less.

use std::collections::BTreeSet;

use super::*;
use crate::render::pdf::{PdfMeta, Standard, render, sample};
use crate::rules::training::mentions;
use crate::rules::training::mentions::tests::{TYPESET, full};

fn meta() -> PdfMeta {
    PdfMeta {
        title: "Document d’essai".to_owned(),
        ident: "01890000-0000-7000-8000-000000000001".to_owned(),
        created_at: time::macros::datetime!(2026-02-02 08:00 UTC),
    }
}

/// The places of every key, lists looked at by their first element.
fn keys(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inside) in fields {
                found.insert(format!("{at}/{name}"));
                keys(inside, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => items.iter().take(1).for_each(|item| keys(item, &format!("{at}/0"), found)),
        _ => {}
    }
}

#[test]
fn each_kind_is_typeset_from_a_text_that_says_everything() {
    for kind in TYPESET {
        let data = printed(&Config::default(), &full(kind), &[], &[7; 32]);
        let done = render(template(kind).unwrap(), &data, &files(&[7; 32]), &meta(), Standard::Plain);
        assert!(done.is_ok(), "{kind}: {:?}", done.err());
    }
}

#[test]
fn what_is_printed_has_the_names_of_the_sample() {
    for kind in TYPESET.into_iter().filter(|kind| *kind != PaperKind::GuardianNotice) {
        let name = template(kind).unwrap();
        let (_, expected) = sample(name).unwrap();
        let (mut wanted, mut found) = (BTreeSet::new(), BTreeSet::new());
        keys(&expected, "", &mut wanted);
        keys(&printed(&Config::default(), &full(kind), &[], &[7; 32]), "", &mut found);
        // what may be null in the sample has its inside only when it is there
        let foreign: Vec<_> =
            found.difference(&wanted).filter(|key| !key.starts_with("/guardian/")).collect();
        assert!(foreign.is_empty(), "{kind}: {foreign:?}");
        let lacking: Vec<_> = wanted.difference(&found).collect();
        assert!(lacking.is_empty(), "{kind}: {lacking:?}");
    }
}

#[test]
fn a_text_that_lacks_a_mention_of_its_kind_is_never_typeset_with_a_blank() {
    // the template refuses too what the table of mentions would have refused before
    for kind in TYPESET {
        let mut content = full(kind);
        content.action.title = String::new();
        assert!(mentions::missing(&content).contains(&mentions::Mention::Title), "{kind}");
        let data = printed(&Config::default(), &content, &[], &[7; 32]);
        let done = render(template(kind).unwrap(), &data, &files(&[7; 32]), &meta(), Standard::Plain);
        assert!(done.is_err(), "{kind} prints a blank title");
    }
}
