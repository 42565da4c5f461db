//! The changes of a session, one per file. Its seats are locked first, then its row: as enrolments do.

mod create;
mod edit;
mod end;
mod export;
mod places;
mod plan;
mod reschedule;
pub mod ring;
mod rooms;
mod step;
mod subcontract;
mod teach;

pub use create::{create, create_series};
pub use edit::edit;
pub use end::{cancel, postpone};
pub use export::{Format, export};
pub use plan::plan;
pub use reschedule::reschedule;
pub use rooms::{create_room, edit_room, retire_room};
pub use step::{advance, step};
pub use subcontract::{end_subcontract, record_subcontract};
pub use teach::{assign, remove};

use entity::ids::TrainingSessionId;
use entity::training_session;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::events::{Told, TrainingEvent, What};
use super::load::Whole;
use super::state::Transition;
use super::{TrainingError, deadlines, wording};
use crate::authz::{Grant, Permission};
use crate::db::Tx;

/// A session locked for a change, and the right to make it.
struct Opened {
    whole: Whole,
    grant: Grant,
}

async fn open(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Opened, TrainingError> {
    let whole = Whole::locked(tx, id).await?;
    let grant = tx.authorize(permission, &whole.facts(tx.actor()))?;
    whole.check_version(seen)?;
    Ok(Opened { whole, grant })
}

impl Opened {
    /// Writes the session after a change, its version grown and its next alarm planned.
    async fn save(
        &mut self,
        tx: &Tx,
        change: impl FnOnce(&mut training_session::Model),
    ) -> Result<(), TrainingError> {
        let session = &mut self.whole.session;
        change(session);
        session.version += 1;
        session.deadline_at = deadlines::next_alarm(session).map(|(at, _)| at.into());
        session.search = wording::search(session);
        let row = session.clone().into_active_model().reset_all();
        training_session::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }

    /// Moves the session along its table.
    async fn walk(
        &mut self,
        tx: &Tx,
        line: &'static Transition,
        change: impl FnOnce(&mut training_session::Model),
    ) -> Result<(), TrainingError> {
        self.save(tx, |session| {
            session.state = line.to;
            change(session);
        })
        .await
    }

    /// Records what happened, and what is left to do for the enrolments.
    async fn record(
        self,
        tx: &mut Tx,
        what: What<'_>,
        told: Told,
        job: Option<&'static str>,
    ) -> Result<training_session::Model, TrainingError> {
        let event = TrainingEvent::new(tx, &self.whole, what, told);
        let event = match job {
            Some(kind) => event.doing(kind),
            None => event,
        };
        tx.record(&self.grant, &event).await?;
        Ok(self.whole.session)
    }

    /// Reads again what is around the session.
    async fn read_again(&mut self, tx: &Tx) -> Result<(), TrainingError> {
        self.whole = Whole::around(tx.conn(), self.whole.session.clone()).await?;
        Ok(())
    }
}
