//! A committee is moved, cancelled, or held; files are put in front of those to come only (row 17).

use std::collections::BTreeSet;

use entity::agreement_request::RequestState as S;
use entity::mail;
use parchemin::features::agreements::state::Step;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use time::Duration;

use super::desk::Desk;
use super::guards::{fault, refusal};

/// The method and the sequence of each date sent with a template, in order.
async fn dates(desk: &Desk, template: &str) -> Vec<(String, String, String)> {
    let mails = mail::Entity::find()
        .filter(mail::Column::Template.eq(template))
        .order_by_asc(mail::Column::Id)
        .all(desk.t.app.db.read())
        .await
        .unwrap();
    let line = |text: &str, name: &str| {
        text.lines().find(|line| line.starts_with(name)).unwrap_or_default().trim().to_owned()
    };
    let date = |mail: mail::Model| {
        let text = mail.calendar.unwrap();
        (mail.calendar_method.unwrap(), line(&text, "SEQUENCE:"), line(&text, "UID:"))
    };
    mails.into_iter().map(date).collect()
}

#[tokio::test]
async fn a_committee_of_the_past_receives_no_file() {
    let desk = Desk::new().await;
    desk.reach(S::OpinionGiven).await;
    let (event, officer, body) = desk.ask(Step::PutOnAgenda).await;
    desk.t.advance(Duration::days(1));
    assert_eq!(fault(&desk.act(officer, event, &body).await), (422, "committee-closed"));
    desk.step(Step::PutOnAgenda).await;
    desk.step(Step::Adjourn).await;
    desk.ready(Step::ResumeToCommittee, S::Adjourned).await;
    let resumed = desk.act(&desk.officer, "resume", &body).await;
    assert_eq!(fault(&resumed), (422, "committee-closed"));
    desk.step(Step::ResumeToCommittee).await;
    desk.step(Step::Refuse).await;
    desk.step(Step::LodgeAppeal).await;
    let (event, manager, mut overturn) = desk.ask(Step::Overturn).await;
    overturn["committee_id"] = body["committee_id"].clone();
    assert_eq!(fault(&desk.act(manager, event, &overturn).await), (422, "committee-closed"));
    desk.step(Step::Overturn).await;
}

#[tokio::test]
async fn a_cancelled_committee_gives_its_files_back_and_leaves_every_agenda() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    let committee = format!("/committees/{}", desk.committee().await);
    let empty = desk.t.post(&desk.officer, &format!("{committee}/cancel"), &json!({ "reason": " " })).await;
    assert_eq!(fault(&empty), (422, "reason-missing"));
    desk.t.effects().await;
    let reason = json!({ "reason": "Quorum non réuni" });
    let answer = desk.t.post(&desk.officer, &format!("{committee}/cancel"), &reason).await;
    assert_eq!((answer.status, &answer.body["state"]), (StatusCode::OK, &json!("cancelled")), "{answer:?}");
    let effects = desk.t.effects().await;
    assert_eq!(effects.events, ["committee.cancelled", "agreement_request.taken_off_agenda"]);
    assert_eq!(effects.mails, ["committee-changed", "agreement-off-agenda"]);
    let file = desk.read().await;
    assert_eq!((&file["state"], &file["committee"]), (&json!("opinion_given"), &json!(null)));
    let (asked, off) = (dates(&desk, "agreement-on-agenda").await, dates(&desk, "committee-changed").await);
    assert_eq!((asked[0].0.as_str(), asked[0].1.as_str()), ("REQUEST", "SEQUENCE:0"));
    assert_eq!((off[0].0.as_str(), off[0].1.as_str()), ("CANCEL", "SEQUENCE:1"));
    assert_eq!(asked[0].2, off[0].2, "the same date");
    let again = desk.t.post(&desk.officer, &format!("{committee}/cancel"), &reason).await;
    assert_eq!(refusal(&again), (409, "committee-over"));
    let (event, officer, body) = desk.ask(Step::PutOnAgenda).await;
    assert_eq!(fault(&desk.act(officer, event, &body).await), (422, "committee-closed"));
    let day = json!({ "meets_on": desk.today().to_string(), "place": "Salle Rimbaud" });
    let planned = desk.t.post(&desk.officer, "/committees", &day).await;
    assert_eq!(planned.status, StatusCode::CREATED, "its day is free again: {planned:?}");
    desk.step(Step::PutOnAgenda).await;
}

