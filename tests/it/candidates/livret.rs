//! The livret: dated observations of each skill, times in companies.

use serde_json::{Value, json};

use super::bench::Bench;

#[tokio::test]
async fn a_file_is_handed_in_once_each_skill_was_observed_twice() {
    let b = Bench::new().await;
    let skills = b.publish().await;
    let path = b.on_path_of(&skills).await;
    b.piece(&path, "livret").await;
    let refused = b.act(&b.owner, &path, "submit-file", &Value::Null).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "candidate-lacking"), "{refused:?}");
    let told = refused.body["blocking"].as_array().unwrap();
    assert_eq!(told.len(), 2, "one line for each skill: {told:?}");
    assert!(told[0].as_str().unwrap().contains("C1") && told[1].as_str().unwrap().contains("C2"));
    for skill in skills {
        for there in [1, 2] {
            let mut body = b.observation(skill);
            body["situation"] = json!(format!("Taille de la haie, fois {there}"));
            let answer = b.act(&b.owner, &path, "observations", &body).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            let own = answer.body["skills"].as_array().unwrap();
            let own = own.iter().find(|one| one["id"] == json!(skill)).unwrap();
            assert_eq!(own["wanting"], json!(2 - there));
        }
    }
    let livret = b.t.get(&b.officer, &format!("{path}/livret")).await.body;
    assert_eq!(livret["lacking"], json!([]));
    assert_eq!(b.act(&b.owner, &path, "submit-file", &Value::Null).await.status, 200);
    let late = b.act(&b.owner, &path, "observations", &b.observation(skills[0])).await;
    assert_eq!(
        (late.status.as_u16(), late.code()),
        (409, "candidate-wrong-state"),
        "it is frozen with the file"
    );
}

#[tokio::test]
async fn the_same_observation_written_twice_is_refused_in_words_and_counts_once() {
    let b = Bench::new().await;
    let skills = b.publish().await;
    let path = b.on_path_of(&skills).await;
    let body = b.observation(skills[0]);
    assert_eq!(b.act(&b.owner, &path, "observations", &body).await.status, 200);
    b.t.effects().await;
    let mut again = body.clone();
    again["situation"] = json!("taille de la haie du jardin d’essai");
    again["comment"] = json!("Deuxième envoi");
    let refused = b.act(&b.owner, &path, "observations", &again).await;
    assert_eq!((refused.status.as_u16(), refused.pointers()), (422, vec!["/situation"]), "{refused:?}");
    let told = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(told.contains("déjà dans le livret"), "{told}");
    assert!(b.t.effects().await.events.is_empty());
    let livret = b.t.get(&b.owner, &format!("{path}/livret")).await.body;
    assert_eq!(livret["skills"][0]["wanting"], 1, "{livret:?}");
    again["situation"] = json!("Arrosage du semis");
    let other = b.act(&b.owner, &path, "observations", &again).await;
    assert_eq!((other.status.as_u16(), &other.body["skills"][0]["wanting"]), (200, &json!(0)), "{other:?}");
}

#[tokio::test]
async fn an_observation_is_taken_back_with_a_reason_and_counts_no_more() {
    let b = Bench::new().await;
    let skills = b.publish().await;
    let path = b.on_path_of(&skills).await;
    let added = b.act(&b.owner, &path, "observations", &b.observation(skills[0])).await;
    let id = added.body["skills"][0]["observations"][0]["id"].as_str().unwrap().to_owned();
    let void = format!("observations/{id}/void");
    assert_eq!(b.act(&b.owner, &path, &void, &json!({ "reason": " " })).await.status, 422);
    b.t.effects().await;
    let done = b.act(&b.owner, &path, &void, &json!({ "reason": "Saisie deux fois" })).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(done.body["skills"][0]["wanting"], 2);
    assert_eq!(done.body["voided"][0]["void_reason"], "Saisie deux fois");
    assert_eq!(b.t.effects().await.events, ["candidate.observation_voided"]);
    assert_eq!(b.act(&b.owner, &path, &void, &json!({ "reason": "Encore" })).await.status, 404);
}

