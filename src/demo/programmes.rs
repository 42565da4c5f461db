//! The offer of the network, published: the sheets of the file over what every sheet says, each with its own durations, modules
//! and prices. One that was renewed has a next version in preparation, which a visitor completes. What is said of prices,
//! durations and places is invented where nothing is known.

use anyhow::Context;
use entity::programme;
use sea_orm::EntityTrait;
use serde::Deserialize;
use toml::{Table, Value};

use super::Stage;
use super::people::People;
use crate::authz::Actor;
use crate::features::programmes::{actions, queries};
use crate::rules::training::programme::Document;

/// The programme whose next version is in preparation.
const IN_PREPARATION: &str = "MAC-SST";

/// The file of sheets.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// What every sheet says.
    common: Table,
    /// What each says of its own, by code.
    programme: Vec<Sheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    code: String,
    sheet: Table,
}

/// Publishes a sheet of each programme of the offer.
pub(super) async fn publish(stage: &Stage<'_>, people: &People) -> anyhow::Result<()> {
    let file: File = toml::from_str(include_str!("data/programmes.toml")).context("programmes.toml")?;
    let known = programme::Entity::find().all(stage.app.db.read()).await?;
    for one in &file.programme {
        let row = known.iter().find(|row| row.code == one.code).with_context(|| one.code.clone())?;
        let document = document(&file.common, &one.sheet).with_context(|| one.code.clone())?;
        let published = publish_one(stage, &people.manager, row, document);
        Box::pin(published).await.with_context(|| one.code.clone())?;
    }
    Ok(())
}

/// The sheet: what is its own over what is common.
fn document(common: &Table, own: &Table) -> anyhow::Result<Document> {
    let mut whole = common.clone();
    whole.extend(own.clone());
    Ok(Value::Table(whole).try_into()?)
}

async fn publish_one(
    stage: &Stage<'_>,
    manager: &Actor,
    row: &programme::Model,
    document: Document,
) -> anyhow::Result<()> {
    let mut tx = stage.app.begin(manager.clone()).await?;
    let draft = queries::draft(tx.conn(), row.id).await?.context("draft")?;
    let target = queries::target(tx.conn(), draft.certification_version_id).await?;
    let change = |typed: &mut Document| {
        let aimed = typed.certification_version_id;
        *typed = Document { title: row.title.clone(), certification_version_id: aimed, ..document };
        // each module covers its share of what the certification asks
        let count = typed.modules.len().max(1);
        for (rank, skill) in target.skills.iter().enumerate() {
            if let Some(module) = typed.modules.get_mut(rank % count) {
                module.skills.push(skill.code.clone());
            }
        }
    };
    Box::pin(actions::edit_draft(&mut tx, row.id, None, change)).await?;
    Box::pin(actions::publish(&mut tx, row.id, None)).await?;
    if row.code == IN_PREPARATION {
        Box::pin(actions::open_draft(&mut tx, row.id)).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::training::programme::{Aimed, read};

    #[test]
    fn every_sheet_of_the_demonstration_may_be_kept() {
        let file: File = toml::from_str(include_str!("data/programmes.toml")).unwrap();
        assert_eq!(file.programme.len(), 15);
        for one in &file.programme {
            let document = document(&file.common, &one.sheet).unwrap();
            assert!(read(&document, &Aimed::default()).is_ok(), "{}", one.code);
            assert!(!document.modules.is_empty() && !document.prices.is_empty(), "{}", one.code);
        }
    }
}
