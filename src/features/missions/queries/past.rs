//! Missions as they were at the end of a day that is behind: where each stood, from the journal, and who had it, from the
//! offers.

use std::collections::HashMap;

use entity::ids::{ExpertId, MissionId};
use entity::mission::{self, Column, MissionState};
use entity::mission_offer::{self, OfferState};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use time::{Date, OffsetDateTime};

use super::Filter;
use crate::authz::{Actor, visible};
use crate::db;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::state::is_vacant;

/// What a mission was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Was {
    state: MissionState,
    /// Whom it was offered to last, or who held it.
    expert: ExpertId,
    ends_at: OffsetDateTime,
}

/// The missions that existed at the end of a day in Paris.
#[derive(Clone, Debug)]
pub(super) struct Past {
    end: OffsetDateTime,
    missions: HashMap<MissionId, Was>,
}

#[derive(FromQueryResult)]
struct Row {
    id: MissionId,
    expert_id: ExpertId,
    created_at: entity::Instant,
    ends_at: entity::Instant,
    done_at: Option<entity::Instant>,
    external_ref: Option<String>,
}

impl Row {
    /// Its state at an instant, from the word of the journal: offered until its first step; what came from a file, since
    /// it took place.
    fn state(&self, word: Option<&String>, end: OffsetDateTime) -> Option<MissionState> {
        if self.external_ref.is_some() {
            return self.done_at.filter(|at| **at < end).map(|_| MissionState::Settled);
        }
        let told = word.and_then(|word| MissionState::from_word(word));
        (*self.created_at < end).then(|| told.unwrap_or(MissionState::Proposed))
    }
}

/// A mission and its offers as they were at the end of a day that is behind. Its dates, its place and its money are those
/// of today.
///
/// # Errors
/// [`MissionError::NotFound`] when it did not exist yet, or was somebody else's; what the database answers.
pub async fn as_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    found: &Dossier,
    day: Date,
) -> Result<Dossier, MissionError> {
    let past = on(conn, actor, day, Some(found.mission.id)).await?;
    let mut row = found.mission.clone();
    if !past.missions.contains_key(&row.id) {
        return Err(MissionError::NotFound);
    }
    past.put_back(&mut row);
    let mut was = Dossier::around(conn, row).await?;
    let mission = &was.mission;
    was.offers.retain(|offer| offer.sent_at.is_some_and(|at| *at < past.end));
    for offer in &mut was.offers {
        past.put_back_offer(offer, mission);
    }
    Ok(was)
}

/// Reads them back, or one alone. Whoever is not of the team finds only what they had themselves.
///
/// # Errors
/// What the database answers.
pub(super) async fn on(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    day: Date,
    only: Option<MissionId>,
) -> Result<Past, db::Error> {
    let seen = || {
        let seen = mission::Entity::find().filter(visible::missions(actor));
        let seen = match only {
            Some(id) => seen.filter(Column::Id.eq(id)),
            None => seen,
        };
        seen.select_only()
    };
    let end = db::end_in_paris(day);
    let columns = [
        Column::Id,
        Column::ExpertId,
        Column::CreatedAt,
        Column::EndsAt,
        Column::DoneAt,
        Column::ExternalRef,
    ];
    let rows: Vec<Row> = seen().columns(columns).into_model().all(conn).await?;
    let words = db::states_on(conn, "mission", seen().column(Column::Id).into_query(), day).await?;
    let offers: Vec<(MissionId, ExpertId)> = mission_offer::Entity::find()
        .select_only()
        .columns([mission_offer::Column::MissionId, mission_offer::Column::ExpertId])
        .filter(mission_offer::Column::MissionId.in_subquery(seen().column(Column::Id).into_query()))
        .filter(mission_offer::Column::SentAt.lt(entity::Instant::from(end)))
        .order_by_asc(mission_offer::Column::SentAt)
        .order_by_asc(mission_offer::Column::Position)
        .into_tuple()
        .all(conn)
        .await?;
    let had: HashMap<MissionId, ExpertId> = offers.into_iter().collect();
    let was = |row: Row| {
        let state = row.state(words.get(&row.id.0), end)?;
        let expert = had.get(&row.id).copied().unwrap_or(row.expert_id);
        Some((row.id, Was { state, expert, ends_at: *row.ends_at }))
    };
    let mut missions: HashMap<MissionId, Was> = rows.into_iter().filter_map(was).collect();
    if !actor.is_staff() {
        missions.retain(|_, was| actor.expert() == Some(was.expert));
    }
    Ok(Past { end, missions })
}

