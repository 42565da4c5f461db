//! What time does by itself, with the clock moved.

use entity::agreement_request::RequestState as S;
use entity::ids::SiteId;
use parchemin::features::agreements::actions::{deadlines, right};
use parchemin::features::agreements::state::Step;
use parchemin::mailer::Mailer;
use serde_json::json;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use super::desk::Desk;
use crate::support::siret_of;

/// Moves to that many days after the start and tells what happened by itself.
async fn after(desk: &Desk, start: OffsetDateTime, days: i64) -> Vec<String> {
    desk.t.set_now(start + Duration::days(days));
    desk.deadlines().await;
    desk.t.effects().await.events
}

/// Puts the certification in a register, without an end.
async fn register(desk: &Desk) {
    let (certification, version) = (desk.version.certification_id, desk.version.id);
    let path = format!("/certifications/{certification}/versions/{version}/registrations");
    let entry = json!({ "register": "rs", "number": "RS0000", "starts_on": desk.today().to_string() });
    let added = desk.t.post(&desk.manager, &path, &entry).await;
    assert_eq!(added.status, 201, "{added:?}");
}

/// What the list of partners must still say, in the order of the changes.
async fn partner_changes(desk: &Desk) -> Vec<String> {
    let due = desk.t.get(&desk.manager, "/partner-updates").await;
    let mut items = due.body["items"].as_array().unwrap().clone();
    items.sort_by_key(|item| item["id"].as_str().unwrap().to_owned());
    items.iter().map(|item| item["reason"].as_str().unwrap().to_owned()).collect()
}

/// Gives another SIRET to the seat of the structure, and does what that asks of the agreements.
async fn change_siret(desk: &Desk) {
    let path = format!("/structures/{}", desk.structure.id);
    let read = desk.t.get(&desk.manager, &path).await;
    let site = read.body["sites"][0]["id"].as_str().unwrap();
    let version = i32::try_from(read.body["version"].as_i64().unwrap()).unwrap();
    desk.t.effects().await;
    let change = json!({ "siret": siret_of(0, 3).to_string() });
    let changed = desk.t.patch(&desk.manager, &format!("{path}/sites/{site}"), Some(version), &change).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(desk.t.effects().await.jobs, ["agreements.siret_changed"]);
    right::siret_changed(&desk.t.app, SiteId(site.parse().unwrap())).await.unwrap();
}

#[tokio::test]
async fn an_idle_draft_is_warned_twice_then_abandoned() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.t.effects().await;
    let start = desk.t.app.now();
    for (day, expected) in [
        (59, None),
        (60, Some("draft_warned")),
        (61, None),
        (80, Some("draft_warned")),
        (90, None),
        (91, Some("draft_expired")),
        (92, None),
    ] {
        let expected: Vec<_> = expected.iter().map(|name| format!("agreement_request.{name}")).collect();
        assert_eq!(after(&desk, start, day).await, expected, "day {day}");
    }
}

#[tokio::test]
async fn a_piece_makes_the_days_of_a_draft_start_again() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.t.effects().await;
    let start = desk.t.app.now();
    assert_eq!(after(&desk, start, 60).await, ["agreement_request.draft_warned"]);
    desk.piece("P05").await;
    desk.t.effects().await;
    assert!(after(&desk, start, 100).await.is_empty());
    assert_eq!(after(&desk, start, 120).await, ["agreement_request.draft_warned"]);
}

#[tokio::test]
async fn a_return_without_answer_is_reminded_then_closed() {
    let desk = Desk::new().await;
    desk.reach(S::Incomplete).await;
    desk.t.effects().await;
    let start = desk.t.app.now();
    for (day, expected) in [
        (22, None),
        (23, Some("return_reminded")),
        (30, None),
        (31, Some("return_reminded")),
        (45, None),
        (46, Some("closed_idle")),
    ] {
        let expected: Vec<_> = expected.iter().map(|name| format!("agreement_request.{name}")).collect();
        assert_eq!(after(&desk, start, day).await, expected, "day {day}");
    }
}

#[tokio::test]
async fn the_delays_of_the_desk_are_those_of_the_settings() {
    let desk = Desk::new().await;
    let change = json!({ "value": {
        "return_warning_days": [3], "controller_answer_days": 10, "visit_within_days": 20, "sign_days": 12,
    } });
    let answer = desk.t.patch(&desk.manager, "/settings/agreements.delays", Some(0), &change).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    desk.reach(S::Incomplete).await;
    desk.t.effects().await;
    let start = desk.t.app.now();
    for (day, expected) in [(26, vec![]), (27, vec!["agreement_request.return_reminded"]), (31, vec![])] {
        assert_eq!(after(&desk, start, day).await, expected, "day {day}");
    }
    let desk = Desk::new().await;
    assert_eq!(
        desk.t.patch(&desk.manager, "/settings/agreements.delays", Some(0), &change).await.status,
        200
    );
    desk.reach(S::VisitToSchedule).await;
    let told = letter(&desk, "controller-assigned").await;
    assert!(told.contains("jeudi 16 octobre 2025") && told.contains("26 octobre 2025"), "{told}");
    desk.ready(Step::Schedule, S::VisitToSchedule).await;
    for step in [Step::Schedule, Step::RecordVisit, Step::SendReport, Step::Comment, Step::Finalise] {
        desk.ready(step, S::VisitToSchedule).await;
        desk.step(step).await;
    }
    desk.step(Step::PutOnAgenda).await;
    desk.step(Step::Grant).await;
    let last = parchemin::render::french::date(desk.today() + Duration::days(12));
    let told = letter(&desk, "convention-to-sign").await;
    assert!(told.contains(&last), "{last}: {told}");
}

