//! Takes the visits still to be made back from contrôleurs who may not make them any more: an habilitation suspended or
//! ended, a tie learnt later. The person, the structure and the team are told; the file then waits for somebody else.

use std::sync::Arc;

use entity::agreement_request::{self, Column, RequestState};
use entity::ids::{AgreementRequestId, ExpertId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, OffsetDateTime};

use super::release::{ReleasedBy, release_from};
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::DueRun;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::held::OBJECT_KIND;
use crate::features::ties::{self, Given};
use crate::rules::deadline::day_in_zone;
use crate::rules::ties::Duty;

/// Visits looked at in one run.
const BATCH: u64 = 500;
const ACTOR: &str = "agreements.recheck";

/// Looks at every visit given and still to come. Gives how many were taken back.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, AgreementError> {
    Box::pin(weigh(app, None)).await
}

/// Looks at the visits of one person, whose habilitation was just suspended or ended.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn of(app: &Arc<App>, person: ExpertId) -> Result<usize, AgreementError> {
    Box::pin(weigh(app, Some(person))).await
}

async fn weigh(app: &Arc<App>, person: Option<ExpertId>) -> Result<usize, AgreementError> {
    let conn = app.db.read();
    let to_come = Condition::any()
        .add(Column::VisitAt.is_null())
        .add(Column::VisitAt.gt(entity::Instant::from(app.now())));
    let rows = agreement_request::Entity::find()
        .filter(Column::State.is_in([RequestState::VisitToSchedule, RequestState::VisitScheduled]))
        .filter(Column::ControllerId.is_not_null())
        .filter(Condition::all().add_option(person.map(|person| Column::ControllerId.eq(person))))
        .filter(to_come)
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .all(conn)
        .await?;
    let mut due = DueRun::of(ACTOR);
    for dossier in Dossier::several(conn, rows).await? {
        due.count(dossier.request.id, weigh_one(app, &dossier).await)?;
    }
    due.end()
}

async fn weigh_one(app: &Arc<App>, dossier: &Dossier) -> Result<bool, AgreementError> {
    let found = obstacles(app.db.read(), dossier, day(dossier, app.now())).await?;
    if found.is_empty() { Ok(false) } else { take_back(app, dossier.request.id).await }
}

/// Takes one back, if it must still be: the row is locked and everything looked at again.
async fn take_back(app: &Arc<App>, id: AgreementRequestId) -> Result<bool, AgreementError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::RequestDeadline, &dossier.facts())?;
    let found = obstacles(tx.conn(), &dossier, day(&dossier, tx.now())).await?;
    let begun = dossier.request.visit_at.is_some_and(|at| *at <= tx.now());
    let open = [RequestState::VisitToSchedule, RequestState::VisitScheduled].contains(&dossier.request.state);
    if !open || begun || found.is_empty() {
        return Ok(false);
    }
    release_from(&mut tx, &grant, &mut dossier, &found.join(" "), ReleasedBy::Program).await?;
    tx.commit().await?;
    Ok(true)
}

/// The day of the visit, where it is made; until it is fixed, the visit is weighed as if it were today.
fn day(dossier: &Dossier, now: OffsetDateTime) -> Date {
    let request = &dossier.request;
    let zone = request.visit_zone.as_deref().unwrap_or(&dossier.structure.zone);
    request.visit_at.map_or_else(|| dossier.today(now), |at| day_in_zone(*at, zone))
}

/// Why the contrôleur in charge may not make the visit on a day, in words.
pub(super) async fn obstacles(
    conn: &impl ConnectionTrait,
    dossier: &Dossier,
    on: Date,
) -> Result<Vec<String>, AgreementError> {
    let Some(expert) = dossier.request.controller_id else { return Ok(Vec::new()) };
    let given = Given {
        duty: Duty::Controller,
        structure: &dossier.structure,
        certification: dossier.version.certification_id,
        expert,
        on,
        object: (OBJECT_KIND, dossier.request.id.0),
    };
    Ok(ties::obstacles(conn, given).await?)
}
