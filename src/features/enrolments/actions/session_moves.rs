//! What a session that is cancelled, postponed or dated again makes of its enrolments: one transaction each, in the order of
//! their coming, and nothing twice when the work is tried again.

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentCause, EnrolmentState};
use entity::enrolment_offer::OfferState;
use entity::ids::{EnrolmentId, TrainingSessionId};
use entity::training_session::SessionState;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;

use super::take_in::seat_again;
use super::{close_offer, record, step};
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::{DueRun, Tx};
use crate::features::enrolments::dossier::{Dossier, is_past};
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::state::{Step, TABLE};

const ACTOR: &str = "enrolments.session";

/// What the session did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// It is not held.
    Cancelled,
    /// It is not held at its dates.
    Postponed,
    /// It has dates again.
    Resumed,
}

impl Move {
    /// Where the enrolments are that it moves.
    fn moves(self, state: EnrolmentState) -> bool {
        match self {
            Self::Cancelled => TABLE.can(state, Step::CancelByProvider),
            Self::Postponed => TABLE.can(state, Step::Postpone),
            Self::Resumed => state == EnrolmentState::Postponed,
        }
    }

    /// Whether the session is still where it moved to.
    fn holds(self, dossier: &Dossier, now: OffsetDateTime) -> bool {
        match self {
            Self::Cancelled => dossier.session.state == SessionState::Cancelled,
            Self::Postponed => dossier.session.state == SessionState::Postponed,
            Self::Resumed => !is_past(&dossier.session, now),
        }
    }
}

/// Moves everybody of a session. Gives how many were.
///
/// # Errors
/// What the database answers, or the first failure once everybody was looked at; what was done stays done.
pub async fn follow(
    app: &Arc<App>,
    session: TrainingSessionId,
    moved: Move,
) -> Result<usize, EnrolmentError> {
    use enrolment::Column;
    let ids: Vec<EnrolmentId> = enrolment::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::SessionId.eq(session))
        .filter(Column::State.is_in(EnrolmentState::all().filter(|state| moved.moves(*state))))
        .order_by_asc(Column::Seq)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut run = DueRun::of(ACTOR);
    for id in ids {
        run.count(id, Box::pin(one(app, id, moved)).await)?;
    }
    run.end()
}

async fn one(app: &Arc<App>, id: EnrolmentId, moved: Move) -> Result<bool, EnrolmentError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentDeadline, &dossier.facts())?;
    if !moved.moves(dossier.enrolment.state) || !moved.holds(&dossier, tx.now()) {
        return Ok(false);
    }
    // somebody who took another session is not told of this one any more
    if dossier.enrolment.state == EnrolmentState::Postponed && went_elsewhere(&tx, id).await? {
        return Ok(false);
    }
    let (step_to, cause) = match moved {
        Move::Cancelled => (Step::CancelByProvider, Some(EnrolmentCause::Provider)),
        Move::Postponed => (Step::Postpone, None),
        Move::Resumed => {
            Box::pin(seat_again(&mut tx, &grant, dossier)).await?;
            tx.commit().await?;
            return Ok(true);
        }
    };
    let line = dossier.next(step_to)?;
    if dossier.enrolment.state == EnrolmentState::Offered {
        close_offer(&tx, id, OfferState::Withdrawn).await?;
    }
    let now = tx.instant();
    step(&tx, &mut dossier, line, |enrolment| {
        enrolment.ended_at = Some(now);
        enrolment.cause = cause;
    })
    .await?;
    record(&mut tx, &grant, &dossier, What::Stepped(line), None).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whether the person took another session meanwhile.
pub(super) async fn went_elsewhere(tx: &Tx, id: EnrolmentId) -> Result<bool, EnrolmentError> {
    let found =
        enrolment::Entity::find().filter(enrolment::Column::MovedFromId.eq(id)).one(tx.conn()).await?;
    Ok(found.is_some())
}