#[tokio::test]
async fn a_committee_moves_with_its_agenda_until_it_decides() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    let committee = format!("/committees/{}", desk.committee().await);
    let to = |days| {
        let day = (desk.today() + Duration::days(days)).to_string();
        json!({ "meets_on": day, "reason": "Grève des trains" })
    };
    let path = format!("{committee}/move");
    assert_eq!(fault(&desk.t.post(&desk.officer, &path, &to(-1)).await), (422, "date-in-the-past"));
    assert_eq!(fault(&desk.t.post(&desk.officer, &path, &to(0)).await), (422, "committee-unmoved"));
    let answer = desk.t.post(&desk.officer, &path, &to(7)).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(desk.read().await["committee"]["meets_on"], to(7)["meets_on"]);
    let moved = dates(&desk, "committee-changed").await;
    assert_eq!((moved[0].0.as_str(), moved[0].1.as_str()), ("REQUEST", "SEQUENCE:1"));
    let (event, manager, body) = desk.ask(Step::Refuse).await;
    assert_eq!(refusal(&desk.act(manager, event, &body).await), (409, "committee-not-met"));
    desk.t.advance(Duration::days(7));
    desk.step(Step::Refuse).await;
    let late = desk.t.post(&desk.officer, &path, &to(7)).await;
    assert_eq!(refusal(&late), (409, "committee-decided"));
    let cancel =
        desk.t.post(&desk.officer, &format!("{committee}/cancel"), &json!({ "reason": "Non" })).await;
    assert_eq!(refusal(&cancel), (409, "committee-decided"));
}

#[tokio::test]
async fn a_committee_was_held_once_its_day_is_behind_and_its_files_are_decided() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    let committee = format!("/committees/{}", desk.committee().await);
    let state = || async { desk.t.get(&desk.manager, &committee).await.body["state"].clone() };
    desk.t.advance(Duration::days(1));
    desk.deadlines().await;
    assert_eq!(state().await, "planned", "a file still waits for its decision");
    desk.step(Step::Refuse).await;
    desk.t.effects().await;
    desk.deadlines().await;
    assert_eq!(state().await, "held");
    assert_eq!(desk.t.effects().await.events, ["committee.held"]);
    desk.deadlines().await;
    assert_eq!(desk.t.effects().await.events, Vec::<String>::new(), "said once");
}

#[tokio::test]
async fn a_committee_is_changed_from_its_page_after_a_question() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    let page = desk.agenda().await;
    let html = desk.opens(&desk.officer, &page).await;
    assert!(html.contains(&format!("action=\"{page}/annuler\"")), "{html}");
    let cancel = format!("{page}/annuler");
    let (status, _, html) = desk.t.submit(&desk.officer, &cancel, &[("reason", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"annuler-reason-err\""), "{html}");
    let mut fields = vec![("reason", "Quorum non réuni")];
    let (status, _, asked) = desk.t.submit(&desk.officer, &cancel, &fields).await;
    assert_eq!(status, StatusCode::OK);
    assert!(asked.contains("name=\"confirme\"") && asked.contains("«\u{202f}Avis rendu\u{202f}»"), "{asked}");
    assert_eq!(desk.read().await["state"], "in_committee", "asking changes nothing");
    fields.push(("confirme", "oui"));
    let (status, next, _) = desk.t.submit(&desk.officer, &cancel, &fields).await;
    assert_eq!((status, next), (StatusCode::SEE_OTHER, page.clone()));
    let html = desk.opens(&desk.officer, &page).await;
    assert!(html.contains("Annulée") && !html.contains("/annuler\""), "{html}");
    let told: BTreeSet<_> = mail::Entity::find()
        .all(desk.t.app.db.read())
        .await
        .unwrap()
        .into_iter()
        .map(|mail| mail.template)
        .collect();
    assert!(told.contains("committee-changed"));
    let (status, _, _) = desk.t.submit(&desk.stranger, &cancel, &fields).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
