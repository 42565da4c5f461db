//! Missions planned under an habilitation that is suspended, taken away or given up, or in a structure to which their
//! holder turns out to be tied.

use entity::account_role::Role;
use parchemin::features::experts::queries;
use parchemin::features::missions::actions::recheck;
use serde_json::{Value, json};

use super::bench::Bench;
use super::concurrency::half_days;
use crate::agreements::lost_rights::{Holder, LOSSES};

#[tokio::test]
async fn what_was_planned_is_shown_before_and_taken_back_at_once() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = bench.accepted().await;
    let number = bench.read(&id).await["number"].as_str().unwrap().to_owned();
    let found = queries::get(bench.t.app.db.read(), &manager.actor, bench.expert.id).await.unwrap();
    let file = found.habilitations[0].file.id;
    let planned = json!([{ "kind": "mission", "reference": number, "day": "2025-10-20" }]);
    let read = bench.t.get(&manager, &format!("/habilitations/{file}")).await;
    assert_eq!(read.body["planned"], planned);
    let page = format!("/intervenants/{}/habilitations/{file}", bench.expert.number);
    let typed = [("acte", "suspendre"), ("reason", "Réunions manquées")];
    let (status, _, text) = bench.t.submit(&manager, &page, &typed).await;
    assert_eq!(status, 200);
    assert!(text.contains(&format!("la mission {number}, le 20 octobre 2025, est reprise")), "{text}");
    let later = [&typed[..], &[("on", "2025-10-21")]].concat();
    assert!(bench.t.submit(&manager, &page, &later).await.2.contains("aucune mission"), "it comes before");
    bench.work().await;
    assert_eq!(bench.state(&id).await, "accepted", "a question changes nothing");

    let reason = json!({ "reason": "Réunions manquées" });
    let answer = bench.t.post(&manager, &format!("/habilitations/{file}/suspend"), &reason).await;
    assert_eq!((answer.status.as_u16(), &answer.body["planned"]), (200, &planned), "{answer:?}");
    bench.work().await;
    assert_eq!(bench.state(&id).await, "withdrawn");
    let read = bench.t.get(&manager, &format!("/habilitations/{file}")).await;
    assert_eq!(read.body["planned"], json!([]));
}

#[tokio::test]
async fn whoever_gives_up_keeps_what_comes_before_the_last_day() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let found = queries::get(bench.t.app.db.read(), &bench.own.actor, bench.expert.id).await.unwrap();
    let path = format!("/habilitations/{}/resign", found.habilitations[0].file.id);
    let answer = bench.t.post(&bench.own, &path, &json!({ "on": "2025-10-20" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    bench.work().await;
    assert_eq!(bench.state(&id).await, "accepted");
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let found = queries::get(bench.t.app.db.read(), &bench.own.actor, bench.expert.id).await.unwrap();
    let path = format!("/habilitations/{}/resign", found.habilitations[0].file.id);
    let answer = bench.t.post(&bench.own, &path, &json!({ "on": "2025-10-19" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    bench.work().await;
    assert_eq!(bench.state(&id).await, "withdrawn");
}

#[tokio::test]
async fn no_mission_is_left_to_someone_who_may_not_hold_it_on_its_day() {
    for loss in LOSSES {
        for accepted in [false, true] {
            let bench = Bench::new().await;
            let managers = [bench.t.person(Role::Manager).await, bench.t.person(Role::Manager).await];
            let id = bench.propose(&bench.jury(&bench.expert)).await;
            if accepted {
                assert_eq!(bench.act(&bench.own, &id, "accept", &Value::Null).await.status, 200);
            }
            let holder = Holder {
                t: &bench.t,
                managers: [&managers[0], &managers[1]],
                own: &bench.own,
                expert: bench.expert.id,
                structure: bench.structure.id,
            };
            holder.loses(loss).await;
            bench.work().await;
            Box::pin(recheck::run(&bench.t.app)).await.unwrap();
            if accepted {
                assert_eq!(bench.state(&id).await, "withdrawn", "{loss:?}");
            } else {
                let answer = bench.act(&bench.own, &id, "accept", &Value::Null).await;
                assert_eq!(
                    (answer.status.as_u16(), answer.code()),
                    (409, "mission-not-entitled"),
                    "{loss:?}"
                );
            }
            assert!(half_days(&bench).await.is_empty(), "{loss:?}");
        }
    }
}
