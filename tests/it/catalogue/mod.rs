//! The public catalogue: what anybody sees, how they enrol, and the pages of their links.

mod enrol;
mod feeds;
mod link;
mod list;

use entity::ids::TrainingSessionId;
use entity::{enrolment, training_session, training_tally};
use parchemin::rules::deadline::add_days;
use poem::Response;
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use time::Duration;

use crate::enrolments::Course;

/// An answer, read.
pub struct Read {
    pub status: StatusCode,
    pub etag: String,
    pub text: String,
}

impl Read {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// Pointers of the faults, in order.
    pub fn pointers(&self) -> Vec<String> {
        let body = self.json();
        let faults = body["errors"].as_array().unwrap().iter();
        faults.map(|fault| fault["pointer"].as_str().unwrap().to_owned()).collect()
    }
}

async fn read(response: Response) -> Read {
    let header = |name: &str| response.header(name).unwrap_or_default().to_owned();
    let (status, etag) = (response.status(), header("etag"));
    let text = response.into_body().into_string().await.unwrap();
    Read { status, etag, text }
}

/// A session of some seats, and others beside it.
pub struct Fair {
    pub course: Course,
}

impl Fair {
    pub async fn of(seats: i32) -> Self {
        Self { course: Course::of(seats).await }
    }

    pub async fn get(&self, path: &str) -> Read {
        read(self.course.t.client.get(path).send().await.0).await
    }

    /// A person fills a form.
    pub async fn fill(&self, path: &str, fields: &[(&str, &str)]) -> Read {
        read(self.course.t.client.post(path).form(&fields).send().await.0).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Read {
        read(self.course.t.client.post(path).body_json(body).send().await.0).await
    }

    pub fn enrolments(&self) -> String {
        format!("/api/v1/catalogue/{}/enrolments", self.course.session)
    }

    pub async fn session(&self) -> training_session::Model {
        let conn = self.course.t.app.db.read();
        training_session::Entity::find_by_id(self.course.session).one(conn).await.unwrap().unwrap()
    }

    pub async fn page(&self) -> String {
        format!("/catalogue/sessions/{}", self.session().await.number)
    }

    /// Another session of the programme, some days after the first one.
    pub async fn another(
        &self,
        rank: i64,
        change: impl FnOnce(&mut training_session::Model),
    ) -> TrainingSessionId {
        let (app, conn) = (&self.course.t.app, self.course.t.app.db.bookkeeping());
        let mut row = self.session().await;
        let days = i32::try_from(rank).unwrap();
        row.id = app.new_id().into();
        row.number = format!("SES-2025-{:04}", rank + 1);
        row.starts_on = row.starts_on.map(|day| add_days(day, days));
        row.ends_on = row.starts_on;
        row.enrol_until = row.enrol_until.map(|day| add_days(day, days));
        row.starts_at = row.starts_at.map(|at| (*at + Duration::days(rank)).into());
        row.ends_at = row.ends_at.map(|at| (*at + Duration::days(rank)).into());
        change(&mut row);
        let seats = row.seats_max;
        let tally = training_tally::Model { session_id: row.id, seats, held: 0, waiting: 0, last_seq: 0 };
        let id = row.id;
        let row = row.into_active_model().reset_all();
        training_session::Entity::insert(row).exec_without_returning(conn).await.unwrap();
        let tally = tally.into_active_model().reset_all();
        training_tally::Entity::insert(tally).exec_without_returning(conn).await.unwrap();
        id
    }

    /// The only enrolment of the session.
    pub async fn only(&self) -> enrolment::Model {
        let mut everybody = self.course.everybody().await;
        assert_eq!(everybody.len(), 1);
        everybody.remove(0)
    }
}

/// Somebody who enrols by the API.
pub fn somebody(rank: usize) -> Value {
    json!({
        "family_name": format!("N’Guyen {rank}"),
        "first_names": "Zoé",
        "birth_date": "1991-03-27",
        "email": format!("zoe{rank}@exemple.org"),
        "phone": "06 39 98 50 00",
        "buyer": "individual",
        "needs_adaptation": false,
        "consent": true,
    })
}
