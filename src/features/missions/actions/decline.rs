//! The person declines: the next one in line is asked, or the team is told. A tie that they decline for is declared.

use entity::ids::MissionId;
use entity::{declared_interest, mission};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::{Via, answered, close_offer, first_able, record, send, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::input::Refusal;
use crate::features::missions::labels;
use crate::features::missions::state::Step;
use crate::features::missions::state::offer::OfferStep;
use crate::features::ties;
use crate::features::ties::input::TypedInterest;

/// Most letters of what a tie is exactly.
const LONGEST_DETAIL: usize = 500;

/// Declines the mission.
///
/// # Errors
/// An offer that is over; the refusals of every act.
pub async fn decline(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    refusal: &Refusal,
    via: Via,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionAnswer, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Decline)?;
    answered(&dossier, via, tx.now())?;
    let note = Some(refusal.note.clone()).filter(|note| !note.is_empty());
    let offer = close_offer(tx, &mut dossier, OfferStep::Decline, |offer| {
        offer.decline_reason = Some(refusal.reason);
        offer.note = note;
    })
    .await?;
    let words = labels::refusals::refusal(refusal.reason, &refusal.note);
    let reason = words.clone();
    let line = step(tx, &mut dossier, Step::Decline, |mission| mission.reason = Some(reason)).await?;
    let next = first_able(tx, &mut dossier).await?;
    let what = What::Declined { offer: &offer, words: &words, next: next.is_some(), via };
    record(tx, &grant, &dossier, line, what).await?;
    declare(tx, &dossier, refusal).await?;
    if let Some((next, expert)) = next {
        send(tx, &grant, &mut dossier, &next, expert).await?;
    }
    Ok(dossier.mission)
}

/// Declares the tie that the person declines for, unless they had declared it: it weighs on the missions to come.
async fn declare(tx: &mut Tx, dossier: &Dossier, refusal: &Refusal) -> Result<(), MissionError> {
    use declared_interest::Column;
    let (Some(tie), Some(structure)) = (refusal.tie, dossier.mission.structure_id) else { return Ok(()) };
    let known = declared_interest::Entity::find()
        .filter(Column::ExpertId.eq(dossier.expert.id))
        .filter(Column::StructureId.eq(structure))
        .filter(Column::Tie.eq(tie))
        .filter(Column::VoidedAt.is_null())
        .filter(Condition::any().add(Column::Until.is_null()).add(Column::Until.gte(tx.app().today())))
        .one(tx.conn())
        .await?;
    if known.is_some() {
        return Ok(());
    }
    let words = refusal.note.split_whitespace().collect::<Vec<_>>().join(" ");
    let typed = TypedInterest {
        structure,
        tie,
        since: String::new(),
        until: String::new(),
        detail: words.chars().take(LONGEST_DETAIL).collect(),
        declared_on: String::new(),
    };
    ties::actions::declare_interest(tx, dossier.expert.id, &typed).await?;
    Ok(())
}
