//! Who may import whom: `docs/architecture.md`, "Who may import whom".

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, sources};

/// A feature may use the face of another along these edges only; they form no cycle. A new edge is a decision.
const EDGES: &[(&str, &str)] = &[
    ("access", "accounts"),
    ("access", "structures"),
    ("agreements", "availability"),
    ("agreements", "rights"),
    ("agreements", "settings"),
    ("agreements", "ties"),
    ("candidates", "agreements"),
    ("candidates", "certifications"),
    ("candidates", "rights"),
    ("candidates", "structures"),
    ("candidates", "ties"),
    ("certificates", "agreements"),
    ("certificates", "certifications"),
    ("certificates", "journal"),
    ("certifications", "rights"),
    ("experts", "agreements"),
    ("experts", "availability"),
    ("experts", "certifications"),
    ("experts", "rights"),
    ("experts", "settings"),
    ("experts", "ties"),
    ("figures", "certifications"),
    ("figures", "juries"),
    ("figures", "settings"),
    ("home", "access"),
    ("home", "agreements"),
    ("home", "certificates"),
    ("home", "experts"),
    ("home", "juries"),
    ("home", "meetings"),
    ("home", "minutes"),
    ("home", "missions"),
    ("home", "notices"),
    ("home", "panels"),
    ("home", "rights"),
    ("home", "settings"),
    ("home", "supports"),
    ("home", "ties"),
    ("home", "work"),
    ("inspections", "agreements"),
    ("inspections", "missions"),
    ("inspections", "settings"),
    ("inspections", "ties"),
    ("journal", "access"),
    ("journal", "accounts"),
    ("journal", "agreements"),
    ("journal", "candidates"),
    ("journal", "experts"),
    ("journal", "inspections"),
    ("journal", "juries"),
    ("journal", "meetings"),
    ("journal", "missions"),
    ("journal", "notices"),
    ("journal", "panels"),
    ("journal", "settings"),
    ("journal", "structures"),
    ("journal", "supports"),
    ("journal", "ties"),
    ("juries", "agreements"),
    ("juries", "candidates"),
    ("juries", "certifications"),
    ("juries", "missions"),
    ("juries", "panels"),
    ("juries", "settings"),
    ("mail", "notices"),
    ("meetings", "agreements"),
    ("meetings", "availability"),
    ("meetings", "rights"),
    ("meetings", "settings"),
    ("minutes", "agreements"),
    ("minutes", "candidates"),
    ("minutes", "certificates"),
    ("minutes", "juries"),
    ("minutes", "rights"),
    ("missions", "agreements"),
    ("missions", "availability"),
    ("missions", "certifications"),
    ("missions", "experts"),
    ("missions", "meetings"),
    ("missions", "rights"),
    ("missions", "settings"),
    ("missions", "structures"),
    ("missions", "ties"),
    ("network", "agreements"),
    ("network", "experts"),
    ("network", "missions"),
    ("network", "rights"),
    ("network", "settings"),
    ("panels", "availability"),
    ("panels", "certifications"),
    ("panels", "experts"),
    ("panels", "missions"),
    ("panels", "settings"),
    ("panels", "ties"),
    ("rights", "settings"),
    ("site", "agreements"),
    ("site", "settings"),
    ("structures", "agreements"),
    ("structures", "rights"),
    ("structures", "ties"),
    ("supports", "agreements"),
    ("supports", "missions"),
    ("supports", "settings"),
    ("ties", "rights"),
    ("ties", "settings"),
    ("work", "agreements"),
    ("work", "candidates"),
    ("work", "certificates"),
    ("work", "experts"),
    ("work", "juries"),
    ("work", "minutes"),
    ("work", "missions"),
];

/// Pages that still hold a read of their own; the list may only shrink.
const READS_OF_PAGES: [&str; 4] = [
    "agreements/web/documents.rs",
    "agreements/web/doing.rs",
    "agreements/web/perform.rs",
    "agreements/web/rights.rs",
];

/// The features of juries, whose row of the map tells the faces that they use.
const MAPPED: [&str; 6] = ["candidates", "certificates", "figures", "juries", "minutes", "panels"];

/// Top of `src/` that know the features: they gather them or call them.
const CALLERS: [&str; 4] = ["features", "cli", "demo", "main.rs"];

#[test]
fn the_tables_and_the_schema_know_nothing_of_the_service() {
    refuse(&sources(&["entity/src", "migration/src"]), |source, path| {
        let other = if source.path.starts_with("entity/") { "migration" } else { "entity" };
        starts_in(path, "parchemin") || starts_in(path, other)
    });
}

#[test]
fn mechanisms_know_no_feature() {
    refuse(&sources(&["src"]), |source, path| {
        let caller = CALLERS.contains(&top(&source.path));
        !caller
            && ["features", "cli", "demo"].iter().any(|module| starts_in(path, &format!("crate::{module}")))
    });
}

#[test]
fn features_are_not_callers_of_the_command_line() {
    refuse(&sources(&["src/features"]), |_, path| starts_in(path, "crate::cli"));
}

