//! What was probably meant: the small accidents of spreadsheets and of typing.

use super::columns::{alike, distance};
use crate::rules::fold::fold;

/// The first repaired form of a value that is accepted.
///
/// Spreadsheets drop the zeros in front of numbers; people type the letter O for a zero, a comma for a dot, a
/// space inside an address.
#[must_use]
pub fn suggest(value: &str, accepted: impl Fn(&str) -> bool) -> Option<String> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let without_spaces: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let digits: String = without_spaces
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'I' | 'l' => '1',
            other => other,
        })
        .collect();
    let repaired = [
        without_spaces.clone(),
        format!("0{without_spaces}"),
        format!("00{without_spaces}"),
        digits,
        without_spaces.replace(',', "."),
        without_spaces.trim_matches(['.', ',', ';', '<', '>']).to_owned(),
    ];
    repaired.into_iter().find(|text| text != value && accepted(text))
}

/// The word that a value resembles most, among those that are understood.
#[must_use]
pub fn nearest(value: &str, words: impl IntoIterator<Item = &'static str>) -> Option<String> {
    let written = fold(value.trim());
    let near = words.into_iter().filter(|word| fold(word) != written && alike(word, &written));
    near.min_by_key(|word| distance(&fold(word), &written)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::email_address::EmailAddress;
    use crate::rules::siret::Siret;

    #[test]
    fn accidents_of_spreadsheets_and_of_typing_are_undone() {
        let siret = |text: &str| Siret::parse(text).is_ok();
        let email = |text: &str| EmailAddress::parse(text).is_ok();
        assert_eq!(suggest("197534712000l7", siret).as_deref(), Some("19753471200017"));
        assert_eq!(suggest("zoe @morvan.exemple", email).as_deref(), Some("zoe@morvan.exemple"));
        assert_eq!(suggest("zoe@morvan,exemple", email).as_deref(), Some("zoe@morvan.exemple"));
        assert_eq!(suggest("1000", |text| text == "01000").as_deref(), Some("01000"));
        assert_eq!(suggest("", |_| true), None);
    }

    #[test]
    fn the_word_that_looks_like_the_value_is_found() {
        let words = ["jury", "réunion", "contrôle"];
        for (value, expected) in [
            ("jurys", Some("jury")),
            (" REUNIONS", Some("réunion")),
            ("controles", Some("contrôle")),
            ("jury", None),
            ("pique-nique", None),
            ("", None),
        ] {
            assert_eq!(nearest(value, words).as_deref(), expected, "{value}");
        }
    }
}
