//! Recomputes the journal and records what was found.

use std::sync::Arc;

use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::events::Mail;
use crate::features::journal::divergence::Outcome;
use crate::features::journal::error::JournalError;
use crate::features::journal::events::JournalEvent;
use crate::features::journal::verify::{Since, verify as recompute};

/// Verifies, whole or from a trusted seal, and records it; `mails` says who is told.
///
/// # Errors
/// The policy refuses, or the database; an altered journal is an [`Outcome`].
pub async fn verify(
    app: &Arc<App>,
    actor: Actor,
    since: Option<&Since>,
    mails: impl FnOnce(&Outcome) -> Vec<Mail>,
) -> Result<Outcome, JournalError> {
    let _ = crate::authz::allows(&actor, Permission::JournalView, &Facts::default())?;
    let outcome = recompute(app.db.read(), since).await?;
    let event = JournalEvent::Verified { outcome: Box::new(outcome.clone()), mails: mails(&outcome) };
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::JournalView, &Facts::default())?;
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(outcome)
}
