//! Someone drops out: who could come instead, in which order and why; who is told; what calendars become.

use entity::declared_interest::TieKind;
use entity::mission_offer;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::{Bench, property};

#[tokio::test]
async fn substitutes_are_ranked_by_independence_then_distance_then_load() {
    let bench = Bench::new().await;
    let tied = bench.mandataire("Aubry").await;
    bench.t.interest(tied.id, bench.structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    let busy = bench.mandataire("Bérard").await;
    let free = bench.mandataire("Corbin").await;
    let mut earlier = bench.jury(&busy);
    earlier["starts_on"] = json!("2025-10-22");
    let other = bench.propose(&earlier).await;
    let account = bench.t.of_expert(busy.id).await;
    assert_eq!(bench.act(&account, &other, "accept", &Value::Null).await.status, 200);
    let id = bench.accepted().await;
    let found = bench.t.get(&bench.officer, &format!("/missions/{id}/candidates")).await;
    let rows = found.body["items"].as_array().unwrap();
    let order: Vec<_> =
        rows.iter().map(|one| (&one["expert_id"], one["eligible"].as_bool().unwrap())).collect();
    assert_eq!(order, [(&json!(free.id), true), (&json!(busy.id), true), (&json!(tied.id), false)]);
    assert_eq!((&rows[0]["load"], &rows[1]["load"]), (&json!(0), &json!(1)));
    let (_, page) = bench.t.open(&bench.officer, "/missions/MIS-2025-0002/remplacement").await;
    assert!(page.contains("1 mission à venir"), "what was counted is told: {page}");
    assert_eq!(rows[0]["distance"], "même département");
    assert!(rows[2]["refusals"][0].as_str().unwrap().contains("Emploi"));
    assert_eq!(bench.t.get(&bench.own, &format!("/missions/{id}/candidates")).await.status, 403);
}

#[tokio::test]
async fn who_works_in_the_region_comes_before_the_others_and_who_would_go_too_far_last() {
    let bench = Bench::new().await;
    let (far, outside, inside) =
        (bench.mandataire("Aubry").await, bench.mandataire("Bérard").await, bench.mandataire("Corbin").await);
    for (expert, file) in [
        (&far, json!({ "department": "75", "territories": ["27"], "travel_km": 100 })),
        (&outside, json!({ "department": "75" })),
        (&inside, json!({ "department": "75", "territories": ["27"], "travel_km": 400 })),
    ] {
        let path = format!("/experts/{}", expert.id);
        let version = bench.t.get(&bench.officer, &path).await.body["version"].as_i64().unwrap();
        let moved = bench.t.patch(&bench.officer, &path, Some(i32::try_from(version).unwrap()), &file).await;
        assert_eq!(moved.status, 200, "{moved:?}");
    }
    let id = bench.accepted().await;
    let found = bench.t.get(&bench.officer, &format!("/missions/{id}/candidates")).await;
    let rows = found.body["items"].as_array().unwrap();
    let order: Vec<_> = rows.iter().map(|one| &one["expert_id"]).collect();
    assert_eq!(order, [&json!(inside.id), &json!(outside.id), &json!(far.id)]);
    let said = |row: usize, name: &str| rows[row][name].to_string();
    assert!(said(0, "distance").contains("région où elle intervient, ≈\u{202f}220\u{202f}km"), "{rows:?}");
    assert!(said(1, "distance").contains("autre région"), "{rows:?}");
    let beyond = "≈\u{202f}220\u{202f}km, au-delà de ses 100\u{202f}km.";
    assert!(said(2, "notes").contains(beyond) && !said(0, "notes").contains("au-delà"), "{rows:?}");
    let (_, page) = bench.t.open(&bench.officer, "/missions/MIS-2025-0001/remplacement").await;
    assert!(page.contains(beyond), "{page}");
}

#[tokio::test]
async fn a_substitute_takes_the_mission_and_calendars_follow() {
    let bench = Bench::new().await;
    let second = bench.mandataire("Bérard").await;
    let account = bench.t.of_expert(second.id).await;
    let id = bench.accepted().await;
    let body = json!({ "reason": "health", "substitutes": [{ "expert_id": second.id }] });
    assert_eq!(bench.act(&bench.own, &id, "drop-out", &body).await.status, 403, "the team alone names");
    assert_eq!(bench.act(&bench.officer, &id, "drop-out", &body).await.status, 200);
    assert_eq!(bench.act(&account, &id, "accept", &Value::Null).await.status, 200);
    let calendar = |mails: Vec<entity::mail::Model>| mails.last().unwrap().calendar.clone().unwrap();
    let gone = calendar(bench.mails("mission-withdrawn").await);
    let come = calendar(bench.mails("mission-accepted").await);
    assert_eq!((property(&gone, "METHOD"), property(&come, "METHOD")), (vec!["CANCEL"], vec!["REQUEST"]));
    assert_eq!(property(&gone, "UID"), property(&come, "UID"));
    assert_eq!((property(&gone, "SEQUENCE"), property(&come, "SEQUENCE")), (vec!["2"], vec!["3"]));
    let told = bench.mails("mission-structure").await;
    assert_eq!(told.len(), 3, "confirmed, vacant, confirmed again");
    assert!(told[1].calendar.is_none(), "the date of the structure stays");
    assert_eq!(bench.t.get(&bench.own, &format!("/missions/{id}")).await.status, 404);
}

/// The eve, in the evening: the substitute has until the mission begins, not the usual hours, and takes it in time.
#[tokio::test]
async fn who_drops_out_the_day_before_is_replaced_before_the_mission_begins() {
    let bench = Bench::new().await;
    let (second, third) = (bench.mandataire("Bérard").await, bench.mandataire("Corbin").await);
    let accounts = [bench.t.of_expert(second.id).await, bench.t.of_expert(third.id).await];
    let id = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-19 19:30 UTC));
    let candidates = bench.t.get(&bench.officer, &format!("/missions/{id}/candidates")).await;
    let ranked: Vec<_> = candidates.body["items"].as_array().unwrap().iter().collect();
    let first = ranked.iter().find(|one| one["expert_id"] != json!(bench.expert.id)).unwrap();
    assert_eq!((&first["expert_id"], &first["eligible"]), (&json!(second.id), &json!(true)), "{ranked:?}");
    let body = json!({
        "reason": "health",
        "substitutes": [{ "expert_id": second.id }, { "expert_id": third.id }],
    });
    assert_eq!(bench.act(&bench.officer, &id, "drop-out", &body).await.status, 200);
    let offers = mission_offer::Entity::find().all(bench.t.app.db.read()).await.unwrap();
    let asked = offers.iter().find(|offer| offer.expert_id == second.id).unwrap();
    assert_eq!(asked.due_at.map(|at| *at), Some(datetime!(2025-10-20 07:00 UTC)), "when the mission begins");
    let answer = bench.act(&accounts[0], &id, "decline", &json!({ "reason": "workload" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    bench.t.set_now(datetime!(2025-10-20 06:30 UTC));
    assert_eq!(bench.act(&accounts[1], &id, "accept", &Value::Null).await.status, 200);
    assert_eq!(bench.mails("mission-withdrawn").await.len(), 1, "whoever dropped out alone held the date");
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.ring().await, 1);
    assert_eq!(bench.state(&id).await, "in_progress");
    assert_eq!(bench.read(&id).await["expert_id"], json!(third.id));
}

#[tokio::test]
async fn nobody_is_announced_when_the_next_person_may_not_hold_it_any_more() {
    let bench = Bench::new().await;
    let (second, third) = (bench.mandataire("Bérard").await, bench.mandataire("Corbin").await);
    let account = bench.t.of_expert(second.id).await;
    let id = bench.accepted().await;
    let body = json!({
        "reason": "health",
        "substitutes": [{ "expert_id": second.id }, { "expert_id": third.id }],
    });
    assert_eq!(bench.act(&bench.officer, &id, "drop-out", &body).await.status, 200);
    bench.t.interest(third.id, bench.structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    bench.t.effects().await;
    let answer = bench.act(&account, &id, "decline", &json!({ "reason": "workload" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(bench.t.effects().await.events, ["mission.declined"]);
    let told = bench.mails("mission-declined").await;
    assert!(told.last().unwrap().body_text.contains("Personne ne tient la mission"), "{told:?}");
    assert_eq!(bench.state(&id).await, "declined");
}

#[tokio::test]
async fn an_expert_who_drops_out_alone_leaves_the_mission_vacant_and_the_team_told() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    bench.t.effects().await;
    let answer = bench.act(&bench.own, &id, "drop-out", &json!({ "reason": "other" })).await;
    assert_eq!((answer.status.as_u16(), answer.pointers()), (422, vec!["/note"]));
    let body = json!({ "reason": "other", "note": "Jambe cassée" });
    assert_eq!(bench.act(&bench.own, &id, "drop-out", &body).await.status, 200);
    assert_eq!(bench.t.effects().await.mails, ["mission-withdrawn", "mission-structure", "mission-declined"]);
    assert_eq!(bench.state(&id).await, "declined");
}

#[tokio::test]
async fn the_page_of_a_replacement_shows_everything_and_asks_the_people_ticked() {
    let bench = Bench::new().await;
    let second = bench.mandataire("Bérard").await;
    let id = bench.accepted().await;
    let number = bench.read(&id).await["number"].as_str().unwrap().to_owned();
    let path = format!("/missions/{number}/remplacement");
    let (status, page) = bench.t.open(&bench.officer, &path).await;
    assert_eq!(status, StatusCode::OK);
    for words in [
        "Conséquences",
        "Les Jardins du Morvan",
        "Bérard",
        "même département",
        "aucun engagement sur douze mois avant la mission",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("<h1>Remplacer la personne</h1>"), "{page}");
    let (status, _) = bench.t.open(&bench.own, &path).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, _, page) =
        bench.t.submit(&bench.officer, &path, &[("reason", "health"), ("hours", "24")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choisissez au moins une personne"));
    let fields = [("reason", "health"), ("hours", "24"), ("personnes", second.number.as_str())];
    let (status, location, page) = bench.t.submit(&bench.officer, &path, &fields).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("/missions/{number}")), "{page}");
    assert_eq!(bench.read(&id).await["expert_id"], json!(second.id));
}

#[tokio::test]
async fn the_page_of_a_mission_that_nobody_holds_replaces_nobody() {
    let bench = Bench::new().await;
    bench.mandataire("Bérard").await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let declined = bench.act(&bench.own, &id, "decline", &json!({ "reason": "workload" })).await;
    assert_eq!(declined.status, 200, "{declined:?}");
    let (status, page) = bench.t.open(&bench.officer, "/missions/MIS-2025-0001/remplacement").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("<h1>Trouver une personne</h1>"), "{page}");
    assert!(!page.contains("Remplacer la personne") && page.contains("Bérard"), "{page}");
}

#[tokio::test]
async fn a_cancellation_tells_those_who_were_told() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    bench.t.effects().await;
    let answer = bench.act(&bench.officer, &id, "cancel", &json!({ "reason": " " })).await;
    assert_eq!((answer.status.as_u16(), answer.pointers()), (422, vec!["/reason"]));
    assert_eq!(
        bench.act(&bench.officer, &id, "cancel", &json!({ "reason": "Locaux fermés" })).await.status,
        200
    );
    assert_eq!(bench.t.effects().await.mails, ["mission-withdrawn", "mission-structure"]);
    let again = bench.act(&bench.officer, &id, "cancel", &json!({ "reason": "Locaux fermés" })).await;
    assert_eq!((again.status.as_u16(), again.code()), (409, "mission-wrong-state"));
}

#[tokio::test]
async fn a_mission_moves_with_its_half_days_and_its_calendars() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let body = json!({
        "starts_on": "2025-10-27", "starts_time": "10:00", "ends_time": "12:00", "reason": "Salle prise",
    });
    let answer = bench.act(&bench.officer, &id, "move", &body).await;
    assert_eq!((answer.status.as_u16(), &answer.body["starts_local"]), (200, &json!("2025-10-27T10:00")));
    // The change of hour lies between: one hour later in UTC.
    assert_eq!(answer.body["starts_at"], "2025-10-27T09:00:00Z");
    let calendar = bench.mails("mission-accepted").await.last().unwrap().calendar.clone().unwrap();
    assert_eq!(property(&calendar, "SEQUENCE"), ["2"]);
    assert_eq!(bench.act(&bench.own, &id, "move", &body).await.status, 403);
    let old_day = bench.propose(&bench.jury(&bench.expert)).await;
    assert_eq!(
        bench.act(&bench.own, &old_day, "accept", &Value::Null).await.status,
        200,
        "the day is free again"
    );
}
