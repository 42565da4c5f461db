//! The life of an habilitation once granted.

use entity::account_role::Role;
use entity::habilitation::{self, HabilitationState};
use parchemin::features::experts::jobs;
use parchemin::mailer::Mailer;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;

use super::path::Way;

async fn state(way: &Way) -> HabilitationState {
    let id = way.id.parse::<uuid::Uuid>().unwrap();
    let row = habilitation::Entity::find_by_id(id).one(way.t.app.db.read()).await.unwrap();
    row.unwrap().state
}

#[tokio::test]
async fn an_habilitation_is_suspended_and_reinstated_with_reasons() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    way.t.effects().await;
    assert_eq!(way.act(&way.manager, "suspend", &json!({})).await.pointers(), ["/reason"]);
    let officer = way.t.person(Role::Officer).await;
    let reason = json!({ "reason": "Réunions manquées" });
    assert_eq!(way.act(&officer, "suspend", &reason).await.status, StatusCode::FORBIDDEN);
    way.done(&way.manager, "suspend", &reason).await;
    assert_eq!(state(&way).await, HabilitationState::Suspended);
    let twice = way.act(&way.manager, "suspend", &reason).await;
    assert_eq!(twice.code(), "habilitation-wrong-state");
    way.t.advance(Duration::days(10));
    way.done(&way.manager, "reinstate", &reason).await;
    let effects = way.t.effects().await;
    assert_eq!(effects.mails, ["habilitation-suspended", "habilitation-reinstated"]);
    let on = |day: &str| {
        format!("/rights?kind=habilitation&on={day}&holder_kind=expert&holder_id={}", way.expert.id)
    };
    for (day, held) in [("2025-10-10", 0), ("2025-10-16", 1)] {
        let found = way.t.get(&way.manager, &on(day)).await;
        assert_eq!(found.body["items"].as_array().unwrap().len(), held, "{day}");
    }
    let eve = way.t.get(&way.manager, &format!("/habilitations/{}?on=2025-10-05", way.id)).await;
    assert_eq!(eve.status, StatusCode::NOT_FOUND, "nobody had applied");
    for (day, word) in [("2025-10-10", "suspended"), ("2025-10-16", "active")] {
        let file = way.t.get(&way.manager, &format!("/habilitations/{}?on={day}", way.id)).await;
        assert_eq!(file.body["habilitation"]["state"], word, "{day}: {file:?}");
        for (state, count) in [("suspended", word == "suspended"), ("active", word == "active")] {
            let query = format!("/habilitations?on={day}&state={state}&expert_id={}", way.expert.id);
            let list = way.t.get(&way.manager, &query).await;
            assert_eq!(list.body["items"].as_array().unwrap().len(), usize::from(count), "{query}");
        }
    }
    let path = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let (_, page) = way.t.open(&way.manager, &format!("{path}?au=2025-10-10")).await;
    assert!(page.contains("Revenir à aujourd’hui") && page.contains("Suspendue"), "{page}");
    assert!(!page.contains("value=\"retablir\""), "nothing is to be done in the past");
    let files = "/intervenants/dossiers?etat=suspended";
    let (_, now) = way.t.open(&way.manager, files).await;
    assert!(now.contains("Aucun dossier ne correspond") && now.contains("Présentée au jury"), "{now}");
    let (_, then) = way.t.open(&way.manager, &format!("{files}&au=2025-10-10")).await;
    assert!(then.contains("Revenir à aujourd’hui") && then.contains("Anne-Lise Abel"), "{then}");
    assert!(then.contains(&format!("{path}?au=2025-10-10")), "the file of that day");
    assert_eq!(way.t.open(&way.person, files).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_withdrawal_takes_two_people() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    way.t.advance(Duration::days(30));
    let nobody = way.act(&way.manager, "confirm-withdrawal", &Value::Null).await;
    assert_eq!(nobody.code(), "habilitation-withdrawal-not-asked");
    let reason = json!({ "reason": "Manquement grave" });
    way.t.effects().await;
    way.done(&way.manager, "withdraw", &reason).await;
    assert_eq!(state(&way).await, HabilitationState::Active);
    assert_eq!(way.act(&way.manager, "withdraw", &reason).await.code(), "habilitation-withdrawal-asked");
    // Whoever asked may think better of it; what is asked again waits again.
    assert_eq!(way.act(&way.manager, "drop-withdrawal", &json!({})).await.pointers(), ["/reason"]);
    let dropped = way.done(&way.manager, "drop-withdrawal", &json!({ "reason": "Rapport retrouvé" })).await;
    assert_eq!(dropped.body["habilitation"]["state"], "active");
    let effects = way.t.effects().await;
    assert_eq!(effects.events, ["habilitation.withdrawal_asked", "habilitation.withdrawal_dropped"]);
    assert_eq!(effects.mails[2..], ["habilitation-withdrawal-dropped", "habilitation-withdrawal-dropped"]);
    let again = way.act(&way.manager, "drop-withdrawal", &json!({ "reason": "Encore" })).await;
    assert_eq!(again.code(), "habilitation-withdrawal-not-asked");
    way.done(&way.manager, "withdraw", &reason).await;
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    assert!(way.t.open(&way.manager, &page).await.1.contains("Renoncer au retrait"));
    let same = way.act(&way.manager, "confirm-withdrawal", &Value::Null).await;
    assert_eq!((same.status, same.code()), (StatusCode::CONFLICT, "habilitation-same-person"));
    assert_eq!(state(&way).await, HabilitationState::Active);
    let other = way.t.person(Role::Manager).await;
    let early = way.act(&other, "confirm-withdrawal", &Value::Null).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "habilitation-withdrawal-early"));
    assert_eq!(early.body["blocking"], json!(["La personne a jusqu’au 20 novembre 2025 pour répondre"]));
    way.t.advance(Duration::days(16));
    let done = way.done(&other, "confirm-withdrawal", &Value::Null).await;
    assert_eq!(done.body["habilitation"]["ends_on"], "2025-11-20");
    let effects = way.t.effects().await;
    assert_eq!(effects.events, ["habilitation.withdrawal_asked", "habilitation.withdrawn"]);
    let mails =
        ["habilitation-withdrawal-asked", "habilitation-withdrawal-planned", "habilitation-withdrawn"];
    assert_eq!(effects.mails, mails);
}

