//! The way of a trainer through the API alone, from the application to the habilitation, the jury having deferred once:
//! what it refuses, whom it writes to, which documents it leaves.

use entity::mail;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::Duration;
use time::macros::datetime;

use super::path::Way;
use crate::support::Person;

const STEPS: [&str; 7] = [
    "theory",
    "observation",
    "co_animation",
    "supervised",
    "accompaniment",
    "accompaniment",
    "accompaniment",
];

/// The jury of a trainer; whoever accompanies sits in it, and whoever comes from outside is invited by address.
fn jury(way: &Way) -> Value {
    json!({ "jury_on": way.day(0), "jury_time": "14 h", "jury_place": "Nevers", "members": [
        { "name": "Irène Caldaguès", "quality": "manager" },
        { "quality": "senior", "expert_id": way.senior.id },
        { "name": "Basile Quéméneur", "quality": "external", "email": "basile@jury.exemple" },
    ] })
}

async fn logs(way: &Way, senior: &Person, kind: &str) {
    let body =
        json!({ "kind": kind, "done_on": way.day(0), "place": "Nevers", "sheet": "Consignes claires" });
    way.done(senior, "steps", &body).await;
}

/// The mails of a template, oldest first.
async fn mails(way: &Way, template: &str) -> Vec<mail::Model> {
    let found = mail::Entity::find().filter(mail::Column::Template.eq(template));
    found.order_by_asc(mail::Column::Id).all(way.t.app.db.read()).await.unwrap()
}

#[tokio::test]
async fn a_trainer_is_deferred_once_then_habilitated_with_every_mail_and_document() {
    let way = Way::applied("epsp").await;
    assert_eq!(way.t.effects().await.mails, ["habilitation-applied"]);
    way.admitted().await;
    assert_eq!(way.t.effects().await.mails, ["habilitation-admitted", "habilitation-accompaniment"]);
    let senior = way.t.of_expert(way.senior.id).await;
    let early = way.act(&way.manager, "present", &jury(&way)).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "habilitation-path-incomplete"));
    assert_eq!(early.body["blocking"].as_array().unwrap().len(), 5, "{early:?}");
    for kind in STEPS {
        logs(&way, &senior, kind).await;
    }
    way.signed().await;
    way.t.effects().await;
    way.done(&way.manager, "present", &jury(&way)).await;
    let convened = ["habilitation-presented", "habilitation-jury-invited", "habilitation-jury-invited"];
    assert_eq!(way.t.effects().await.mails, convened);

    let redo = ["observation", "accompaniment"];
    let defer = json!({ "verdict": "defer", "text": "Expliquer la grille", "redo": redo });
    way.done(&way.manager, "decide", &defer).await;
    assert_eq!(way.t.effects().await.mails, ["habilitation-deferred", "habilitation-accompaniment"]);
    let told = mails(&way, "habilitation-accompaniment").await;
    assert!(told[0].body_text.contains("Observer deux jurys"), "{}", told[0].body_text);
    for words in ["Expliquer la grille", "Fond de salle", way.expert.name().as_str()] {
        assert!(told[1].body_text.contains(words), "{words} {}", told[1].body_text);
    }
    way.t.advance(Duration::days(30));
    logs(&way, &senior, redo[0]).await;
    let half = way.act(&way.manager, "present", &jury(&way)).await;
    let lack = "Accompagnement individuel\u{202f}: entretien daté, à refaire à la demande du jury";
    assert_eq!(half.body["blocking"], json!([lack]));
    logs(&way, &senior, redo[1]).await;
    way.done(&way.manager, "present", &jury(&way)).await;
    let grant = json!({ "verdict": "grant", "starts_on": way.day(0), "text": "Un tutorat de six mois" });
    let granted = way.done(&way.manager, "decide", &grant).await;
    assert_eq!(granted.body["habilitation"]["state"], "active");
    assert_eq!(way.t.effects().await.mails, [&convened[..], &["habilitation-granted"]].concat());

    way.work().await;
    let kinds = way.documents().await;
    assert_eq!(kinds.len(), 17, "{kinds:?}");
    for (kind, count) in [
        ("habilitation-path.plan", 1),
        ("habilitation-charter.to-sign", 1),
        ("habilitation-charter.signed", 1),
        ("habilitation-sheet", 9),
        ("habilitation-path.file", 2),
        ("habilitation-letter.deferred", 1),
        ("habilitation-certificate.granted", 1),
        ("habilitation-letter.mandate", 1),
    ] {
        assert_eq!(kinds.iter().filter(|one| *one == kind).count(), count, "{kind} {kinds:?}");
    }
}

