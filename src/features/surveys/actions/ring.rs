//! What time does by itself: surveys are planned when a session ends, opened, reminded of and closed. Once each, whatever the
//! number of processes: the row is locked and looked at again.

use std::sync::Arc;

use entity::ids::{SurveyId, TrainingSessionId};
use entity::survey::{self, SurveyKind, SurveyState};
use entity::training_session::{self, SessionState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use time::Duration;

use super::close::end;
use super::open::open;
use super::remind::{send, waiting};
use super::{Opened, plan};
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::DueRun;
use crate::features::settings;
use crate::features::surveys::SurveyError;

const BATCH: u64 = 200;
const ACTOR: &str = "surveys.deadlines";
/// How long after its end a session is still asked about.
const LATEST: Duration = Duration::days(30);

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, SurveyError> {
    let mut due = DueRun::of(ACTOR);
    for id in ended(app).await? {
        due.count(id, planned(app, id).await)?;
    }
    for id in ringing(app).await? {
        due.count(id, Box::pin(ring(app, id)).await)?;
    }
    due.end()
}

async fn planned(app: &Arc<App>, id: TrainingSessionId) -> Result<bool, SurveyError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let count = plan(&mut tx, id).await?;
    if count > 0 {
        tx.commit().await?;
    }
    Ok(count > 0)
}

/// The sessions that ended lately and have no survey yet.
async fn ended(app: &App) -> Result<Vec<TrainingSessionId>, SurveyError> {
    use training_session::Column;
    let now = app.now();
    let states =
        [SessionState::Confirmed, SessionState::InProgress, SessionState::Ended, SessionState::Closed];
    let known = survey::Entity::find()
        .select_only()
        .column(survey::Column::SessionId)
        .filter(survey::Column::SessionId.is_not_null())
        .filter(survey::Column::Kind.eq(SurveyKind::Hot));
    let rows = training_session::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.is_in(states))
        .filter(Column::EndsAt.lte(entity::Instant::from(now)))
        .filter(Column::EndsAt.gt(entity::Instant::from(now - LATEST)))
        .filter(Column::Id.not_in_subquery(known.into_query()))
        .order_by_asc(Column::EndsAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    Ok(rows)
}

/// The surveys whose alarm has passed.
async fn ringing(app: &App) -> Result<Vec<SurveyId>, SurveyError> {
    use survey::Column;
    let rows = survey::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::DeadlineAt.lte(entity::Instant::from(app.now())))
        .order_by_asc(Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    Ok(rows)
}

/// Does what the alarm of one survey is for, if its time has still passed.
async fn ring(app: &Arc<App>, id: SurveyId) -> Result<bool, SurveyError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let opened = Opened::of(&tx, id).await?;
    let grant = tx.authorize(Permission::SurveyManage, &opened.facts())?;
    let passed = opened.survey.deadline_at.is_some_and(|at| *at <= tx.now());
    if !passed {
        return Ok(false);
    }
    match opened.survey.state {
        SurveyState::Planned => open(&mut tx, &grant, opened, Vec::new()).await?,
        SurveyState::Open if *opened.survey.closes_at <= tx.now() => end(&mut tx, &grant, opened).await?,
        SurveyState::Open => {
            let rules = settings::survey_rules(tx.conn()).await?;
            let people = waiting(&tx, &opened.survey, i32::from(rules.reminders)).await?;
            send(&mut tx, &grant, opened, people).await?
        }
        SurveyState::Closed => return Ok(false),
    };
    tx.commit().await?;
    Ok(true)
}
