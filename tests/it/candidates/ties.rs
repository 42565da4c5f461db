//! Who may not judge whom: what the livret tells, what is declared by each side.

use serde_json::{Value, json};

use super::bench::Bench;

impl Bench {
    async fn ties(&self, person: &crate::support::Person, path: &str) -> Vec<Value> {
        let answer = self.t.get(person, &format!("{path}/ties")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body["items"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn an_observation_by_an_expert_ties_them_until_it_is_taken_back() {
    let b = Bench::new().await;
    let skills = b.publish().await;
    let path = b.on_path_of(&skills).await;
    let expert = b.t.expert("Abel").await;
    let mut body = b.observation(skills[0]);
    body["assessor"] = json!("Anne-Lise Abel");
    body["assessor_number"] = json!(expert.number);
    let added = b.act(&b.owner, &path, "observations", &body).await;
    assert_eq!(added.status, 200, "{added:?}");
    body["situation"] = json!("Arrosage du semis");
    assert_eq!(b.act(&b.owner, &path, "observations", &body).await.status, 200);
    let ties = b.ties(&b.officer, &path).await;
    assert_eq!(ties.len(), 1, "two observations are one tie: {ties:?}");
    assert_eq!((&ties[0]["kind"], &ties[0]["source"]), (&json!("assessed"), &json!("observation")));
    assert_eq!(ties[0]["id"], Value::Null);
    let own = b.t.of_expert(expert.id).await;
    let told = b.t.get(&own, &format!("/experts/{}/candidate-ties", expert.id)).await;
    assert_eq!(told.body["items"].as_array().unwrap().len(), 1, "{told:?}");
    let (_, text) = b.t.open(&own, &format!("/intervenants/{}/independance", expert.number)).await;
    assert!(text.contains("A évalué la personne") && text.contains("CAN-"), "{text}");
    assert!(
        !text.contains("N’Guyen-d’Arc Anne") && !text.contains("Anne Lise"),
        "no name of a candidate is told here"
    );

    for one in b.t.get(&b.owner, &format!("{path}/livret")).await.body["skills"][0]["observations"]
        .as_array()
        .unwrap()
    {
        let void = format!("observations/{}/void", one["id"].as_str().unwrap());
        let done = b.act(&b.owner, &path, &void, &json!({ "reason": "Autre personne" })).await;
        assert_eq!(done.status, 200, "{done:?}");
    }
    assert!(b.ties(&b.officer, &path).await.is_empty());
}

#[tokio::test]
async fn each_side_declares_and_the_structure_does_not_read_what_an_expert_says() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let number = b.t.get(&b.owner, &path).await.body["candidate"]["number"].clone();
    let expert = b.t.expert("Abel").await;
    let own = b.t.of_expert(expert.id).await;
    let address = format!("/experts/{}/candidate-ties", expert.id);
    let body = json!({ "candidate_number": number, "kind": "family" });
    let done = b.t.post(&own, &address, &body).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(done.body["items"][0]["source"], "declared_by_expert");
    assert_eq!(b.t.post(&own, &address, &body).await.pointers(), ["/kind"], "it is known");
    let unknown = json!({ "candidate_number": "CAN-1999-0001", "kind": "family" });
    assert_eq!(b.t.post(&own, &address, &unknown).await.pointers(), ["/candidate_number"]);
    assert_eq!(b.t.get(&own, &path).await.status, 404, "declaring opens no file");

    let alone = json!({ "expert_number": expert.number, "kind": "dispute" });
    let other = json!({ "expert_number": expert.number, "expert_name": "Bérard", "kind": "dispute" });
    let nobody = json!({ "expert_number": "INT-9999", "expert_name": "Abel", "kind": "dispute" });
    let mut told = Vec::new();
    for body in [alone, other, nobody] {
        let refused = b.act(&b.owner, &path, "ties", &body).await;
        assert_eq!(
            (refused.status.as_u16(), refused.pointers()),
            (422, vec!["/expert_number"]),
            "{refused:?}"
        );
        assert!(!refused.body.to_string().contains("Abel"), "a number alone tells no name: {refused:?}");
        told.push(refused.body["errors"].clone());
    }
    assert!(told.iter().all(|one| *one == told[0]), "which of the two is wrong is not told: {told:?}");
    let body = json!({ "expert_number": expert.number, "expert_name": "Anne-Lise Abel", "kind": "dispute" });
    let done = b.act(&b.owner, &path, "ties", &body).await;
    assert_eq!(done.status, 200, "{done:?}");
    let read: Vec<_> = b.ties(&b.owner, &path).await.iter().map(|one| one["source"].clone()).collect();
    assert_eq!(read, [json!("declared_by_structure")]);
    let body = json!({ "expert_number": expert.number, "kind": "business", "since": "2025-01-01" });
    assert_eq!(b.act(&b.officer, &path, "ties", &body).await.status, 200);
    assert_eq!(b.ties(&b.officer, &path).await.len(), 3);
    assert_eq!(b.t.get(&b.stranger, &format!("{path}/ties")).await.status, 404);
}

#[tokio::test]
async fn the_team_takes_a_tie_back_with_a_reason() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let expert = b.t.expert("Abel").await;
    let body = json!({ "expert_number": expert.number, "expert_name": "Abel", "kind": "trained" });
    let done = b.act(&b.owner, &path, "ties", &body).await;
    let void = format!("ties/{}/void", done.body["items"][0]["id"].as_str().unwrap());
    let reason = json!({ "reason": "Homonyme" });
    assert_eq!(b.act(&b.owner, &path, &void, &reason).await.status, 403, "the team does");
    assert_eq!(b.act(&b.officer, &path, &void, &json!({ "reason": "" })).await.status, 422);
    b.t.effects().await;
    assert_eq!(b.act(&b.officer, &path, &void, &reason).await.status, 200);
    assert_eq!(b.t.effects().await.events, ["candidate.tie_voided"]);
    assert!(b.ties(&b.officer, &path).await.is_empty());
}

#[tokio::test]
async fn both_pages_declare_without_a_script() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let number = b.t.get(&b.owner, &path).await.body["candidate"]["number"].as_str().unwrap().to_owned();
    let expert = b.t.expert("Abel").await;
    let own = b.t.of_expert(expert.id).await;
    let page = format!("/intervenants/{}/candidats", expert.number);
    let (status, _, text) =
        b.t.submit(&own, &page, &[("candidate_number", "CAN-1999-0001"), ("kind", "family")]).await;
    assert_eq!(status, 422);
    assert!(text.contains("CAN-1999-0001"), "what was typed is kept");
    let fields = [("candidate_number", number.as_str()), ("kind", "family")];
    let (status, location, _) = b.t.submit(&own, &page, &fields).await;
    assert_eq!((status.as_u16(), location), (303, page));
    let file = format!("/candidats/{number}");
    let (_, text) = b.t.open(&b.officer, &file).await;
    assert!(text.contains("lien familial"), "{text}");
    let (_, text) = b.t.open(&b.owner, &file).await;
    assert!(!text.contains("lien familial"), "what an expert declares is not for the structure");
    let fields = [("expert_number", expert.number.as_str()), ("kind", "trained")];
    let (status, _, text) = b.t.submit(&b.owner, &format!("{file}/liens"), &fields).await;
    assert!(status == 422 && !text.contains("Abel"), "{text}");
    let fields = [fields[0], fields[1], ("expert_name", "abel")];
    let (status, ..) = b.t.submit(&b.owner, &format!("{file}/liens"), &fields).await;
    assert_eq!(status, 303);
    let (status, text) = b.t.open(&b.owner, &format!("{file}/liens")).await;
    assert_eq!(status, 200);
    assert!(text.contains("A formé la personne"), "{text}");
}
