//! Attendance by half-day: signing, recording, countersigning, corrections, hours.

mod calls;
mod corrections;
mod room;
mod sheet;
mod trainee;

use entity::attendance;
use entity::availability_day::HalfDay;
use entity::enrolment::{self, EnrolmentState};
use entity::expert;
use entity::ids::{EnrolmentId, TrainingSlotId};
use entity::programme_version::Modality;
use entity::training_session::{self, SessionState};
use entity::training_slot;
use entity::training_trainer::{self, TrainerStanding};
use parchemin::authz::Actor;
use parchemin::features::attendance::AttendanceError;
use parchemin::features::attendance::actions::{self, Device, Signed};
use parchemin::features::attendance::input::{Known, Line};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::{Duration, OffsetDateTime};

use crate::enrolments::Course;
use crate::support::{Person, TestApp};

/// A confirmed session of one day, taught by somebody: two half-days of three hours and a half, people confirmed.
pub struct Day {
    pub course: Course,
    pub trainer: expert::Model,
    pub slots: Vec<training_slot::Model>,
    pub people: Vec<enrolment::Model>,
}

impl Day {
    pub async fn of(people: usize) -> Self {
        Self::followed(people, Modality::OnSite).await
    }

    pub async fn followed(people: usize, modality: Modality) -> Self {
        let course = Course::of(20).await;
        course.enrol_all(&(1..=people).collect::<Vec<_>>()).await.unwrap();
        let trainer = course.t.expert("Maurel").await;
        confirm(&course).await;
        let slots = slots(&course, &trainer, modality).await;
        let people = course.everybody().await;
        Self { course, trainer, slots, people }
    }

    pub fn t(&self) -> &TestApp {
        &self.course.t
    }

    /// Whoever teaches, signed in.
    pub async fn teacher(&self) -> Person {
        self.t().of_expert(self.trainer.id).await
    }

    /// The clock at some minutes after the beginning of a half-day.
    pub fn at(&self, slot: usize, minutes: i64) {
        self.t().set_now(*self.slots[slot].starts_at + Duration::minutes(minutes));
    }

    /// The codes of the room are shown: the token of the square code and the figures.
    pub async fn open(&self, slot: usize) -> (String, String) {
        use parchemin::features::attendance::code;
        let mut tx = self.t().app.begin(self.teacher().await.actor).await.unwrap();
        if actions::open(&mut tx, self.slots[slot].id).await.unwrap() {
            tx.commit().await.unwrap();
        } else {
            drop(tx);
        }
        let row = self.slot(slot).await;
        let until = *row.pin_until.unwrap();
        let app = &self.t().app;
        (code::room(app, row.id, until).unwrap(), code::pin(app, row.id, until).unwrap())
    }

    pub async fn slot(&self, slot: usize) -> training_slot::Model {
        let id = self.slots[slot].id;
        training_slot::Entity::find_by_id(id).one(self.t().app.db.read()).await.unwrap().unwrap()
    }

    pub async fn sign_in_room(
        &self,
        token: &str,
        person: usize,
        device: Device,
    ) -> Result<Signed, AttendanceError> {
        let mut tx = self.t().app.begin(Actor::system("tests")).await?;
        let id = self.people[person].id;
        let signed = actions::sign_in_room(&mut tx, token, Some(id), device).await?;
        if let Signed::Now(_) = signed {
            tx.commit().await?;
        }
        Ok(signed)
    }

    pub async fn sign_by_link(
        &self,
        link: &str,
        slot: TrainingSlotId,
        code: &str,
    ) -> Result<Signed, AttendanceError> {
        let mut tx = self.t().app.begin(Actor::system("tests")).await?;
        let signed = actions::sign_by_link(&mut tx, link, slot, code, Device::default()).await?;
        tx.commit().await?;
        Ok(signed)
    }

    /// The token of the link of somebody, from the message of their enrolment.
    pub async fn link(&self, person: usize) -> String {
        self.course.token("enrolment-held", self.people[person].id).await
    }

