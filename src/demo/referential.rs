//! The referentials of the certifier: that of the version that is closed, made of blocs, those of the versions that are open,
//! made of skills, and the draft of a next revision, which a visitor completes.

use anyhow::Context;
use entity::certification_version;

use super::Stage;
use super::people::People;
use crate::features::certifications::{self, actions};
use crate::rules::referential::parse;

const CODE: &str = "CQP_SP";
/// The certification of whoever trains on the site.
const EPSP: &str = "CQP_EPSP";
/// Days before today at which those of the versions that are open are published.
pub(super) const PUBLISHED: i64 = 540;

/// Publishes that of the first version.
pub(super) async fn prepare(stage: &Stage<'_>, people: &People) -> anyhow::Result<()> {
    let all = certifications::queries::all(stage.app.db.read()).await?;
    let known = all.iter().find(|known| known.certification.code == CODE).context(CODE)?;
    if let [first, _, ..] = known.versions.as_slice() {
        let text = include_str!("data/blocs.toml");
        Box::pin(draft(stage, people, &first.version, text, true)).await.context("blocs.toml")?;
    }
    Ok(())
}

/// Publishes those of the versions that are open, and opens the draft of the next revision of one.
pub(super) async fn publish(stage: &Stage<'_>, people: &People) -> anyhow::Result<()> {
    let all = certifications::queries::all(stage.app.db.read()).await?;
    for (code, text, published) in [
        (CODE, include_str!("data/socle.toml"), true),
        (CODE, include_str!("data/referential.toml"), false),
        (EPSP, include_str!("data/epsp.toml"), true),
    ] {
        let known = all.iter().find(|known| known.certification.code == code).context(code)?;
        let latest = known.versions.last().context(code)?;
        Box::pin(draft(stage, people, &latest.version, text, published)).await.context(code)?;
    }
    Ok(())
}

/// Writes the draft of a version, then publishes it when told to.
async fn draft(
    stage: &Stage<'_>,
    people: &People,
    version: &certification_version::Model,
    text: &str,
    publish: bool,
) -> anyhow::Result<()> {
    let document = parse(text).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let (certification, id) = (version.certification_id, version.id);
    let mut tx = stage.app.begin(people.manager.clone()).await?;
    actions::referential::put_draft(&mut tx, certification, id, None, document).await?;
    if publish {
        Box::pin(actions::referential::publish(&mut tx, certification, id, None)).await?;
    }
    tx.commit().await?;
    Ok(())
}
