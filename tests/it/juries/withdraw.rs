//! A structure takes back the jury that it asked for.

use poem::http::StatusCode;
use serde_json::json;

use super::Scene;

#[tokio::test]
async fn a_structure_withdraws_its_request_and_the_team_reads_why() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.asked(&[&amina]).await;
    let _before = s.t().effects().await;
    let verb = format!("{path}/withdraw");
    let body = json!({ "reason": "Deux candidats ont trouvé un emploi" });
    let done = s.t().post(&s.desk.owner, &verb, &body).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    assert_eq!(done.body["session"]["state"], "cancelled");
    assert_eq!(done.body["passages"][0]["candidate_state"], "admitted");
    let effects = s.t().effects().await;
    assert_eq!(effects.events, ["jury.withdrawn"]);
    assert_eq!(effects.mails, ["jury-withdrawn"]);
    let page = s.page(&path).await;
    for person in [s.officer(), &s.desk.owner] {
        let (_, text) = s.t().open(person, &page).await;
        assert!(text.contains("Demande retirée par la structure"), "{text}");
        assert!(text.contains("Deux candidats ont trouvé un emploi"), "{text}");
    }
    s.asked(&[&amina]).await;
}

#[tokio::test]
async fn only_the_structure_withdraws_with_a_reason_and_before_a_date() {
    let s = Scene::new().await;
    let path = s.asked(&[]).await;
    let verb = format!("{path}/withdraw");
    let body = json!({ "reason": "Projet reporté" });
    let _before = s.t().effects().await;
    let team = s.t().post(s.officer(), &verb, &body).await;
    assert_eq!(team.status, StatusCode::FORBIDDEN, "{team:?}");
    let foreign = s.t().post(&s.desk.stranger, &verb, &body).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{foreign:?}");
    let silent = s.t().post(&s.desk.owner, &verb, &json!({ "reason": " " })).await;
    assert_eq!(silent.pointers(), ["/reason"], "{silent:?}");
    assert!(s.t().effects().await.events.is_empty());
    s.done(&path, "plan", &s.plan(40)).await;
    let late = s.t().post(&s.desk.owner, &verb, &body).await;
    assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "jury-wrong-state"), "{late:?}");
}

#[tokio::test]
async fn the_page_offers_it_to_the_structure_alone_and_keeps_what_was_typed() {
    let s = Scene::new().await;
    let path = s.asked(&[]).await;
    let page = s.page(&path).await;
    let link = format!("href=\"{page}/retirer\"");
    let (_, text) = s.t().open(&s.desk.owner, &page).await;
    assert!(text.contains(&link), "{text}");
    let (_, text) = s.t().open(s.officer(), &page).await;
    assert!(!text.contains(&link), "{text}");
    let form = format!("{page}/retirer");
    let (status, text) = s.t().open(&s.desk.owner, &form).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let (status, _, text) = s.t().submit(&s.desk.owner, &form, &[("reason", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    let (status, _, text) = s.t().submit(&s.desk.owner, &form, &[("reason", "Projet reporté")]).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    for told in ["Retirer la demande de jury", "l’équipe certification est prévenue", "Projet reporté"] {
        assert!(text.contains(told), "what changes is shown first: {told}: {text}");
    }
    let confirmed = [("reason", "Projet reporté"), ("confirme", "oui")];
    let (_, to, text) = s.t().submit(&s.desk.owner, &form, &confirmed).await;
    assert_eq!(to, page, "{text}");
    let (_, text) = s.t().open(&s.desk.owner, &page).await;
    assert!(text.contains("Annulé") && !text.contains(&link), "{text}");
}
