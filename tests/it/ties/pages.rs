//! The pages of ties.

use entity::account_role::Role;
use entity::declared_interest::TieKind;
use poem::http::StatusCode;
use serde_json::json;
use time::Duration;
use time::macros::date;

use crate::support::TestApp;

#[tokio::test]
async fn a_person_declares_and_others_see_what_they_may() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.controller("Abel").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let file = format!("/intervenants/{}", expert.number);
    let path = format!("{file}/independance");
    let own = t.of_expert(expert.id).await;
    let (status, text) = t.open(&own, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Aucun lien connu") && text.contains("Manquante"), "{text}");
    let (status, _, text) = t.submit(&own, &format!("{file}/liens"), &[("siren", "123"), ("tie", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Aucune structure enregistrée ne porte ce numéro"));
    let interest =
        [("siren", structure.siren.as_str()), ("tie", "support_expert"), ("detail", "Appui de mai")];
    let (status, location, _) = t.submit(&own, &format!("{file}/liens"), &interest).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
    let board = [("siren", structure.siren.as_str()), ("tie", "board")];
    assert_eq!(t.submit(&own, &format!("{file}/liens"), &board).await.0, StatusCode::SEE_OTHER);
    let (_, text) = t.open(&own, &path).await;
    for (words, count) in [
        ("Mandat au conseil d’administration", 5),
        ("Encadrement ou tutorat d’une personne de l’équipe", 1),
        ("Emploi ou prestation", 1),
    ] {
        assert_eq!(text.matches(words).count(), count, "{words}, in the list and among the choices: {text}");
    }
    let verb = |after: &str, verb: &str| {
        let id = text.split(after).nth(1).unwrap().split("/liens/").nth(1).unwrap();
        format!("{file}/liens/{}/{verb}", id.split('/').next().unwrap())
    };
    let (void, end) = (
        verb("Corriger\u{202f}: Mandat au conseil", "annuler"),
        verb("Corriger\u{202f}: Appui pédagogique", "fin"),
    );
    let (status, _, refused) = t.submit(&own, &void, &[("reason", "")]).await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && refused.contains("Dites pourquoi ce lien est annulé")
    );
    assert_eq!(t.submit(&own, &end, &[("until", "demain")]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(t.submit(&own, &void, &[("reason", "Erreur de saisie")]).await.0, StatusCode::SEE_OTHER);
    let voided = t.open(&own, &path).await.1;
    assert_eq!(
        voided.matches("Mandat au conseil d’administration").count(),
        1,
        "among the choices: {voided}"
    );
    for (person, words) in [(&own, true), (&manager, true)] {
        assert_eq!(t.open(person, &path).await.1.contains("Appui de mai"), words);
        assert_eq!(t.open(person, &file).await.1.contains("Appui de mai"), words);
    }
    let officer = t.person(Role::Officer).await;
    for page in [path.as_str(), file.as_str(), &format!("/structures/{}/liens", structure.siren)] {
        let (status, text) = t.open(&officer, page).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(
            text.contains("Les liens déclarés sont lus") && !text.contains("Appui de mai"),
            "{page}: {text}"
        );
    }
    let auditor = t.person(Role::Auditor).await;
    for page in [path.as_str(), file.as_str()] {
        let (status, text) = t.open(&auditor, page).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(!text.contains("Appui de mai"), "{page}: {text}");
    }
    let (status, _, text) = t.submit(&own, &format!("{file}/declaration"), &[("answer", "rien")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Les Jardins du Morvan") && text.contains("id=\"bilan\""));
    let (status, _, text) = t.submit(&own, &format!("{file}/declaration"), &[]).await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("Choisissez l’une des deux réponses")
    );
    let (status, _, _) = t
        .submit(&own, &format!("{file}/declaration"), &[("answer", "liste"), ("note", "Parts sociales")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(
        t.open(&own, &path).await.1.contains("value=\"Parts sociales\""),
        "what was said may be completed"
    );
    let (_, text) = t.open(&officer, &path).await;
    assert!(text.contains("À jour") && !text.contains("Parts sociales"));
    let stranger = t.controller("Bérard").await;
    let stranger = t.of_expert(stranger.id).await;
    assert_eq!(t.open(&stranger, &path).await.0, StatusCode::NOT_FOUND);
    let owner = t.of_structure(structure.id).await;
    let (status, text) = t.open(&owner, "/notre-structure").await;
    assert!(status == StatusCode::OK && !text.contains("Liens et indépendance"));
    assert_eq!(
        t.open(&owner, &format!("/structures/{}/liens", structure.siren)).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_team_records_employers_and_groups() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let expert = t.controller("Abel").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let sister = t.structure("Recyclerie des Amognes").await;
    let file = format!("/intervenants/{}", expert.number);
    let employ = format!("{file}/employeurs");
    let (status, _, text) = t.submit(&officer, &employ, &[("siren", "1")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("Aucune structure enregistrée"));
    let fields = [("siren", structure.siren.as_str()), ("since", "2024-05-01")];
    assert_eq!(t.submit(&officer, &employ, &fields).await.0, StatusCode::SEE_OTHER);
    let (status, _, text) = t.submit(&officer, &employ, &fields).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("déjà enregistré"));
    for siren in [&structure.siren, &sister.siren] {
        let fields = [("group", "Groupe Éclat")];
        let (status, location, _) = t.submit(&officer, &format!("/structures/{siren}/groupe"), &fields).await;
        assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("/structures/{siren}/liens")));
    }
    let (_, text) = t.open(&officer, &format!("/structures/{}", sister.siren)).await;
    assert!(text.contains("Liens et indépendance") && text.contains("même groupe"), "{text}");
    let (_, text) = t.open(&officer, &format!("{file}/independance")).await;
    assert!(text.contains("Contrôle\u{202f}: refus tant que ce lien dure, puis 24 mois"), "{text}");
    let end = text.split("/employeurs/").nth(1).unwrap().split("/fin").next().unwrap().to_owned();
    let end = format!("{file}/employeurs/{end}/fin");
    assert_eq!(t.submit(&officer, &end, &[("until", "")]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(t.submit(&officer, &end, &[("until", "2025-09-30")]).await.0, StatusCode::SEE_OTHER);
    let (_, text) = t.open(&officer, &format!("{file}/independance")).await;
    assert!(text.contains("refus jusqu’au 30 septembre 2027"), "{text}");
    t.interest(expert.id, structure.id, TieKind::JuryPresident, None).await;
    assert_eq!(t.open(&officer, &format!("{file}/independance")).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_declaration_says_until_when_it_counts_then_that_it_has_ended() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let own = t.of_expert(expert.id).await;
    let file = format!("/intervenants/{}", expert.number);
    let path = format!("{file}/independance");
    let never = t.open(&own, &path).await.1;
    assert!(
        never.contains("échéance le 6 octobre 2025"),
        "nothing was awaited before they were recorded: {never}"
    );
    t.advance(time::Duration::days(2));
    let never = t.open(&own, &path).await.1;
    assert!(never.contains("attendue depuis le 6 octobre 2025"), "{never}");
    let nothing = [("answer", "rien")];
    assert_eq!(t.submit(&own, &format!("{file}/declaration"), &nothing).await.0, StatusCode::SEE_OTHER);
    for (days, word, sentence) in [
        (0, "À jour", "valable jusqu’au 31 mars 2026"),
        (120, "À faire", "échéance le 31 mars 2026"),
        (300, "Manquante", "terminée depuis le 31 mars 2026"),
    ] {
        t.advance(time::Duration::days(days));
        let text = t.open(&own, &path).await.1;
        assert!(text.contains(word) && text.contains(sentence), "{days}: {text}");
    }
}

#[tokio::test]
async fn ties_are_shown_as_they_were_known_and_weighed_on_a_day() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.controller("Abel").await;
    let (first, second) =
        (t.structure("Les Jardins du Morvan").await, t.structure("Les Potagers du Nohain").await);
    let employed = TieKind::EmployeeBoardOrProvider;
    t.interest(expert.id, first.id, employed, Some(date!(2023 - 12 - 31))).await;
    t.advance(Duration::days(10));
    t.interest(expert.id, second.id, employed, None).await;
    let list = format!("/intervenants/{}/independance", expert.number);
    let between = t.open(&manager, &format!("{list}?au=2025-10-10")).await.1;
    assert!(between.contains("Situation au 10 octobre 2025"), "{between}");
    assert!(between.contains(&first.name) && !between.contains(&second.name), "learnt later: {between}");
    let now = t.open(&manager, &list).await.1;
    assert!(now.contains(&second.name) && !now.contains("Situation au"), "{now}");
    let of_second = format!("/structures/{}/liens", second.siren);
    assert!(t.open(&manager, &of_second).await.1.contains("Anne-Lise Abel"));
    let before = t.open(&manager, &format!("{of_second}?au=2025-10-10")).await.1;
    assert!(
        before.contains("Situation au 10 octobre 2025") && !before.contains("Anne-Lise Abel"),
        "{before}"
    );
    let ties = async |query: &str| {
        let path = format!("/experts/{}/ties{query}", expert.id);
        t.get(&manager, &path).await.body["items"].as_array().unwrap().clone()
    };
    assert_eq!((ties("?on=2025-10-10").await.len(), ties("").await.len()), (1, 2));
    // Two years after the end of the tie, nothing refuses any more.
    let effects = async |day: &str| {
        let found = ties(&format!("?on={day}")).await;
        let one = found.iter().find(|tie| tie["structure_id"] == json!(first.id)).unwrap().clone();
        one["effects"].as_array().unwrap().len()
    };
    assert!(effects("2025-12-31").await > effects("2026-01-01").await);
    let of_structure = t.get(&manager, &format!("/structures/{}/ties?on=2025-10-10", second.id)).await;
    assert_eq!(of_structure.body["items"], json!([]));
}
