//! What the certifying body says before it teaches: its declaration of activity, and the versions of what everybody is given.

use anyhow::Context;
use entity::training_handbook::HandbookKind;
use serde::Deserialize;

use super::Stage;
use super::people::People;
use super::steps::blank_pdf;
use crate::features::programmes::actions::{self, Kept};
use crate::features::settings::{self, Key};
use crate::rules::training::settings::InvoiceRules;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    nda: String,
    nda_region: String,
    exempt_since: String,
    handbook: Vec<Handbook>,
}

/// A version of what everybody is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Handbook {
    kind: HandbookKind,
    /// Days before the loading at which it begins.
    days_ago: i64,
    file_name: String,
}

/// Records them.
pub(super) async fn record(stage: &Stage<'_>, people: &People) -> anyhow::Result<()> {
    let file: File = toml::from_str(include_str!("data/declaration.toml")).context("declaration.toml")?;
    let rules = InvoiceRules {
        nda: file.nda,
        nda_region: file.nda_region,
        exempt_since: file.exempt_since,
        ..InvoiceRules::default()
    };
    let value = serde_json::to_value(&rules)?;
    let mut tx = stage.app.begin(people.manager.clone()).await?;
    settings::actions::change(&mut tx, Key::InvoiceRules, None, Some(&value)).await.context("settings")?;
    tx.commit().await?;
    for one in &file.handbook {
        let content = blank_pdf(&one.kind.word());
        let kept = Kept {
            file_name: one.file_name.clone(),
            size: i64::try_from(content.len())?,
            sha256: stage.app.storage.put(content).await?,
            media_type: "application/pdf",
        };
        let mut tx = stage.app.begin(people.manager.clone()).await?;
        let added = actions::add_handbook(&mut tx, one.kind, stage.day(one.days_ago), &kept).await;
        added.with_context(|| one.file_name.clone())?;
        tx.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_may_be_printed() {
        let file: File = toml::from_str(include_str!("data/declaration.toml")).unwrap();
        let rules = InvoiceRules {
            nda: file.nda,
            nda_region: file.nda_region,
            exempt_since: file.exempt_since,
            ..InvoiceRules::default()
        };
        assert!(rules.faults().is_empty());
        assert!(rules.nda_mention().is_some() && rules.exempt_from().is_some());
        for kind in HandbookKind::all() {
            assert!(file.handbook.iter().any(|one| one.kind == kind), "no {kind}");
        }
    }
}
