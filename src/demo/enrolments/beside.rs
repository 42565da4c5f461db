//! What is written beside the people of the sessions: their need before the contract, what they had learnt at the end, and a
//! measure for some of those who asked.

use std::collections::HashMap;

use anyhow::{Context, ensure};
use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_assessment::{self, Acquired, Moment};
use entity::enrolment_need::{self, FilledBy, Positioning, Prerequisites};
use entity::ids::{ExpertId, ProgrammeVersionId, TrainingSessionId, TrainingSlotId};
use entity::training_session::{self, SessionState};
use entity::{Instant, programme_version, training_slot, training_trainer};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde::Deserialize;

use super::super::Stage;
use super::super::requests::Story;
use super::AT_ONCE;
use crate::features::enrolments::input::TypedAdaptation;
use crate::features::enrolments::{actions, adaptations};
use crate::rules::deadline::day_in_zone;
use crate::rules::typed_date::iso;

/// Days before today at which people said yes to a measure.
const CONSENTED: i64 = 2;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    expectations: Vec<String>,
    employer_view: String,
    basis: String,
    positioning: Vec<String>,
    measures: Vec<String>,
}

impl File {
    fn read() -> anyhow::Result<Self> {
        let file: Self = toml::from_str(include_str!("../data/beside.toml")).context("beside.toml")?;
        ensure!(!file.expectations.is_empty() && !file.positioning.is_empty(), "nothing to say");
        Ok(file)
    }

    /// What somebody expects, and where they stand.
    fn need(
        &self,
        stage: &Stage<'_>,
        rank: usize,
        person: &enrolment::Model,
        at: Instant,
    ) -> enrolment_need::Model {
        let employed = person.structure_id.is_some();
        enrolment_need::Model {
            id: stage.app.new_id().into(),
            enrolment_id: person.id,
            expectations: self.expectations[rank % self.expectations.len()].clone(),
            employer_view: if employed { self.employer_view.clone() } else { String::new() },
            funder_view: String::new(),
            basis: self.basis.clone(),
            prerequisites: if rank.is_multiple_of(4) { Prerequisites::Met } else { Prerequisites::NoneAsked },
            positioning: if rank.is_multiple_of(3) {
                Positioning::Interview
            } else {
                Positioning::SelfAssessed
            },
            positioning_result: self.positioning[rank % self.positioning.len()].clone(),
            filled_by: if employed { FilledBy::Employer } else { FilledBy::Trainee },
            signed_on: Some(at.date()),
            recorded_by: None,
            recorded_at: at,
            version: 1,
        }
    }
}

/// Writes needs and assessments: rows.
pub(super) async fn write(stage: &Stage<'_>, sessions: &[training_session::Model]) -> anyhow::Result<()> {
    let conn = stage.app.db.bookkeeping();
    let file = File::read()?;
    let versions = programme_version::Entity::find().all(conn).await?;
    let objectives: HashMap<ProgrammeVersionId, String> =
        versions.into_iter().map(|row| (row.id, row.objectives)).collect();
    let taught = taught(stage).await?;
    let known: HashMap<TrainingSessionId, &training_session::Model> =
        sessions.iter().map(|row| (row.id, row)).collect();
    let people = enrolment::Entity::find().order_by_asc(enrolment::Column::Id).all(conn).await?;
    let (mut needs, mut learnt) = (Vec::new(), Vec::new());
    for (rank, person) in people.iter().enumerate() {
        let Some(session) = known.get(&person.session_id) else { continue };
        if let Some(at) = person.positioned_at {
            needs.push(file.need(stage, rank, person, at));
        }
        if person.state != EnrolmentState::Completed {
            continue;
        }
        let told = objectives.get(&session.programme_version_id).map(String::as_str).unwrap_or_default();
        let told = told.lines().map(str::trim).filter(|line| !line.is_empty());
        for (objective, position) in told.zip(1..) {
            let assessor = taught.get(&session.id).copied();
            learnt.push(assessment(stage, (rank, position), (session, person), (objective, assessor)));
        }
    }
    for lot in needs.chunks(AT_ONCE) {
        let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
        enrolment_need::Entity::insert_many(lot).exec_without_returning(conn).await?;
    }
    for lot in learnt.chunks(AT_ONCE) {
        let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
        enrolment_assessment::Entity::insert_many(lot).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Who taught each session.
async fn taught(stage: &Stage<'_>) -> anyhow::Result<HashMap<TrainingSessionId, ExpertId>> {
    let conn = stage.app.db.bookkeeping();
    let slots = training_slot::Entity::find().all(conn).await?;
    let slots: HashMap<TrainingSlotId, TrainingSessionId> =
        slots.into_iter().map(|slot| (slot.id, slot.session_id)).collect();
    let rows = training_trainer::Entity::find()
        .filter(training_trainer::Column::RemovedAt.is_null())
        .all(conn)
        .await?;
    Ok(rows.iter().filter_map(|row| Some((*slots.get(&row.slot_id)?, row.expert_id))).collect())
}

/// What somebody had learnt of an objective: most of it.
fn assessment(
    stage: &Stage<'_>,
    (rank, position): (usize, i32),
    (session, person): (&training_session::Model, &enrolment::Model),
    (objective, assessor): (&str, Option<ExpertId>),
) -> enrolment_assessment::Model {
    let mark = rank + usize::try_from(position).unwrap_or_default();
    let result = match mark {
        mark if mark % 31 == 7 => Acquired::NotAcquired,
        mark if mark % 9 == 4 => Acquired::InProgress,
        _ => Acquired::Acquired,
    };
    let recorded_at = person.ended_at.unwrap_or(person.created_at);
    enrolment_assessment::Model {
        id: stage.app.new_id().into(),
        enrolment_id: person.id,
        moment: Moment::End,
        position,
        objective: objective.to_owned(),
        skill_id: None,
        result,
        comment: String::new(),
        assessor_id: assessor,
        assessed_on: session.ends_on.unwrap_or_else(|| day_in_zone(*recorded_at, &session.zone)),
        recorded_by: None,
        recorded_at,
    }
}

/// Agrees on measures with the first of those who asked and are to come; the others still wait for a call.
pub(super) async fn adapt(story: &Story<'_>) -> anyhow::Result<()> {
    let (app, manager) = (story.stage.app, &story.people.manager);
    let conn = app.db.bookkeeping();
    let file = File::read()?;
    let coming = training_session::Entity::find()
        .filter(training_session::Column::State.is_in([SessionState::Open, SessionState::Confirmed]))
        .all(conn)
        .await?;
    let asked = enrolment::Entity::find()
        .filter(enrolment::Column::AdaptationAsked.eq(true))
        .filter(enrolment::Column::State.is_in([EnrolmentState::Held, EnrolmentState::Confirmed]))
        .filter(enrolment::Column::SessionId.is_in(coming.iter().map(|row| row.id)))
        .order_by_asc(enrolment::Column::Id)
        .all(conn)
        .await?;
    for (person, measure) in asked.iter().zip(&file.measures) {
        let session = coming.iter().find(|row| row.id == person.session_id).context("session")?;
        let typed =
            TypedAdaptation { measure: measure.clone(), consented_on: iso(story.stage.day(CONSENTED)) };
        let sealed = adaptations::seal(app, manager, (person, session), &typed)?;
        let mut tx = app.begin(manager.clone()).await?;
        actions::agree_adaptation(&mut tx, person.id, &sealed).await?;
        tx.commit().await?;
    }
    Ok(())
}
