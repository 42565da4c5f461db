//! The pages of programmes: a sheet is made by plain forms, then published once its consequences were read.

use entity::account_role::Role;
use poem::http::StatusCode;

use super::published;
use crate::support::{Person, TestApp};

const PAGE: &str = "/programmes/gestes-et-postures";

/// Posts a form of the draft, which must be accepted, at the version that follows the one before.
async fn accepted(t: &TestApp, person: &Person, part: &str, version: &mut i32, fields: &[(&str, &str)]) {
    let seen = version.to_string();
    let fields = [&[("version", seen.as_str())][..], fields].concat();
    let (status, location, text) = t.submit(person, &format!("{PAGE}/fiche/{part}"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{part}: {text}");
    assert_eq!(location, PAGE);
    *version += 1;
}

#[tokio::test]
async fn a_sheet_is_made_by_forms_and_published_once_its_consequences_were_read() {
    let t = TestApp::new().await;
    let (officer, manager) = (t.person(Role::Officer).await, t.person(Role::Manager).await);
    let empty = [("code", "1"), ("title", "")];
    let (status, _, text) = t.submit(&officer, "/programmes/nouveau", &empty).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for fault in ["Un code compte de 2 à 30 signes", "Indiquez l’intitulé", "Choisissez un thème"] {
        assert!(text.contains(fault), "{fault}: {text}");
    }
    let fields = [("code", "GESTES"), ("title", "Gestes et postures"), ("theme", "health_safety")];
    let (status, location, text) = t.submit(&officer, "/programmes/nouveau", &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, PAGE), "{text}");
    let (_, text) = t.open(&officer, PAGE).await;
    assert!(text.contains("À compléter avant de publier") && text.contains("#champ-goal"), "{text}");
    assert!(!text.contains(">Publier la fiche</button>"), "an officer prepares, a manager publishes");

    let mut at = 1;
    let wrong = [("version", "1"), ("duration_minutes", "longtemps"), ("group_min", "8"), ("group_max", "4")];
    let (status, _, text) = t.submit(&officer, &format!("{PAGE}/fiche/organisation"), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Indiquez une durée en heures", "plus petit que", "value=\"longtemps\""] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let first = [
        ("title", "Gestes et postures"),
        ("goal", "Travailler sans se blesser."),
        ("audience", "Salariés."),
        ("prerequisites", "Aucun."),
        ("objectives", "Repérer\r\n\r\nAgir"),
    ];
    accepted(&t, &officer, "presentation", &mut at, &first).await;
    let length = [
        ("duration_minutes", "7"),
        ("half_days", "2"),
        ("rhythm", "Une journée."),
        ("modality", "mixed"),
        ("places", "Dans la structure."),
        ("group_min", "4"),
        ("group_max", "10"),
        ("remote_needs", "Un ordinateur."),
    ];
    accepted(&t, &officer, "organisation", &mut at, &length).await;
    let teaching = [
        ("methods", "Exercices."),
        ("trainer_profile", "Ergonome."),
        ("assessment_entry", "Questionnaire."),
        ("assessment_during", "Exercices."),
        ("assessment_end", "Mise en situation."),
    ];
    accepted(&t, &officer, "pedagogie", &mut at, &teaching).await;
    let access = [
        ("access_procedure", "En ligne."),
        ("access_delay", "Deux semaines."),
        ("accessibility", "Accessible."),
        ("disability_contact", "handicap@essai.exemple"),
        ("contact", "contact@essai.exemple"),
        ("vat", "exempt"),
    ];
    accepted(&t, &officer, "acces", &mut at, &access).await;
    accepted(&t, &officer, "codes", &mut at, &[("nsf", "344"), ("formacodes", "44554, 44555")]).await;
    let price = [("payer", "opco"), ("unit", "day"), ("amount_cents", "1 240,50")];
    accepted(&t, &officer, "tarifs", &mut at, &price).await;
    let module =
        [("title", "Observer"), ("content", "Regarder."), ("duration_minutes", "3,5"), ("rank", "1")];
    accepted(&t, &officer, "modules", &mut at, &module).await;
    let (status, text) = t.open(&officer, &format!("{PAGE}/fiche/modules/1")).await;
    assert!(
        status == StatusCode::OK && text.contains("value=\"3,5\"") && text.contains("Supprimer ce module")
    );
    for gone in ["modules/2", "modules/0", "presentation/1", "rien"] {
        let (status, _) = t.open(&officer, &format!("{PAGE}/fiche/{gone}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{gone}");
    }
    let (_, text) = t.open(&officer, PAGE).await;
    assert!(!text.contains("À compléter avant de publier"), "{text}");
    assert!(text.contains("1\u{202f}240,50\u{202f}€") && text.contains("7\u{202f}h"), "{text}");

    let seen = at.to_string();
    let publish = [("version", seen.as_str())];
    let address = format!("{PAGE}/publier");
    assert_eq!(t.submit(&officer, &address, &publish).await.0, StatusCode::FORBIDDEN);
    let (status, _, text) = t.submit(&manager, &address, &publish).await;
    assert!(status == StatusCode::OK && text.contains("Publier cette fiche"), "{text}");
    let (_, text) = t.open(&manager, PAGE).await;
    assert!(text.contains(">Publier la fiche</button>"), "a question publishes nothing");
    let confirmed = [publish[0], ("confirme", "oui")];
    let (status, location, _) = t.submit(&manager, &address, &confirmed).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, PAGE));
    let (_, text) = t.open(&manager, PAGE).await;
    assert!(text.contains("Préparer une nouvelle version") && !text.contains("/fiche/"), "{text}");
    let (status, _) = t.open(&manager, &format!("{PAGE}/fiche/codes")).await;
    assert_eq!(status, StatusCode::CONFLICT, "what is published has no form");
}

