//! Table 2.4 of the domain reference: every line done, every other step refused.

use entity::agreement_request::RequestState;
use entity::mail;
use parchemin::features::agreements::api::STEPS;
use parchemin::features::agreements::state::{Step, TABLE, Transition};
use parchemin::render::mail::MailTemplates;
use sea_orm::EntityTrait;
use serde_json::Value;

use super::desk::Desk;

/// Templates of the mails and number of documents that a line leaves behind.
fn leaves(line: &Transition) -> (&'static [&'static str], usize) {
    match line.code() {
        "AGR_SUBMITTED" => (&["agreement-submitted", "agreement-received"], 1),
        "AGR_RESUBMITTED" => (&["agreement-submitted", "agreement-resubmitted"], 1),
        "AGR_INCOMPLETE" => (&["agreement-returned"], 0),
        "AGR_COMPLETE" => (&["agreement-complete"], 1),
        "AGR_CTR_ASSIGNED" => (&["controller-assigned"], 1),
        "AGR_CTR_DECLINED" => (&["controller-declined"], 0),
        "AGR_CTR_RELEASED" if line.from == RequestState::VisitScheduled => {
            (&["visit-released", "visit-cancelled"], 0)
        }
        "AGR_CTR_RELEASED" => (&["visit-released"], 0),
        "AGR_VISIT_SCHEDULED" => (&["visit-scheduled", "visit-scheduled"], 2),
        "AGR_VISIT_MOVED" => (&["visit-moved", "visit-moved", "visit-moved"], 2),
        "AGR_VISIT_DONE" => (&["visit-done"], 1),
        "AGR_REPORT_PROV" => (&["report-provisional"], 1),
        "AGR_COMMENTED" => (&["report-comments"], 1),
        "AGR_OPINION" => (&["opinion-rendered", "opinion-rendered"], 1),
        "AGR_VISIT_WAIVED" => (&["visit-waived"], 1),
        "AGR_ON_AGENDA" => (&["agreement-on-agenda"], 1),
        "AGR_GRANTED" => (&["agreement-granted", "convention-to-sign"], 2),
        "AGR_GRANTED_RES" => (&["agreement-granted-with-reserves", "convention-to-sign"], 3),
        "AGR_ADJOURNED" => (&["agreement-adjourned"], 1),
        "AGR_RESUMED" if line.to == RequestState::InCommittee => (&["agreement-resumed"], 1),
        "AGR_RESUMED" => (&["agreement-resumed"], 0),
        "AGR_REFUSED" => (&["agreement-refused"], 1),
        "AGR_WITHDRAWN" if line.from == RequestState::VisitScheduled => {
            (&["agreement-withdrawn", "visit-cancelled", "visit-cancelled"], 0)
        }
        "AGR_WITHDRAWN" => (&["agreement-withdrawn"], 0),
        "AGR_APPEAL" => (&["appeal-received"], 0),
        "AGR_APPEAL_SETTLED" if line.to == RequestState::InCommittee => (&["appeal-settled"], 2),
        "AGR_APPEAL_SETTLED" => (&["appeal-settled"], 1),
        other => panic!("{other} is not in the table"),
    }
}

fn by_people() -> impl Iterator<Item = &'static Transition> {
    // A file leaves an agenda with its committee: `committees` plays it.
    let apart = [Step::ExpireDraft, Step::CloseIdle, Step::TakeOffAgenda];
    TABLE.iter().filter(move |line| !apart.contains(&line.step))
}

#[tokio::test]
async fn every_line_of_the_table_is_done_with_its_journal_line_its_mails_and_its_documents() {
    for line in by_people() {
        let what = format!("{:?} from {}", line.step, line.from);
        // A first request does without a visit overseas only.
        let desk = match line.step {
            Step::WaiveVisit => Desk::at("97300", "Cayenne").await,
            _ => Desk::new().await,
        };
        desk.bring_to(line.from).await;
        desk.ready(line.step, line.from).await;
        let before = desk.read().await;
        desk.t.effects().await;
        let (event, person, body) = desk.ask(line.step).await;
        let possible = desk.t.get(person, &desk.path()).await.body["possible"].clone();
        assert!(possible.as_array().unwrap().contains(&event.into()), "{what}: {possible}");
        let answer = desk.act(person, event, &body).await;
        assert_eq!(answer.status, 200, "{what}: {answer:?}");
        assert_eq!(answer.body["state"], line.to.word(), "{what}");
        assert_eq!(answer.etag, Some(format!("\"{}\"", answer.body["version"])), "{what}");
        assert!(answer.body["version"].as_i64() > before["version"].as_i64(), "{what}");
        let effects = desk.t.effects().await;
        let (mails, documents) = leaves(line);
        assert_eq!(effects.events[0], line.name(), "{what}");
        assert_eq!(effects.mails, mails, "{what}");
        assert_eq!(effects.jobs, vec!["agreements.issue_document"; documents], "{what}");
        let sent = mail::Entity::find().all(desk.t.app.db.read()).await.unwrap();
        for template in mails {
            let sample = MailTemplates::sample(template).unwrap();
            let same = |mail: &mail::Model| mail.template == *template && sample["reason"] == mail.reason;
            assert!(sent.iter().any(same), "{what}: the sample of {template} has another reason");
        }
        let history = desk.t.get(&desk.manager, &format!("{}/history?limit=200", desk.path())).await;
        let lines = history.body["items"].as_array().unwrap();
        let last = lines.iter().rev().find(|event| event["code"] == line.code()).unwrap();
        assert_eq!(
            (last["state_before"].as_str(), last["state_after"].as_str()),
            (Some(line.from.word().as_str()), Some(line.to.word().as_str())),
            "{what}"
        );
    }
}

#[tokio::test]
async fn every_other_step_is_refused_in_words_and_changes_nothing() {
    for from in RequestState::all() {
        let desk = Desk::new().await;
        desk.bring_to(from).await;
        desk.committee().await;
        let before = desk.read().await;
        desk.t.effects().await;
        for (step, _, _) in STEPS.iter().filter(|(step, _, _)| !TABLE.can(from, *step)) {
            let (event, person, body) = desk.ask(*step).await;
            let answer = desk.act(person, event, &body).await;
            let hidden = person.id == desk.expert.id && before["mission"] == Value::Null;
            let expected = if hidden { (404, "not-found") } else { (409, "agreement-request-wrong-state") };
            assert_eq!((answer.status.as_u16(), answer.code()), expected, "{step:?} from {from}: {answer:?}");
            let words = answer.body["detail"].as_str().unwrap();
            assert!(hidden || words.contains('«'), "{words}");
        }
        let effects = desk.t.effects().await;
        assert!(
            effects.events.is_empty() && effects.mails.is_empty() && effects.jobs.is_empty(),
            "{from}: {effects:?}"
        );
        assert_eq!(desk.read().await, before, "{from}");
    }
}
