//! Who would sit again too early after a decision (domain reference, 1.11).

use entity::result_rules;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::super::load::Whole;
use super::super::{JuryError, deadlines, labels, wording};
use crate::features::candidates::resit::not_before;
use crate::rules::referential::ResultRules;

/// The candidates who may not sit yet on the day of a session, each in words; nobody while it has no date.
pub(super) async fn too_soon(conn: &impl ConnectionTrait, whole: &Whole) -> Result<Vec<String>, JuryError> {
    let Some(day) = deadlines::day(&whole.session) else { return Ok(Vec::new()) };
    let rules = match whole.session.referential_id {
        Some(id) => result_rules::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    let gap = rules.map_or_else(|| ResultRules::default().resit_gap_months, |row| row.resit_gap_months);
    let early = whole.passages.iter().filter_map(|one| {
        let row = &one.candidate;
        let first = not_before(row.decision, row.decided_on, gap).filter(|first| day < *first)?;
        Some(labels::lacks::too_soon(&wording::name(row), first))
    });
    Ok(early.collect())
}
