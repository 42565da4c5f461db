//! A tie learnt after a mission was given: a task for the team, settled by giving it to somebody else or by a reason.

use std::sync::Arc;

use entity::account_role::Role;
use entity::declared_interest::TieKind;
use parchemin::features;
use parchemin::features::missions::actions::recheck;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::date;

use super::bench::Bench;
use crate::support::Person;

impl Bench {
    async fn alerts(&self, person: &Person) -> Vec<Value> {
        self.t.get(person, "/tie-alerts").await.body["items"].as_array().unwrap().clone()
    }

    async fn alert_states(&self, person: &Person) -> Vec<String> {
        let alerts = self.alerts(person).await;
        alerts.iter().map(|alert| alert["state"].as_str().unwrap().to_owned()).collect()
    }

    /// Weighs again what was given, as is done at intervals.
    async fn weigh_again(&self) {
        let all = features::periodic();
        let again = all.iter().find(|one| one.name == "ties.recheck").unwrap();
        (again.run)(Arc::clone(&self.t.app)).await.unwrap();
    }
}

#[tokio::test]
async fn a_tie_learnt_later_raises_a_task_about_each_mission_to_come() {
    for accepted in [false, true] {
        let bench = Bench::new().await;
        let manager = bench.t.person(Role::Manager).await;
        let id = bench.propose(&bench.jury(&bench.expert)).await;
        if accepted {
            assert_eq!(bench.act(&bench.own, &id, "accept", &Value::Null).await.status, 200);
        }
        bench.work().await;
        bench.weigh_again().await;
        assert_eq!(bench.alert_states(&manager).await, [] as [&str; 0]);
        bench.t.effects().await;
        let until = Some(date!(2025 - 06 - 30));
        bench.t.interest(bench.expert.id, bench.structure.id, TieKind::SupportExpert, until).await;
        bench.work().await;
        let effects = bench.t.effects().await;
        assert_eq!(effects.events, ["interest.declared", "tie.alert_raised"]);
        assert_eq!(effects.mails, ["tie-learned"]);
        let alerts = bench.alerts(&bench.officer).await;
        let number = bench.read(&id).await["number"].clone();
        assert_eq!((&alerts[0]["object_kind"], &alerts[0]["reference"]), (&json!("mission"), &number));
        assert_eq!((&alerts[0]["object_id"], &alerts[0]["duty"]), (&json!(id), &json!("jury_president")));
        assert_eq!((&alerts[0]["due_on"], &alerts[0]["blocking"]), (&json!("2025-10-20"), &json!(false)));
        for person in [&bench.officer, &manager] {
            let (_, text) = bench.t.open(person, "/a-faire").await;
            assert!(text.contains("Lien appris après la désignation"), "{text}");
        }
        let number = number.as_str().unwrap();
        let instead = format!("/missions/{number}/remplacement");
        let person = format!("/intervenants/{}/independance", bench.expert.number);
        assert!(bench.t.open(&bench.officer, &person).await.1.contains(&instead), "one click away");
        assert!(!bench.t.open(&bench.own, &person).await.1.contains(&instead), "not for the person");
        let page = bench.t.client.get(&instead).header("cookie", &bench.officer.cookie).send().await;
        if accepted {
            page.assert_status(StatusCode::OK);
        } else {
            page.assert_status(StatusCode::SEE_OTHER);
            page.assert_header("location", format!("/missions/{number}"));
        }
        bench.weigh_again().await;
        assert_eq!(bench.alert_states(&manager).await, ["open"], "once");
        assert_eq!(Box::pin(recheck::run(&bench.t.app)).await.unwrap(), 0, "what warns takes nothing back");

        let reason = json!({ "reason": "Autre date" });
        assert_eq!(bench.act(&bench.officer, &id, "withdraw", &reason).await.status, 200);
        bench.weigh_again().await;
        assert_eq!(bench.alert_states(&manager).await, ["gone"], "the mission is nobody's");
    }
}

#[tokio::test]
async fn a_mission_kept_for_a_reason_stays_until_another_tie_is_learnt() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = bench.accepted().await;
    bench.t.interest(bench.expert.id, bench.structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    bench.work().await;
    let alerts = bench.alerts(&manager).await;
    assert_eq!((&alerts[0]["state"], &alerts[0]["blocking"]), (&json!("open"), &json!(true)));
    let path = format!("/tie-alerts/{}/override", alerts[0]["id"].as_str().unwrap());
    let reason = json!({ "reason": "Seule personne habilitée dans la région" });
    assert_eq!(bench.t.post(&manager, &path, &reason).await.status, StatusCode::OK);
    assert_eq!(Box::pin(recheck::run(&bench.t.app)).await.unwrap(), 0);
    bench.weigh_again().await;
    assert_eq!(bench.alert_states(&manager).await, ["kept"]);
    assert_eq!(bench.state(&id).await, "accepted");

    let employer = json!({ "structure_id": bench.structure.id.0 });
    let employments = format!("/experts/{}/employments", bench.expert.id);
    let employed = bench.t.post(&bench.officer, &employments, &employer).await;
    assert_eq!(employed.status, StatusCode::CREATED, "{employed:?}");
    bench.work().await;
    assert_eq!(bench.alert_states(&manager).await, ["open", "kept"]);
    assert_eq!(Box::pin(recheck::run(&bench.t.app)).await.unwrap(), 1);
    assert_eq!(bench.state(&id).await, "withdrawn");
    bench.weigh_again().await;
    assert_eq!(bench.alert_states(&manager).await, ["gone", "kept"]);
}

#[tokio::test]
async fn a_tie_for_which_a_mission_is_declined_is_declared_and_stands_in_the_way_of_the_next() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let number = bench.read(&id).await["number"].as_str().unwrap().to_owned();
    let (_, page) = bench.t.open(&bench.own, &format!("/missions/{number}")).await;
    let declare = format!("/intervenants/{}/independance", bench.expert.number);
    assert!(page.contains(&declare) && page.contains("name=\"tie\""), "{page}");
    bench.t.effects().await;
    let body = json!({ "reason": "tie", "tie": "board", "note": "Trésorière\ndepuis 2020" });
    assert_eq!(bench.act(&bench.own, &id, "decline", &body).await.status, StatusCode::OK);
    assert_eq!(bench.t.effects().await.events, ["mission.declined", "interest.declared"]);
    let again = bench.try_propose(&bench.jury(&bench.expert)).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "mission-not-entitled"), "{again:?}");
}
