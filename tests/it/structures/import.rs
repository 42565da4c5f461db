//! Structures from a file, through the API: every fault with its line and its column, and nothing saved.

use std::fmt::Write as _;

use encoding_rs::WINDOWS_1252;
use entity::account_role::Role;
use entity::structure;
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::support::{Answer, Person, TestApp, siret_of};

const HEADER: [&str; 7] = ["SIRET", "Nom", "Adresse", "Code postal", "Commune", "Contact", "Courriel"];
const LINES: u64 = 500;

/// One good line.
fn line(rank: u64) -> [String; 7] {
    [
        siret_of(rank, 1).to_string(),
        format!("L’Atelier n°{rank} d’Évry — œuvre"),
        "4 chemin des Érables".to_owned(),
        "58000".to_owned(),
        "Nevers".to_owned(),
        "Zoé N’Guyen".to_owned(),
        format!("atelier-{rank}@structure.exemple"),
    ]
}

/// A file of good lines but three: the line of the file, its column, what is wrong.
fn lines_with_three_faults() -> Vec<[String; 7]> {
    let mut lines: Vec<_> = (0..LINES).map(line).collect();
    lines[99][0].pop();
    "5800l".clone_into(&mut lines[248][3]);
    "zoe.exemple".clone_into(&mut lines[498][6]);
    lines
}

const FAULTS: [&str; 3] = ["/lines/101/SIRET", "/lines/250/Code postal", "/lines/500/Courriel"];

fn csv(lines: &[[String; 7]]) -> Vec<u8> {
    let text = std::iter::once(HEADER.join(";")).chain(lines.iter().map(|line| line.join(";")));
    let text = text.collect::<Vec<_>>().join("\r\n");
    let (bytes, _, lost) = WINDOWS_1252.encode(&text);
    assert!(!lost && std::str::from_utf8(&bytes).is_err(), "it is Windows-1252, and not UTF-8");
    bytes.into_owned()
}

async fn send(t: &TestApp, person: &Person, name: &str, file: Vec<u8>, fields: &[(&str, &str)]) -> Answer {
    t.upload(person, "/structures/import", name, file, fields).await
}

async fn count(t: &TestApp) -> u64 {
    structure::Entity::find().count(t.app.db.read()).await.unwrap()
}

/// The three faults are told, and nothing else happened.
async fn assert_refused(t: &TestApp, answer: &Answer) {
    assert_eq!((answer.status.as_u16(), answer.code()), (422, "import-refused"), "{answer:?}");
    assert_eq!(answer.pointers(), FAULTS);
    assert_eq!(answer.body["detail"], "3 lignes sont à corriger. Rien n’a été enregistré.");
    let told = |fault: usize| answer.body["errors"][fault]["message"].as_str().unwrap().to_owned();
    assert!(told(0).starts_with("Ligne 101, SIRET «") && told(0).contains("il en manque un"), "{}", told(0));
    assert!(told(1).starts_with("Ligne 250, Code postal «") && told(1).contains("5800l"), "{}", told(1));
    assert!(told(2).starts_with("Ligne 500, Courriel «") && told(2).contains("zoe.exemple"), "{}", told(2));
    assert_eq!(count(t).await, 0);
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn three_wrong_lines_in_five_hundred_of_a_windows_file_are_all_told_and_nothing_is_saved() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let answer = send(&t, &officer, "structures.csv", csv(&lines_with_three_faults()), &[]).await;
    assert_refused(&t, &answer).await;
    let mut lines = lines_with_three_faults();
    for rank in [99, 248, 498] {
        lines[rank] = line(u64::try_from(rank).unwrap());
    }
    let dry = send(&t, &officer, "structures.csv", csv(&lines), &[("dry_run", "true")]).await;
    assert_eq!(dry.status, 200, "{dry:?}");
    let seen = ["read", "ready", "written", "refused"].map(|word| dry.body[word].as_u64().unwrap());
    assert_eq!(seen, [LINES, LINES, 0, 0]);
    assert_eq!(count(&t).await, 0);
    let kept = send(&t, &officer, "structures.csv", csv(&lines[..3]), &[]).await;
    assert_eq!(kept.body["written"], 3, "{kept:?}");
    let first = structure::Entity::find().all(t.app.db.read()).await.unwrap();
    assert!(first.iter().any(|one| one.name == "L’Atelier n°0 d’Évry — œuvre"), "{first:?}");
}

