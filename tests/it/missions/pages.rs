//! The pages: lists, the form, the acts, their confirmations.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;

#[tokio::test]
async fn a_mission_is_proposed_from_the_file_of_a_person() {
    let bench = Bench::new().await;
    let number = &bench.expert.number;
    let (_, page) = bench.t.open(&bench.officer, &format!("/intervenants/{number}")).await;
    assert!(page.contains(&format!("/missions/nouvelle?intervenant={number}")));
    let path = format!("/missions/nouvelle?intervenant={number}");
    let (status, page) = bench.t.open(&bench.officer, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Anne-Lise Abel"));
    let wrong = [("title", ""), ("siren", "123456789"), ("answer_by", "bientôt")];
    let (status, _, page) = bench.t.submit(&bench.officer, &path, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for id in ["object", "title", "siren", "answer_by", "starts_on", "ends_time"] {
        assert!(page.contains(&format!("id=\"champ-{id}-err\"")), "no fault on {id}");
    }
    let siren = bench.structure.siren.as_str();
    let mut fields = vec![
        ("object", "jury"),
        ("title", "Jury à Nevers"),
        ("siren", siren),
        ("starts_on", "2025-10-20"),
        ("starts_time", "09:00"),
        ("ends_time", ""),
        ("fee", "beaucoup"),
    ];
    let (status, _, page) = bench.t.submit(&bench.officer, &path, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("Indiquez une heure") && page.contains("montant en euros") && page.contains("beaucoup")
    );
    fields[5].1 = "17:00";
    fields[6].1 = "240,50";
    let (status, location, page) = bench.t.submit(&bench.officer, &path, &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/missions/MIS-2025-0001"), "{page}");
    let (_, page) = bench.t.open(&bench.officer, &location).await;
    assert!(
        page.contains("Anne-Lise Abel") && page.contains("240,50") && page.contains("Retirer la mission")
    );
    assert!(!page.contains("Accepter la mission"), "the team does not answer");
    let structure = bench.t.person(Role::Structure).await;
    assert_eq!(bench.t.open(&structure, &path).await.0, StatusCode::NOT_FOUND);
    assert_eq!(bench.t.open(&structure, "/missions").await.0, StatusCode::NOT_FOUND);
    assert_eq!(bench.t.open(&structure, "/agenda").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_expert_sees_what_to_answer_then_the_next_mission_first() {
    let bench = Bench::new().await;
    let (_, page) = bench.t.open(&bench.own, "/missions").await;
    assert!(page.contains("Aucune mission acceptée"));
    bench.propose(&bench.jury(&bench.expert)).await;
    let (_, page) = bench.t.open(&bench.own, "/missions").await;
    assert!(page.contains("Réponses attendues") && page.contains("MIS-2025-0001"));
    let path = "/missions/MIS-2025-0001";
    let (_, page) = bench.t.open(&bench.own, path).await;
    assert!(page.contains("Accepter la mission") && !page.contains("Retirer la mission"));
    let (status, location, _) = bench.t.submit(&bench.own, &format!("{path}/accepter"), &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, path));
    let (_, page) = bench.t.open(&bench.own, "/missions").await;
    assert!(page.contains("Ma prochaine mission") && !page.contains("Réponses attendues"));
    let (_, page) = bench.t.open(&bench.own, "/agenda").await;
    assert!(page.contains("octobre 2025") && page.contains("MIS-2025-0001"));
}

#[tokio::test]
async fn dropping_out_asks_first_and_tells_who_is_written_to() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    bench.t.effects().await;
    let path = "/missions/MIS-2025-0001/se-desister";
    let (status, _, page) = bench.t.submit(&bench.own, path, &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choisissez un motif"));
    let (status, _, page) = bench.t.submit(&bench.own, path, &[("reason", "health")]).await;
    assert_eq!(status, StatusCode::OK);
    for words in
        ["Vous désister de cette mission", "la structure reçoit un message", "l’équipe certification"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(bench.t.effects().await.events.is_empty(), "asking does nothing");
    let mut moved = vec![
        ("starts_on", "2025-10-22"),
        ("starts_time", "09:00"),
        ("ends_time", "17:00"),
        ("reason", "Salle prise"),
    ];
    let to = "/missions/MIS-2025-0001/deplacer";
    let (status, _, page) = bench.t.submit(&bench.officer, to, &moved).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    for words in ["Déplacer cette mission", "22 octobre 2025", "au lieu de", "la personne reçoit un message"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(bench.t.effects().await.events.is_empty(), "asking does nothing");
    moved.push(("confirme", "oui"));
    let (status, _, page) = bench.t.submit(&bench.officer, to, &moved).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let fields = [("reason", "health"), ("confirme", "oui")];
    let (status, ..) = bench.t.submit(&bench.own, path, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(bench.state(&id).await, "declined");
    let (_, page) = bench.t.open(&bench.officer, "/missions?etat=a-pourvoir").await;
    assert!(page.contains("MIS-2025-0001"));
    let (status, ..) = bench.t.submit(&bench.own, "/missions/MIS-2025-0001/inventer", &[]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_team_filters_the_list() {
    let bench = Bench::new().await;
    bench.propose(&bench.jury(&bench.expert)).await;
    for (query, found) in [
        ("", true),
        ("?etat=proposed&objet=jury&q=nevers", true),
        ("?etat=accepted", false),
        ("?objet=meeting", false),
        ("?q=abel", true),
        ("?q=zzz", false),
    ] {
        let (status, page) = bench.t.open(&bench.officer, &format!("/missions{query}")).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(page.contains("MIS-2025-0001"), found, "{query}");
    }
    // Those of a person are told by a number: their name stays out of the address.
    let other = bench.mandataire("Bérard").await;
    for (person, found) in [(&bench.expert, true), (&other, false)] {
        let path = format!("/missions?intervenant={}", person.number);
        let (status, page) = bench.t.open(&bench.officer, &path).await;
        assert_eq!((status, page.contains("MIS-2025-0001")), (StatusCode::OK, found), "{path}");
        assert!(page.contains(&format!("href=\"/intervenants/{}\"", person.number)), "{page}");
    }
    let (status, _) = bench.t.open(&bench.officer, "/missions?intervenant=INT-9999").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_next_mission_of_an_expert_is_to_come_and_those_that_came_to_nothing_are_apart() {
    let bench = Bench::new().await;
    let done = bench.accepted().await;
    let mut later = bench.jury(&bench.expert);
    later["starts_on"] = json!("2025-12-10");
    let dropped = bench.propose(&later).await;
    let declined = bench.act(&bench.own, &dropped, "decline", &json!({ "reason": "workload" })).await;
    assert_eq!(declined.status, StatusCode::OK, "{declined:?}");
    let (_, page) = bench.t.open(&bench.own, "/missions").await;
    assert_eq!(sections(&page), [("MIS-2025-0001", "Ma prochaine mission"), ("MIS-2025-0002", "Sans suite")]);
    assert!(!page.contains("Missions passées"));

    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    bench.ring().await;
    assert_eq!(bench.act(&bench.own, &done, "finish", &Value::Null).await.status, StatusCode::OK);
    bench.t.set_now(datetime!(2025-10-21 07:00 UTC));
    let report = bench.act(&bench.own, &done, "report", &json!({ "report": "Fait." })).await;
    assert_eq!(report.status, StatusCode::OK, "{report:?}");
    let manager = bench.t.person(Role::Manager).await;
    let settled = bench.act(&manager, &done, "settle-unclaimed", &json!({ "reason": "Bénévole" })).await;
    assert_eq!(settled.status, StatusCode::OK, "{settled:?}");
    let (_, page) = bench.t.open(&bench.own, "/missions").await;
    assert_eq!(sections(&page), [("MIS-2025-0001", "Missions passées"), ("MIS-2025-0002", "Sans suite")]);
    assert!(page.contains("Aucune mission acceptée"));
}

#[tokio::test]
async fn a_mission_that_has_ended_waits_for_its_report_in_a_section_of_its_own() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let mut later = bench.jury(&bench.expert);
    later["starts_on"] = json!("2025-12-10");
    bench.propose(&later).await;
    let auditor = bench.t.person(Role::Auditor).await;
    let (_, before) = bench.t.open(&bench.officer, "/missions").await;
    assert!(!before.contains("id=\"rendus\"") && before.contains("MIS-2025-0001"), "{before}");
    bench.t.set_now(datetime!(2025-10-21 07:00 UTC));
    bench.ring().await;
    for act in ["Terminer la mission", "Remettre le compte rendu"] {
        for (person, verb) in [(&bench.own, act), (&bench.officer, act), (&auditor, "Ouvrir")] {
            let (_, page) = bench.t.open(person, "/missions").await;
            let (_, rest) = page.split_once("<h2 id=\"rendus\">Compte rendu attendu</h2>").unwrap();
            let (section, rest) = rest.split_once("</section>").unwrap();
            assert!(section.contains("MIS-2025-0001") && section.contains(&format!(">{verb}<")), "{section}");
            assert!(!section.contains("MIS-2025-0002"), "{section}");
            assert!(!rest.contains("MIS-2025-0001") && !page.contains("Missions passées"), "{page}");
        }
        let (_, page) = bench.t.open(&bench.officer, "/missions?etat=compte-rendu-attendu").await;
        assert!(page.contains("MIS-2025-0001") && !page.contains("MIS-2025-0002"), "{page}");
        bench.act(&bench.own, &id, "finish", &Value::Null).await;
    }
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let (to, fields) = ("/missions/MIS-2025-0001/compte-rendu", [("report", "Fait.")]);
    let (status, _, page) = bench.t.send_file(&bench.own, to, "grille.png", png.clone(), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let more = format!("/missions/{id}/report-file");
    assert_eq!(bench.t.upload(&bench.own, &more, "photo.png", png, &[]).await.status, StatusCode::OK);
    let (_, page) = bench.t.open(&bench.officer, "/missions/MIS-2025-0001").await;
    assert_eq!(page.matches("Fichier joint au compte rendu").count(), 2, "{page}");
    for person in [&bench.own, &bench.officer] {
        let (_, page) = bench.t.open(person, "/missions").await;
        assert!(!page.contains("id=\"rendus\"") && page.contains("MIS-2025-0001"), "{page}");
    }
}

/// Each mission of the page of an expert, under the title where it stands.
fn sections(page: &str) -> Vec<(&'static str, &'static str)> {
    const TITLES: [&str; 5] =
        ["Réponses attendues", "Ma prochaine mission", "Ensuite", "Missions passées", "Sans suite"];
    let title_before = |place: usize| {
        let found = TITLES.into_iter().filter_map(|title| {
            let at = page.find(&format!("\">{title}</h2>"))?;
            (at < place).then_some((at, title))
        });
        found.max().map_or("", |(_, title)| title)
    };
    let numbers = ["MIS-2025-0001", "MIS-2025-0002"];
    numbers.into_iter().filter_map(|number| Some((number, title_before(page.find(number)?)))).collect()
}

#[tokio::test]
async fn the_list_of_missions_is_taken_away_as_a_file_with_its_filters() {
    let bench = Bench::new().await;
    bench.propose(&bench.jury(&bench.expert)).await;
    let mut observed = bench.jury(&bench.expert);
    (observed["object"], observed["starts_on"]) = (json!("observation"), json!("2025-10-22"));
    bench.propose(&observed).await;
    let (_, page) = bench.t.open(&bench.officer, "/missions?objet=observation").await;
    assert!(page.contains("/missions/export.csv?objet=observation"), "{page}");
    bench.t.effects().await;
    let (status, file) = bench.t.open(&bench.officer, "/missions/export.csv").await;
    assert_eq!(status, StatusCode::OK);
    assert!(file.starts_with("\u{feff}Mission;Objet;Titre;"), "{file}");
    assert!(
        file.contains("MIS-2025-0001;Présidence de jury;Jury du CQP à Nevers;2025-10-20 09:00;"),
        "{file}"
    );
    assert_eq!(file.lines().count(), 3);
    assert_eq!(bench.t.effects().await.events, ["mission.exported"]);
    let (_, file) = bench.t.open(&bench.officer, "/missions/export.csv?objet=observation").await;
    assert!(file.contains("MIS-2025-0002") && !file.contains("MIS-2025-0001"), "{file}");
    for (object, count) in [("jury", 1), ("siege-jury", 0)] {
        let (_, file) = bench.t.open(&bench.officer, &format!("/missions/export.csv?objet={object}")).await;
        assert_eq!(file.lines().count(), count + 1, "{object}: {file}");
    }
    assert_eq!(bench.t.open(&bench.own, "/missions/export.csv").await.0, StatusCode::NOT_FOUND);
}
