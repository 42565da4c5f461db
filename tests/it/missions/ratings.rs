//! How satisfied those for whom a mission was done were: kept by the team, weighed by the renewal.

use entity::account_role::Role;
use parchemin::features::experts::queries;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;
use crate::support::Person;

impl Bench {
    /// The condition of satisfaction of the renewal of the expert of the bench.
    async fn satisfaction(&self, manager: &Person) -> Value {
        let found = queries::get(self.t.app.db.read(), &manager.actor, self.expert.id).await.unwrap();
        let path = format!("/habilitations/{}", found.habilitations[0].file.id);
        let read = self.t.get(manager, &path).await;
        let conditions = read.body["conditions"].as_array().unwrap();
        let ours = |one: &&Value| one["sentence"].as_str().unwrap().starts_with("Satisfaction");
        conditions.iter().find(ours).unwrap().clone()
    }

    async fn rate(&self, person: &Person, id: &str, score: u16) -> crate::support::Answer {
        self.act(person, id, "satisfaction", &json!({ "score": score })).await
    }
}

#[tokio::test]
async fn a_mission_is_rated_once_it_took_place_and_the_renewal_weighs_it() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = bench.accepted().await;
    let before = bench.satisfaction(&manager).await;
    assert_eq!((&before["measured"], &before["met"]), (&json!(false), &json!(true)), "{before}");
    let early = bench.rate(&bench.officer, &id, 4).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "it has not taken place");
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    bench.ring().await;
    assert_eq!(bench.act(&bench.own, &id, "finish", &Value::Null).await.status, 200);
    bench.t.effects().await;
    assert_eq!(bench.rate(&bench.own, &id, 5).await.status, StatusCode::FORBIDDEN, "never their own");
    for score in [0, 6] {
        let wrong = bench.rate(&bench.officer, &id, score).await;
        assert_eq!((wrong.status.as_u16(), wrong.pointers()), (422, vec!["/score"]), "{score}");
    }
    assert!(bench.t.effects().await.events.is_empty(), "nothing was kept");
    let rated = bench.rate(&bench.officer, &id, 2).await;
    assert_eq!((rated.status, &rated.body["satisfaction"]), (StatusCode::OK, &json!(2)), "{rated:?}");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.rated"]);
    assert!(effects.mails.is_empty() && effects.jobs.is_empty(), "{effects:?}");
    let weighed = bench.satisfaction(&manager).await;
    let sentence = weighed["sentence"].as_str().unwrap();
    assert!(sentence.contains("2,0 sur 5 en moyenne (1 mission notée), 3,0"), "{sentence}");
    assert_eq!((&weighed["measured"], &weighed["met"]), (&json!(true), &json!(false)), "{weighed}");
    assert_eq!(bench.rate(&manager, &id, 5).await.status, StatusCode::OK, "it may be put right");
    assert_eq!(bench.satisfaction(&manager).await["met"], true);
}

#[tokio::test]
async fn the_team_rates_on_the_page_of_the_mission() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let path = format!("/missions/{}", bench.read(&id).await["number"].as_str().unwrap());
    assert!(!bench.t.open(&bench.officer, &path).await.1.contains("Noter la satisfaction"), "not before");
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    bench.ring().await;
    assert_eq!(bench.act(&bench.own, &id, "finish", &Value::Null).await.status, 200);
    assert!(!bench.t.open(&bench.own, &path).await.1.contains("Noter la satisfaction"), "not their own");
    assert!(bench.t.open(&bench.officer, &path).await.1.contains("Noter la satisfaction"));
    let form = format!("{path}/satisfaction");
    let (status, _, page) = bench.t.submit(&bench.officer, &form, &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choisissez une note de 1 à 5"), "{page}");
    let (status, location, _) = bench.t.submit(&bench.officer, &form, &[("score", "4")]).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, path.clone()));
    assert!(bench.t.open(&bench.officer, &path).await.1.contains("4 sur 5"));
}