impl Past {
    /// The keys of those that a filter keeps, as they were.
    pub(super) fn kept(&self, filter: &Filter) -> Vec<MissionId> {
        let kept = |was: &Was| {
            let over = was.state == MissionState::InProgress && was.ends_at < self.end;
            let awaited = was.state == MissionState::Done || over;
            (filter.states.is_empty() || filter.states.contains(&was.state))
                && filter.expert.is_none_or(|expert| expert == was.expert)
                && (!filter.vacant || is_vacant(was.state))
                && filter.report_awaited.is_none_or(|(wanted, _)| wanted == awaited)
        };
        self.missions.iter().filter(|(_, was)| kept(was)).map(|(id, _)| *id).collect()
    }

    /// A mission as it was: what came since is not told. Its dates are those of today.
    pub(super) fn put_back(&self, row: &mut mission::Model) {
        let Some(was) = self.missions.get(&row.id) else { return };
        let before = |at: Option<entity::Instant>| at.filter(|at| **at < self.end);
        if row.state != was.state || row.expert_id != was.expert {
            row.reason = None;
            row.tie_override = None;
        }
        row.state = was.state;
        row.expert_id = was.expert;
        row.accepted_at = before(row.accepted_at);
        row.done_at = before(row.done_at);
        row.reported_at = before(row.reported_at);
        if row.reported_at.is_none() && row.external_ref.is_none() {
            row.report = None;
        }
        row.satisfaction = None;
        row.deadline_at = None;
    }

    /// An offer that had left, as it was: an answer that came since is not told.
    fn put_back_offer(&self, row: &mut mission_offer::Model, mission: &mission::Model) {
        if row.answered_at.is_some_and(|at| *at < self.end) {
            return;
        }
        let held = mission.state != MissionState::Proposed && mission.expert_id == row.expert_id;
        // The answer of whoever gave the mission up later stands where the acceptance stood.
        row.state = if held { OfferState::Accepted } else { OfferState::Sent };
        row.answered_at = mission.accepted_at.filter(|_| held);
        row.decline_reason = None;
        row.note = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use uuid::Uuid;

    #[test]
    fn a_mission_is_offered_until_its_first_step_and_one_of_a_file_is_settled_since_its_end() {
        use MissionState as S;
        let at = datetime!(2025-03-03 16:00 UTC);
        let (eve, after) = (datetime!(2025-03-02 23:00 UTC), datetime!(2025-03-03 23:00 UTC));
        let row = |external_ref: Option<&str>| Row {
            id: Uuid::from_u128(1).into(),
            expert_id: Uuid::from_u128(2).into(),
            created_at: at.into(),
            ends_at: at.into(),
            done_at: Some(at.into()),
            external_ref: external_ref.map(str::to_owned),
        };
        for (from_file, word, end, expected) in [
            (None, None, eve, None),
            (None, None, after, Some(S::Proposed)),
            (None, Some("accepted"), after, Some(S::Accepted)),
            (Some("J-1"), None, eve, None),
            (Some("J-1"), Some("settled"), after, Some(S::Settled)),
        ] {
            let word = word.map(str::to_owned);
            assert_eq!(row(from_file).state(word.as_ref(), end), expected, "{from_file:?} {word:?} {end}");
        }
    }
}