/// The text of the last mail of a template.
async fn letter(desk: &Desk, template: &str) -> String {
    use sea_orm::EntityTrait;
    let mails = entity::mail::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    mails.into_iter().rfind(|mail| mail.template == template).unwrap().body_text
}

#[tokio::test]
async fn an_agreement_is_announced_to_end_then_ends() {
    let desk = Desk::new().await;
    desk.reach(S::Granted).await;
    let right = desk.read().await["agreement"]["id"].as_str().unwrap().to_owned();
    for (person, path) in [(&desk.owner, "sign-structure"), (&desk.manager, "sign-certifier")] {
        let path = format!("/agreements/{right}/{path}");
        assert_eq!(desk.t.post(person, &path, &json!({ "name": "Ulysse N’Diaye" })).await.status, 200);
    }
    desk.t.advance(Duration::days(1));
    desk.deadlines().await;
    assert!(desk.t.effects().await.events.contains(&"committee.held".to_owned()));
    let start = desk.t.app.now();
    let mut seen = Vec::new();
    for day in (700..1110).step_by(5) {
        seen.extend(after(&desk, start, day).await);
    }
    let warned = "agreement.expiry_warned";
    assert_eq!(seen, [warned, warned, warned, warned, "agreement.expired"]);
}

#[tokio::test]
async fn an_agreement_stays_while_a_renewal_asked_for_in_time_is_examined() {
    for (day, last) in [(960, "agreement.prolonged"), (1040, "agreement.expired")] {
        let desk = Desk::new().await;
        desk.reach(S::Granted).await;
        register(&desk).await;
        desk.sign().await;
        let right = desk.read().await["agreement"].clone();
        let path = format!("/agreements/{}", right["id"].as_str().unwrap());
        let page = format!("/agrements/{}", right["number"].as_str().unwrap());
        let start = desk.t.app.now();
        after(&desk, start, day).await;
        desk.draft_of("renewal").await;
        desk.step(Step::Submit).await;
        desk.t.effects().await;
        let mut seen = Vec::new();
        for day in 1090..1110 {
            seen.extend(after(&desk, start, day).await);
        }
        let seen: Vec<_> = seen.iter().filter(|name| !name.contains("partner_update")).collect();
        assert_eq!(seen.last().map(|name| name.as_str()), Some(last), "{seen:?}");
        assert_eq!(seen.iter().filter(|name| name.as_str() == last).count(), 1, "said once: {seen:?}");
        let told = if last == "agreement.expired" { "Expiré" } else { "Prolongé jusqu’à la décision" };
        assert_eq!(partner_changes(&desk).await, ["Actif", told]);
        if last == "agreement.expired" {
            continue;
        }
        change_siret(&desk).await;
        assert_eq!(partner_changes(&desk).await[2..], ["SIRET du site changé"]);
        assert_eq!(desk.t.get(&desk.manager, &path).await.body["state"], "active");
        assert!(desk.opens(&desk.owner, &page).await.contains("Agrément valide le"));
        assert!(desk.opens(&desk.owner, "/notre-agrement").await.contains("Prolongé jusqu’à la décision"));
        desk.step(Step::Withdraw).await;
        desk.t.effects().await;
        let told = after(&desk, start, 1111).await;
        assert!(told.contains(&"agreement.expired".to_owned()), "{told:?}");
        assert_eq!(desk.t.get(&desk.manager, &path).await.body["state"], "expired");
        assert!(desk.opens(&desk.owner, &page).await.contains("Agrément non valide le"));
    }
}

#[tokio::test]
async fn two_processes_act_once() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.t.effects().await;
    desk.t.advance(Duration::days(60));
    let other = desk.t.another_process(Mailer::memory());
    let (one, two) = tokio::join!(deadlines::run(&desk.t.app), deadlines::run(&other));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(desk.t.effects().await.events, ["agreement_request.draft_warned"]);
}

#[tokio::test]
async fn a_day_ends_where_the_structure_is() {
    for (postal_code, commune, last) in [
        ("97600", "Mamoudzou", datetime!(2025-11-05 20:59:59 UTC)),
        ("97300", "Cayenne", datetime!(2025-11-06 02:59:59 UTC)),
        ("58000", "Nevers", datetime!(2025-11-05 22:59:59 UTC)),
    ] {
        let desk = Desk::at(postal_code, commune).await;
        desk.reach(S::Incomplete).await;
        let due = desk.read().await["return_due_at"].as_str().unwrap().to_owned();
        let due = OffsetDateTime::parse(&due, &time::format_description::well_known::Rfc3339).unwrap();
        assert_eq!(due.unix_timestamp(), last.unix_timestamp(), "{commune}");
        desk.t.set_now(due);
        desk.piece("P02").await;
        desk.step(Step::Submit).await;
    }
}
