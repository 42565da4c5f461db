//! Experts and the history of their habilitations, from a file.

use entity::account_role::Role;
use entity::expert;
use entity::habilitation::Duty;
use parchemin::authz::Actor;
use parchemin::features::experts;
use parchemin::features::experts::import::import;
use parchemin::import::Options;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use crate::support::TestApp;

const API: &str = "/experts/import";

const FILE: &str = "Nom;Prénom;Courriel;Statut;Département;Fonction;Du;Au
Abel;Anne;anne@intervenants.exemple;indépendante;58;mandataire;01/01/2023;31/12/2025
Abel;Anne;anne@intervenants.exemple;indépendante;58;mandataire;31/12/2025;30/12/2028
Abel;Anne;anne@intervenants.exemple;indépendante;58;contrôle;01/01/2023;31/12/2025
";

#[tokio::test]
async fn two_lines_that_share_a_day_are_refused_with_line_column_and_both_periods() {
    let t = TestApp::new().await;
    let file = FILE.replace("indépendante", "indépendant");
    for dry_run in [true, false] {
        let options = Options { dry_run, ..Options::default() };
        let report =
            import(&t.app, Actor::system("tests"), file.as_bytes(), "experts.csv", options).await.unwrap();
        assert_eq!((report.read, report.written, report.faults.len()), (3, 0, 1), "{report:?}");
        let fault = &report.faults[0];
        assert_eq!((fault.line, fault.column.as_str(), fault.value.as_str()), (3, "Du", "31/12/2025"));
        assert_eq!(
            fault.message,
            "La période du 31 décembre 2025 au 30 décembre 2028 recoupe celle de la ligne 2, \
             du 1er janvier 2023 au 31 décembre 2025, pour la même habilitation"
        );
    }
    let later = file.replace("31/12/2025;30/12/2028", "01/01/2026;31/12/2028");
    let report = import(&t.app, Actor::system("tests"), later.as_bytes(), "experts.csv", Options::default());
    assert_eq!(report.await.unwrap().written, 3);
}

#[tokio::test]
async fn a_workbook_tells_past_and_present_habilitations_and_nobody_is_written_to() {
    let t = TestApp::new().await;
    t.certification_version("CQP_SP").await;
    let officer = t.person(Role::Officer).await;
    t.effects().await;
    let file = include_bytes!("data/experts.xlsx");
    let dry = t.upload(&officer, API, "experts.xlsx", file.to_vec(), &[("dry_run", "true")]).await;
    assert_eq!((&dry.body["ready"], &dry.body["written"]), (&json!(3), &json!(0)), "{dry:?}");
    assert!(t.effects().await.events.is_empty());
    let done = t.upload(&officer, API, "experts.xlsx", file.to_vec(), &[]).await;
    assert_eq!((done.status, &done.body["written"]), (StatusCode::OK, &json!(3)), "{done:?}");
    let recorded = ["expert.created", "habilitation.recorded", "habilitation.recorded"];
    assert_eq!(t.effects().await.events, [&recorded[..], &recorded[..2], &["experts.imported"]].concat());
    assert_eq!(experts::jobs::run(&t.app).await.unwrap(), 0, "what ended long ago does not end now");
    let effects = t.effects().await;
    assert!(effects.events.is_empty() && effects.mails.is_empty(), "{effects:?}");
    let list = t.get(&officer, "/experts?q=INT-0001").await;
    let held = list.body["items"][0]["habilitations"].as_array().unwrap();
    let told: Vec<_> = held
        .iter()
        .map(|one| json!([one["state"], one["starts_on"], one["ends_on"], one["regions"]]))
        .collect();
    let now = json!(["active", "2023-01-01", "2025-12-31", ["53", "27"]]);
    assert_eq!(told, [now, json!(["expired", "2020-01-01", "2022-12-31", []])]);
    for (day, duty, expected) in
        [("2021-06-01", "mandataire", 1), ("2023-06-01", "epsp", 0), ("2027-02-28", "epsp", 1)]
    {
        let list = t.get(&officer, &format!("/experts?duty={duty}&valid_on={day}")).await;
        assert_eq!(list.body["items"].as_array().unwrap().len(), expected, "{duty} on {day}");
    }
}

