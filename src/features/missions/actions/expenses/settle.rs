//! Everything is paid, several missions at once, or nothing is to be: the mission is over.

use std::collections::BTreeSet;

use entity::ids::MissionId;
use entity::mission::{self, MissionState};
use time::Date;

use super::super::{record, step};
use super::{moved, save_claim};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::input::reason as read_reason;
use crate::features::missions::state::claim::ClaimStep;
use crate::features::missions::state::{InvalidStep, Step};
use crate::features::missions::{MissionError, labels, wording};
use crate::rules::territory::PARIS;
use crate::rules::{line, typed_date};

/// Most missions settled at once.
const MOST: usize = 200;
/// Longest reference of a payment.
const LONGEST: usize = 200;

/// Settles missions whose service was done, all of them or none.
///
/// # Errors
/// Nothing chosen; a day or a reference that says nothing; a day before the service was said done; a claim that does not
/// wait to be paid, by the number of its mission; the refusals of every act.
pub async fn settle(
    tx: &mut Tx,
    missions: &[MissionId],
    paid_on: &str,
    payment: &str,
) -> Result<Vec<mission::Model>, MissionError> {
    // Whoever may settle nothing is told so, not what is wrong in the form.
    let _allowed = tx.authorize(Permission::MissionSettle, &Facts::default())?;
    let today = wording::local_date(tx.now(), PARIS);
    let (paid_on, payment) = read(missions, paid_on, payment, today)?;
    // Always in one order, so that two lists of the same missions never wait for each other.
    let each: BTreeSet<MissionId> = missions.iter().copied().collect();
    let mut settled = Vec::with_capacity(each.len());
    for id in each {
        settled.push(pay(tx, id, paid_on, &payment).await?);
    }
    Ok(settled)
}

fn read(
    missions: &[MissionId],
    paid_on: &str,
    payment: &str,
    today: Date,
) -> Result<(Date, String), Vec<Fault>> {
    let mut faults = Faults::default();
    if missions.is_empty() || missions.len() > MOST {
        faults.push("/mission_ids", "missing", labels::faults::NOTHING_CHOSEN);
    }
    let paid = payment_of(paid_on, payment, today, &mut faults);
    faults.or(paid)
}

/// The day and the reference of a payment that was made.
pub(super) fn payment_of(
    paid_on: &str,
    payment: &str,
    today: Date,
    faults: &mut Faults,
) -> Option<(Date, String)> {
    let day = typed_date::parse(paid_on).ok_or(labels::faults::PAYMENT_DAY_WANTED);
    let day =
        day.and_then(|day| if day > today { Err(labels::faults::PAYMENT_IN_THE_FUTURE) } else { Ok(day) });
    let day = faults.read("/paid_on", day, |_| "date");
    let payment = line::wanted(payment, LONGEST, labels::faults::PAYMENT_WANTED);
    day.zip(faults.read("/payment", payment, |error| error.code()))
}

async fn pay(
    tx: &mut Tx,
    id: MissionId,
    paid_on: Date,
    payment: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionSettle, &dossier.facts())?;
    let mut claim = moved(tx, &dossier, ClaimStep::Pay).await?;
    let certified = claim.certified_at.map(|at| wording::local_date(*at, PARIS));
    if let Some(day) = certified.filter(|day| paid_on < *day) {
        let message = labels::faults::paid_before_service(&dossier.mission.number, day);
        return Err(vec![Fault::new("/paid_on", "before-service", message)].into());
    }
    claim.paid_on = Some(paid_on);
    claim.payment = Some(payment.to_owned());
    save_claim(tx, &claim).await?;
    let line = step(tx, &mut dossier, Step::Settle, |_| {}).await?;
    record(tx, &grant, &dossier, line, What::Settled { claim: &claim }).await?;
    Ok(dossier.mission)
}

/// Settles a mission for which nothing is to be paid.
///
/// # Errors
/// An empty reason; a mission whose report is not there, or whose claim waits; the refusals of every act.
pub async fn settle_unclaimed(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    reason: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionSettle, &dossier.facts())?;
    dossier.check_version(version)?;
    let from = dossier.mission.state;
    if from != MissionState::ReportReceived {
        return Err(InvalidStep { from, step: Step::Settle }.into());
    }
    let reason = read_reason("/reason", reason, labels::faults::NOTHING_OWED_WANTS_REASON)?;
    let kept = reason.clone();
    let line = step(tx, &mut dossier, Step::Settle, |mission| mission.reason = Some(kept)).await?;
    record(tx, &grant, &dossier, line, What::NothingOwed { reason: &reason }).await?;
    Ok(dossier.mission)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    #[test]
    fn a_payment_has_missions_a_day_behind_and_a_reference() {
        let one = [MissionId(Uuid::from_u128(1))];
        let today = date!(2025 - 11 - 03);
        for (missions, paid_on, payment, pointers) in [
            (one.as_slice(), "2025-11-03", "VIR-1", vec![]),
            (one.as_slice(), "2025-11-04", "VIR-1", vec!["/paid_on"]),
            (one.as_slice(), "hier", " ", vec!["/paid_on", "/payment"]),
            ([].as_slice(), "03/11/2025", "VIR-1", vec!["/mission_ids"]),
        ] {
            let found = read(missions, paid_on, payment, today).err().unwrap_or_default();
            let found: Vec<_> = found.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(found, pointers, "{paid_on} {payment}");
        }
        assert_eq!(
            read(&one, "2025-11-02", " VIR-1 ", today),
            Ok((date!(2025 - 11 - 02), "VIR-1".to_owned()))
        );
    }
}
