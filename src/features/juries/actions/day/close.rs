//! What the day leaves when its deliberation is closed (S15), before its minutes are frozen.

use entity::ids::JuryPassageId;
use entity::jury_ruling;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::super::JuryError;
use super::super::super::day::Day;
use super::super::super::load::{Passing, Whole};
use super::super::expect_nobody;
use crate::db::Tx;

/// Writes what is known of each unit of those who came, so that nothing has to be computed again after the minutes, and
/// expects nobody any more. Gives the session back, with the units of which an observation lacks, in words.
///
/// # Errors
/// What the database answers.
pub async fn conclude(tx: &Tx, whole: Whole) -> Result<(Whole, Vec<String>), JuryError> {
    let mut day = Day::around(tx.conn(), whole, tx.now()).await?;
    let lacking = day.unobserved();
    keep_units(tx, &mut day).await?;
    expect_nobody(tx, &mut day.whole).await?;
    Ok((day.whole, lacking))
}

/// Those who came, in the order of the keys of the candidates.
fn came(day: &Day) -> Vec<JuryPassageId> {
    let mut came: Vec<&Passing> = day.whole.came().collect();
    came.sort_by_key(|one| one.candidate.id);
    came.into_iter().map(|one| one.row.id).collect()
}

async fn keep_units(tx: &Tx, day: &mut Day) -> Result<(), JuryError> {
    for id in came(day) {
        let units = day.outcome(day.whole.passing(id)?).units;
        for unit in units {
            let Some(acquired) = unit.acquired else { continue };
            if day.ruling(id, &unit.code).is_some() {
                continue;
            }
            let row = jury_ruling::Model {
                id: tx.new_id(),
                passage_id: id,
                unit: unit.code,
                acquired,
                comment: String::new(),
            };
            let insert = jury_ruling::Entity::insert(row.clone().into_active_model().reset_all());
            insert.exec_without_returning(tx.conn()).await?;
            day.rulings.push(row);
        }
    }
    Ok(())
}
