//! What missions cost: claims in each state, with a receipt that holds nobody's papers.

use anyhow::Context;
use entity::ids::MissionId;
use entity::mission;
use sea_orm::EntityTrait;

use super::labels::{LUNCH, LUNCH_TOO_DEAR, RECEIPT_UNREADABLE, WAY_AND_BACK};
use super::requests::Story;
use super::steps::blank_pdf;
use crate::features::missions::actions::expenses::{self, NewReceipt, TypedExpense};
use crate::features::missions::wording;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::iso;

/// The expert claims kilometres and a lunch, and gives a receipt.
pub(super) async fn claim(story: &Story<'_>, expert: &str, id: MissionId) -> anyhow::Result<()> {
    let app = story.stage.app;
    let (_, own) = story.controllers.get(expert).context("no account")?;
    let found = mission::Entity::find_by_id(id).one(app.db.bookkeeping()).await?;
    let mission = found.context("no mission")?;
    let content = blank_pdf(&mission.number);
    let receipt = NewReceipt {
        file_name: "dejeuner.pdf".to_owned(),
        size: i64::try_from(content.len())?,
        sha256: app.storage.put(content).await?,
        media_type: "application/pdf",
    };
    let mut tx = app.begin(own.clone()).await?;
    let receipt = expenses::add_receipt(&mut tx, id, receipt).await?;
    tx.commit().await?;
    let day = iso(wording::local_date(*mission.starts_at, &mission.zone));
    let line = |kind: &str, quantity: &str, amount: &str, label: &str| TypedExpense {
        spent_on: day.clone(),
        kind: kind.to_owned(),
        quantity: quantity.to_owned(),
        amount: amount.to_owned(),
        label: label.to_owned(),
        receipt: receipt.to_string(),
    };
    let lines = [line("mileage", "164", "", WAY_AND_BACK), line("meal", "1", "21,40", LUNCH)];
    let mut tx = app.begin(own.clone()).await?;
    expenses::claim(&mut tx, id, None, &lines, LUNCH_TOO_DEAR, None).await?;
    Ok(tx.commit().await?)
}

/// The team sends the claim back.
pub(super) async fn return_claim(story: &Story<'_>, id: MissionId) -> anyhow::Result<()> {
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    expenses::return_claim(&mut tx, id, None, RECEIPT_UNREADABLE).await?;
    Ok(tx.commit().await?)
}

/// The team says that the service was done.
pub(super) async fn certify(story: &Story<'_>, id: MissionId) -> anyhow::Result<()> {
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    expenses::certify(&mut tx, id, None).await?;
    Ok(tx.commit().await?)
}

/// A manager pays, the day it is recorded.
pub(super) async fn settle(story: &Story<'_>, id: MissionId) -> anyhow::Result<()> {
    let today = wording::local_date(story.stage.app.now(), PARIS);
    let reference = format!("VIR-{}-{:02}", today.year(), u8::from(today.month()));
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    expenses::settle(&mut tx, &[id], &iso(today), &reference).await?;
    Ok(tx.commit().await?)
}
