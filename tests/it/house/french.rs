//! French for people is in `templates/` and in the few kinds of files whose purpose is to hold it.

use super::source::sources;

/// Where French sentences are at home in `src/`, and why.
const HOMES: &[(&str, &str)] = &[
    ("src/features/agreements/", "words of the desk: acts, steps, messages of its pages"),
    ("*/labels.rs", "words of enumerations, states and components"),
    ("*/labels/*", "the same, where they are too many for one file"),
    ("*/error.rs", "details of refusals"),
    ("*/input.rs", "messages of faults"),
    ("*/input/*", "the same, where an input has several parts"),
    ("*/wording.rs", "words that letters put together"),
    ("*/actions/*", "messages of faults"),
    ("src/features/agreements/decision_rules.rs", "messages of faults"),
    ("src/worker/mail", "words of the outbox and of the headers"),
    ("src/worker/recipients.rs", "why a message has nobody to go to"),
    ("src/backup/", "what an operator reads of a copy"),
    ("src/cli/", "what an operator reads"),
    ("src/config/", "refused configurations"),
    ("src/rules/", "messages of refused values, names of territories and of holidays"),
    ("src/render/", "the French way to write a date or a number, names in texts"),
    ("src/authz/policy.rs", "details of refusals"),
    ("src/db/mod.rs", "details of refusals"),
    ("src/db/search.rs", "the accented letters that a search takes for plain ones"),
    ("src/features/settings/key.rs", "messages of refused settings"),
    ("src/http/api/body.rs", "faults of a body that cannot be read"),
    ("src/http/api/problem.rs", "titles and details of problems"),
    ("src/mailer.rs", "the answer shown beside a message that waits"),
    ("src/storage/content.rs", "messages of refused files"),
];

#[test]
fn french_stays_where_it_is_looked_for() {
    let mut found = Vec::new();
    for source in sources(&["src"]).iter().filter(|source| !source.is_tests() && !at_home(&source.path)) {
        let french = source.literals().into_iter().filter(|text| text.contains(is_french));
        found.extend(
            french.map(|text| format!("{}: {}", source.path, text.chars().take(70).collect::<String>())),
        );
    }
    assert!(found.is_empty(), "French outside its home:\n{}", found.join("\n"));
}

#[test]
fn every_home_is_lived_in() {
    for (home, _) in HOMES {
        let lived = sources(&["src"]).iter().any(|source| is_in(&source.path, home));
        assert!(lived, "{home} is not there any more");
    }
}

fn at_home(path: &str) -> bool {
    HOMES.iter().any(|(home, _)| is_in(path, home))
}

/// A home is what a path begins with (`src/cli/`), a name in any folder (`*/labels.rs`), or a folder in any folder
/// (`*/actions/*`).
fn is_in(path: &str, home: &str) -> bool {
    if let Some(folder) = home.strip_prefix('*').and_then(|home| home.strip_suffix('*')) {
        return path.contains(folder);
    }
    match home.strip_prefix('*') {
        Some(name) => path.ends_with(name),
        None => path.starts_with(home),
    }
}

fn is_french(c: char) -> bool {
    "àâçéèêëîïôùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ«»’\u{202f}".contains(c)
}