#[tokio::test]
async fn a_person_gives_up_and_the_last_day_counts() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    way.t.effects().await;
    let past = way.act(&way.person, "resign", &json!({ "on": way.day(-1) })).await;
    assert_eq!(past.pointers(), ["/on"]);
    let resigned = way.done(&way.person, "resign", &json!({ "on": way.day(20), "reason": "Retraite" })).await;
    assert_eq!(resigned.body["habilitation"]["ends_on"], "2025-10-26");
    assert_eq!(way.t.effects().await.mails, ["habilitation-resigned"]);
    let found = way.t.get(&way.manager, "/rights?kind=habilitation&on=2025-10-26").await;
    assert_eq!(found.body["items"].as_array().unwrap().len(), 2);
    let path = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    assert!(way.t.open(&way.manager, &path).await.1.contains("Démission à venir"), "the right still holds");
    way.t.advance(Duration::days(25));
    let manager = way.t.person(Role::Manager).await;
    let (_, page) = way.t.open(&manager, &path).await;
    assert!(page.contains("Démission") && !page.contains("Démission à venir"), "{page}");
}

#[tokio::test]
async fn an_habilitation_expires_once_after_its_last_day() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    way.t.effects().await;
    way.t.advance(Duration::days(3 * 366));
    let other = way.t.another_process(Mailer::memory());
    let (one, two) = tokio::join!(jobs::run(&way.t.app), jobs::run(&other));
    assert_eq!(one.unwrap() + two.unwrap(), 2, "this one and that of the senior");
    assert_eq!(state(&way).await, HabilitationState::Expired);
    let effects = way.t.effects().await;
    assert_eq!(effects.events, ["habilitation.expired", "habilitation.expired"]);
    assert_eq!(effects.mails, ["habilitation-expired", "habilitation-expired"]);
}

