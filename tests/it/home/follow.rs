//! The team shares out what waits for it.

use entity::account_role::Role;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::datetime;

use crate::missions::bench::Bench;
use crate::support::{Person, TestApp};

/// A mission of 20 October that nobody has; the path of its task in the API.
async fn vacant(bench: &Bench) -> String {
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let answer = bench.act(&bench.own, &id, "decline", &json!({ "reason": "too_far" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let task = read(&bench.t, &bench.officer).await;
    assert_eq!(
        (&task["action"], &task["id"], &task["version"]),
        (&json!("fill_mission"), &json!(id), &json!(0))
    );
    assert_eq!((&task["state"], &task["taken_by"]), (&json!("coming"), &Value::Null));
    bench.t.effects().await;
    format!("/todo/fill_mission/{id}")
}

/// The first task of a person.
async fn read(t: &TestApp, person: &Person) -> Value {
    t.get(person, "/todo").await.body["items"][0].clone()
}

async fn count(t: &TestApp, person: &Person, query: &str) -> usize {
    let found = t.get(person, &format!("/todo?{query}")).await;
    assert_eq!(found.status, 200, "{found:?}");
    found.body["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_task_is_taken_by_one_person_and_given_back() {
    let bench = Bench::new().await;
    let task = vacant(&bench).await;
    let (t, other) = (&bench.t, bench.t.person(Role::Officer).await);
    let taken = t.post(&bench.officer, &format!("{task}/take"), &Value::Null).await;
    assert_eq!((taken.status, taken.etag.as_deref()), (StatusCode::OK, Some("\"1\"")), "{taken:?}");
    assert_eq!(taken.body["taken_by"]["id"], json!(bench.officer.id));
    let effects = t.effects().await;
    assert_eq!((effects.events, effects.mails), (vec!["task.taken".to_owned()], vec![]));
    let again = t.post(&other, &format!("{task}/take"), &Value::Null).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "task-taken"));
    let stale = t.post_at(&other, &format!("{task}/release"), 0).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{stale:?}");
    assert_eq!(count(t, &other, &format!("taken_by={}", bench.officer.id)).await, 1);
    assert_eq!(count(t, &other, &format!("taken_by={}", other.id)).await, 0);
    let (_, page) = t.open(&other, "/a-faire?personne=moi").await;
    assert!(page.contains("Aucune action ne correspond"), "{page}");
    let (_, page) = t.open(&bench.officer, "/a-faire?personne=moi").await;
    assert!(page.contains("Prise par Zoé N’Guyen-d’Arc."), "{page}");
    let released = t.post(&other, &format!("{task}/release"), &Value::Null).await;
    assert_eq!((released.status, &released.body["taken_by"]), (StatusCode::OK, &Value::Null));
    let free = t.post(&other, &format!("{task}/release"), &Value::Null).await;
    assert_eq!((free.status, free.code()), (StatusCode::CONFLICT, "task-free"));
    assert_eq!(t.effects().await.events, ["task.released"]);
}

#[tokio::test]
async fn of_two_people_who_take_a_task_at_once_one_has_it() {
    let bench = Bench::new().await;
    let take = format!("{}/take", vacant(&bench).await);
    let other = bench.t.person(Role::Officer).await;
    let (one, two) = tokio::join!(
        bench.t.post(&bench.officer, &take, &Value::Null),
        bench.t.post(&other, &take, &Value::Null)
    );
    let mut told = [one.status.as_u16(), two.status.as_u16()];
    told.sort_unstable();
    assert_eq!(told, [200, 409], "{one:?} {two:?}");
    assert_eq!(bench.t.effects().await.events, ["task.taken"]);
}

#[tokio::test]
async fn a_task_is_handed_over_to_somebody_whose_business_it_is_and_who_is_told() {
    let bench = Bench::new().await;
    let task = vacant(&bench).await;
    let (t, other) = (&bench.t, bench.t.person(Role::Manager).await);
    let elsewhere = t.limited(Role::Officer, "75").await;
    let hand = format!("{task}/hand-over");
    for stranger in [&elsewhere, &bench.own] {
        let refused = t.post(&bench.officer, &hand, &json!({ "account_id": stranger.id })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused:?}");
        assert_eq!(refused.pointers(), ["/account_id"]);
        let hidden = t.post(stranger, &format!("{task}/take"), &Value::Null).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{hidden:?}");
    }
    let given = t.post(&bench.officer, &hand, &json!({ "account_id": other.id })).await;
    assert_eq!((given.status, &given.body["taken_by"]["id"]), (StatusCode::OK, &json!(other.id)));
    let effects = t.effects().await;
    assert_eq!(effects.events, ["task.handed_over"]);
    assert_eq!(effects.mails, ["task-handed-over"]);
    let (_, page) = t.open(&other, "/a-faire?personne=moi").await;
    assert!(page.contains("Transmise à ") && !page.contains("Prise par "), "they took nothing: {page}");
    let again = t.post(&bench.officer, &hand, &json!({ "account_id": other.id })).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{again:?}");
    let own = t.post(&bench.officer, &hand, &json!({ "account_id": bench.officer.id })).await;
    assert_eq!(own.status, StatusCode::OK, "whoever has it may be away: {own:?}");
    assert!(t.effects().await.mails.is_empty(), "nobody writes to themselves");
}

#[tokio::test]
async fn a_withdrawal_is_not_handed_over_to_whoever_asked_for_it() {
    let t = TestApp::new().await;
    let (manager, other) = (t.person(Role::Manager).await, t.person(Role::Manager).await);
    let expert = t.expert("Abel").await;
    let held = t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    let path = format!("/habilitations/{}/withdraw", held.id);
    let asked = t.post(&manager, &path, &json!({ "reason": "Manquement grave" })).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    let task = format!("/todo/confirm_withdrawal/{}", held.id);
    let hidden = t.post(&manager, &format!("{task}/take"), &Value::Null).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{hidden:?}");
    let given = t.post(&other, &format!("{task}/hand-over"), &json!({ "account_id": manager.id })).await;
    assert_eq!(given.status, StatusCode::UNPROCESSABLE_ENTITY, "{given:?}");
}

#[tokio::test]
async fn a_task_is_put_off_within_its_deadline_and_comes_back_on_its_day() {
    let bench = Bench::new().await;
    let task = vacant(&bench).await;
    let t = &bench.t;
    let postpone = format!("{task}/postpone");
    let beyond = json!({ "until": "2025-10-21", "reason": " " });
    let refused = t.post(&bench.officer, &postpone, &beyond).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused:?}");
    let mut wrong = refused.pointers();
    wrong.sort_unstable();
    assert_eq!(wrong, ["/reason", "/until"]);
    let put_off = json!({ "until": "2025-10-10", "reason": "Réponse attendue de l’équipe" });
    let done = t.post(&bench.officer, &postpone, &put_off).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    assert_eq!(
        (&done.body["state"], &done.body["postponed_until"], &done.body["reason"]),
        (&json!("postponed"), &json!("2025-10-10"), &json!("Réponse attendue de l’équipe"))
    );
    assert_eq!(t.effects().await.events, ["task.postponed"]);
    assert_eq!(
        (count(t, &bench.officer, "state=postponed").await, count(t, &bench.officer, "state=coming").await),
        (1, 0)
    );
    let (_, page) = t.open(&bench.officer, "/a-faire").await;
    assert!(!page.contains("MIS-2025-0001"), "{page}");
    let (_, page) = t.open(&bench.officer, "/a-faire?etat=reportees").await;
    for said in ["Reportée au 10 octobre 2025 par Zoé", "Réponse attendue de l’équipe", "MIS-2025-0001"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let back = t.post(&bench.officer, &format!("{task}/bring-back"), &Value::Null).await;
    assert_eq!((back.status, &back.body["state"]), (StatusCode::OK, &json!("coming")), "{back:?}");
    let again = t.post(&bench.officer, &format!("{task}/bring-back"), &Value::Null).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "task-not-postponed"));

    let done = t.post(&bench.officer, &postpone, &put_off).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    t.set_now(datetime!(2025-10-10 10:00 UTC));
    let (_, page) = t.open(&bench.officer, "/a-faire").await;
    assert!(page.contains("MIS-2025-0001") && !page.contains("Reportée au"), "{page}");
    t.set_now(datetime!(2025-10-20 10:00 UTC));
    let late = json!({ "until": "2025-10-25", "reason": "Encore" });
    let due = t.post(&bench.officer, &postpone, &late).await;
    assert_eq!((due.status, due.code()), (StatusCode::CONFLICT, "task-due"), "{due:?}");
}