    pub async fn state(&self, person: usize) -> EnrolmentState {
        self.course.row(self.people[person].id).await.state
    }

    /// What is known of a half-day.
    pub async fn lines(&self, slot: usize) -> Vec<attendance::Model> {
        attendance::Entity::find()
            .filter(attendance::Column::SlotId.eq(self.slots[slot].id))
            .order_by_asc(attendance::Column::Id)
            .all(self.t().app.db.read())
            .await
            .unwrap()
    }

    /// Whoever teaches says who was there.
    pub async fn record(
        &self,
        slot: usize,
        lines: &[(usize, attendance::Presence, i32)],
    ) -> Result<Vec<attendance::Model>, AttendanceError> {
        let mut tx = self.t().app.begin(self.teacher().await.actor).await?;
        let line = |(person, presence, minutes): &(usize, attendance::Presence, i32)| Line {
            enrolment: self.id(*person),
            known: Known { presence: *presence, minutes: *minutes },
        };
        let lines: Vec<Line> = lines.iter().map(line).collect();
        let recorded = actions::record(&mut tx, self.slots[slot].id, &lines, attendance::Proof::None).await?;
        tx.commit().await?;
        Ok(recorded)
    }

    pub fn id(&self, person: usize) -> EnrolmentId {
        self.people[person].id
    }

    pub async fn countersign(&self, slot: usize) -> Result<usize, AttendanceError> {
        let mut tx = self.t().app.begin(self.teacher().await.actor).await?;
        let done = actions::countersign(&mut tx, self.slots[slot].id).await?;
        tx.commit().await?;
        Ok(done)
    }
}

/// Everybody signed their contract and the session is confirmed.
async fn confirm(course: &Course) {
    let conn = course.t.app.db.bookkeeping();
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::State, Expr::value(EnrolmentState::Confirmed.word()))
        .filter(enrolment::Column::SessionId.eq(course.session))
        .exec(conn)
        .await
        .unwrap();
    training_session::Entity::update_many()
        .col_expr(training_session::Column::State, Expr::value(SessionState::Confirmed.word()))
        .filter(training_session::Column::Id.eq(course.session))
        .exec(conn)
        .await
        .unwrap();
}

async fn slots(course: &Course, trainer: &expert::Model, modality: Modality) -> Vec<training_slot::Model> {
    let app = &course.t.app;
    let session = training_session::Entity::find_by_id(course.session).one(app.db.read()).await;
    let session = session.unwrap().unwrap();
    let begins: OffsetDateTime = *session.starts_at.unwrap();
    let mut slots = Vec::new();
    for (half, after) in [(HalfDay::Morning, 0), (HalfDay::Afternoon, 270)] {
        let starts_at = begins + Duration::minutes(after);
        let slot = training_slot::Model {
            id: app.new_id().into(),
            session_id: session.id,
            day: session.starts_on.unwrap(),
            half,
            starts_at: starts_at.into(),
            ends_at: (starts_at + Duration::minutes(210)).into(),
            zone: session.zone.clone(),
            minutes: 210,
            modality,
            room_id: None,
            subject: String::new(),
            pin_hash: None,
            pin_until: None,
            sheet_id: None,
            dropped_at: None,
            version: 1,
        };
        let row = slot.clone().into_active_model().reset_all();
        training_slot::Entity::insert(row).exec_without_returning(app.db.bookkeeping()).await.unwrap();
        let teaches = training_trainer::Model {
            id: app.new_id().into(),
            slot_id: slot.id,
            expert_id: trainer.id,
            standing: TrainerStanding::External,
            signature: String::new(),
            signed_at: None,
            removed_at: None,
        };
        let row = teaches.into_active_model().reset_all();
        training_trainer::Entity::insert(row).exec_without_returning(app.db.bookkeeping()).await.unwrap();
        slots.push(slot);
    }
    slots
}
