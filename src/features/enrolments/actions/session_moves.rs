//! What a session that is cancelled, postponed, dated again or ended makes of its enrolments: one transaction each, in the
//! order of their coming, and nothing twice when the work is tried again.

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentCause, EnrolmentState};
use entity::enrolment_offer::OfferState;
use entity::ids::{EnrolmentId, TrainingSessionId};
use entity::training_session::{self, SessionState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

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

/// What the state of a session asks of its enrolments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// It is not held.
    Cancelled,
    /// It is not held at its dates.
    Postponed,
    /// It has dates again.
    Resumed,
    /// It was held to its end.
    Ended,
}

impl Move {
    const fn of(state: SessionState) -> Option<Self> {
        match state {
            SessionState::Cancelled => Some(Self::Cancelled),
            SessionState::Postponed => Some(Self::Postponed),
            SessionState::Open | SessionState::Confirmed => Some(Self::Resumed),
            SessionState::Ended => Some(Self::Ended),
            _ => None,
        }
    }

    /// Where the enrolments are that it moves.
    fn moves(self, state: EnrolmentState) -> bool {
        match self {
            Self::Cancelled => TABLE.can(state, Step::CancelByProvider),
            Self::Postponed => TABLE.can(state, Step::Postpone),
            Self::Resumed => state == EnrolmentState::Postponed,
            Self::Ended => state == EnrolmentState::Present,
        }
    }
}

/// Moves everybody of a session as it moved. Gives how many were.
///
/// # Errors
/// What the database answers, or the first failure once everybody was looked at; what was done stays done.
pub async fn follow(app: &Arc<App>, id: TrainingSessionId) -> Result<usize, EnrolmentError> {
    use enrolment::Column;
    let session = training_session::Entity::find_by_id(id).one(app.db.read()).await?;
    let Some(moved) = Move::of(session.ok_or(EnrolmentError::NotFound)?.state) else { return Ok(0) };
    let ids: Vec<EnrolmentId> = enrolment::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::SessionId.eq(id))
        .filter(Column::State.is_in(EnrolmentState::all().filter(|state| moved.moves(*state))))
        .order_by_asc(Column::Seq)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut run = DueRun::of(ACTOR);
    for id in ids {
        run.count(id, Box::pin(one(app, id)).await)?;
    }
    run.end()
}

/// Moves one enrolment as its session asks now, if it still does.
async fn one(app: &Arc<App>, id: EnrolmentId) -> Result<bool, EnrolmentError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentDeadline, &dossier.facts())?;
    let Some(moved) = Move::of(dossier.session.state).filter(|moved| moved.moves(dossier.enrolment.state))
    else {
        return Ok(false);
    };
    // somebody who took another session is not told of this one any more
    if dossier.enrolment.state == EnrolmentState::Postponed && went_elsewhere(&tx, id).await? {
        return Ok(false);
    }
    let (step_to, cause) = match moved {
        Move::Cancelled => (Step::CancelByProvider, Some(EnrolmentCause::Provider)),
        Move::Postponed => (Step::Postpone, None),
        Move::Ended => (Step::Complete, None),
        Move::Resumed if is_past(&dossier.session, tx.now()) => return Ok(false),
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
    let (now, reason) = (tx.instant(), dossier.session.reason.clone().filter(|_| cause.is_some()));
    step(&tx, &mut dossier, line, |enrolment| {
        enrolment.ended_at = Some(now);
        enrolment.cause = cause;
        enrolment.reason = reason;
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
