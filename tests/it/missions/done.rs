//! What a mission that took place counts for: the renewal of an habilitation, the ties with the structure.

use entity::account_role::Role;
use entity::habilitation::{self, Duty};
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;
use crate::support::Person;

impl Bench {
    /// How many missions count for the renewal of an habilitation, year by year.
    async fn counted(&self, manager: &Person, file: &habilitation::Model) -> Vec<u64> {
        let read = self.t.get(manager, &format!("/habilitations/{}", file.id)).await;
        let conditions = read.body["conditions"].as_array().unwrap().iter();
        conditions
            .filter(|one| one["sentence"].as_str().unwrap().starts_with("Missions"))
            .map(|one| one["found"].as_u64().unwrap())
            .collect()
    }
}

#[tokio::test]
async fn a_mission_done_counts_for_the_renewal_of_its_duty_and_ties_the_person_to_the_structure() {
    for (duty, object, tie, counts) in [
        (Duty::Mandataire, "jury", Some("jury_president"), 1),
        (Duty::Controleur, "inspection", Some("controller_this_period"), 1),
        (Duty::Epsp, "session", Some("epsp_trainer_of_team"), 1),
        (Duty::Mandataire, "support", Some("support_expert"), 0),
        (Duty::Mandataire, "observation", None, 0),
    ] {
        let bench = Bench::new().await;
        let manager = bench.t.person(Role::Manager).await;
        let expert = bench.t.expert("Bérard").await;
        let file = bench.t.habilitate(expert.id, duty, None, &[]).await;
        bench.t.declare_year(expert.id).await;
        let own = bench.t.of_expert(expert.id).await;
        let mut body = bench.jury(&expert);
        body["object"] = json!(object);
        let id = bench.propose(&body).await;
        assert_eq!(bench.act(&own, &id, "accept", &Value::Null).await.status, 200, "{object}");
        let ties = format!("/experts/{}/ties", expert.id);
        let known = bench.t.get(&manager, &ties).await.body;
        assert_eq!(known["items"], json!([]), "nothing before it took place");
        assert_eq!(bench.counted(&manager, &file).await, [0, 0], "{object}");

        bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
        bench.ring().await;
        let done = bench.act(&own, &id, "finish", &Value::Null).await;
        assert_eq!(done.status, 200, "{done:?}");
        assert_eq!(bench.counted(&manager, &file).await, [0, counts], "{object}");
        let known = bench.t.get(&manager, &ties).await.body;
        let items = known["items"].as_array().unwrap();
        let told: Vec<_> = items.iter().map(|item| item["tie"].as_str().unwrap()).collect();
        assert_eq!(told, tie.into_iter().collect::<Vec<_>>(), "{object}");
        for item in items {
            let number = done.body["number"].as_str().unwrap();
            assert_eq!(
                (&item["origin"], &item["source"]),
                (&json!("mission"), &json!(format!("mission {number}")))
            );
            assert_eq!((&item["since"], &item["until"]), (&json!("2025-10-20"), &json!("2025-10-20")));
            assert_eq!(item["structure_id"], json!(bench.structure.id));
        }

        let body = json!({ "report": "Fait." });
        assert_eq!(bench.act(&own, &id, "report", &body).await.status, 200, "{object}");
        let body = json!({ "reason": "Action bénévole" });
        assert_eq!(bench.act(&manager, &id, "settle-unclaimed", &body).await.status, 200, "{object}");
        assert_eq!(bench.counted(&manager, &file).await, [0, counts], "{object}, settled");
        let settled = bench.t.get(&manager, &ties).await.body;
        assert_eq!(settled["items"].as_array().unwrap().len(), items.len(), "{object}, settled");
    }
}

#[tokio::test]
async fn a_support_given_stands_in_the_way_of_a_control_there() {
    let bench = Bench::new().await;
    let expert = bench.t.controller("Bérard").await;
    let own = bench.t.of_expert(expert.id).await;
    let mut body = bench.jury(&expert);
    body["object"] = json!("support");
    let nobody = bench.t.expert("Corbin").await;
    bench.t.declare_year(nobody.id).await;
    let mut without = bench.jury(&nobody);
    without["object"] = json!("support");
    let refused = bench.try_propose(&without).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "mission-not-entitled"), "{refused:?}");
    assert_eq!(refused.body["blocking"], json!(["Cette personne n’a pas d’habilitation."]));
    let id = bench.propose(&body).await;
    let manager = bench.t.person(Role::Manager).await;
    let files = bench.t.get(&manager, &format!("/habilitations?expert_id={}", expert.id)).await.body;
    let file = format!("/habilitations/{}", files["items"][0]["habilitation"]["id"].as_str().unwrap());
    let number = bench.read(&id).await["number"].clone();
    let planned = json!([{ "kind": "offer", "reference": number, "day": "2025-10-20" }]);
    assert_eq!(bench.t.get(&manager, &file).await.body["planned"], planned);
    assert_eq!(bench.act(&own, &id, "accept", &Value::Null).await.status, 200);
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    bench.ring().await;
    assert_eq!(bench.act(&own, &id, "finish", &Value::Null).await.status, 200);
    (body["object"], body["starts_on"]) = (json!("inspection"), json!("2025-11-20"));
    let refused = bench.try_propose(&body).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "mission-not-entitled"), "{refused:?}");
    assert!(refused.body["blocking"][0].as_str().unwrap().contains("Appui pédagogique"), "{refused:?}");
}