#[tokio::test]
async fn what_is_wrong_in_an_observation_is_told_at_once_and_writes_nothing() {
    let b = Bench::new().await;
    let skills = b.publish().await;
    let path = b.on_path_of(&skills).await;
    let tomorrow = b.t.app.today().next_day().unwrap().next_day().unwrap();
    let body = json!({
        "skill_id": b.t.app.new_id(), "observed_on": tomorrow.to_string(),
        "situation": " ", "assessor": " ", "result": "acquired",
    });
    b.t.effects().await;
    let refused = b.act(&b.owner, &path, "observations", &body).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert_eq!(refused.pointers(), ["/skill_id", "/observed_on", "/situation", "/assessor"]);
    let mut named = b.observation(skills[0]);
    named["assessor_number"] = json!("INT-9999");
    assert_eq!(b.act(&b.owner, &path, "observations", &named).await.pointers(), ["/assessor_number"]);
    let expert = b.t.expert("Abel").await;
    b.t.effects().await;
    named["assessor_number"] = json!(expert.number);
    let other = b.act(&b.owner, &path, "observations", &named).await;
    assert_eq!(other.pointers(), ["/assessor_number"], "the number of somebody else");
    assert!(b.t.effects().await.events.is_empty());
    assert_eq!(b.act(&b.stranger, &path, "observations", &b.observation(skills[0])).await.status, 404);
}

#[tokio::test]
async fn an_immersion_asks_for_its_papers() {
    let b = Bench::new().await;
    let path = b.on_path(&b.somebody()).await;
    let backwards =
        json!({ "company": "Pépinière d’essai", "starts_on": "2026-03-20", "ends_on": "2026-03-02" });
    assert_eq!(b.act(&b.owner, &path, "immersions", &backwards).await.pointers(), ["/ends_on"]);
    let body = json!({ "company": "Pépinière d’essai", "starts_on": "2026-03-02", "ends_on": "2026-03-20" });
    let added = b.act(&b.owner, &path, "immersions", &body).await;
    assert_eq!(added.status, 200, "{added:?}");
    b.piece(&path, "livret").await;
    let refused = b.act(&b.owner, &path, "submit-file", &Value::Null).await;
    assert_eq!(refused.body["blocking"].as_array().unwrap().len(), 2, "agreement and evaluation");
    let id = added.body["immersions"][0]["id"].as_str().unwrap();
    let void = json!({ "reason": "Annulée par l’entreprise" });
    let done = b.act(&b.owner, &path, &format!("immersions/{id}/void"), &void).await;
    assert_eq!(done.body["immersions"], json!([]), "{done:?}");
    assert_eq!(b.act(&b.owner, &path, "submit-file", &Value::Null).await.status, 200);
}

#[tokio::test]
async fn the_page_tells_what_lacks_and_keeps_what_was_typed() {
    let b = Bench::new().await;
    let skills = b.publish().await;
    let path = b.on_path_of(&skills).await;
    let found = b.t.get(&b.owner, &path).await.body;
    let page = format!("/candidats/{}/livret", found["candidate"]["number"].as_str().unwrap());
    let (status, text) = b.t.open(&b.owner, &page).await;
    assert_eq!(status, 200);
    assert!(text.contains("Aucune observation sur 2 attendues"), "{text}");
    let skill = skills[0].to_string();
    let day = b.t.app.today().to_string();
    let fields = [
        ("skill_id", skill.as_str()),
        ("observed_on", day.as_str()),
        ("situation", "Arrosage du semis"),
        ("assessor", ""),
        ("result", "in_progress"),
    ];
    let action = format!("{page}/observations");
    let (status, _, text) = b.t.submit(&b.owner, &action, &fields).await;
    assert_eq!(status, 422);
    assert!(text.contains("Arrosage du semis"), "what was typed is kept");
    let mut fields = fields;
    fields[3].1 = "Maëlys Kerzoncuf";
    let (status, location, _) = b.t.submit(&b.owner, &action, &fields).await;
    assert_eq!((status.as_u16(), location.as_str()), (303, page.as_str()));
    let (_, text) = b.t.open(&b.officer, &page).await;
    assert!(text.contains("1 observation sur 2 attendues") && text.contains("Arrosage du semis"), "{text}");
}
