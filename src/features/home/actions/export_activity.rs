//! Gives the table of the activity as a CSV file; the journal keeps who took it and the hash of what was taken.

use sha2::{Digest, Sha256};

use super::super::activity::to_csv;
use super::super::error::HomeError;
use super::super::events::ActivityExported;
use super::super::{labels, queries};
use crate::authz::{Facts, Permission};
use crate::db::Tx;

/// Makes the file.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn export_activity(tx: &mut Tx) -> Result<Vec<u8>, HomeError> {
    let grant = tx.authorize(Permission::ActivityView, &Facts::default())?;
    let actor = tx.actor().clone();
    let activity = queries::activity(tx.conn(), &actor, tx.now()).await?;
    let file = to_csv(&activity, labels::ACT, labels::measure)?;
    let sha256 = hex::encode(Sha256::digest(&file));
    let years = activity.years.first().copied().zip(activity.years.last().copied());
    let id = tx.new_id();
    tx.record(&grant, &ActivityExported { id, sha256: &sha256, years }).await?;
    Ok(file)
}
