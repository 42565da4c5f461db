//! Does what the deadlines of sessions say, once each, however many processes run: the row is locked and the alarm computed
//! again before anything is done. What lacks is tried again the next morning, and waits for the team meanwhile.

use std::sync::Arc;

use entity::ids::JurySessionId;
use entity::jury_session::{self, Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::super::JuryError;
use super::super::deadlines::{self, Alarm};
use super::super::load::Whole;
use super::{convoke, send_files};
use crate::app::App;
use crate::authz::Actor;
use crate::db::DueRun;

/// Rows looked at in one run.
const BATCH: u64 = 200;
const ACTOR: &str = "juries.deadlines";

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, JuryError> {
    let now: entity::Instant = app.now().into();
    let ids: Vec<JurySessionId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::DeadlineAt.lte(now))
        .order_by_asc(Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of(ACTOR);
    for id in ids {
        due.count(id, Box::pin(ring(app, id)).await)?;
    }
    due.end()
}

/// Rings the alarm of one session, if it is still due.
async fn ring(app: &Arc<App>, id: JurySessionId) -> Result<bool, JuryError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let whole = Whole::locked(&tx, id).await?;
    let alarm = deadlines::next_alarm(&whole.session, &whole.rules);
    let Some((_, alarm)) = alarm.filter(|(at, _)| *at <= tx.now()) else {
        drop(tx);
        look_again(app, &whole.session, alarm.map(|(at, _)| at.into())).await?;
        return Ok(false);
    };
    let done = match alarm {
        Alarm::Convoke => Box::pin(convoke(&mut tx, id, None)).await,
        Alarm::SendFiles => send_files(&mut tx, id).await,
    };
    match done {
        Ok(_) => {
            tx.commit().await?;
            Ok(true)
        }
        Err(JuryError::Lacking(_)) => {
            drop(tx);
            let next = deadlines::tomorrow(&whole.session, app.now());
            look_again(app, &whole.session, next.map(Into::into)).await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Keeps the instant at which a session must be looked at again: no act, so no event.
async fn look_again(
    app: &App,
    row: &jury_session::Model,
    at: Option<entity::Instant>,
) -> Result<(), JuryError> {
    Entity::update_many()
        .col_expr(Column::DeadlineAt, Expr::value(at))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(app.db.bookkeeping())
        .await?;
    Ok(())
}