#[tokio::test]
async fn the_history_of_somebody_recorded_is_added_and_shares_no_day_with_what_they_have() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let expert = t.expert("Abel").await;
    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    t.effects().await;
    let file = format!(
        "Nom;Prénom;Courriel;Statut;Département;Fonction;Début;Fin;Régions d’intervention;Rayon de déplacement;Langues\n\
         Abel;Anne-Lise;{0};indépendante;58;mandataire;01/01/2024;31/12/2024;;;\n\
         ABEL;anne-lise;{1};indépendante;58;contrôle;01/01/2020;31/12/2022;;;\n\
         Faure;Zoé;zoe@intervenants.exemple;retraitée;2A;;;;Corse, 06;150;français, shimaoré\n",
        expert.email,
        expert.email.to_uppercase(),
    );
    let (windows, _, lost) = encoding_rs::WINDOWS_1252.encode(&file);
    assert!(!lost && std::str::from_utf8(&windows).is_err(), "a file of an old spreadsheet");
    let refused = t.upload(&officer, API, "experts.csv", windows.to_vec(), &[]).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "import-refused"));
    assert_eq!(refused.pointers(), ["/lines/2/Début"]);
    assert_eq!(
        refused.body["errors"][0]["message"],
        "Ligne 2, Début «\u{202f}01/01/2024\u{202f}»\u{202f}: La période du 1er janvier 2024 au 31 décembre 2024 recoupe \
         celle d’une habilitation déjà enregistrée, du 6 octobre 2024 au 6 octobre 2027, pour la même fonction et la même \
         certification."
    );
    assert!(t.effects().await.events.is_empty());
    let people = expert::Entity::find().count(t.app.db.read()).await.unwrap();
    assert_eq!(people, 1, "nothing is recorded half-way");
    let skip = [("skip_invalid", "true")];
    let done = t.upload(&officer, API, "experts.csv", windows.to_vec(), &skip).await;
    assert_eq!((&done.body["written"], &done.body["refused"]), (&json!(2), &json!(1)), "{done:?}");
    let effects = t.effects().await;
    assert_eq!(effects.events, ["habilitation.recorded", "expert.created", "experts.imported"]);
    let read = t.get(&officer, &format!("/experts/{}?on=2021-01-01", expert.id)).await;
    let held = read.body["habilitations"].as_array().unwrap();
    let valid: Vec<_> = held.iter().filter(|one| one["valid"] == true).map(|one| &one["duty"]).collect();
    assert_eq!((held.len(), valid), (2, vec![&json!("controleur")]));
    let zoe =
        expert::Entity::find().filter(expert::Column::FamilyName.eq("Faure")).one(t.app.db.read()).await;
    let zoe = zoe.unwrap().unwrap();
    let said = (zoe.territories.as_str(), zoe.travel_km, zoe.languages.as_str());
    assert_eq!(said, ("94,06", Some(150), "français, shimaoré"));
    let again = t.upload(&officer, API, "experts.csv", windows.to_vec(), &skip).await;
    assert_eq!(again.pointers(), ["/lines/2/Début"], "what was recorded is known, what overlaps is refused");
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_an_address_is_that_of_one_person() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let expert = t.expert("Abel").await;
    t.effects().await;
    let file = format!(
        "Nom,Prénom,Courriel,Statut,Département,Fonction,Début,Fin,Certification,Régions,Remarque,\
         Régions d’intervention,Rayon,Langues\n\
         ,Zoé,\"zoe@morvan,exemple\",indépendant,9Z,pompier,31/02/2023,x,CQP X,Atlantide,,\"Mayotte, Lémurie\",loin,{}\n\
         Abel,Zoé,{},indépendant,58,mandataire,01/01/2020,31/12/2022,,,,,,\n",
        "très ".repeat(41),
        expert.email
    );
    let told =
        t.upload(&officer, API, "experts.csv", file.clone().into_bytes(), &[("dry_run", "true")]).await;
    assert_eq!((told.status, &told.body["refused"]), (StatusCode::OK, &json!(2)), "{told:?}");
    assert_eq!(told.body["ignored_columns"], json!(["Remarque"]));
    let faults: Vec<_> = told.body["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["line"].as_i64().unwrap(), one["column"].as_str().unwrap()))
        .collect();
    let wrong = [
        "Nom",
        "Courriel",
        "Département",
        "Régions d’intervention",
        "Rayon",
        "Langues",
        "Fonction",
        "Certification",
        "Début",
        "Fin",
        "Régions",
    ];
    let mut expected: Vec<_> = wrong.map(|column| (2, column)).to_vec();
    expected.push((3, "Prénom"));
    assert_eq!(faults, expected);
    assert_eq!(told.body["faults"][1]["suggestion"], "zoe@morvan.exemple");
    assert!(told.body["faults"][11]["message"].as_str().unwrap().contains("INT-0001"), "{told:?}");
    let missing = t.upload(&officer, API, "experts.csv", b"Nom;Mail\nAbel;x\n".to_vec(), &[]).await;
    let columns = ["/lines/1/prénom", "/lines/1/statut", "/lines/1/département"];
    assert_eq!(missing.pointers(), columns, "the columns that the file lacks");
    let nothing = t.upload(&officer, API, "experts.csv", vec![0, 159, 146, 150], &[]).await;
    assert_eq!((nothing.status, nothing.code()), (StatusCode::UNPROCESSABLE_ENTITY, "file-format"));
    for (role, status) in [(Role::Auditor, StatusCode::FORBIDDEN), (Role::Structure, StatusCode::NOT_FOUND)] {
        let person = t.person(role).await;
        let answer = t.upload(&person, API, "experts.csv", FILE.into(), &[]).await;
        assert_eq!(answer.status, status, "{role}");
    }
    let people = expert::Entity::find().count(t.app.db.read()).await.unwrap();
    assert_eq!(people, 1);
}

