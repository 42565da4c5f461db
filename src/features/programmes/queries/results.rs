//! The results of a programme over the last twelve months, counted from its sessions that ended.

use std::collections::HashMap;

use entity::candidate::JuryDecision;
use entity::enrolment::{self, EnrolmentState};
use entity::ids::{CertificationId, SurveyId, TrainingSessionId};
use entity::jury_passage::{self, Presence};
use entity::jury_session::{self, JuryState};
use entity::survey::{self, SurveyKind};
use entity::training_session::{self, SessionState};
use entity::{Instant, certification_version, programme, survey_answer};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;

use crate::db;
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::training::results::{Counted, Results, period};

/// What is counted, for whoever reads the catalogue.
///
/// # Errors
/// What the database answers.
pub async fn results(
    conn: &impl ConnectionTrait,
    programme: &programme::Model,
    today: Date,
) -> Result<Results, db::Error> {
    let (from, until) = period(today);
    let sessions: Vec<TrainingSessionId> = training_session::Entity::find()
        .select_only()
        .column(training_session::Column::Id)
        .filter(training_session::Column::ProgrammeId.eq(programme.id))
        .filter(training_session::Column::State.is_in([SessionState::Ended, SessionState::Closed]))
        .filter(training_session::Column::EndsOn.gte(from))
        .filter(training_session::Column::EndsOn.lte(until))
        .into_tuple()
        .all(conn)
        .await?;
    let mut counted =
        Counted { sessions: u32::try_from(sessions.len()).unwrap_or(u32::MAX), ..Counted::default() };
    if !sessions.is_empty() {
        people(conn, &sessions, &mut counted).await?;
        opinions(conn, &sessions, &mut counted).await?;
    }
    if let Some(certification) = programme.certification_id {
        juries(conn, certification, (from, until), &mut counted).await?;
    }
    let smallest = settings::survey_rules(conn).await?.smallest;
    Ok(Results { from, until, counted, smallest: smallest.into() })
}

/// Who came, and who went to the end.
async fn people(
    conn: &impl ConnectionTrait,
    sessions: &[TrainingSessionId],
    counted: &mut Counted,
) -> Result<(), db::Error> {
    use enrolment::Column;
    let rows: Vec<(EnrolmentState, i64)> = enrolment::Entity::find()
        .filter(Column::SessionId.is_in(sessions.to_vec()))
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let states: HashMap<EnrolmentState, u32> =
        rows.into_iter().map(|(state, count)| (state, u32::try_from(count).unwrap_or_default())).collect();
    let count = |state: EnrolmentState| states.get(&state).copied().unwrap_or_default();
    counted.completed = count(EnrolmentState::Completed);
    counted.dropped_out = count(EnrolmentState::DroppedOut);
    counted.participants = counted.completed + counted.dropped_out + count(EnrolmentState::Present);
    Ok(())
}

/// What they think, asked when the session ends.
async fn opinions(
    conn: &impl ConnectionTrait,
    sessions: &[TrainingSessionId],
    counted: &mut Counted,
) -> Result<(), db::Error> {
    use survey::Column;
    let surveys: Vec<(SurveyId, i32, i32)> = survey::Entity::find()
        .filter(Column::SessionId.is_in(sessions.to_vec()))
        .filter(Column::Kind.eq(SurveyKind::Hot))
        .select_only()
        .columns([Column::Id, Column::Invited, Column::Answered])
        .into_tuple()
        .all(conn)
        .await?;
    if surveys.is_empty() {
        return Ok(());
    }
    for (_, invited, answered) in &surveys {
        counted.invited += u32::try_from(*invited).unwrap_or_default();
        counted.answered += u32::try_from(*answered).unwrap_or_default();
    }
    let scores: Vec<Option<i32>> = survey_answer::Entity::find()
        .filter(survey_answer::Column::SurveyId.is_in(surveys.iter().map(|(id, ..)| *id).collect::<Vec<_>>()))
        .filter(survey_answer::Column::Score.is_not_null())
        .select_only()
        .column(survey_answer::Column::Score)
        .into_tuple()
        .all(conn)
        .await?;
    for score in scores.into_iter().flatten() {
        counted.scored += 1;
        counted.score += u64::try_from(score).unwrap_or_default();
    }
    Ok(())
}

/// Who was presented to the certification, and who obtained the whole of it: juries whose decisions are published.
async fn juries(
    conn: &impl ConnectionTrait,
    certification: CertificationId,
    (from, until): (Date, Date),
    counted: &mut Counted,
) -> Result<(), db::Error> {
    let midnight = |day: Date| Instant::from(day.midnight().assume_utc());
    let versions = certification_version::Entity::find()
        .select_only()
        .column(certification_version::Column::Id)
        .filter(certification_version::Column::CertificationId.eq(certification))
        .into_query();
    let held = jury_session::Entity::find()
        .select_only()
        .column(jury_session::Column::Id)
        .filter(jury_session::Column::State.eq(JuryState::Closed))
        .filter(jury_session::Column::CertificationVersionId.in_subquery(versions))
        .filter(jury_session::Column::StartsAt.gte(midnight(from)))
        .filter(jury_session::Column::StartsAt.lt(midnight(add_days(until, 1))))
        .into_query();
    let rows: Vec<(Option<JuryDecision>, i64)> = jury_passage::Entity::find()
        .filter(jury_passage::Column::SessionId.in_subquery(held))
        .filter(jury_passage::Column::Presence.eq(Presence::Present))
        .select_only()
        .column(jury_passage::Column::Decision)
        .column_as(jury_passage::Column::Id.count(), "count")
        .group_by(jury_passage::Column::Decision)
        .into_tuple()
        .all(conn)
        .await?;
    for (decision, count) in rows {
        let count = u32::try_from(count).unwrap_or_default();
        counted.presented += count;
        if decision == Some(JuryDecision::Total) {
            counted.passed += count;
        }
    }
    Ok(())
}