/// What a form sends.
type Typed<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn tasks_are_looked_for_by_their_type_with_the_other_filters() {
    let bench = Bench::new().await;
    vacant(&bench).await;
    let t = &bench.t;
    for (query, is_there) in [
        ("type=fill_mission", true),
        ("type=fill_mission&personne=libres&etat=a-venir", true),
        ("type=fill_mission&personne=moi", false),
        ("type=examine", false),
        ("type=inconnu", false),
    ] {
        let (status, page) = t.open(&bench.officer, &format!("/a-faire?{query}")).await;
        assert_eq!(status, StatusCode::OK, "{query}");
        assert_eq!(page.contains("MIS-2025-0001"), is_there, "{query}: {page}");
        assert_eq!(page.contains("Aucune action ne correspond"), !is_there, "{query}: {page}");
        let kind = query.split('&').next().unwrap().trim_start_matches("type=");
        assert!(page.contains(&format!("<option value=\"{kind}\" selected>")), "{query}: {page}");
    }
}

#[tokio::test]
async fn each_act_is_done_from_a_page_without_a_script() {
    let bench = Bench::new().await;
    let page = vacant(&bench).await.replace("/todo/", "/a-faire/");
    let (t, other) = (&bench.t, bench.t.person(Role::Manager).await);
    for stranger in [&bench.own, &t.person(Role::Auditor).await] {
        assert_eq!(t.open(stranger, &page).await.0, StatusCode::NOT_FOUND);
    }
    let (_, list) = t.open(&bench.officer, "/a-faire").await;
    assert!(list.contains(&format!("href=\"{page}\"")), "{list}");
    let (_, shown) = t.open(&bench.officer, &page).await;
    assert!(shown.contains("Prendre cette action") && shown.contains(&other.id.to_string()), "{shown}");
    let id = other.id.to_string();
    let acts: [(&str, Typed<'_>, &str); 5] = [
        ("prendre", &[], "task.taken"),
        ("rendre", &[], "task.released"),
        ("transmettre", &[("account_id", id.as_str())], "task.handed_over"),
        ("reporter", &[("until", "2025-10-10"), ("reason", "Réponse attendue")], "task.postponed"),
        ("remettre", &[], "task.brought_back"),
    ];
    for (act, fields, event) in acts {
        let (status, place, text) = t.submit(&bench.officer, &format!("{page}/{act}"), fields).await;
        assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, page.as_str()), "{act}: {text}");
        assert_eq!(t.effects().await.events, [event]);
    }
    let typed = [("until", ""), ("reason", "Réponse attendue")];
    let (status, _, text) = t.submit(&bench.officer, &format!("{page}/reporter"), &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Indiquez une date") && text.contains("value=\"Réponse attendue\""), "{text}");
    let typed = [("version", "0"), ("until", "2025-10-10"), ("reason", "Réponse attendue")];
    let (status, _, text) = t.submit(&bench.officer, &format!("{page}/reporter"), &typed).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text.contains("a changé entre-temps") && text.contains("value=\"Réponse attendue\""), "{text}");
    let (status, _, text) =
        t.submit(&bench.officer, &format!("{page}/transmettre"), &[("account_id", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Choisissez une personne de l’équipe"), "{text}");
    assert!(t.effects().await.events.is_empty());
}
