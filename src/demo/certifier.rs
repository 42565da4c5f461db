//! What the certifying body holds: its Qualiopi certificate, and an insurance each year.

use super::people::People;
use super::{Stage, labels};
use crate::features::rights::actions;
use crate::features::rights::input::TypedRecord;
use crate::features::rights::{Holder, RightKind};
use crate::rules::period::Period;
use crate::rules::typed_date::iso;

/// One paper: it is recorded on its first day.
#[derive(Clone, Copy)]
pub(super) struct Paper {
    /// Days before the loading at which it begins.
    pub(super) days_ago: i64,
    months: u16,
    kind: RightKind,
    number: &'static str,
    issuer: &'static str,
}

/// Every paper; the insurance of this year is to be renewed.
pub(super) const PAPERS: [Paper; 3] = [
    Paper {
        days_ago: 690,
        months: 36,
        kind: RightKind::Qualiopi,
        number: "2023-OF-0142",
        issuer: labels::QUALIOPI_ISSUER,
    },
    Paper {
        days_ago: 690,
        months: 12,
        kind: RightKind::Insurance,
        number: "RC-451-A",
        issuer: labels::INSURER,
    },
    Paper {
        days_ago: 324,
        months: 12,
        kind: RightKind::Insurance,
        number: "RC-451-B",
        issuer: labels::INSURER,
    },
];

/// Records one.
pub(super) async fn record(stage: &Stage<'_>, people: &People, paper: Paper) -> anyhow::Result<()> {
    let period = Period::months(stage.day(paper.days_ago), paper.months);
    let typed = TypedRecord {
        number: paper.number.to_owned(),
        issuer: paper.issuer.to_owned(),
        starts_on: iso(period.from()),
        ends_on: iso(period.until()),
    };
    let mut tx = stage.app.begin(people.manager.clone()).await?;
    actions::record(&mut tx, Holder::certifier(), paper.kind, &typed).await?;
    Ok(tx.commit().await?)
}
