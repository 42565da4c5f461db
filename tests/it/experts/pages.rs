//! The pages of experts.

use entity::account_role::Role;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use serde_json::{Value, json};

use super::path::Way;
use crate::support::TestApp;

#[tokio::test]
async fn an_officer_records_and_habilitates_someone() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let (status, text) = t.open(&officer, "/intervenants").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Personne pour le moment"));
    let fields = [
        ("first_names", "Zoé"),
        ("family_name", "N’Guyen-d’Arc"),
        ("email", "zoe@intervenants.exemple"),
        ("department", "58"),
        ("status", "independent"),
    ];
    let (status, _, text) = t.submit(&officer, "/intervenants/nouveau", &fields[..4]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Choisissez un statut") && text.contains("value=\"Zoé\""));
    let (status, location, _) = t.submit(&officer, "/intervenants/nouveau", &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/intervenants/INT-0001"));

    let grant = [
        ("version", "1"),
        ("duty", "controleur"),
        ("starts_on", "2025-10-06"),
        ("regions", "27"),
        ("regions", "11"),
    ];
    let path = "/intervenants/INT-0001";
    assert_eq!(t.submit(&officer, &format!("{path}/habilitations"), &grant).await.0, StatusCode::SEE_OTHER);
    let again = [("version", "2"), ("duty", "controleur"), ("starts_on", "2026-10-06")];
    let (status, _, text) = t.submit(&officer, &format!("{path}/habilitations"), &again).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Une habilitation pour la même fonction"));
    let (_, text) = t.open(&officer, path).await;
    assert!(
        text.contains("Île-de-France, Bourgogne-Franche-Comté")
            || text.contains("Bourgogne-Franche-Comté, Île-de-France")
    );
    assert!(text.contains("class=\"echelle\"") && text.contains("Aucun lien connu avec une structure."));
    let (_, text) = t.open(&officer, "/intervenants?fonction=controleur&region=27&au=2025-12-31").await;
    assert!(text.contains("N’Guyen-d’Arc") && text.contains("<b>Situation au 31 décembre 2025.</b>"));
    let back = "<a href=\"/intervenants?fonction=controleur&#38;region=27\">Revenir à aujourd’hui</a>";
    assert!(text.contains(back), "{text}");
    let (status, text) = t.open(&officer, "/intervenants?au=30/02/2024").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "no other day is shown instead without a word");
    assert!(text.contains("Indiquez une date"), "{text}");
    let (status, form) = t.open(&officer, &format!("{path}/modifier")).await;
    assert!(status == StatusCode::OK && form.contains("<h1>Modifier la fiche, "), "{form}");
    let (status, _, _) =
        t.submit(&officer, &format!("{path}/modifier"), &[&fields[..], &[("version", "2")]].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_file_is_shown_as_of_another_day_and_changed_today_only() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let expert = t.controller("Abel").await;
    let path = format!("/intervenants/{}", expert.number);
    let today = t.open(&officer, &path).await.1;
    assert!(today.contains("Proposer une mission") && !today.contains("Revenir à aujourd’hui"), "{today}");
    for (day, words, state, valid) in [
        ("2024-01-01", "1er janvier 2024", "À venir", false),
        ("2025-01-01", "1er janvier 2025", "Active", true),
        ("2027-10-07", "7 octobre 2027", "Terminée", false),
    ] {
        let (status, page) = t.open(&officer, &format!("{path}?au={day}")).await;
        assert_eq!(status, StatusCode::OK, "{day}");
        assert!(page.contains(&format!("<b>Situation au {words}.</b>")), "{day}: {page}");
        assert!(page.contains(&format!("{state}</span>")), "{day}: {page}");
        assert_eq!(page.contains("Aucune habilitation en cours"), !valid, "{day}");
        assert!(page.contains(&format!("<a href=\"{path}\">Revenir à aujourd’hui</a>")), "{day}: {page}");
        assert!(
            !page.contains("Proposer une mission")
                && !page.contains("method=\"post\" action=\"/intervenants")
        );
        let read = t.get(&officer, &format!("/experts/{}?on={day}", expert.id)).await;
        let told = (&read.body["on"], &read.body["habilitations"][0]["valid"]);
        assert_eq!(told, (&json!(day), &json!(valid)), "{day}");
    }
    let unread = t.get(&officer, &format!("/experts/{}?on=demain", expert.id)).await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST, "{unread:?}");
}

