//! A paper is issued when nothing lacks, else everything that lacks is told and nothing is written.

use entity::enrolment::EnrolmentState;
use entity::ids::TrainingSlotId;
use entity::programme_version::Column as Sheet;
use entity::training_document::{PaperKind, PaperState};
use parchemin::error::DomainError;
use parchemin::features::papers::PaperError;
use parchemin::features::papers::gather::About;
use parchemin::rules::training::mentions::Mention;
use serde_json::json;

use super::{Bench, blank};

#[tokio::test]
async fn a_contract_is_frozen_typeset_and_sent_to_who_signs() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    b.t.effects().await;
    let record = b.issue(PaperKind::Contract, About::Enrolment(person.id)).await.unwrap();
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["paper.issued", "paper.handed", "paper.handed"]);
    assert_eq!(record.reference(), "SES-2025-0001-D1");
    let content = record.content().unwrap();
    assert!(content.provider.nda.contains("11753262975"));
    assert!(content.withdrawal.contains("14\u{a0}jours") || content.withdrawal.contains("14 jours"));
    assert_eq!(content.handed.len(), 2);
    b.t.work().await;
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["paper.sent_to_sign"]);
    assert_eq!(effects.mails, ["paper-to-sign", "paper-to-sign"]);
    let sent = b.record(record.paper.id).await;
    assert_eq!(sent.paper.state, PaperState::ToSign);
    assert!(sent.paper.document_id.is_some() && sent.paper.deadline_at.is_some());
}

#[tokio::test]
async fn everything_that_lacks_is_told_at_once_and_nothing_is_written() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    blank(&b, Sheet::Objectives).await;
    blank(&b, Sheet::Methods).await;
    b.t.effects().await;
    let refused = b.issue(PaperKind::Contract, About::Enrolment(person.id)).await.unwrap_err();
    let PaperError::Lacking(mentions) = &refused else { panic!("{refused:?}") };
    assert_eq!(mentions, &[Mention::Objectives, Mention::Means]);
    assert_eq!(refused.blocking(), ["Objectifs de l’action", "Moyens pédagogiques et techniques"]);
    assert!(b.t.effects().await.events.is_empty());
    assert!(b.papers().await.is_empty());
    let body = json!({ "kind": "contract", "about_id": person.id, "remote": false });
    let answer = b.t.post(&b.officer, &format!("/training-sessions/{}/papers", b.session), &body).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "paper-lacking"));
    assert_eq!(answer.body["blocking"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_second_issue_takes_the_place_of_the_first() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let first = b.issue(PaperKind::Contract, About::Enrolment(person.id)).await.unwrap();
    b.t.effects().await;
    let second = b.issue(PaperKind::Contract, About::Enrolment(person.id)).await.unwrap();
    // what was handed with the first is not handed again
    assert_eq!(b.t.effects().await.events, ["paper.replaced", "paper.issued"]);
    assert_eq!(second.paper.revision, 2);
    assert_eq!(b.record(first.paper.id).await.paper.state, PaperState::Replaced);
    b.t.work().await;
    assert!(b.record(first.paper.id).await.paper.document_id.is_none());
}

#[tokio::test]
async fn each_kind_has_its_buyer_and_its_time() {
    let b = Bench::new().await;
    let alone = b.alone(1).await;
    let employed = b.employed(2).await;
    for (kind, about) in [
        (PaperKind::Convention, About::Buyer(alone.buyer_id)),
        (PaperKind::TripartiteConvention, About::Enrolment(alone.id)),
        (PaperKind::Contract, About::Enrolment(employed.id)),
    ] {
        let refused = b.issue(kind, about).await.unwrap_err();
        assert!(matches!(refused, PaperError::WrongBuyer), "{kind}: {refused:?}");
    }
    for kind in [PaperKind::Summons, PaperKind::CompletionCertificate, PaperKind::EndAttestation] {
        let refused = b.issue(kind, About::Enrolment(alone.id)).await.unwrap_err();
        assert!(matches!(refused, PaperError::Untimely), "{kind}: {refused:?}");
    }
    let nowhere = About::Slot(TrainingSlotId(b.t.app.new_id()));
    assert!(matches!(b.issue(PaperKind::AttendanceSheet, nowhere).await, Err(PaperError::NotFound)));
}

#[tokio::test]
async fn a_certificate_says_the_hours_that_were_attended_or_is_not_issued() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    b.put_in(person.id, EnrolmentState::Completed).await;
    let refused = b.issue(PaperKind::CompletionCertificate, About::Enrolment(person.id)).await.unwrap_err();
    let PaperError::Lacking(mentions) = &refused else { panic!("{refused:?}") };
    assert_eq!(mentions, &[Mention::Done]);
}

#[tokio::test]
async fn only_the_team_issues_and_strangers_see_nothing() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let record = b.issue(PaperKind::Contract, About::Enrolment(person.id)).await.unwrap();
    let path = format!("/papers/{}", record.paper.id);
    assert_eq!(b.t.get(&b.officer, &path).await.status, 200);
    let trainee = b.t.person(entity::account_role::Role::Trainee).await;
    assert_eq!(b.t.get(&trainee, &path).await.status, 404);
    let listed = b.t.get(&trainee, "/papers").await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 0);
    let listed = b.t.get(&b.officer, "/papers?state=to_typeset").await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1);
}
