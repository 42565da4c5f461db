//! The pages of teaching supports, without any script.

use entity::account_role::Role;
use poem::http::StatusCode;

use super::asked;
use crate::missions::bench::Bench;

#[tokio::test]
async fn a_structure_asks_and_the_team_refuses_then_looks_again() {
    let bench = Bench::new().await;
    let owner = bench.t.of_structure(bench.structure.id).await;
    let manager = bench.t.person(Role::Manager).await;
    let (status, _, html) = bench.t.submit(&owner, "/appuis/nouveau", &[("mode", "on_site")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
    let fields = [("need", "Relire les livrets"), ("objectives", "Les remplir seuls"), ("mode", "on_site")];
    let (status, page, html) = bench.t.submit(&owner, "/appuis/nouveau", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let (status, html) = bench.t.open(&manager, &page).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Relire les livrets"), "{html}");
    let (status, _, html) = bench.t.submit(&manager, &format!("{page}/refuser"), &[("reason", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
    let reason = [("reason", "Déjà donné en mars")];
    let (status, ..) = bench.t.submit(&manager, &format!("{page}/refuser"), &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, ..) = bench.t.submit(&manager, &format!("{page}/reprendre"), &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, ..) = bench.t.submit(&owner, &format!("{page}/annuler"), &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_act_that_is_not_offered_has_no_page() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let row = asked(&bench.t, &bench.structure).await;
    for (verb, expected) in [
        ("accepter", StatusCode::OK),
        ("annuler", StatusCode::OK),
        ("clore", StatusCode::NOT_FOUND),
        ("avis", StatusCode::NOT_FOUND),
    ] {
        let (status, html) = bench.t.open(&manager, &format!("/appuis/{}/{verb}", row.number)).await;
        assert_eq!(status, expected, "{verb}: {html}");
    }
}
