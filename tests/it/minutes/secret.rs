//! A structure knows no decision before it is told.

use entity::candidate::{CandidateState, JuryDecision};
use poem::http::StatusCode;
use serde_json::{Value, json};

use super::bench::{Bench, POINTS};

/// The states of the file that its structure reads, everywhere it may read one.
async fn read(b: &Bench, owner: &crate::support::Person, id: &str) -> Vec<Value> {
    let file = b.t().get(owner, &format!("/candidates/{id}")).await.body;
    let list = b.t().get(owner, "/candidates").await.body;
    let listed = list["items"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    let jury = b.t().get(owner, &format!("/jury-sessions/{}", b.id())).await.body;
    let passages = jury["passages"].as_array().unwrap();
    let passage = passages.iter().find(|one| one["candidate_id"] == id).unwrap();
    vec![file["candidate"]["state"].clone(), listed["state"].clone(), passage["candidate_state"].clone()]
}

#[tokio::test]
async fn a_structure_reads_no_decision_until_it_is_told() {
    let b = Bench::new().await;
    let people = [
        (b.heard("Diallo", JuryDecision::Total).await, "total"),
        (b.heard("Basile", JuryDecision::Partial).await, "partial"),
        (b.heard("Kone", JuryDecision::Refused).await, "refused"),
    ];
    let owner = b.t().of_structure(b.base.structure.id).await;
    b.closed().await;
    for (row, word) in &people {
        let id = row.id.to_string();
        assert_eq!(read(&b, &owner, &id).await, vec![json!("present"); 3], "{word}");
        let path = format!("/candidates/{id}");
        let file = b.t().get(&owner, &path).await.body;
        assert_eq!(
            (&file["decision"], &file["decided_on"], &file["attempts"]),
            (&Value::Null, &Value::Null, &json!(1))
        );
        let (_, page) = b.t().open(&owner, &format!("/candidats/{}", row.number)).await;
        for told in ["Décision du jury", "Validation totale", "Validation partielle", "Non validé"] {
            assert!(!page.contains(told), "{told}: {page}");
        }
        let listed = b.t().get(&owner, &format!("/candidates?state={word}")).await.body;
        assert_eq!(listed["items"], json!([]), "a filter tells nothing");
        assert_eq!(
            b.t().get(&b.base.officer, &path).await.body["candidate"]["state"],
            *word,
            "the team knows"
        );
        let refused = b.t().post(&owner, &format!("{path}/withdraw"), &json!({ "leaving": "work" })).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{refused:?}");
        let detail = refused.body["detail"].as_str().unwrap();
        assert!(detail.contains("pas encore annoncée"), "a refusal tells nothing: {detail}");
    }
    let listed = b.t().get(&owner, "/candidates?state=present").await.body;
    assert_eq!(listed["items"].as_array().unwrap().len(), people.len());
    let counts = b.t().get(&owner, "/candidates/counts").await.body;
    assert_eq!(counts["states"], json!([{ "state": "present", "count": 3 }]));
    let (_, page) = b.t().open(&owner, &format!("/jurys/{}", b.base.session.number)).await;
    assert!(!page.contains("Validation totale") && !page.contains("Non validé"), "{page}");

    b.all_sign().await;
    let body = json!({ "points": POINTS[1..], "findings": "Mme Diallo est refusée par erreur." });
    b.done(&b.base.officer, "control-ko", &body).await;
    for (row, _) in &people {
        assert_eq!(read(&b, &owner, &row.id.to_string()).await, vec![json!("present"); 3], "under review");
    }
    let (_, page) = b.t().open(&owner, &format!("/jurys/{}", b.base.session.number)).await;
    assert!(!page.contains("refusée par erreur"), "what the control found speaks of decisions: {page}");
}

#[tokio::test]
async fn an_adjournment_is_not_told_by_the_number_of_attempts() {
    let b = Bench::new().await;
    let row = b
        .base
        .candidate_with("Diallo", JuryDecision::Adjourned, |row| {
            row.state = CandidateState::Adjourned;
            row.decision = Some(JuryDecision::Adjourned);
            row.attempts = 0;
        })
        .await;
    let owner = b.t().of_structure(b.base.structure.id).await;
    let path = format!("/candidates/{}", row.id);
    assert_eq!(b.t().get(&owner, &path).await.body["attempts"], 1);
    assert_eq!(b.t().get(&b.base.officer, &path).await.body["attempts"], 0);
}

#[tokio::test]
async fn what_is_told_is_read_by_the_structure() {
    let b = Bench::new().await;
    let row = b.heard("Diallo", JuryDecision::Total).await;
    let owner = b.t().of_structure(b.base.structure.id).await;
    b.published().await;
    let file = b.t().get(&owner, &format!("/candidates/{}", row.id)).await.body;
    assert_eq!((&file["candidate"]["state"], &file["decision"]), (&json!("notified"), &json!("total")));
}
