//! Files of habilitation as they were at the end of a day that is behind: the state from the journal, or from the rights for
//! one that was given before Parchemin.

use std::collections::HashMap;

use entity::habilitation::{self, HabilitationState};
use entity::ids::HabilitationId;
use sea_orm::{Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::{Date, OffsetDateTime};

use super::habilitations::{Path, progress_of};
use super::{Habilitation, with_rights};
use crate::db;
use crate::rules::habilitation_path::PathRules;
use crate::rules::right::Standing;

/// The state of each of these files that existed at the end of a day in Paris.
///
/// # Errors
/// What the database answers.
pub(super) async fn states_on(
    conn: &impl ConnectionTrait,
    files: Condition,
    day: Date,
) -> Result<HashMap<HabilitationId, HabilitationState>, db::Error> {
    let files = || habilitation::Entity::find().filter(files.clone());
    let subjects = files().select_only().column(habilitation::Column::Id).into_query();
    let words = db::states_on(conn, "habilitation", subjects, day).await?;
    let found = with_rights(conn, files().all(conn).await?).await?;
    let state = |one: &Habilitation| {
        let told = words.get(&one.file.id.0).and_then(|word| HabilitationState::from_word(word));
        let standings = one.rights.iter().map(|held| held.standing_on(day));
        Some((one.file.id, told.or_else(|| recorded(standings))?))
    };
    Ok(found.iter().filter_map(state).collect())
}

/// The state of a file that no act had moved yet, from where its rights stand: none when they were all ahead.
fn recorded(standings: impl Iterator<Item = Standing>) -> Option<HabilitationState> {
    let standings: Vec<Standing> = standings.collect();
    if standings.iter().any(|one| one.is_valid()) {
        Some(HabilitationState::Active)
    } else if standings.contains(&Standing::Suspended) {
        Some(HabilitationState::Suspended)
    } else {
        standings.contains(&Standing::Ended).then_some(HabilitationState::Expired)
    }
}

/// The file as it was: what came since is not told, nor what was planned.
pub(super) fn put_back(found: &mut Path, rules: &PathRules, state: HabilitationState, end: OffsetDateTime) {
    use HabilitationState as S;
    let before = |at: Option<entity::Instant>| at.filter(|at| **at < end);
    let file = &mut found.habilitation.file;
    file.state = state;
    file.charter_signed_at = before(file.charter_signed_at);
    file.deferred_at = before(file.deferred_at);
    if file.deferred_at.is_none() {
        file.redo.clear();
    }
    file.decided_at = before(file.decided_at);
    if file.decided_at.is_none() {
        file.decision_text.clear();
    }
    if matches!(state, S::Applied | S::InTraining) {
        file.jury_on = None;
        file.jury_at = None;
        file.jury_place = None;
        file.jury.clear();
    }
    if state == S::Applied {
        file.senior_id = None;
        file.action_plan.clear();
        found.senior = None;
    }
    file.withdrawal_asked_at = before(file.withdrawal_asked_at);
    if file.withdrawal_asked_at.is_none() {
        file.withdrawal_reason = None;
        file.withdrawal_asked_by = None;
    }
    file.withdrawal_answered_at = before(file.withdrawal_answered_at);
    if file.withdrawal_answered_at.is_none() {
        file.withdrawal_answer = None;
    }
    found.steps.retain(|step| *step.logged_at < end);
    found.progress = progress_of(rules, &found.habilitation.file, &found.steps);
    found.asked.clear();
    found.documents.retain(|row| *row.created_at < end);
    found.planned.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_given_before_parchemin_is_what_its_rights_were() {
        use HabilitationState as S;
        for (standings, expected) in [
            (vec![], None),
            (vec![Standing::ToCome], None),
            (vec![Standing::Ended, Standing::InForce], Some(S::Active)),
            (vec![Standing::Ended, Standing::Suspended], Some(S::Suspended)),
            (vec![Standing::Ended, Standing::ToCome], Some(S::Expired)),
        ] {
            assert_eq!(recorded(standings.iter().copied()), expected, "{standings:?}");
        }
    }
}
