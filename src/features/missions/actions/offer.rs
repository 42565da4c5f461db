//! Offers a mission that nobody has to the first of some people, the others kept in this order.

use std::collections::BTreeSet;

use entity::ids::{ExpertId, MissionId};
use entity::mission;

use super::seat::refuse_others;
use super::{keep_waiting, pass_on};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::dossier::{Dossier, locked_expert};
use crate::features::missions::standing::{self, Need};
use crate::features::missions::state::Step;
use crate::features::missions::{MissionError, labels};
use crate::features::settings;

/// Most people kept in line.
const MOST: usize = 20;

/// Offers the mission to the first person of the list; the next ones are asked in their order, each when the one
/// before declines or does not answer within some hours (none for the usual ones).
///
/// # Errors
/// Nobody named; someone who may not hold it, in words; a warning without a reason; the refusals of every act.
pub async fn offer(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    people: &[(ExpertId, Option<String>)],
    hours: Option<u16>,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionManage, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Offer)?;
    refuse_others(tx, id).await?;
    if *dossier.mission.starts_at <= tx.now() {
        return Err(MissionError::fault("", "in-the-past", labels::faults::ALREADY_STARTED));
    }
    substitutes(tx, &dossier, people).await?;
    let hours = answer_hours(tx, hours).await?;
    keep_waiting(tx, &mut dossier, people, hours).await?;
    if pass_on(tx, &grant, &mut dossier).await? {
        return Ok(dossier.mission);
    }
    Err(MissionError::fault("/expert_ids", "missing", labels::faults::NOBODY_CHOSEN))
}

/// How many hours each person has to answer.
pub(super) async fn answer_hours(tx: &Tx, hours: Option<u16>) -> Result<u16, MissionError> {
    let rules = settings::mission_rules(tx.conn()).await?;
    let hours = hours.unwrap_or(rules.substitute_hours);
    if !(1..=240).contains(&hours) {
        return Err(MissionError::fault("/hours", "out-of-bounds", labels::faults::HOURS_OUT_OF_BOUNDS));
    }
    Ok(hours)
}

/// Refuses people who may not hold the mission, each with the reasons.
///
/// # Errors
/// Nobody named, someone twice, someone who may not.
pub async fn substitutes(
    tx: &Tx,
    dossier: &Dossier,
    people: &[(ExpertId, Option<String>)],
) -> Result<(), MissionError> {
    if people.is_empty() || people.len() > MOST {
        return Err(MissionError::fault("/expert_ids", "missing", labels::faults::NOBODY_CHOSEN));
    }
    let each: BTreeSet<ExpertId> = people.iter().map(|(id, _)| *id).collect();
    if each.len() < people.len() {
        return Err(MissionError::fault("/expert_ids", "twice", labels::faults::SOMEONE_TWICE));
    }
    // Always in one order, so that two lists of the same people never wait for each other.
    for id in each {
        locked_expert(tx, id).await?;
    }
    let need = Need::of(dossier);
    for (id, reason) in people {
        let expert = locked_expert(tx, *id).await?;
        let found = standing::of(tx.conn(), &need, &expert, tx.now()).await?;
        let named = |reasons: Vec<String>| {
            let name = expert.name();
            reasons.into_iter().map(|reason| labels::refusals::about(&name, &reason)).collect()
        };
        match found.check(reason.as_deref()) {
            Err(MissionError::NotEntitled(reasons)) => return Err(MissionError::NotEntitled(named(reasons))),
            Err(MissionError::Warned(reasons)) => return Err(MissionError::Warned(named(reasons))),
            other => other?,
        }
    }
    Ok(())
}
