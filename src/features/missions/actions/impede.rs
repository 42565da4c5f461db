//! Somebody cannot come for some days: everything they have on these days is let go of and their absence declared, in
//! one unit of work. Each act is the one that lets go of a single thing, with its rights, its messages and its tasks.

use entity::ids::ExpertId;

use super::{Substitutes, Via, decline, drop_out, withdraw};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::visit;
use crate::features::availability::actions as time_acts;
use crate::features::availability::queries as time_of;
use crate::features::meetings::actions as meetings;
use crate::features::missions::input::{Refusal, TypedImpediment};
use crate::features::missions::queries::{Planned, Touched, touched};
use crate::features::missions::{MissionError, labels};

/// Lets go of everything that a person has on some days, and gives the list of it.
///
/// # Errors
/// Every fault of what was typed; the first refusal of the acts, and then none of them is done.
pub async fn impede(
    tx: &mut Tx,
    id: ExpertId,
    typed: &TypedImpediment,
) -> Result<Vec<Touched>, MissionError> {
    let facts = Facts { expert: Some(id), ..Facts::default() };
    let person = time_of::expert(tx.conn(), tx.actor(), id).await?;
    let _edits = tx.authorize(Permission::AvailabilityEdit, &facts)?;
    let (period, refusal) = typed.read(time_of::local_day(&person, tx.now()))?;
    let found = touched(tx.conn(), tx.actor(), &person, period, tx.now()).await?;
    for one in &found {
        Box::pin(let_go(tx, id, one.planned, &refusal)).await?;
    }
    // Last, since missions are locked before people.
    Box::pin(time_acts::add_absence(tx, id, None, &typed.absence())).await?;
    Ok(found)
}

async fn let_go(
    tx: &mut Tx,
    person: ExpertId,
    planned: Planned,
    refusal: &Refusal,
) -> Result<(), MissionError> {
    let own = tx.actor().expert() == Some(person);
    match planned {
        Planned::Held(id) => {
            drop_out(tx, id, None, refusal, &Substitutes::default()).await?;
        }
        Planned::Offered(id) if own => {
            decline(tx, id, None, refusal, Via::Account).await?;
        }
        // An offer is answered by the person alone: the team takes it back.
        Planned::Offered(id) => {
            withdraw(tx, id, None, labels::refusals::OFFER_IMPEDED).await?;
        }
        Planned::Visit(id) => {
            visit::release(tx, id, None, labels::refusals::VISIT_IMPEDED).await?;
        }
        Planned::Meeting(id) => {
            meetings::excuse(tx, id, person).await?;
        }
        Planned::Begun(_) => {}
    }
    Ok(())
}
