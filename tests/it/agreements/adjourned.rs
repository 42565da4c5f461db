//! A committee puts a file off until a piece arrives: the structure brings it, then the examination resumes (row 21).

use entity::agreement_request::RequestState as S;
use parchemin::features::agreements::state::Step;
use poem::http::StatusCode;
use poem::test::{TestForm, TestFormField};
use serde_json::{Value, json};
use time::Duration;

use super::desk::{Desk, PDF};
use super::guards::refusal;

#[tokio::test]
async fn an_adjourned_file_resumes_once_a_piece_arrived_and_its_officer_is_told() {
    let desk = Desk::new().await;
    desk.reach(S::Adjourned).await;
    desk.t.effects().await;
    for step in [Step::ResumeToCommittee, Step::ResumeToVisit] {
        let (event, officer, body) = desk.ask(step).await;
        let early = desk.act(officer, event, &body).await;
        assert_eq!(refusal(&early), (409, "supply-awaited"), "{step:?} {early:?}");
    }
    let piece = desk.piece("P06").await.body["pieces"].as_array().unwrap().clone();
    let added = piece.iter().find(|one| one["code"] == "P06").unwrap().clone();
    assert_eq!((&added["state"], &added["revision"]), (&json!("received"), &json!(2)));
    let effects = desk.t.effects().await;
    assert_eq!(effects.mails, ["agreement-piece-supplied"]);
    let path = format!("pieces/{}/review", added["id"].as_str().unwrap());
    let refused = json!({ "accepted": false, "reason": "Certificat illisible" });
    assert_eq!(desk.act(&desk.officer, &path, &refused).await.status, 200);
    let (event, officer, body) = desk.ask(Step::ResumeToCommittee).await;
    let unusable = desk.act(officer, event, &body).await;
    assert_eq!(refusal(&unusable), (409, "supply-awaited"), "a refused piece is not what was awaited");
    desk.piece("P06").await;
    desk.ready(Step::ResumeToCommittee, S::Adjourned).await;
    desk.step(Step::ResumeToCommittee).await;
}

#[tokio::test]
async fn a_file_to_which_nothing_was_brought_resumes_once_its_delay_is_over() {
    let desk = Desk::new().await;
    desk.reach(S::Adjourned).await;
    desk.t.advance(Duration::days(60));
    let (event, officer, body) = desk.ask(Step::ResumeToVisit).await;
    assert_eq!(
        refusal(&desk.act(officer, event, &body).await),
        (409, "supply-awaited"),
        "its last day counts"
    );
    desk.t.advance(Duration::days(1));
    desk.step(Step::ResumeToVisit).await;
}

#[tokio::test]
async fn the_structure_brings_a_piece_from_the_page_of_its_file() {
    let desk = Desk::new().await;
    desk.reach(S::Adjourned).await;
    let (file, path) = (desk.page("").await, desk.page("/fournir").await);
    let html = desk.opens(&desk.owner, &file).await;
    assert!(html.contains(&format!("action=\"{path}\"")) && html.contains("value=\"P06\""), "{html}");
    let own = desk.opens(&desk.owner, "/notre-agrement").await;
    assert!(own.contains(&format!("href=\"{file}#fournir\"")), "{own}");
    let send = |content: &'static [u8]| {
        let form = TestForm::new()
            .text("csrf", desk.owner.csrf.clone())
            .text("code", "P06")
            .text("valid_until", "2027-01-31")
            .field(TestFormField::bytes(content.to_vec()).filename("equipe.pdf").name("file"));
        let request = desk.t.client.post(&path).header("cookie", &desk.owner.cookie);
        request.multipart(form).send()
    };
    let virus = send(b"MZ\x90\0").await;
    assert_eq!(virus.0.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = virus.0.into_body().into_string().await.unwrap();
    assert!(html.contains("id=\"fournir-file-err\""), "{html}");
    assert_eq!(send(PDF).await.0.status(), StatusCode::SEE_OTHER);
    let kept = desk.read().await["pieces"].clone();
    assert!(
        kept.as_array().unwrap().iter().any(|one| one["code"] == "P06" && one["revision"] == 2),
        "{kept}"
    );
    desk.ready(Step::ResumeToCommittee, S::Adjourned).await;
    desk.step(Step::ResumeToCommittee).await;
    let late = send(PDF).await;
    assert_eq!(late.0.status(), StatusCode::CONFLICT, "the committee has the file");
    let answer = desk.act(&desk.owner, "submit", &Value::Null).await;
    assert_eq!(answer.status, 409);
}
