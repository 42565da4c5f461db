//! The journal as an operator verifies it: by commands, with their exit codes.

use entity::account_role::Role;
use entity::{audit_event, audit_leaf};
use parchemin::worker::seal::seal_now;
use sea_orm::{EntityTrait, QueryOrder};

use super::scene;
use super::server::{run, told};
use crate::journal::{literal, run as execute, unprotect};
use crate::support::TestApp;

/// Acts of a small installation, sealed.
async fn sealed() -> TestApp {
    let t = scene().await;
    t.certification_version("CQP_SP").await;
    for name in ["Jardins du Val", "Ateliers de la Loire", "Ressourcerie du Morvan"] {
        let structure = t.structure(name).await;
        t.of_structure(structure.id).await;
    }
    t.person(Role::Officer).await;
    seal_now(&t.app).await.unwrap();
    t
}

#[tokio::test]
async fn an_intact_journal_is_told_in_one_line_with_the_key_that_seals_it() {
    let t = sealed().await;
    let (said, code) = told(&run(&t, &["journal", "verify"]).await);
    let (first, key) = said.trim_end().split_once('\n').unwrap();
    assert!(key.starts_with("Clé de signature") && key.lines().count() == 1, "{said}");
    let words: Vec<&str> = first.split(' ').collect();
    let events = audit_event::Entity::find().all(t.app.db.read()).await.unwrap().len();
    let seen = (words[0], words[1].to_owned(), words[2], words[3], words[4], words[5]);
    assert_eq!(seen, ("OK", events.to_string(), "événements,", "1", "sceaux,", "racine"), "{said}");
    assert_eq!(words[6].len(), 64);
    assert!(words[6].chars().all(|digit| digit.is_ascii_hexdigit()), "{said}");
    assert_eq!((words.len(), code), (7, Some(0)));
    let (said, code) = told(&run(&t, &["journal", "verify", "--json"]).await);
    assert!(serde_json::from_str::<serde_json::Value>(&said).is_ok(), "{said}");
    assert_eq!(code, Some(0));
}

#[tokio::test]
async fn an_altered_row_is_named() {
    let t = sealed().await;
    unprotect(&t).await;
    let leaf = audit_leaf::Entity::find().order_by_desc(audit_leaf::Column::Seq).one(t.app.db.read()).await;
    let id = leaf.unwrap().unwrap().event_id;
    execute(&t, &format!("UPDATE audit_event SET reason = 'autre' WHERE id = {}", literal(&t, id))).await;
    let (said, code) = told(&run(&t, &["journal", "verify"]).await);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(&id.to_string()), "{said}");
}

#[tokio::test]
async fn an_export_verifies_without_a_database_until_it_is_altered() {
    let t = sealed().await;
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("journal.jsonl");
    let path = file.to_str().unwrap();
    let (said, code) = told(&run(&t, &["journal", "export", "--out", path]).await);
    assert_eq!(code, Some(0), "{said}");
    let nowhere = ["journal", "verify", "--file", path, "--database-url", "postgres://127.0.0.1:1/rien"];
    let alone = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_parchemin"));
        command.args(nowhere).current_dir(elsewhere.path());
        told(&command.output().unwrap())
    };
    let (said, code) = alone();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("OK "), "{said}");
    assert!(!elsewhere.path().join("data").exists(), "nothing is made where it runs");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("Ateliers de la Loire"), "{text}");
    std::fs::write(&file, text.replace("Ateliers de la Loire", "Ateliers de la Seine")).unwrap();
    let (said, code) = alone();
    assert_eq!(code, Some(1), "{said}");
    std::fs::write(&file, "rien").unwrap();
    assert_ne!(alone().1, Some(0));
}

#[tokio::test]
async fn a_verification_that_cannot_run_says_so() {
    let t = scene().await;
    let output = run(&t, &["journal", "verify", "--file", "absent.jsonl"]).await;
    assert_eq!(told(&output).1, Some(2));
    let folder = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_parchemin"));
    command.args(["journal", "verify", "--database-url", "postgres://postgres@127.0.0.1:1/rien"]);
    assert_eq!(told(&command.current_dir(folder.path()).output().unwrap()).1, Some(2));
}

#[tokio::test]
async fn a_copy_is_told_in_the_journal_and_in_the_copy() {
    let t = sealed().await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copie.tar");
    let made = run(&t, &["backup", copy.to_str().unwrap()]).await;
    assert_eq!(told(&made).1, Some(0), "{}", told(&made).0);
    let last = audit_event::Entity::find().order_by_desc(audit_event::Column::Id).one(t.app.db.read()).await;
    let last = last.unwrap().unwrap();
    let seen = (last.name.as_str(), last.actor_kind.as_str(), last.channel.as_str());
    assert_eq!(seen, ("installation.copied", "system", "cli"));
    let rows = String::from_utf8_lossy(&std::fs::read(&copy).unwrap()).into_owned();
    assert!(rows.contains("INSTALLATION_COPIED"), "the copy says that it was taken");
}

#[tokio::test]
async fn a_copy_whose_journal_was_altered_is_told_when_it_comes_back() {
    let t = sealed().await;
    unprotect(&t).await;
    execute(&t, "UPDATE audit_event SET reason = 'autre'").await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copie.tar");
    let made = run(&t, &["backup", copy.to_str().unwrap()]).await;
    assert_eq!(told(&made).1, Some(0), "{}", told(&made).0);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_parchemin"));
    command.arg("restore").arg(&copy).current_dir(folder.path());
    let (said, code) = told(&command.output().unwrap());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("restaurée") && said.contains("modifié"), "{said}");
}
