//! Our own sources, as the rules of the house read them.

use std::path::{Path, PathBuf};

/// One file of Rust.
pub(super) struct Source {
    /// Its path from the root of the repository, `src/db/tx.rs`.
    pub(super) path: String,
    /// What it holds.
    pub(super) text: String,
}

/// Every file of Rust under some folders.
pub(super) fn sources(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        collect(&root.join(folder), &mut found);
    }
    found.sort();
    let source = |path: PathBuf| Source {
        path: path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
        text: std::fs::read_to_string(&path).unwrap(),
    };
    found.into_iter().map(source).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

impl Source {
    /// The lines that are program: no comment, no test.
    pub(super) fn code(&self) -> String {
        let program = self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        program.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }

    /// Whether the whole file is tests.
    pub(super) fn is_tests(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// The texts between quotes, raw ones included, without their escapes resolved.
    pub(super) fn literals(&self) -> Vec<String> {
        let code = self.code();
        let mut found = Vec::new();
        let mut rest = code.as_str();
        while let Some(start) = rest.find('"') {
            let (before, text) = (&rest[..start], &rest[start + 1..]);
            if before.ends_with("b'") || before.ends_with('\'') || before.ends_with('\\') {
                rest = text;
                continue;
            }
            let raw = before.ends_with("r#") || before.ends_with("br#");
            let length = if raw { text.find("\"#") } else { closing_quote(text) }.unwrap_or(text.len());
            found.push(text[..length].to_owned());
            rest = text.get(length + 1..).unwrap_or_default();
        }
        found
    }

    /// Every path that the program names from its root or from another crate: `crate::db::Tx`, `poem::Response`.
    pub(super) fn paths(&self) -> Vec<String> {
        let code = self.code();
        let mut found = Vec::new();
        for statement in code.split("use ").skip(1) {
            if let Some((tree, _)) = statement.split_once(';') {
                expand("", tree, &mut found);
            }
        }
        let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
        found.extend(words.filter(|word| word.contains("::")).map(str::to_owned));
        found
    }
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

/// `a::{b, c::{d, e}}` becomes `a::b`, `a::c::d`, `a::c::e`.
fn expand(prefix: &str, tree: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((before, inside)) = tree.split_once('{') else {
        let name = tree.split(" as ").next().unwrap_or(tree).trim();
        if !name.is_empty() {
            found.push(format!("{prefix}{name}"));
        }
        return;
    };
    let prefix = format!("{prefix}{}", before.trim());
    let inside = inside.strip_suffix('}').unwrap_or(inside);
    let mut depth = 0;
    let mut start = 0;
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                expand(&prefix, &inside[start..at], found);
                start = at + 1;
            }
            _ => {}
        }
    }
    expand(&prefix, &inside[start..], found);
}

#[test]
fn a_tree_of_imports_is_read_whole() {
    let mut found = Vec::new();
    expand("", "crate::{app::App, http::{self, api::{Caller, Read as R}}}", &mut found);
    assert_eq!(
        found,
        ["crate::app::App", "crate::http::self", "crate::http::api::Caller", "crate::http::api::Read"]
    );
}