#[tokio::test]
async fn a_workbook_is_told_its_lines_and_columns_alike() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let file = workbook(&lines_with_three_faults());
    let answer = send(&t, &officer, "structures.xlsx", file.clone(), &[]).await;
    assert_refused(&t, &answer).await;
    let small = workbook(&[line(0), line(1), lines_with_three_faults()[248].clone()]);
    let kept = send(&t, &officer, "structures.xlsx", small, &[("skip_invalid", "true")]).await;
    assert_eq!(kept.status, 200, "{kept:?}");
    assert_eq!((kept.body["written"].as_u64(), kept.body["refused"].as_u64()), (Some(2), Some(1)));
    assert_eq!(kept.body["faults"][0]["line"], 4);
    let cut = file[..file.len() / 2].to_vec();
    let broken = send(&t, &officer, "structures.xlsx", cut, &[]).await;
    assert_eq!(broken.status, 422, "{broken:?}");
    assert_eq!(count(&t).await, 2);
}

#[tokio::test]
async fn a_role_limited_to_regions_imports_their_structures_only() {
    let t = TestApp::new().await;
    let mut lines = [line(0), line(1)];
    "29000".clone_into(&mut lines[1][3]);
    "Quimper".clone_into(&mut lines[1][4]);
    let officer = t.limited(Role::Officer, "53").await;
    let refused = send(&t, &officer, "structures.csv", csv(&lines), &[]).await;
    assert_eq!((refused.code(), refused.pointers()), ("import-refused", vec!["/lines/2/Code postal"]));
    assert_eq!(count(&t).await, 0);
    let kept = send(&t, &officer, "structures.csv", csv(&lines), &[("skip_invalid", "true")]).await;
    assert_eq!((kept.body["written"].as_u64(), count(&t).await), (Some(1), 1), "{kept:?}");
}

/// A workbook of one sheet. A SIRET of fourteen digits is a number, as spreadsheets make of it.
fn workbook(lines: &[[String; 7]]) -> Vec<u8> {
    const SHEETS: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let link = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{LINKS}/{kind}\" Target=\"{target}\"></Relationship></Relationships>"
        )
    };
    let header = HEADER.map(str::to_owned);
    let mut rows = String::new();
    for (index, cells) in std::iter::once(&header).chain(lines).enumerate() {
        let number = index + 1;
        write!(rows, "<row r=\"{number}\">").unwrap();
        for (column, cell) in ('A'..='G').zip(cells) {
            if cell.len() == 14 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
                write!(rows, "<c r=\"{column}{number}\"><v>{cell}</v></c>").unwrap();
            } else {
                let text = format!("<is><t>{cell}</t></is>");
                write!(rows, "<c r=\"{column}{number}\" t=\"inlineStr\">{text}</c>").unwrap();
            }
        }
        rows.push_str("</row>");
    }
    let book = format!(
        "<workbook xmlns=\"{SHEETS}\" xmlns:r=\"{LINKS}\"><sheets><sheet name=\"Structures\" sheetId=\"1\" r:id=\"rId1\"></sheet></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns=\"{SHEETS}\"><sheetData>{rows}</sheetData></worksheet>");
    archive(&[
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", link("worksheet", "worksheets/sheet1.xml")),
        ("xl/workbook.xml", book),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// A ZIP archive whose files are stored as they are (APPNOTE 4.3).
fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let offset = u32::try_from(bytes.len()).unwrap();
        let size = u32::try_from(content.len()).unwrap();
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        common.extend(crc32(content.as_bytes()).to_le_bytes());
        common.extend([size.to_le_bytes(), size.to_le_bytes()].concat());
        common.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        common.extend([0, 0]);
        bytes.extend([&b"PK\x03\x04"[..], &common[..], name.as_bytes(), content.as_bytes()].concat());
        let place = [&[0; 10][..], &offset.to_le_bytes()[..]].concat();
        directory.extend([&b"PK\x01\x02\x14\x00"[..], &common[..], &place[..], name.as_bytes()].concat());
    }
    let (start, length) = (u32::try_from(bytes.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    bytes.extend(directory);
    bytes.extend([&b"PK\x05\x06\0\0\0\0"[..], &count[..], &count[..]].concat());
    bytes.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

/// The checksum of ZIP.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |value: u32| if value & 1 == 1 { (value >> 1) ^ 0xEDB8_8320 } else { value >> 1 };
    let fold = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |value, _| step(value));
    !bytes.iter().fold(u32::MAX, fold)
}
