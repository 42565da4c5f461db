//! The documents of an habilitation: the column of table 3.3, typeset after each act.

use entity::account_role::Role;
use entity::job;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;

use super::path::Way;

impl Way {
    /// Does all the queued work, which succeeds.
    pub async fn work(&self) {
        self.t.work().await;
        for job in job::Entity::find().all(self.t.app.db.read()).await.unwrap() {
            assert_eq!(job.state, job::JobState::Done, "{} {:?}", job.payload, job.error);
        }
    }

    /// The kinds of the documents of the file, in alphabetical order.
    pub async fn documents(&self) -> Vec<String> {
        let read = self.t.get(&self.manager, &format!("/habilitations/{}", self.id)).await;
        let rows = read.body["documents"].as_array().unwrap();
        let mut kinds: Vec<_> = rows.iter().map(|row| row["kind"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds
    }
}

#[tokio::test]
async fn the_acts_of_a_path_leave_their_documents_once() {
    let way = Way::applied("mandataire").await;
    way.admitted().await;
    way.work().await;
    assert_eq!(way.documents().await, ["habilitation-charter.to-sign", "habilitation-path.plan"]);
    for kind in ["theory", "observation", "observation", "supervised", "accompaniment"] {
        way.step(kind).await;
    }
    way.done(&way.manager, "present", &way.jury()).await;
    let defer = json!({ "verdict": "defer", "text": "Délibération à consolider", "redo": ["supervised"] });
    way.done(&way.manager, "decide", &defer).await;
    way.t.advance(Duration::days(1));
    way.step("supervised").await;
    way.done(&way.manager, "present", &way.jury()).await;
    way.signed().await;
    way.done(&way.manager, "decide", &json!({ "verdict": "grant", "starts_on": way.day(0) })).await;
    let reason = json!({ "reason": "Réunions manquées" });
    way.done(&way.manager, "suspend", &reason).await;
    way.t.advance(Duration::days(1));
    way.done(&way.manager, "reinstate", &reason).await;
    way.done(&way.manager, "renew", &json!({ "waiver": "Congé maternité" })).await;
    way.work().await;
    way.work().await;
    assert_eq!(
        way.documents().await,
        [
            "habilitation-certificate.granted",
            "habilitation-certificate.renewed",
            "habilitation-charter.signed",
            "habilitation-charter.to-sign",
            "habilitation-letter.deferred",
            "habilitation-letter.mandate",
            "habilitation-letter.reinstated",
            "habilitation-letter.suspended",
            "habilitation-path.file",
            "habilitation-path.file",
            "habilitation-path.plan",
            "habilitation-sheet",
            "habilitation-sheet",
            "habilitation-sheet",
            "habilitation-sheet",
            "habilitation-sheet",
            "habilitation-sheet",
        ]
    );
    let read = way.t.get(&way.manager, &format!("/habilitations/{}", way.id)).await;
    for row in read.body["documents"].as_array().unwrap() {
        assert_ne!(row["title"], "Document", "{row}");
        assert!(row["size"].as_i64().unwrap() > 0, "{row}");
    }
}

#[tokio::test]
async fn letters_of_refusal_are_typeset() {
    let way = Way::applied("epsp").await;
    way.done(&way.manager, "reject", &json!({ "reason": "Expérience courte" })).await;
    way.work().await;
    assert_eq!(way.documents().await, ["habilitation-letter.rejected"]);
    let way = Way::applied("mandataire").await;
    way.presented().await;
    way.done(&way.manager, "decide", &json!({ "verdict": "refuse", "text": "Impartialité" })).await;
    way.work().await;
    assert!(way.documents().await.contains(&"habilitation-letter.refused".to_owned()));
}

#[tokio::test]
async fn a_document_is_read_by_whoever_sees_the_file() {
    let way = Way::applied("mandataire").await;
    way.admitted().await;
    way.work().await;
    let read = way.t.get(&way.person, &format!("/habilitations/{}", way.id)).await;
    let document = read.body["documents"][0]["id"].as_str().unwrap().to_owned();
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let (_, text) = way.t.open(&way.person, &page).await;
    assert!(text.contains("Plan de formation") && text.contains("Charte d’impartialité à signer"), "{text}");
    let stranger = way.t.expert("Bérard").await;
    for (person, status) in [
        (way.t.of_expert(way.senior.id).await, StatusCode::OK),
        (way.t.person(Role::Officer).await, StatusCode::OK),
        (way.t.of_expert(stranger.id).await, StatusCode::NOT_FOUND),
        (way.t.person(Role::Trainee).await, StatusCode::NOT_FOUND),
    ] {
        let path = format!("/habilitations/{}/documents/{document}", way.id);
        assert_eq!(way.t.get(&person, &path).await.status, status, "{:?}", person.actor.held);
        let path = format!("{page}/documents/{document}");
        let response = way.t.client.get(&path).header("cookie", &person.cookie).send().await;
        assert_eq!(response.0.status(), status, "{:?}", person.actor.held);
    }
    let other = Way::applied("controleur").await;
    let path = format!("/habilitations/{}/documents/{document}", other.id);
    assert_eq!(other.t.get(&other.manager, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_document_taken_by_anybody_but_the_person_is_in_the_journal() {
    let way = Way::applied("mandataire").await;
    way.admitted().await;
    way.work().await;
    let read = way.t.get(&way.person, &format!("/habilitations/{}", way.id)).await;
    let document = read.body["documents"][0]["id"].as_str().unwrap().to_owned();
    let api = format!("/habilitations/{}/documents/{document}", way.id);
    let page = format!("/intervenants/{}/habilitations/{}/documents/{document}", way.expert.number, way.id);
    let (officer, senior) = (way.t.person(Role::Officer).await, way.t.of_expert(way.senior.id).await);
    let stranger = way.t.of_expert(way.t.expert("Bérard").await.id).await;
    let before = way.t.readings().await.len();
    for (person, status) in [(&way.person, StatusCode::OK), (&stranger, StatusCode::NOT_FOUND)] {
        assert_eq!(way.t.get(person, &api).await.status, status);
        let sent = way.t.client.get(&page).header("cookie", &person.cookie).send().await;
        assert_eq!(sent.0.status(), status);
    }
    assert_eq!(way.t.readings().await.len(), before, "neither one's own document, nor a refusal");
    for reader in [&officer, &senior] {
        assert_eq!(way.t.get(reader, &api).await.status, StatusCode::OK);
        way.t.client.get(&page).header("cookie", &reader.cookie).send().await.assert_status_is_ok();
    }
    let taken = || ("document.downloaded".to_owned(), way.expert.number.clone());
    assert_eq!(way.t.readings().await[before..], [taken(), taken(), taken(), taken()]);
}

#[tokio::test]
async fn a_mail_says_which_documents_wait_on_the_page() {
    let way = Way::applied("mandataire").await;
    way.done(&way.manager, "reject", &json!({ "reason": "Expérience courte" })).await;
    let mails = entity::mail::Entity::find().all(way.t.app.db.read()).await.unwrap();
    let mail = mails.iter().find(|mail| mail.template == "habilitation-rejected").unwrap();
    assert!(mail.body_text.contains("Candidature non retenue, dans votre dossier"), "{}", mail.body_text);
    assert_eq!(way.act(&way.manager, "sign-charter", &Value::Null).await.status, StatusCode::CONFLICT);
}