#[test]
fn what_decides_and_changes_knows_nothing_of_the_transport() {
    let inside = ["actions", "queries", "state", "input", "error", "events", "jobs"];
    refuse(&sources(&["src/features"]), |source, path| {
        role(source).is_some_and(|role| inside.contains(&role))
            && ["poem", "poem_openapi", "crate::http"].iter().any(|module| starts_in(path, module))
    });
}

#[test]
fn what_speaks_to_the_outside_knows_nothing_of_the_database() {
    refuse(&sources(&["src/features"]), |source, path| {
        let known = READS_OF_PAGES.iter().any(|file| source.path.ends_with(file));
        !known
            && role(source).is_some_and(|role| ["api", "web"].contains(&role))
            && starts_in(path, "sea_orm")
    });
}

#[test]
fn rules_and_states_are_pure() {
    refuse(&sources(&["src/rules", "src/features"]), |source, path| {
        let pure = source.path.starts_with("src/rules/")
            || role(source).is_some_and(|role| ["state", "input"].contains(&role));
        let impure = ["sea_orm", "poem", "tokio", "crate::db", "crate::app", "crate::http", "crate::storage"];
        pure && impure.iter().any(|module| starts_in(path, module))
    });
}

#[test]
fn a_feature_uses_another_along_a_declared_edge() {
    let mut seen = BTreeSet::new();
    for source in sources(&["src/features"]) {
        let Some(from) = feature(&source) else { continue };
        for path in source.paths() {
            let Some(rest) = path.strip_prefix("crate::features::") else { continue };
            let to = rest.split("::").next().unwrap_or_default();
            if to != from && to.starts_with(char::is_lowercase) {
                seen.insert((from.to_owned(), to.to_owned()));
            }
        }
    }
    let declared: BTreeSet<_> =
        EDGES.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    let undeclared: Vec<_> = seen.difference(&declared).collect();
    assert!(undeclared.is_empty(), "edges that nobody declared: {undeclared:?}");
    let unused: Vec<_> = declared.difference(&seen).collect();
    assert!(unused.is_empty(), "declared edges that nobody uses: {unused:?}");
}

#[test]
fn the_map_tells_the_faces_that_the_features_of_juries_use() {
    let map = include_str!("../../../docs/architecture.md");
    for feature in MAPPED {
        let start = format!("| `{feature}` |");
        let row = map.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("{feature} is not on the map"));
        let last = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        let told: Vec<&str> = last.split(", ").map(|face| face.trim_matches('`')).collect();
        let own: Vec<&str> = EDGES.iter().filter(|(from, _)| *from == feature).map(|(_, to)| *to).collect();
        assert_eq!(told, own, "{feature}");
    }
}

#[test]
fn declared_edges_form_no_cycle() {
    let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for &(from, to) in EDGES {
        edges.entry(from).or_default().push(to);
    }
    for start in edges.keys() {
        let mut reached = BTreeSet::new();
        let mut waiting = edges[start].clone();
        while let Some(next) = waiting.pop() {
            assert_ne!(next, *start, "{start} uses itself through other features");
            if reached.insert(next) {
                waiting.extend(edges.get(next).into_iter().flatten());
            }
        }
    }
}

#[test]
fn a_file_that_somebody_sends_enters_the_store_by_one_door() {
    let own = ["src/storage/", "src/backup/", "src/demo/", "src/cli/doctor/"];
    for source in
        sources(&["src"]).iter().filter(|source| !own.iter().any(|one| source.path.starts_with(one)))
    {
        let code: String = source.code().split_whitespace().collect();
        assert!(!code.contains("storage.put("), "{} keeps a file without `storage::receive`", source.path);
    }
}

#[test]
fn only_preludes_are_imported_whole() {
    let all = ["src", "entity/src", "migration/src", "tests/it"];
    refuse(&sources(&all), |source, path| {
        let prelude = path.ends_with("prelude::*") || path.ends_with("preludes::*");
        path.ends_with("::*") && !prelude && !(source.is_tests() && path == "super::*")
    });
}

/// Fails with every path of every file that a rule refuses.
fn refuse(sources: &[Source], refused: impl Fn(&Source, &str) -> bool) {
    let mut found = BTreeSet::new();
    for source in sources {
        let paths = source.paths();
        found.extend(
            paths.iter().filter(|path| refused(source, path)).map(|path| format!("{}: {path}", source.path)),
        );
    }
    assert!(found.is_empty(), "refused imports:\n{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}

fn starts_in(path: &str, module: &str) -> bool {
    path == module || path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"))
}

/// `features` for `src/features/…`, `main.rs` for `src/main.rs`.
fn top(path: &str) -> &str {
    path.strip_prefix("src/").and_then(|path| path.split('/').next()).unwrap_or_default()
}

/// `agreements` for `src/features/agreements/…`.
fn feature(source: &Source) -> Option<&str> {
    let (feature, _) = source.path.strip_prefix("src/features/")?.split_once('/')?;
    Some(feature)
}

/// `actions` for `src/features/agreements/actions/decide.rs`, `queries` for `…/queries.rs`.
fn role(source: &Source) -> Option<&str> {
    let (_, inside) = source.path.strip_prefix("src/features/")?.split_once('/')?;
    inside.split('/').next()?.split('.').next()
}
