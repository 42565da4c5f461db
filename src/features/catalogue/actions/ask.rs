//! Somebody fills the public form.

use entity::enrolment::{self, EnrolmentWay};
use entity::ids::TrainingSessionId;

use crate::db::Tx;
use crate::features::catalogue::CatalogueError;
use crate::features::enrolments::EnrolmentError;
use crate::features::enrolments::actions::{Asked, enrol};
use crate::features::enrolments::seats::Seats;

/// Enrols one person. Whoever was shown a free seat is asked again before they wait: `wants_seat`.
///
/// # Errors
/// [`CatalogueError::JustFilled`]; those of `enrol`.
pub async fn ask(
    tx: &mut Tx,
    session: TrainingSessionId,
    asked: &Asked,
    wants_seat: bool,
) -> Result<enrolment::Model, CatalogueError> {
    if wants_seat {
        let tally = Seats::lock(tx, session).await?.tally();
        if tally.is_full() {
            return Err(CatalogueError::JustFilled(tally.waiting + 1));
        }
    }
    let enrolled = enrol(tx, session, EnrolmentWay::Public, asked).await?;
    enrolled.into_iter().next().ok_or(CatalogueError::Enrolment(EnrolmentError::NotFound))
}
