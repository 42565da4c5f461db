//! The home page of an expert: the next engagement, what waits for an answer, what ends.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::datetime;

use crate::agreements::desk::Desk;
use crate::missions::bench::{Bench, invited};
use crate::support::TestApp;

/// The part of a page under a heading.
fn under<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<h2 id=\"{id}\">")).unwrap_or_default();
    rest.split("</section>").next().unwrap_or_default()
}

#[tokio::test]
async fn the_next_engagement_comes_first_then_the_offers_with_their_delay() {
    let bench = Bench::new().await;
    let (_, page) = bench.t.open(&bench.own, "/accueil").await;
    assert!(under(&page, "prochain").contains("Aucune mission, aucune visite et aucune réunion"), "{page}");
    assert!(!page.contains("id=\"repondre\"") && !page.contains("id=\"fins\""), "{page}");
    bench.accepted().await;
    let mut later = bench.jury(&bench.expert);
    (later["starts_on"], later["persons"]) = (json!("2025-10-22"), json!("Maëlle Ouédraogo, directrice"));
    let offered = bench.propose(&later).await;
    let (_, page) = bench.t.open(&bench.own, "/accueil").await;
    let next = under(&page, "prochain");
    for said in ["MIS-2025-0001", "Lundi 20 octobre 2025", "Les Jardins du Morvan", "Ouvrir la mission"] {
        assert!(next.contains(said), "{said}: {next}");
    }
    let offers = under(&page, "repondre");
    for said in
        ["MIS-2025-0002", "Lire ou décliner", "Réponse attendue jusqu’au", "/missions/MIS-2025-0002/accepter"]
    {
        assert!(offers.contains(said), "{said}: {offers}");
    }
    let path = "/missions/MIS-2025-0002/accepter";
    let (status, ..) = bench.t.submit(&bench.own, path, &[]).await;
    assert_eq!((status, bench.state(&offered).await.as_str()), (StatusCode::SEE_OTHER, "accepted"));
    let (_, page) = bench.t.open(&bench.own, "/accueil").await;
    assert!(!page.contains("id=\"repondre\""), "{page}");
    assert!(under(&page, "ensuite").contains("MIS-2025-0002"), "{page}");
    let stranger = bench.t.person(Role::Expert).await;
    let (_, page) = bench.t.open(&stranger, "/accueil").await;
    assert!(!page.contains("MIS-2025-"), "nobody else reads it");
}

#[tokio::test]
async fn a_visit_is_an_engagement_too_with_its_zone() {
    let desk = Desk::at("97400", "Saint-Denis").await;
    desk.reach(RequestState::VisitScheduled).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let (_, page) = desk.t.open(&desk.expert, "/accueil").await;
    let next = under(&page, "prochain");
    for said in [number.as_str(), "Visite d’agrément", "heure de La Réunion", "Préparer la visite"] {
        assert!(next.contains(said), "{said}: {next}");
    }
}

#[tokio::test]
async fn a_visit_is_told_once_as_an_engagement_then_as_something_to_record() {
    let desk = Desk::new().await;
    desk.reach(RequestState::VisitScheduled).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let (_, page) = desk.t.open(&desk.expert, "/accueil").await;
    assert!(under(&page, "prochain").contains(&number), "{page}");
    assert!(!under(&page, "afaire").contains(&number), "twice on one page: {page}");
    let (_, every) = desk.t.open(&desk.expert, "/a-faire").await;
    assert!(every.contains(&number), "the whole list keeps it: {every}");
    desk.t.advance(time::Duration::days(21));
    let (_, page) = desk.t.open(&desk.expert, "/accueil").await;
    assert!(!under(&page, "prochain").contains(&number), "it is behind: {page}");
    assert!(under(&page, "afaire").contains(&number) && !page.contains("id=\"ensuite\""), "{page}");
}

#[tokio::test]
async fn a_mission_that_has_ended_is_no_longer_the_next_engagement() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-21 07:00 UTC));
    bench.ring().await;
    for act in ["Terminer la mission", "Remettre le compte rendu"] {
        let (_, page) = bench.t.open(&bench.own, "/accueil").await;
        let next = under(&page, "prochain");
        assert!(next.contains("Aucune mission, aucune visite et aucune réunion à venir"), "{next}");
        let reports = under(&page, "rendus");
        assert!(reports.contains("MIS-2025-0001") && reports.contains(act), "{act}: {reports}");
        assert!(!page.contains("id=\"ensuite\""), "{page}");
        bench.act(&bench.own, &id, "finish", &Value::Null).await;
    }
}

#[tokio::test]
async fn a_meeting_is_answered_then_awaited_with_the_missions_and_leaves_once_declined() {
    let bench = Bench::new().await;
    bench.accepted().await;
    let meeting = invited(&bench).await;
    let (_, page) = bench.t.open(&bench.own, "/accueil").await;
    let next = under(&page, "prochain");
    for said in ["REU-2025-0001", "Réunion de travail des mandataires", "Répondre à l’invitation"] {
        assert!(next.contains(said), "{said}: {next}");
    }
    assert!(!next.contains("/accepter"), "a meeting is answered on its page: {next}");
    bench.t.post(&bench.own, &format!("{meeting}/answer"), &json!({ "coming": true })).await;
    let (_, page) = bench.t.open(&bench.own, "/accueil").await;
    assert!(under(&page, "prochain").contains("Présence annoncée"), "{page}");
    assert!(under(&page, "ensuite").contains("MIS-2025-0001"), "{page}");
    bench.t.post(&bench.own, &format!("{meeting}/answer"), &json!({ "coming": false })).await;
    let (_, page) = bench.t.open(&bench.own, "/accueil").await;
    assert!(!page.contains("REU-2025-0001"), "{page}");
}

#[tokio::test]
async fn a_right_that_ends_within_six_months_is_told_to_its_holder() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    t.advance(time::Duration::days(640));
    let own = t.of_expert(expert.id).await;
    let (_, page) = t.open(&own, "/accueil").await;
    let ending = under(&page, "fins");
    assert!(ending.contains("Habilitation") && ending.contains("dans 90 jours"), "{page}");
}
