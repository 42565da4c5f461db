//! What the pages of the desk say: who sits in a committee, what is due, what to look at before a visit is fixed.

use entity::agreement_request::RequestState as S;
use poem::http::StatusCode;

use super::desk::Desk;

#[tokio::test]
async fn a_committee_says_who_sits_and_shows_the_reserves_without_a_script() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    let html = desk.opens(&desk.manager, &desk.agenda().await).await;
    assert!(html.contains("id=\"composition\"") && html.contains("responsable de certification"), "{html}");
    assert!(html.contains("Les présences et le quorum"), "{html}");
    assert!(html.contains("<legend>Réserves et échéances</legend>"), "{html}");
}

#[tokio::test]
async fn a_deposit_shows_when_its_answer_is_due_and_its_history_says_what_is_true() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    let html = desk.opens(&desk.officer, "/agrements").await;
    assert!(html.contains("data-t=\"Échéance\""), "{html}");
    let file = desk.opens(&desk.officer, &desk.page("").await).await;
    assert!(file.contains("Demande déposée") && !file.contains("récépissé envoyé"), "{file}");
}

#[tokio::test]
async fn a_visit_on_a_saturday_or_without_the_accord_of_the_structure_is_fixed_with_a_warning() {
    let desk = Desk::new().await;
    desk.bring_to(S::VisitToSchedule).await;
    let date = |day, by| {
        [("day", day), ("hour", "09:30"), ("zone", "Europe/Paris"), ("place", "Nevers"), ("accepted_by", by)]
    };
    let (status, asked) = desk.send(&desk.expert, "planifier", &date("2025-10-25", "")).await;
    assert_eq!(status, StatusCode::OK, "{asked}");
    assert!(asked.contains("samedi 25 octobre 2025"), "{asked}");
    assert!(asked.contains("vérifiez que la structure est ouverte ce jour-là"), "{asked}");
    assert!(asked.contains("L’accord de la structure n’est pas enregistré"), "{asked}");
    let (_, asked) = desk.send(&desk.expert, "planifier", &date("2025-10-24", "Ariel E.")).await;
    assert!(!asked.contains("ce jour-là") && !asked.contains("L’accord de la structure"), "{asked}");
}