#[tokio::test]
async fn a_renewal_shows_its_conditions_and_sets_them_aside_with_a_reason_only() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    way.t.effects().await;
    let read = way.t.get(&way.manager, &format!("/habilitations/{}", way.id)).await;
    let conditions = read.body["conditions"].as_array().unwrap();
    let met: Vec<_> = conditions.iter().map(|one| one["met"].as_bool().unwrap()).collect();
    assert_eq!(met, [false, false, true, true, true, true, true], "{conditions:?}");
    let unmeasured = conditions.iter().filter(|one| one["measured"] == false);
    let unmeasured: Vec<_> = unmeasured.map(|one| one["sentence"].as_str().unwrap()).collect();
    assert!(unmeasured[0].contains("non mesuré, aucun n’était attendu"), "{unmeasured:?}");
    assert!(unmeasured[1].contains("non mesurée, aucune mission n’a été notée"), "{unmeasured:?}");
    assert_eq!(unmeasured.len(), 2);
    let unmet = way.act(&way.manager, "renew", &json!({})).await;
    assert_eq!((unmet.status, unmet.code()), (StatusCode::CONFLICT, "habilitation-renewal-conditions"));
    assert_eq!(unmet.body["blocking"][0], "Missions, du 6 octobre 2025 au 5 octobre 2026\u{202f}: 0 sur 2");
    let renewed = way.done(&way.manager, "renew", &json!({ "waiver": "Congé maternité" })).await;
    assert_eq!(renewed.body["habilitation"]["ends_on"], "2031-10-05");
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let (_, text) = way.t.open(&way.manager, &page).await;
    assert!(
        text.contains("Active") && !text.contains("À venir"),
        "renewed in advance, it is in force: {text}"
    );
    let effects = way.t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["habilitation.renewed".to_owned()], vec!["habilitation-renewed".to_owned()])
    );
    way.t.advance(Duration::days(3 * 366));
    let renewed = entity::ids::HabilitationId(way.id.parse().unwrap());
    let over = jobs::over(&way.t.app).await.unwrap();
    assert_eq!((over.len(), over.contains(&renewed)), (1, false), "only that of the senior");
}

#[tokio::test]
async fn the_practice_of_someone_habilitated_is_observed_by_somebody_else() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    way.t.advance(Duration::days(40));
    let observations = |body: &Value| {
        let all = body["conditions"].as_array().unwrap();
        let one =
            all.iter().find(|one| one["sentence"].as_str().unwrap().starts_with("Observations")).unwrap();
        one["found"].as_u64().unwrap()
    };
    let before = way.t.get(&way.manager, &format!("/habilitations/{}", way.id)).await;
    let theory = json!({ "kind": "theory", "done_on": way.day(0), "sheet": "Règlement lu" });
    assert_eq!(way.act(&way.manager, "steps", &theory).await.pointers(), ["/kind"]);
    let body = json!({ "kind": "observation", "done_on": way.day(0), "sheet": "Délibération conduite." });
    assert_eq!(way.act(&way.person, "steps", &body).await.status, StatusCode::NOT_FOUND);
    let senior = way.t.of_expert(way.senior.id).await;
    let done = way.done(&senior, "steps", &body).await;
    assert_eq!(done.body["habilitation"]["state"], "active");
    assert_eq!(observations(&done.body), observations(&before.body) + 1);
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    assert!(way.t.open(&way.manager, &page).await.1.contains("Observation de la pratique"));
    way.done(&way.manager, "suspend", &json!({ "reason": "Réunions manquées" })).await;
    assert_eq!(way.act(&senior, "steps", &body).await.code(), "habilitation-wrong-state");
}