#[tokio::test]
async fn the_page_checks_a_file_and_records_it() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let path = "/intervenants/import";
    assert!(t.open(&officer, "/intervenants").await.1.contains(path));
    let (status, page) = t.open(&officer, path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("courriel<span class=\"cellule-2\">obligatoire</span>"), "{page}");
    let wrong = FILE.replace("indépendante", "indépendant");
    let (status, _, page) = t.send_file(&officer, path, "experts.csv", wrong.clone().into(), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Ligne 3, Du") && page.contains("1 ligne est à corriger"), "{page}");
    let right = wrong.replace("31/12/2025;30/12/2028", "01/01/2026;31/12/2028");
    let check = [("essai", "oui")];
    let (status, _, page) = t.send_file(&officer, path, "experts.csv", right.clone().into(), &check).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("3 lignes peuvent être enregistrées. Rien n’a été enregistré."), "{page}");
    let (status, _, page) = t.submit(&officer, path, &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choisissez un fichier CSV ou Excel"), "{page}");
    let header = right.lines().next().unwrap().to_owned();
    let (_, _, page) = t.send_file(&officer, path, "experts.csv", header.into(), &[]).await;
    assert!(page.contains("Ce fichier ne contient aucune ligne"), "{page}");
    assert!(t.effects().await.events.is_empty());
    let (status, location, _) = t.send_file(&officer, path, "experts.csv", right.clone().into(), &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/intervenants"));
    assert_eq!(t.effects().await.events.last().unwrap(), "experts.imported");
    for (role, status) in [(Role::Auditor, StatusCode::FORBIDDEN), (Role::Structure, StatusCode::NOT_FOUND)] {
        let person = t.person(role).await;
        assert_eq!(t.open(&person, path).await.0, status, "{role}");
        let sent = t.send_file(&person, path, "experts.csv", right.clone().into(), &[]).await;
        assert_eq!(sent.0, status, "{role}");
    }
}

#[tokio::test]
async fn a_file_that_was_recorded_is_known_and_changes_nothing() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let file = "Nom;Prénom;Courriel;Statut;Département;Fonction;Début;Fin;Régions\n\
                Abel;Anne;anne@intervenants.exemple;indépendante;58;mandataire;01/01/2024;31/12/2026;27\n\
                Faure;Zoé;zoe@intervenants.exemple;retraitée;2A;;;;\n";
    let first = t.upload(&officer, API, "experts.csv", file.into(), &[]).await;
    assert_eq!((&first.body["written"], &first.body["known"]), (&json!(2), &json!(0)), "{first:?}");
    t.effects().await;
    let again = t.upload(&officer, API, "experts.csv", file.into(), &[]).await;
    assert_eq!(again.status, StatusCode::OK, "{again:?}");
    assert_eq!((&again.body["written"], &again.body["known"]), (&json!(0), &json!(2)));
    assert!(t.effects().await.events.is_empty(), "nothing happened");
    let more = format!("{file}Noir;Ève;eve@intervenants.exemple;retraitée;58;;;;\n");
    let (status, location, _) =
        t.send_file(&officer, "/intervenants/import", "experts.csv", more.into(), &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/intervenants"));
    assert_eq!(t.effects().await.events, ["expert.created", "experts.imported"]);
    let other = file.replace("2A", "58").replace(";27", ";27, 11");
    let refused = t.upload(&officer, API, "experts.csv", other.into(), &[]).await;
    assert_eq!(refused.pointers(), ["/lines/2/Début", "/lines/3/Courriel"], "what differs is told");
}
