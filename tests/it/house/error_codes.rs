//! Codes of errors are stable for ever: kebab-case, and one meaning each.

use std::collections::{BTreeMap, BTreeSet};

use super::source::sources;

/// Codes that several parts answer with the same meaning.
const SHARED: [&str; 4] = ["not-found", "invalid", "stale", "internal"];

#[test]
fn every_code_is_kebab_case() {
    let codes: BTreeSet<_> = codes().into_iter().filter(|(code, _)| !is_kebab(code)).collect();
    assert!(codes.is_empty(), "not kebab-case: {codes:?}");
}

#[test]
fn a_code_has_one_meaning() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (code, path) in codes() {
        places.entry(code).or_default().insert(path);
    }
    places.retain(|code, paths| paths.len() > 1 && !SHARED.contains(&code.as_str()));
    assert!(places.is_empty(), "used in several places: {places:#?}");
}

/// The words that `DomainError::code` answers, with their file.
fn codes() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for source in sources(&["src"]) {
        let code = source.code();
        for errors in code.split("\nimpl DomainError for ").skip(1) {
            let errors = errors.split("\n}").next().unwrap_or_default();
            let words = after(errors, "fn code(&self) -> &'static str {", "\n    }");
            let words = words.iter().flat_map(|body| quoted(body));
            found.extend(words.map(|word| (word, source.path.clone())));
        }
    }
    found
}

/// The text between each opening and the next closing.
fn after(code: &str, opening: &str, closing: &str) -> Vec<String> {
    let parts = code.split(opening).skip(1);
    parts.map(|part| part.split(closing).next().unwrap_or_default().to_owned()).collect()
}

fn quoted(body: &str) -> Vec<String> {
    body.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn is_kebab(code: &str) -> bool {
    !code.is_empty()
        && code.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}