#[tokio::test]
async fn nobody_observes_themselves_where_no_senior_is_named() {
    let t = crate::support::TestApp::new().await;
    let expert = t.controller("Abel").await;
    let own = t.of_expert(expert.id).await;
    let found = parchemin::features::experts::queries::get(t.app.db.read(), &own.actor, expert.id).await;
    let file = found.unwrap().habilitations[0].file.id;
    let body = json!({ "kind": "observation", "done_on": t.app.today().to_string(), "sheet": "Bien." });
    let path = format!("/habilitations/{file}/steps");
    assert_eq!(t.post(&own, &path, &body).await.status, StatusCode::NOT_FOUND);
    let manager = t.person(Role::Manager).await;
    assert_eq!(t.post(&manager, &path, &body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_person_answers_the_withdrawal_which_may_then_be_confirmed() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    let answer = json!({ "answer": "Je n’ai pas communiqué ce rapport." });
    let nothing = way.act(&way.person, "answer-withdrawal", &answer).await;
    assert_eq!(nothing.code(), "habilitation-withdrawal-no-answer");
    way.done(&way.manager, "withdraw", &json!({ "reason": "Manquement grave" })).await;
    let senior = way.t.of_expert(way.senior.id).await;
    assert_eq!(way.act(&senior, "answer-withdrawal", &answer).await.status, StatusCode::NOT_FOUND);
    assert_eq!(way.act(&way.person, "answer-withdrawal", &json!({})).await.pointers(), ["/answer"]);
    way.t.effects().await;
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    assert!(way.t.open(&way.person, &page).await.1.contains("repondre-retrait"));
    way.done(&way.person, "answer-withdrawal", &answer).await;
    let effects = way.t.effects().await;
    assert_eq!(effects.events, ["habilitation.withdrawal_answered"]);
    assert_eq!(effects.mails, ["habilitation-withdrawal-answered"]);
    let again = way.act(&way.person, "answer-withdrawal", &answer).await;
    assert_eq!(again.code(), "habilitation-withdrawal-no-answer");
    let other = way.t.person(Role::Manager).await;
    assert!(way.t.open(&other, &page).await.1.contains("Je n’ai pas communiqué ce rapport."));
    let done = way.done(&other, "confirm-withdrawal", &Value::Null).await;
    assert_eq!(done.body["withdrawal_answer"], "Je n’ai pas communiqué ce rapport.");
    assert_eq!(state(&way).await, HabilitationState::Withdrawn);
}

#[tokio::test]
async fn somebody_else_accompanies_for_a_reason() {
    let way = Way::applied("mandataire").await;
    let other = way.t.expert("Corbin").await;
    let body = json!({ "senior_id": other.id, "reason": "Changement de région" });
    assert_eq!(way.act(&way.manager, "senior", &body).await.code(), "habilitation-no-senior");
    way.admitted().await;
    let refused = way.act(&way.manager, "senior", &body).await;
    assert_eq!(refused.body["errors"][0]["code"], "not-habilitated");
    way.t.habilitate(other.id, entity::habilitation::Duty::Mandataire, None, &[]).await;
    assert_eq!(
        way.act(&way.manager, "senior", &json!({ "senior_id": other.id })).await.pointers(),
        ["/reason"]
    );
    let same = json!({ "senior_id": way.senior.id, "reason": "Changement de région" });
    assert_eq!(way.act(&way.manager, "senior", &same).await.pointers(), ["/senior_id"]);
    way.t.effects().await;
    let done = way.done(&way.manager, "senior", &body).await;
    assert_eq!(done.body["senior_id"], json!(other.id));
    let effects = way.t.effects().await;
    assert_eq!(effects.events, ["habilitation.senior_changed"]);
    assert_eq!(effects.mails, ["habilitation-senior-changed"]);
    let step = json!({ "kind": "theory", "done_on": way.day(0), "sheet": "Règlement lu" });
    let former = way.t.of_expert(way.senior.id).await;
    assert_eq!(way.act(&former, "steps", &step).await.status, StatusCode::NOT_FOUND);
    way.done(&way.t.of_expert(other.id).await, "steps", &step).await;
}

#[tokio::test]
async fn the_form_of_a_renewal_begins_with_the_period_that_follows() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let (_, text) = way.t.open(&way.manager, &page).await;
    assert!(text.contains("value=\"2031-10-05\""), "{text}");
    assert!(text.contains("du 6 octobre 2028 au 5 octobre 2031"), "{text}");
    assert!(text.contains("secteur (toutes les régions) ne changent pas"), "{text}");
}
