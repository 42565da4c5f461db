//! A copy verifies alone, and no line of it can be changed.

use std::io::Cursor;

use parchemin::features::journal::Outcome;
use parchemin::features::journal::cli;
use parchemin::features::journal::file::verify_reader;
use parchemin::worker::seal::seal_now;

use super::{Noted, note, note_one, verified};
use crate::support::TestApp;

/// The lines of an export of eight events, one of them with a personal value, under two seals.
async fn exported() -> (TestApp, Vec<String>) {
    let t = TestApp::new().await;
    note(&t.app, 4).await;
    seal_now(&t.app).await.unwrap();
    note(&t.app, 3).await;
    note_one(&t.app, Noted { number: 8, phone: Some("0500000001") }).await;
    let out = t.app.data_path("journal.jsonl");
    let (said, code) = cli::export(&t.app, &out).await;
    assert_eq!(code, cli::INTACT, "{said}");
    let text = std::fs::read_to_string(&out).unwrap();
    (t, text.lines().map(str::to_owned).collect())
}

fn check(lines: &[String]) -> Outcome {
    verify_reader(Cursor::new(lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>()))
        .unwrap()
}

#[tokio::test]
async fn an_export_verifies_without_the_database_and_says_the_same() {
    let (t, lines) = exported().await;
    let (alone, code) = cli::verify_file(&t.app.data_path("journal.jsonl"), false);
    let root = |said: &str| said.split_once("racine ").unwrap().1.lines().next().unwrap().to_owned();
    let (whole, _) = verified(&t).await;
    assert_eq!((code, root(&alone)), (0, root(&whole)), "{alone} and {whole}");
    assert!(whole.contains("dont 1 pas encore scellés"), "the export itself waits: {whole}");
    assert_eq!(lines.len(), 1 + 8 + 2);
    assert!(!lines.concat().contains("0500000001"), "a personal value left with the export");
    assert!(t.effects().await.events.contains(&"journal.exported".to_owned()));
}

#[tokio::test]
async fn an_empty_journal_is_exported_too() {
    let t = TestApp::new().await;
    let out = t.app.data_path("journal.jsonl");
    assert_eq!(cli::export(&t.app, &out).await.1, cli::INTACT);
    assert!(cli::verify_file(&out, false).0.starts_with("OK 0 événements, 0 sceaux"));
}

#[tokio::test]
async fn no_line_can_be_changed_removed_added_or_moved() {
    let (_t, lines) = exported().await;
    assert!(check(&lines).is_intact());
    for place in 1..lines.len() {
        let mut removed = lines.clone();
        removed.remove(place);
        assert!(!check(&removed).is_intact(), "without line {place}");
        let mut doubled = lines.clone();
        doubled.insert(place, lines[place].clone());
        assert!(!check(&doubled).is_intact(), "line {place} twice");
        let mut moved = lines.clone();
        moved.swap(place, if place + 1 == lines.len() { place - 1 } else { place + 1 });
        assert!(!check(&moved).is_intact(), "line {place} moved");
        for (from, to) in [
            ("NOTE-", "NOTE-9"),
            ("\"at\":1", "\"at\":2"),
            ("\"signed_at\":1", "\"signed_at\":2"),
            ("{", "x"),
        ] {
            let mut changed = lines.clone();
            changed[place] = changed[place].replacen(from, to, 1);
            assert!(changed == lines || !check(&changed).is_intact(), "{from} on line {place}");
        }
    }
}

#[tokio::test]
async fn a_changed_event_is_named_by_its_place() {
    let (_t, mut lines) = exported().await;
    lines[3] = lines[3].replace("NOTE-2", "NOTE-7");
    let outcome = check(&lines);
    let sentence = outcome.divergence().unwrap().sentence().replace('\u{202f}', " ");
    assert!(sentence.starts_with("L’acte n° 3 ") && sentence.contains("modifié"), "{sentence}");
}

#[tokio::test]
async fn what_is_no_export_cannot_be_checked() {
    let t = TestApp::new().await;
    for (name, content) in [("a", ""), ("b", "bonjour"), ("c", "{\"type\":\"seal\"}\n"), ("d", "\u{0}\n\n")] {
        let path = t.app.data_path(name);
        std::fs::write(&path, content).unwrap();
        assert_eq!(cli::verify_file(&path, false).1, cli::FAILED, "{content}");
    }
    assert_eq!(cli::verify_file(&t.app.data_path("nowhere"), true).1, cli::FAILED);
    let (_t, mut lines) = exported().await;
    lines[0] = lines[0].replace("\"version\":1", "\"version\":2");
    assert!(verify_reader(Cursor::new(lines.join("\n"))).is_err());
}
