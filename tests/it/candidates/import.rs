//! People enrolled from a file: every fault with its line and its column, and nobody enrolled.

use encoding_rs::WINDOWS_1252;
use entity::candidate;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::bench::Bench;
use crate::support::{Answer, Person};

const API: &str = "/candidates/import";
const HEADER: &str = "Certification;Voie d’accès;Nom de naissance;Prénom;Sexe;Date de naissance;Commune de naissance;Pays de naissance;Ville de naissance;Contrat;Courriel";
const PEOPLE: usize = 300;

/// One good line: a name of its own, for nobody is alike.
fn line(rank: usize) -> String {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).unwrap());
    let name: String = [rank / 676, rank / 26, rank].into_iter().map(letter).collect();
    format!("CQP_SP;Formation continue;N’Guyen-{name};Élise;F;12/05/1985;97611;;;CDD d’insertion;")
}

fn file(lines: &[String]) -> String {
    std::iter::once(HEADER.to_owned()).chain(lines.iter().cloned()).collect::<Vec<_>>().join("\r\n")
}

impl Bench {
    async fn send(&self, person: &Person, bytes: Vec<u8>, fields: &[(&str, &str)]) -> Answer {
        self.t.upload(person, API, "candidats.csv", bytes, fields).await
    }

    async fn count(&self) -> u64 {
        candidate::Entity::find().count(self.t.app.db.read()).await.unwrap()
    }
}

#[tokio::test]
async fn person_214_of_300_born_in_an_impossible_commune_keeps_everybody_out() {
    let b = Bench::new().await;
    let mut lines: Vec<String> = (0..PEOPLE).map(line).collect();
    lines[213] = lines[213].replace("97611", "75999");
    b.t.effects().await;
    let refused = b.send(&b.owner, file(&lines).into_bytes(), &[]).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (422, "import-refused"), "{refused:?}");
    assert_eq!(refused.pointers(), ["/lines/215/Commune de naissance"], "the header is the first line");
    let told = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(told.contains("75999"), "{told}");
    assert_eq!(b.count().await, 0);
    let effects = b.t.effects().await;
    assert!(effects.events.is_empty() && effects.mails.is_empty(), "{effects:?}");

    lines[213] = line(213);
    let dry = b.send(&b.owner, file(&lines).into_bytes(), &[("dry_run", "true")]).await;
    assert_eq!((&dry.body["ready"], &dry.body["written"]), (&json!(PEOPLE), &json!(0)), "{dry:?}");
    assert_eq!(b.count().await, 0);
    let done = b.send(&b.owner, file(&lines).into_bytes(), &[]).await;
    assert_eq!(done.body["written"], json!(PEOPLE), "{done:?}");
    assert_eq!(b.count().await, u64::try_from(PEOPLE).unwrap());
    assert_eq!(b.t.effects().await.events.last().map(String::as_str), Some("candidates.imported"));
}

#[tokio::test]
async fn every_fault_of_a_windows_file_is_told_with_what_was_probably_meant() {
    let b = Bench::new().await;
    let lines = [
        line(0),
        line(1).replace(";97611;", ";1004;"),
        line(2).replace(";12/05/1985;97611;", ";12/05/2020;85166;"),
        line(3).replace(";97611;", ";Saint-Denis;"),
        line(4).replace("CQP_SP", "CQP_XX") + "zoe@candidats,exemple",
    ];
    let text = file(&lines);
    let (bytes, _, lost) = WINDOWS_1252.encode(&text);
    assert!(!lost && std::str::from_utf8(&bytes).is_err(), "it is Windows-1252, and not UTF-8");
    let refused = b.send(&b.owner, bytes.into_owned(), &[("dry_run", "true")]).await;
    let faults = refused.body["faults"].as_array().cloned().unwrap_or_default();
    assert_eq!(refused.status, 200, "a dry run only reports: {refused:?}");
    let told: Vec<_> = faults
        .iter()
        .map(|one| {
            (one["line"].as_u64().unwrap(), one["column"].as_str().unwrap(), one["suggestion"].clone())
        })
        .collect();
    assert_eq!(told[0], (3, "Commune de naissance", json!("01004")), "{told:?}");
    assert_eq!(told[1], (4, "Commune de naissance", json!("85194")));
    let several = told[2].2.as_str().unwrap();
    assert!(told[2].0 == 5 && several.contains("93066") && several.contains("97411"), "{told:?}");
    assert_eq!(told[3], (6, "Certification", json!(null)));
    assert_eq!(told[4], (6, "Courriel", json!("zoe@candidats.exemple")));
    assert_eq!(told.len(), 5);
    let kept = b.send(&b.owner, file(&lines).into_bytes(), &[("skip_invalid", "true")]).await;
    assert_eq!((&kept.body["written"], &kept.body["refused"]), (&json!(1), &json!(4)), "{kept:?}");
    assert_eq!(b.count().await, 1);
}

