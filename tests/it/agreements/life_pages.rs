//! The life of a right on its page: what is offered to each, what an act would change, and the same through the API.

use entity::agreement_request::RequestState as S;
use poem::http::StatusCode;
use serde_json::{Value, json};

use super::desk::Desk;

/// A desk whose structure holds an agreement: its key and its number.
async fn holding() -> (Desk, String, String) {
    let desk = Desk::new().await;
    desk.reach(S::Granted).await;
    desk.sign().await;
    let read = desk.read().await;
    let text = |pointer: &str| read.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    let (id, number) = (text("/agreement/id"), text("/agreement/number"));
    desk.t.effects().await;
    (desk, id, number)
}

#[tokio::test]
async fn an_urgent_suspension_is_done_from_its_page_then_undone() {
    let (desk, id, number) = holding().await;
    let page = format!("/agrements/droits/{number}");
    let (status, html) = desk.t.open(&desk.manager, &page).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains(&format!("{page}/suspendre")), "{html}");
    let act = format!("{page}/suspendre");
    let (status, _, html) = desk.t.submit(&desk.manager, &act, &[("cause", "danger")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
    let fields = [
        ("cause", "danger"),
        ("incident", "Machine sans protection"),
        ("reasons", "Deux personnes blessées"),
        ("urgency", "La machine sert chaque jour"),
    ];
    let (status, _, html) = desk.t.submit(&desk.manager, &act, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let read = desk.t.get(&desk.manager, &format!("/agreements/{id}")).await;
    assert_eq!(read.body["state"], "suspended");
    let (_, html) = desk.t.open(&desk.owner, &page).await;
    assert!(html.contains("Deux personnes blessées"), "the structure reads the reasons: {html}");
    let reason = [("reason", "Mauvais dossier")];
    let (status, _, html) = desk.t.submit(&desk.manager, &format!("{page}/annuler"), &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let read = desk.t.get(&desk.manager, &format!("/agreements/{id}")).await;
    assert_eq!(read.body["state"], "active");
}

#[tokio::test]
async fn a_structure_declares_a_change_and_reads_its_answer() {
    let (desk, id, number) = holding().await;
    let page = format!("/agrements/droits/{number}");
    let today = desk.today().to_string();
    let fields = [("topic", "site"), ("happened_on", today.as_str()), ("text", "Nouvel atelier")];
    let (status, _, html) = desk.t.submit(&desk.owner, &format!("{page}/declarer"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let changes = desk.t.get(&desk.officer, &format!("/agreements/{id}/changes")).await;
    let change = changes.body["items"][0]["id"].as_str().unwrap().to_owned();
    let fields = [("change_id", change.as_str()), ("review", "amendment"), ("answer", "Un avenant suit.")];
    let (status, _, html) = desk.t.submit(&desk.officer, &format!("{page}/examiner"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let (_, html) = desk.t.open(&desk.owner, &page).await;
    assert!(html.contains("Un avenant suit."), "{html}");
}

#[tokio::test]
async fn a_notice_through_the_api_has_its_letter_and_its_answer() {
    let (desk, id, _) = holding().await;
    let path = format!("/agreements/{id}");
    let notice = json!({
        "sanction": "withdraw",
        "charge": {
            "cause": "fraud",
            "grounds": [{ "kind": "incident", "words": "Livrets antidatés" }],
            "reasons": "Deux livrets portent des dates impossibles",
            "plan": "Les personnes inscrites rejoignent la structure voisine.",
        },
    });
    let answer = desk.t.post(&desk.manager, &format!("{path}/serve-notice"), &notice).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    desk.work().await;
    let documents = desk.t.get(&desk.owner, &format!("{}/documents", desk.path())).await;
    let kinds: Vec<_> = documents.body["items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["kind"].as_str())
        .collect();
    assert!(kinds.contains(&"right-letter.notice"), "{documents:?}");
    let text = json!({ "text": "Nous contestons." });
    let answer = desk.t.post(&desk.owner, &format!("{path}/answer-notice"), &text).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let acts = desk.t.get(&desk.owner, &format!("{path}/acts")).await;
    let act = &acts.body["items"][0];
    assert_eq!((&act["state"], &act["comments"]), (&json!("notified"), &json!("Nous contestons.")));
    let key = act["id"].as_str().unwrap();
    let letter = json!({ "number": "1A 234", "sent_on": desk.today().to_string() });
    let answer = desk.t.post(&desk.manager, &format!("{path}/acts/{key}/record-letter"), &letter).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let unnamed = json!({
        "cause": "breach",
        "grounds": [{ "kind": "nonconformity" }],
        "reasons": "Manquement",
    });
    let answer = desk.t.post(&desk.manager, &format!("{path}/suspend"), &unnamed).await;
    assert_eq!(answer.status, 422, "a finding is named by its key: {answer:?}");
}

#[tokio::test]
async fn what_an_act_would_change_is_read_before_it() {
    let (desk, id, _) = holding().await;
    let told = desk.t.get(&desk.manager, &format!("/agreements/{id}/consequences?act=withdrawal")).await;
    assert_eq!(told.status, 200, "{told:?}");
    assert_eq!(told.body["rights"].as_array().unwrap().len(), 1);
    assert_eq!(told.body["mails"], json!(1));
    let seen = desk.t.get(&desk.stranger, &format!("/agreements/{id}/consequences")).await;
    assert_eq!(seen.status, 404);
}

#[tokio::test]
async fn the_list_of_partners_is_taken_as_a_file() {
    let (desk, _, _) = holding().await;
    let (status, file) = desk.t.open(&desk.officer, "/agrements/partenaires/liste.csv").await;
    assert_eq!(status, StatusCode::OK);
    assert!(file.contains("SIRET"), "{file}");
    assert_eq!(desk.t.effects().await.events, ["partner_update.exported"]);
    let refused = desk.t.get(&desk.owner, "/partner-updates/list.csv").await;
    assert_ne!(refused.body, Value::Null);
    assert_eq!(refused.status, 404);
}
