//! Someone of the team who reads the messages of work once a day.

use anyhow::Context;

use super::Stage;
use super::people::People;
use crate::features::notices::actions::set_preferences;
use crate::features::notices::input::TypedPreferences;
use crate::rules::notices::Wish;

/// Who chose so.
const READER: &str = "officer3@demo.test";

/// Records the choice.
pub(super) async fn choose(stage: &Stage<'_>, people: &People) -> anyhow::Result<()> {
    let reader = people.team.get(READER).context(READER)?.clone();
    let account = reader.account_id().context("no account")?;
    let typed = TypedPreferences {
        work: Wish::Digest.word().to_owned(),
        reminder: Wish::AtOnce.word().to_owned(),
        ..TypedPreferences::default()
    };
    let mut tx = stage.app.begin(reader).await?;
    set_preferences(&mut tx, account, None, &typed).await?;
    Ok(tx.commit().await?)
}
