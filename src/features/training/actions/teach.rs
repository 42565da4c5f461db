//! Who teaches: their half-days are taken, as by a mission, and they hold on each day the right that the programme asks for.

use std::collections::HashSet;

use entity::ids::{ExpertId, TrainingSessionId, TrainingSlotId};
use entity::training_trainer::{self, TrainerStanding};
use entity::{expert, training_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::Date;

use super::super::events::{Change, Told, What};
use super::super::input::{self, TypedTeaching};
use super::super::load::{self, Slot, Whole};
use super::super::state::may_be_taught_by_others;
use super::super::{TrainingError, labels};
use super::{open, places};
use crate::authz::Permission;
use crate::db::Tx;

/// Somebody teaches on half-days of a session, all of them when none is told; they are written to.
///
/// # Errors
/// Every fault; [`TrainingError::NoRight`], [`TrainingError::TrainerTaken`]; the state, [`TrainingError::Stale`], the
/// refusal of the policy, what the database answers.
pub async fn assign(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    typed: &TypedTeaching,
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    if !may_be_taught_by_others(opened.whole.session.state) {
        return Err(TrainingError::Fixed);
    }
    let standing = typed.standing()?;
    let found = expert::Entity::find_by_id(typed.expert).one(tx.conn()).await?;
    let unknown = || TrainingError::fault("/expert_id", "unknown", labels::faults::UNKNOWN_EXPERT);
    let person = found.ok_or_else(unknown)?;
    let wanted = wanted(&opened.whole, typed)?;
    let days: Vec<Date> = wanted.iter().map(|slot| slot.row.day).collect();
    let lacking = load::days_without_right(tx.conn(), &opened.whole.programme, person.id, &days).await?;
    if !lacking.is_empty() {
        let name = person.name();
        let told = lacking.into_iter().map(|day| labels::faults::no_right(&name, day)).collect();
        return Err(TrainingError::NoRight(told));
    }
    let half_days: Vec<_> = wanted.iter().map(Slot::half_day).collect();
    places::hold_person(tx, id, (person.id, person.name()), &half_days).await?;
    let slots: Vec<TrainingSlotId> = wanted.iter().map(|slot| slot.row.id).collect();
    for slot in &slots {
        insert(tx, *slot, person.id, standing).await?;
    }
    opened.save(tx, |session| session.sequence += 1).await?;
    opened.read_again(tx).await?;
    let told = Told::trainer(&opened.whole, person.id, Change::Assigned);
    opened.record(tx, What::TrainerAssigned { expert: person.id, slots }, told, None).await
}

/// The half-days that are asked for and that the person does not teach yet.
fn wanted(whole: &Whole, typed: &TypedTeaching) -> Result<Vec<Slot>, TrainingError> {
    if whole.slots.is_empty() {
        return Err(TrainingError::fault("/slot_ids", "missing", labels::SLOTS_WANTED));
    }
    let asked: HashSet<TrainingSlotId> = typed.slots.iter().copied().collect();
    let known: HashSet<TrainingSlotId> = whole.slots.iter().map(|slot| slot.row.id).collect();
    if !asked.is_subset(&known) {
        return Err(TrainingError::fault("/slot_ids", "unknown", labels::faults::UNKNOWN_SLOT));
    }
    let teaches = |slot: &Slot| slot.trainers.iter().any(|one| one.row.expert_id == typed.expert);
    let wanted: Vec<Slot> = whole
        .slots
        .iter()
        .filter(|slot| (asked.is_empty() || asked.contains(&slot.row.id)) && !teaches(slot))
        .cloned()
        .collect();
    if wanted.is_empty() {
        return Err(TrainingError::fault("/expert_id", "already-teaches", labels::faults::ALREADY_TEACHES));
    }
    Ok(wanted)
}

async fn insert(
    tx: &Tx,
    slot: TrainingSlotId,
    expert: ExpertId,
    standing: TrainerStanding,
) -> Result<(), TrainingError> {
    let row = training_trainer::Model {
        id: tx.new_id(),
        slot_id: slot,
        expert_id: expert,
        standing,
        signature: String::new(),
        signed_at: None,
        removed_at: None,
    };
    let active = row.into_active_model().reset_all();
    training_trainer::Entity::insert(active).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Somebody does not teach any more on what they have not signed yet; they are told, and their half-days are free.
///
/// # Errors
/// No reason, somebody who does not teach; the state, [`TrainingError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn remove(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    person: ExpertId,
    why: &str,
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    if !may_be_taught_by_others(opened.whole.session.state) {
        return Err(TrainingError::Fixed);
    }
    let reason = input::reason(why)
        .map_err(|error| TrainingError::fault("/reason", error.code(), error.to_string()))?;
    let own: Vec<(TrainingSlotId, _)> = opened
        .whole
        .slots_of(person)
        .filter(|slot| {
            slot.trainers.iter().any(|one| one.row.expert_id == person && one.row.signed_at.is_none())
        })
        .map(|slot| (slot.row.id, slot.half_day()))
        .collect();
    if own.is_empty() {
        return Err(TrainingError::fault("/expert_id", "teaches-nothing", labels::faults::TEACHES_NOTHING));
    }
    opened.save(tx, |session| session.sequence += 1).await?;
    let told = Told::trainer(&opened.whole, person, Change::Removed);
    training_trainer::Entity::update_many()
        .col_expr(training_trainer::Column::RemovedAt, Expr::value(Some(tx.instant())))
        .filter(training_trainer::Column::SlotId.is_in(own.iter().map(|(slot, _)| *slot)))
        .filter(training_trainer::Column::ExpertId.eq(person))
        .filter(training_trainer::Column::RemovedAt.is_null())
        .exec(tx.conn())
        .await?;
    let half_days: Vec<_> = own.iter().map(|(_, half_day)| *half_day).collect();
    places::release_person(tx, id, person, &half_days).await?;
    opened.read_again(tx).await?;
    opened.record(tx, What::TrainerRemoved { expert: person, reason: &reason }, told, None).await
}