#[tokio::test]
async fn a_code_where_a_commune_is_wanted_is_told_as_one() {
    let b = Bench::new().await;
    let refused = b.send(&b.owner, file(&[line(0).replace("97611", "99999")]).into_bytes(), &[]).await;
    assert_eq!(refused.pointers(), ["/lines/2/Commune de naissance"], "{refused:?}");
    let told = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(told.contains("Aucune commune n’a le code 99999"), "{told}");
}

#[tokio::test]
async fn somebody_alike_and_a_structure_without_an_agreement_are_told_on_their_line() {
    let b = Bench::new().await;
    let twice = b.send(&b.owner, file(&[line(0), line(0)]).into_bytes(), &[]).await;
    assert_eq!(twice.pointers(), ["/lines/3/Nom de naissance"], "{twice:?}");
    assert_eq!(b.count().await, 0);
    let refused = b.send(&b.stranger, file(&[line(0)]).into_bytes(), &[]).await;
    assert_eq!(refused.pointers(), ["/lines/2/structure"], "{refused:?}");
    let unsaid = b.send(&b.officer, file(&[line(0)]).into_bytes(), &[]).await;
    assert_eq!(unsaid.pointers(), ["/lines/2/structure"], "the team says for which structure");
    let text = format!("SIREN;{HEADER}\r\n{};{}", b.structure.siren, line(0));
    let done = b.send(&b.officer, text.clone().into_bytes(), &[]).await;
    assert_eq!(done.body["written"], 1, "{done:?}");
    let foreign = b.send(&b.stranger, text.replace("N’Guyen-", "Abel-").into_bytes(), &[]).await;
    assert_eq!(foreign.pointers(), ["/lines/2/SIREN"], "nobody enrols for another structure: {foreign:?}");
    assert_eq!(b.count().await, 1);
}

#[tokio::test]
async fn the_page_checks_without_recording_and_a_file_too_long_is_refused() {
    let b = Bench::new().await;
    let page = "/candidats/import";
    let (status, text) = b.t.open(&b.owner, page).await;
    assert_eq!(status, 200);
    assert!(text.contains("commune de naissance"), "{text}");
    let good = file(&[line(0)]).into_bytes();
    let (status, _, text) = b.t.send_file(&b.owner, page, "a.csv", good.clone(), &[("essai", "oui")]).await;
    assert_eq!(status, 200);
    assert!(text.contains("1 ligne peut être enregistrée"), "{text}");
    assert_eq!(b.count().await, 0);
    let long: Vec<String> = (0..=PEOPLE).map(line).collect();
    let (status, _, text) = b.t.send_file(&b.owner, page, "a.csv", file(&long).into_bytes(), &[]).await;
    assert_eq!(status, 422);
    assert!(text.contains("plus de 300 personnes"), "{text}");
    let (status, location, _) = b.t.send_file(&b.owner, page, "a.csv", good, &[]).await;
    assert_eq!((status.as_u16(), location.as_str()), (303, "/candidats"));
    assert_eq!(b.count().await, 1);
}
