//! The figures of the years before Parchemin.

use super::{Stage, data};
use crate::authz::Actor;
use crate::features::home;

/// Imports them.
pub(super) async fn load(stage: &Stage<'_>) -> anyhow::Result<()> {
    home::import_history(stage.app, Actor::system("demo.load"), &data::figures()?).await?;
    Ok(())
}
