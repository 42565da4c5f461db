//! Training sessions.

mod ends;
mod life;
mod pages;
mod places;
mod sessions;
mod states;

use entity::account_role::Role;
use entity::enrolment::{self, EnrolmentState};
use entity::ids::TrainingSessionId;
use entity::programme::{self, TrainerRight};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::enrolments::{enrol_in, open_session};
use crate::support::{Answer, Person, TestApp};

/// A published programme, and whoever prepares its sessions.
pub struct Bench {
    pub t: TestApp,
    pub officer: Person,
    pub programme: programme::Model,
}

impl Bench {
    pub async fn new() -> Self {
        let t = TestApp::new().await;
        let officer = t.person(Role::Officer).await;
        let _another = open_session(&t.app, 8).await;
        let programme = programme::Entity::find().one(t.app.db.read()).await.unwrap().unwrap();
        Self { t, officer, programme }
    }

    /// A session of two half-days of that day, in Poitiers.
    pub fn body(&self, day: &str) -> Value {
        json!({
            "programme_id": self.programme.id,
            "kind": "inter",
            "place": "12 rue de la Paix",
            "commune": "Poitiers",
            "department": "86",
            "slots": [
                { "day": day, "starts_time": "09:00", "ends_time": "12:30" },
                { "day": day, "starts_time": "13:30", "ends_time": "17:00" },
            ],
        })
    }

    /// Creates a session; its path.
    pub async fn created(&self, body: &Value) -> String {
        let created = self.t.post(&self.officer, "/training-sessions", body).await;
        assert_eq!(created.status, 201, "{created:?}");
        format!("/training-sessions/{}", created.body["session"]["id"].as_str().unwrap())
    }

    pub async fn act(&self, path: &str, verb: &str, body: &Value) -> Answer {
        self.t.post(&self.officer, &format!("{path}/{verb}"), body).await
    }

    pub async fn done(&self, path: &str, verb: &str, body: &Value) -> Value {
        let answer = self.act(path, verb, body).await;
        assert_eq!(answer.status, 200, "{verb}: {answer:?}");
        answer.body
    }

    pub async fn read(&self, path: &str) -> Value {
        let answer = self.t.get(&self.officer, path).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    pub fn id(path: &str) -> TrainingSessionId {
        let id: uuid::Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
        id.into()
    }

    /// A room of Poitiers; its key.
    pub async fn room(&self, name: &str) -> String {
        let body = json!({
            "name": name,
            "address": "3 place du Marché",
            "postal_code": "86000",
            "commune": "Poitiers",
            "capacity": 14,
        });
        let created = self.t.post(&self.officer, "/training-rooms", &body).await;
        assert_eq!(created.status, 201, "{created:?}");
        created.body["id"].as_str().unwrap().to_owned()
    }

    /// The programme asks for an habilitation of those who teach.
    pub async fn asks_for_a_right(&self) {
        programme::Entity::update_many()
            .col_expr(programme::Column::TrainerRight, Expr::value(TrainerRight::Epsp.word()))
            .filter(programme::Column::Id.eq(self.programme.id))
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }

    /// People enrol, and confirm their address.
    pub async fn enrolled(&self, path: &str, ranks: &[usize]) {
        enrol_in(&self.t.app, Self::id(path), ranks).await.unwrap();
        enrolment::Entity::update_many()
            .col_expr(
                enrolment::Column::EmailConfirmedAt,
                Expr::value(Some(entity::Instant::from(self.t.app.now()))),
            )
            .filter(enrolment::Column::SessionId.eq(Self::id(path)))
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }

    /// The states of those who enrolled, in the order of their coming.
    pub async fn enrolments(&self, path: &str) -> Vec<EnrolmentState> {
        let rows = enrolment::Entity::find()
            .filter(enrolment::Column::SessionId.eq(Self::id(path)))
            .order_by_asc(enrolment::Column::Seq)
            .all(self.t.app.db.read())
            .await
            .unwrap();
        rows.into_iter().map(|row| row.state).collect()
    }

    /// A session that only waits to be confirmed: a room, somebody who teaches, four people.
    pub async fn ready(&self, day: &str) -> String {
        let mut body = self.body(day);
        body["room_id"] = json!(self.room(&format!("Salle du {day}")).await);
        let path = self.created(&body).await;
        let expert = self.t.expert("Abel").await;
        let teaching = json!({ "expert_id": expert.id, "standing": "external" });
        self.done(&path, "trainers", &teaching).await;
        self.done(&path, "open", &json!({})).await;
        self.enrolled(&path, &[1, 2, 3, 4]).await;
        path
    }
}
