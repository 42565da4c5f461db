//! The referential that the certifier is preparing: a draft with examples, which a visitor completes.

use anyhow::Context;

use super::Stage;
use super::people::People;
use crate::features::certifications::{self, actions};
use crate::rules::referential::parse;

const CODE: &str = "CQP_SP";

/// Opens the draft of the latest version.
pub(super) async fn prepare(stage: &Stage<'_>, people: &People) -> anyhow::Result<()> {
    let all = certifications::queries::all(stage.app.db.read()).await?;
    let latest =
        all.iter().find(|known| known.certification.code == CODE).and_then(|known| known.versions.last());
    let version = latest.context(CODE)?.version.clone();
    let document = parse(include_str!("data/referential.toml"))
        .map_err(|faults| anyhow::anyhow!("referential.toml: {faults:?}"))?;
    let mut tx = stage.app.begin(people.manager.clone()).await?;
    actions::referential::put_draft(&mut tx, version.certification_id, version.id, None, document).await?;
    tx.commit().await?;
    Ok(())
}
