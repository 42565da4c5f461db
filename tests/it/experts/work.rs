//! What the page of a person says of their work, and to whom.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::Value;
use time::macros::datetime;

use crate::missions::bench::Bench;

#[tokio::test]
async fn the_page_of_a_person_tells_their_missions_and_their_twelve_months() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let path = format!("/intervenants/{}", bench.expert.number);
    let (_, page) = bench.t.open(&bench.officer, &path).await;
    for said in [
        "Mandataire depuis 2024",
        "Jury du CQP à Nevers, Les Jardins du Morvan",
        "/missions/MIS-2025-0001",
        "La mission",
        "Reprise d’une habilitation déjà délivrée",
        "mailto:",
        "0 mission tenue",
        "0,0 en moyenne par personne habilitée",
        "1 acceptée",
        "aria-label=\"Rubriques de la fiche\"",
        "Missions (1)</a>",
        "<a href=\"#pieces\">Pièces</a>",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    bench.t.set_now(datetime!(2025-10-20 16:00 UTC));
    for verb in ["start", "finish"] {
        assert_eq!(bench.act(&bench.own, &id, verb, &Value::Null).await.status, 200, "{verb}");
    }
    bench.t.set_now(datetime!(2025-10-22 17:00 UTC));
    let report = serde_json::json!({ "report": "Fait." });
    assert_eq!(bench.act(&bench.own, &id, "report", &report).await.status, 200);
    let (_, page) = bench.t.open(&bench.officer, &path).await;
    for said in ["1 mission tenue", "1,0 en moyenne par personne habilitée", "en 2 jours en moyenne"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let (_, own) = bench.t.open(&bench.own, &path).await;
    assert!(own.contains("Sur douze mois") && own.contains("1 mission tenue"), "{own}");
    assert!(!own.contains("en moyenne par personne"), "the mean is for whoever follows the network: {own}");
    let auditor = bench.t.person(Role::Auditor).await;
    let (_, read) = bench.t.open(&auditor, &path).await;
    assert!(read.contains("MIS-2025-0001") && !read.contains("Sur douze mois"), "{read}");
    let other = bench.t.of_expert(bench.mandataire("Bérard").await.id).await;
    assert_eq!(bench.t.open(&other, &path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_history_is_for_those_who_read_the_journal() {
    let bench = Bench::new().await;
    let path = format!("/intervenants/{}", bench.expert.number);
    let link = format!("/journal?objet={}", bench.expert.number);
    let manager = bench.t.person(Role::Manager).await;
    assert!(bench.t.open(&manager, &path).await.1.contains(&link));
    let (status, journal) = bench.t.open(&manager, &link).await;
    assert!(status == StatusCode::OK && journal.contains(&bench.expert.number), "{journal}");
    for person in [&bench.officer, &bench.own] {
        assert!(!bench.t.open(person, &path).await.1.contains("/journal?"), "not for them");
    }
}

#[tokio::test]
async fn an_habilitation_that_ends_soon_says_what_its_renewal_lacks() {
    let bench = Bench::new().await;
    let path = format!("/intervenants/{}", bench.expert.number);
    let (_, page) = bench.t.open(&bench.officer, &path).await;
    assert!(!page.contains("s’arrête dans"), "two years are left: {page}");
    bench.t.advance(time::Duration::days(670));
    let officer = bench.t.person(Role::Officer).await;
    let (_, page) = bench.t.open(&officer, &path).await;
    for said in ["s’arrête dans 60 jours", "Il manque pour la renouveler", "Charte d’impartialité"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}