#[tokio::test]
async fn the_manager_suspends_an_habilitation() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.controller("Abel").await;
    let path = format!("/intervenants/{}", expert.number);
    let found =
        parchemin::features::experts::queries::get(t.app.db.read(), &manager.actor, expert.id).await.unwrap();
    let change = format!("{path}/habilitations/{}", found.habilitations[0].file.id);
    let (status, _, _) = t.submit(&manager, &change, &[("acte", "suspendre"), ("reason", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = [("acte", "suspendre"), ("reason", "Réunions manquées")];
    let (status, _, text) = t.submit(&manager, &change, &typed).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("aucune mission ni visite prévue n’est touchée"), "{text}");
    assert!(!t.open(&manager, &path).await.1.contains("Suspendue"), "nothing changed before the answer");
    let (status, _, _) = t.submit(&manager, &change, &[&typed[..], &[("confirme", "oui")]].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(t.open(&manager, &path).await.1.contains("Suspendue"));
}

#[tokio::test]
async fn the_list_is_for_whoever_may_see_somebody_there() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    for (person, status) in [
        (t.person(Role::Officer).await, StatusCode::OK),
        (t.person(Role::Auditor).await, StatusCode::OK),
        (t.of_expert(expert.id).await, StatusCode::OK),
        (t.person(Role::Structure).await, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.open(&person, "/intervenants").await.0, status, "{:?}", person.actor);
    }
}

#[tokio::test]
async fn the_page_of_a_file_tells_what_happened_and_keeps_for_the_team_what_is_theirs() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    way.done(&way.manager, "withdraw", &json!({ "reason": "Manquement grave" })).await;
    let path = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let senior = way.t.of_expert(way.senior.id).await;
    let mut told_to = Vec::new();
    for person in [&way.manager, &way.person, &senior] {
        let (_, page) = way.t.open(person, &path).await;
        told_to.push(page.split_once("id=\"hist\"").unwrap().1.to_owned());
    }
    let told = [
        "Habilitation accordée",
        "Charte d’impartialité signée",
        "Présentation au jury, le 6 octobre 2025",
        "Étape enregistrée\u{202f}: Fond de salle",
        "Admission en formation",
        "Candidature déposée",
    ];
    for history in &told_to {
        let places: Vec<_> = told.iter().map(|sentence| history.find(sentence)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {history}");
    }
    let said = |words: &str| told_to.iter().map(|history| history.contains(words)).collect::<Vec<_>>();
    assert_eq!(said("Retrait demandé"), [true, true, false], "{told_to:?}");
    assert_eq!(said("Manquement grave"), [true, false, false], "{told_to:?}");
    way.done(&way.person, "answer-withdrawal", &json!({ "answer": "Je m’en explique" })).await;
    let other = way.t.person(Role::Manager).await;
    way.t.advance(time::Duration::days(1));
    way.done(&other, "confirm-withdrawal", &Value::Null).await;
    let (_, after) = way.t.open(&way.person, &path).await;
    let (_, history) = after.split_once("id=\"hist\"").unwrap();
    let places =
        ["Habilitation retirée", "Observations sur le retrait demandé"].map(|words| history.find(words));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {history}");
}

#[tokio::test]
async fn an_expert_is_led_to_their_own_file_and_applies_from_there() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let person = t.of_expert(expert.id).await;
    let own = format!("/intervenants/{}", expert.number);
    assert!(t.open(&person, "/accueil").await.1.contains("href=\"/ma-fiche\""));
    let led = t.client.get("/ma-fiche").header("cookie", &person.cookie).send().await;
    led.assert_status(StatusCode::SEE_OTHER);
    led.assert_header("location", own.as_str());
    let fields = [("duty", "epsp"), ("motivation", "Cinq ans d’encadrement")];
    assert_eq!(t.submit(&person, &format!("{own}/candidatures"), &fields).await.0, StatusCode::SEE_OTHER);
    assert!(t.open(&person, &own).await.1.contains("Candidature"));
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.open(&officer, "/ma-fiche").await.0, StatusCode::NOT_FOUND);

    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    let piece = json!({ "code": "insurance", "proof_on": "2024-11-16", "valid_until": "2025-11-15" });
    let added = t.post(&person, &format!("/experts/{}/pieces", expert.id), &piece).await;
    assert_eq!(added.status, StatusCode::CREATED, "{added:?}");
    let (status, page) = t.open(&person, "/mes-habilitations").await;
    assert_eq!(status, StatusCode::OK);
    for words in ["Mandataire", "6 octobre 2027", "Conditions du renouvellement", "15 novembre 2025"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.find("Mandataire") < page.find("Candidature"), "what is held first: {page}");
}

#[tokio::test]
async fn an_expert_without_a_file_is_told_what_to_do_until_it_is_linked() {
    let t = TestApp::new().await;
    let unlinked = t.person(Role::Expert).await;
    let (status, text) = t.open(&unlinked, "/ma-fiche").await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let email = format!("expert-{}@essai.exemple", unlinked.id);
    for words in ["pas encore relié à votre fiche", "href=\"/aide#contact\"", email.as_str()] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let expert = t.expert("Abel").await;
    let admin = t.person(Role::Admin).await;
    let link = format!("/parametres/utilisateurs/{}/intervenant", unlinked.id);
    let fields = [("version", "1"), ("expert", expert.number.as_str())];
    let (status, _, text) = t.submit(&admin, &link, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let led = t.client.get("/ma-fiche").header("cookie", &unlinked.cookie).send().await;
    led.assert_status(StatusCode::SEE_OTHER);
    led.assert_header("location", format!("/intervenants/{}", expert.number).as_str());
}

#[tokio::test]
async fn somebody_of_the_same_name_is_told_before_another_is_recorded() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let known = t.expert("Abel").await;
    let mut fields = vec![
        ("first_names", "anne-lise"),
        ("family_name", "ABEL"),
        ("email", "autre@intervenants.exemple"),
        ("department", "58"),
        ("status", "independent"),
    ];
    t.effects().await;
    let (status, _, page) = t.submit(&officer, "/intervenants/nouveau", &fields).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("Une personne du même nom") && page.contains(&known.number), "{page}");
    assert!(page.contains("value=\"autre@intervenants.exemple\""), "what was typed is kept: {page}");
    assert!(t.effects().await.events.is_empty(), "asking does nothing");
    fields.push(("homonyme_connu", known.number.as_str()));
    let (status, location, page) = t.submit(&officer, "/intervenants/nouveau", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert!(t.open(&officer, &location.to_lowercase()).await.0 == StatusCode::OK, "whatever the capitals");
}

#[tokio::test]
async fn an_habilitation_taken_over_lacks_no_step_of_a_path() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let expert = t.expert("Abel").await;
    let file = t.habilitate(expert.id, Duty::Controleur, None, &[]).await;
    let path = format!("/intervenants/{}/habilitations/{}", expert.number, file.id);
    let (_, page) = t.open(&officer, &path).await;
    assert!(page.contains("son parcours n’est pas repris"), "{page}");
}