#[tokio::test]
async fn what_lacks_is_told_when_publication_is_asked() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let fields = [("code", "GESTES"), ("title", "Gestes et postures"), ("theme", "health_safety")];
    t.submit(&manager, "/programmes/nouveau", &fields).await;
    let (status, _, text) = t.submit(&manager, &format!("{PAGE}/publier"), &[("version", "1")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for lack in ["La fiche n’est pas encore publiée", "Référent handicap", "Code NSF", "Tarifs"] {
        assert!(text.contains(lack), "{lack}: {text}");
    }
}

#[tokio::test]
async fn a_programme_is_retired_once_that_was_confirmed_and_prepared_again() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = published(&t).await;
    let at = t.get(&manager, &path).await.body["version"].to_string();
    let (status, _, text) = t.submit(&manager, &format!("{PAGE}/retirer"), &[("version", at.as_str())]).await;
    assert!(status == StatusCode::OK && text.contains("Retirer cette formation du catalogue"), "{text}");
    let confirmed = [("version", at.as_str()), ("confirme", "oui")];
    let (status, ..) = t.submit(&manager, &format!("{PAGE}/retirer"), &confirmed).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = t.open(&manager, PAGE).await;
    assert!(text.contains("Retirée du catalogue") && text.contains(">Préparer à nouveau</button>"), "{text}");
    let at = t.get(&manager, &path).await.body["version"].to_string();
    let (status, ..) = t.submit(&manager, &format!("{PAGE}/retablir"), &[("version", at.as_str())]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, ..) = t.submit(&manager, &format!("{PAGE}/brouillon"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _, text) = t.submit(&manager, &format!("{PAGE}/abandonner"), &[("version", "1")]).await;
    assert!(status == StatusCode::OK && text.contains("Abandonner la version en préparation"), "{text}");
    let confirmed = [("version", "1"), ("confirme", "oui")];
    let (status, ..) = t.submit(&manager, &format!("{PAGE}/abandonner"), &confirmed).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn identity_changes_with_the_address_of_the_page() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    published(&t).await;
    let (status, text) = t.open(&officer, &format!("{PAGE}/identite")).await;
    assert!(status == StatusCode::OK && text.contains("value=\"GESTES\""), "{text}");
    let version = text.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [
        ("version", version),
        ("code", "GESTES"),
        ("slug", "bons gestes"),
        ("theme", "sector"),
        ("trainer_right", "epsp"),
        ("recycling_months", "24"),
    ];
    let (status, location, text) = t.submit(&officer, &format!("{PAGE}/identite"), &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/programmes/bons-gestes"), "{text}");
    let (_, text) = t.open(&officer, "/programmes/bons-gestes").await;
    assert!(text.contains("tous les 24 mois") && text.contains("Gestes et postures"), "{text}");
    assert_eq!(t.open(&officer, PAGE).await.0, StatusCode::NOT_FOUND);
    let (status, text) = t.open(&officer, "/programmes/bons-gestes/couverture").await;
    assert!(status == StatusCode::OK && text.contains("Aucune compétence à couvrir"), "{text}");
    let (status, text) = t.open(&officer, "/programmes?q=gestes").await;
    assert!(status == StatusCode::OK && text.contains("/programmes/bons-gestes"), "{text}");
}
