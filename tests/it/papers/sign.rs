//! Signatures: each party once, by an account or a link; « fully signed » is computed, and what it binds follows.

use entity::enrolment::EnrolmentState;
use entity::training_document::{PaperKind, PaperState};
use entity::training_signature::Party;
use parchemin::authz::Actor;
use parchemin::features::papers::PaperError;
use parchemin::features::papers::Record;
use parchemin::features::papers::actions::{Signed, sign_by_link};
use parchemin::features::papers::gather::About;
use parchemin::features::papers::input::TypedAnswer;
use parchemin::rules::training::mentions::Signed as How;
use serde_json::json;
use time::macros::date;

use super::Bench;

fn answer(way: &str) -> TypedAnswer {
    TypedAnswer {
        way: way.to_owned(),
        drawing: "M12 40L60 20L110 55L180 30".to_owned(),
        reason: "Le prix n’est pas celui convenu".to_owned(),
        seen: String::new(),
    }
}

impl Bench {
    async fn answer_by_link(&self, record: &Record, party: Party, way: &str) -> Result<Signed, PaperError> {
        let id = record.signature_of(party).unwrap().id;
        let mut tx = self.t.app.begin(Actor::system("papers.link")).await?;
        let signed = sign_by_link(&mut tx, id, &answer(way)).await?;
        tx.commit().await?;
        Ok(signed)
    }

    async fn sent(&self, kind: PaperKind, about: About) -> Record {
        let record = self.issue(kind, about).await.unwrap();
        self.t.work().await;
        self.t.effects().await;
        record
    }
}

#[tokio::test]
async fn a_contract_signed_by_both_binds_the_person_after_the_days_to_withdraw() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let record = b.sent(PaperKind::Contract, About::Enrolment(person.id)).await;
    let signed = b.answer_by_link(&record, Party::Trainee, "drawn").await.unwrap();
    assert_eq!(signed, Signed { refused: false, last: false });
    assert_eq!(b.record(record.paper.id).await.signed(), How::Waiting);
    b.sign_as_body(record.paper.id).await;
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["paper.signature_given", "paper.signature_given", "paper.signed"]);
    let now = b.record(record.paper.id).await;
    assert_eq!((now.paper.state, now.signed()), (PaperState::Issued, How::Fully));
    b.t.work().await;
    let mut effects = b.t.effects().await;
    effects.events.sort();
    assert_eq!(effects.events, ["enrolment.contracted", "paper.signed_typeset"]);
    assert_eq!(effects.mails, ["paper-signed", "paper-signed"]);
    let person = b.person(person.id).await;
    assert_eq!(person.state, EnrolmentState::Contracted);
    assert!(person.remote_contract);
    // fourteen days at a distance, from Monday 6 October
    assert_eq!(person.withdrawal_until, Some(date!(2025 - 10 - 20)));
    assert!(b.record(record.paper.id).await.paper.signed_document_id.is_some());
}

#[tokio::test]
async fn a_convention_signed_by_both_confirms_everybody_of_the_buyer() {
    let b = Bench::new().await;
    let person = b.employed(1).await;
    let record = b.sent(PaperKind::Convention, About::Buyer(person.buyer_id)).await;
    b.answer_by_link(&record, Party::Buyer, "plain").await.unwrap();
    b.sign_as_body(record.paper.id).await;
    b.t.work().await;
    let person = b.person(person.id).await;
    assert_eq!((person.state, person.withdrawal_until), (EnrolmentState::Confirmed, None));
}

#[tokio::test]
async fn somebody_answers_once_and_a_refusal_is_told_to_the_team() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let record = b.sent(PaperKind::Contract, About::Enrolment(person.id)).await;
    let refused = b.answer_by_link(&record, Party::Trainee, "refused").await.unwrap();
    assert!(refused.refused && !refused.last);
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["paper.refused"]);
    assert_eq!(effects.mails, ["paper-refused"]);
    let again = b.answer_by_link(&record, Party::Trainee, "plain").await;
    assert!(matches!(again, Err(PaperError::AlreadyAnswered)), "{again:?}");
    assert_eq!(b.record(record.paper.id).await.signed(), How::Refused);
    b.sign_as_body(record.paper.id).await;
    assert_eq!(b.record(record.paper.id).await.paper.state, PaperState::ToSign);
}

#[tokio::test]
async fn nobody_signs_for_another_nor_another_text() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let record = b.sent(PaperKind::Contract, About::Enrolment(person.id)).await;
    let path = format!("/papers/{}/sign", record.paper.id);
    // an officer does not sign for the body
    let answer = b.t.post(&b.officer, &path, &json!({ "way": "plain" })).await;
    assert_eq!(answer.status, 403);
    let other = json!({ "way": "plain", "content_sha256": "00" });
    let answer = b.t.post(&b.manager, &path, &other).await;
    assert_eq!(answer.status, 412, "{answer:?}");
    // the link of the body is that of no message
    let refused = b.answer_by_link(&record, Party::Provider, "plain").await;
    assert!(matches!(refused, Err(PaperError::LinkOver)), "{refused:?}");
    assert!(b.t.effects().await.events.is_empty());
}

#[tokio::test]
async fn a_paper_taken_back_is_signed_no_more() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let record = b.sent(PaperKind::Contract, About::Enrolment(person.id)).await;
    let path = format!("/papers/{}/void", record.paper.id);
    let empty = b.t.post(&b.officer, &path, &json!({ "reason": " " })).await;
    assert_eq!((empty.status.as_u16(), empty.pointers()), (422, vec!["/reason"]));
    let answer = b.t.post(&b.officer, &path, &json!({ "reason": "Erreur de date" })).await;
    assert_eq!((answer.status.as_u16(), answer.body["state"].as_str()), (200, Some("voided")));
    assert_eq!(b.t.effects().await.events, ["paper.voided"]);
    let late = b.answer_by_link(&record, Party::Trainee, "plain").await;
    assert!(matches!(late, Err(PaperError::LinkOver)), "{late:?}");
}
