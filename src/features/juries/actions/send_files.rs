//! The members have what they read before the day, in time.

use entity::ids::JurySessionId;
use entity::jury_session::{self, JuryState};

use super::super::state::{Event, InvalidStep};
use super::super::{JuryError, What};
use super::{open, save};
use crate::authz::Permission;
use crate::db::Tx;

/// Tells the members of a session whose candidates are called where they read the files.
///
/// # Errors
/// The state, the refusal of the policy, what the database answers.
pub async fn send_files(tx: &mut Tx, id: JurySessionId) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, None, Permission::JuryDeadline).await?;
    let state = opened.whole.session.state;
    if state != JuryState::Summoned || opened.whole.session.files_sent_at.is_some() {
        return Err(InvalidStep { from: Some(state), step: Event::Convoke }.into());
    }
    let now = tx.instant();
    save(tx, &mut opened.whole, |session| session.files_sent_at = Some(now)).await?;
    opened.record_act(tx, ("jury.files_sent", "JUR_FILES_SENT"), What::FilesSent).await
}