#[tokio::test]
async fn the_jury_is_convened_from_the_page_where_each_member_is() {
    let way = Way::applied("epsp").await;
    way.admitted().await;
    let senior = way.t.of_expert(way.senior.id).await;
    for kind in STEPS {
        logs(&way, &senior, kind).await;
    }
    let path = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let (today, accompanies) = (way.day(0), way.senior.id.to_string());
    let fields = [
        ("acte", "presenter"),
        ("jury_on", today.as_str()),
        ("member_manager", "Irène Caldaguès"),
        ("member_senior_expert", accompanies.as_str()),
        ("member_external", "Basile Quéméneur"),
    ];
    let wrong = [&fields[..], &[("member_external_email", "basile")]].concat();
    let (status, _, page) = way.t.submit(&way.manager, &path, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"presenter-member_external_email-err\""), "{page}");
    assert!(mails(&way, "habilitation-jury-invited").await.is_empty());
    let right = [&fields[..], &[("member_external_email", "basile@jury.exemple")]].concat();
    assert_eq!(way.t.submit(&way.manager, &path, &right).await.0, StatusCode::SEE_OTHER);
    let invited = mails(&way, "habilitation-jury-invited").await;
    let to: Vec<_> = invited.iter().map(|mail| mail.recipient["to"].as_str().unwrap()).collect();
    assert_eq!(to, ["expert", "address"]);
    assert_eq!(invited[1].recipient["address"], "basile@jury.exemple");
    let text = &invited[1].body_text;
    assert!(text.contains("6 octobre 2025") && !text.contains("/habilitations/"), "{text}");
}

#[tokio::test]
async fn a_step_rests_on_the_mission_of_observation_whose_report_was_received() {
    let way = Way::applied("epsp").await;
    way.admitted().await;
    let body = json!({
        "expert_id": way.expert.id,
        "object": "observation",
        "title": "Une session vue du fond de la salle",
        "place": "12 rue de la Loire, Nevers",
        "department": "58",
        "starts_on": "2025-10-20",
        "starts_time": "09:00",
        "ends_time": "17:00",
        "fee_cents": 0,
        "expenses_ceiling_cents": 0,
    });
    let proposed = way.t.post(&way.manager, "/missions", &body).await;
    assert_eq!(proposed.status, StatusCode::CREATED, "{proposed:?}");
    let mission = proposed.body["id"].as_str().unwrap().to_owned();
    let number = proposed.body["number"].as_str().unwrap().to_owned();
    let step = json!({
        "kind": "observation", "done_on": "2025-10-20", "sheet": "Vu", "mission_id": mission,
    });
    let act = async |verb: &str, body: &Value| {
        let answer = way.t.post(&way.person, &format!("/missions/{mission}/{verb}"), body).await;
        assert_eq!(answer.status, StatusCode::OK, "{verb} {answer:?}");
    };
    act("accept", &Value::Null).await;
    way.t.set_now(datetime!(2025-10-20 16:00 UTC));
    act("start", &Value::Null).await;
    act("finish", &Value::Null).await;
    let early = way.act(&way.manager, "steps", &step).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "without its report: {early:?}");
    act("report", &json!({ "report": "Le groupe a manipulé les outils." })).await;

    let path = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let (_, page) = way.t.open(&way.manager, &path).await;
    assert!(page.contains(&format!("{path}?mission={number}")), "{page}");
    let (_, page) = way.t.open(&way.manager, &format!("{path}?mission={number}")).await;
    assert!(page.contains("Le groupe a manipulé les outils.") && page.contains("2025-10-20"), "{page}");
    let logged = way.done(&way.manager, "steps", &step).await;
    let steps = logged.body["steps"].as_array().unwrap();
    assert_eq!(steps.iter().filter(|one| one["mission_id"] == json!(mission)).count(), 1, "{logged:?}");
    let (_, page) = way.t.open(&way.manager, &path).await;
    assert!(page.contains(&format!("Mission {number}")), "{page}");
    assert!(!page.contains(&format!("?mission={number}")), "offered once: {page}");
    let twice = way.act(&way.manager, "steps", &step).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "{twice:?}");
}
