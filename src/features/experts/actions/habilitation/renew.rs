//! Renews an habilitation: a new period after the one that runs, when the conditions are met or set aside with a reason.

use entity::habilitation;
use entity::ids::HabilitationId;

use super::jury::longest;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::features::experts::{ExpertError, actions, input, renewal};
use crate::features::settings;
use crate::rules::period::Period;

/// Gives a new period, from the day after the last one or from today when that day is behind.
///
/// # Errors
/// The conditions that are not met, in words, unless `waiver` says why they are set aside; every fault; the refusals
/// of every act.
pub async fn renew(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    ends_on: &str,
    waiver: &str,
) -> Result<habilitation::Model, ExpertError> {
    let opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::Renew)?;
    let rules = settings::renewal_rules(tx.conn()).await?;
    let conditions = renewal::conditions(tx.conn(), &opened.file, opened.today, &rules).await?;
    let unmet: Vec<_> = conditions.iter().filter(|one| !one.met).map(renewal::sentence).collect();
    if !unmet.is_empty() && waiver.trim().is_empty() {
        let detail = "Les conditions du renouvellement ne sont pas réunies.";
        return Err(ExpertError::blocked("habilitation-renewal-conditions", detail, unmet));
    }
    let mut faults = Faults::default();
    let waiver = input::text("/waiver", waiver, 2000, &mut faults);
    let until = faults.optional_date("/ends_on", ends_on);
    let last = opened.rights(tx).await?.iter().filter_map(|held| held.right.ends_on).max();
    let usual = renewal::next_period(last, opened.today, rules.years);
    let period = until.and_then(|until| match until {
        None => Some(usual),
        Some(until) => faults.read("/ends_on", Period::new(usual.from(), until), |_| "dates-reversed"),
    });
    if let Some(period) = period {
        longest(period, rules.years, &mut faults);
    }
    let (period, waiver) = faults.or(period.zip(waiver))?;
    actions::hold(tx, &opened.grant, &opened.expert, &opened.file, period).await?;
    opened.step(tx, Step::Renew, What::Renewed { period, waiver, unmet }).await
}
