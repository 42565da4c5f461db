//! The candidates of a session, in their order.

use std::collections::HashMap;

use entity::candidate::{self, CandidateState};
use entity::ids::{CandidateId, CertificationVersionId, JurySessionId};
use entity::jury_passage::{self, Presence};
use entity::jury_session::{self, JuryState};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::super::load::{Passing, Whole};
use super::super::state::takes_candidates;
use super::super::{JuryError, What, input, labels, schedule};
use super::gap::too_soon;
use super::{give_turns, open, save};
use crate::authz::Permission;
use crate::db::{self, Tx};
use crate::error::{Fault, Faults};
use crate::rules::engagement::taken;

/// Gives a session the candidates that it hears, in this order; those who are not named go out.
///
/// # Errors
/// Every fault; a list that does not change any more; [`JuryError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn choose(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    candidates: &[CandidateId],
) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, seen, Permission::JuryCandidates).await?;
    if !takes_candidates(opened.whole.session.state) {
        return Err(JuryError::ListClosed);
    }
    if candidates.is_empty() && opened.whole.session.state == JuryState::Confirmed {
        return Err(JuryError::fault("/candidates", "missing", labels::faults::NOBODY_LEFT));
    }
    room_for(&opened.whole, candidates.len(), "/candidates")?;
    let version = opened.whole.session.certification_version_id;
    let chosen = chosen(tx, Some(id), version, candidates).await?;
    let before: Vec<_> = opened.whole.passages.iter().map(|one| one.candidate.id).collect();
    let added = candidates.iter().filter(|id| !before.contains(id)).copied().collect();
    let removed = before.into_iter().filter(|id| !candidates.contains(id)).collect();
    seat(tx, &mut opened.whole, chosen).await?;
    if opened.whole.session.state == JuryState::Confirmed {
        let early = too_soon(tx.conn(), &opened.whole).await?;
        if !early.is_empty() {
            return Err(JuryError::Lacking(early));
        }
    }
    // Whoever is named is expected: the number follows when the list outgrows it.
    let named = i32::try_from(candidates.len()).unwrap_or(i32::MAX);
    save(tx, &mut opened.whole, |session| session.expected = session.expected.max(named)).await?;
    let name = ("jury.candidates_chosen", "JUR_CANDIDATES");
    opened.record_act(tx, name, What::CandidatesChosen { added, removed }).await
}

/// Refuses more candidates than the half-days of a session take.
pub(super) fn room_for(whole: &Whole, count: usize, pointer: &str) -> Result<(), JuryError> {
    let Some((from, until)) = whole.session.starts_at.zip(whole.session.ends_at) else { return Ok(()) };
    let most = schedule::most(&whole.rules, taken(*from, *until, &whole.session.zone).len());
    if count > most {
        return Err(JuryError::fault(pointer, "too-many", labels::faults::too_many(most)));
    }
    Ok(())
}

/// The candidates of these keys, in their order: each admitted for the version, and expected nowhere else. A structure names
/// its own alone.
pub(super) async fn chosen(
    tx: &Tx,
    session: Option<JurySessionId>,
    version: CertificationVersionId,
    candidates: &[CandidateId],
) -> Result<Vec<candidate::Model>, JuryError> {
    let mut faults = Faults::default();
    input::order("/candidates", candidates, &mut faults);
    faults.or(Some(()))?;
    let rows = candidate::Entity::find()
        .filter(candidate::Column::Id.is_in(candidates.iter().copied()))
        .all(tx.conn())
        .await?;
    let mut rows: HashMap<CandidateId, candidate::Model> =
        rows.into_iter().map(|row| (row.id, row)).collect();
    let elsewhere = elsewhere(tx, session, candidates).await?;
    let staff = tx.actor().is_staff();
    let own = |row: &candidate::Model| {
        staff || tx.actor().held.iter().any(|held| held.structure == Some(row.structure_id))
    };
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for (rank, id) in candidates.iter().enumerate() {
        let row = rows.remove(id).filter(|row| row.certification_version_id == version && own(row));
        let fault = match &row {
            None => Some(("unknown", labels::faults::UNKNOWN_CANDIDATE.to_owned())),
            Some(row) if row.state != CandidateState::Admitted => {
                Some(("not-admitted", labels::faults::NOT_ADMITTED.to_owned()))
            }
            Some(_) => {
                elsewhere.get(id).map(|number| ("elsewhere", labels::faults::expected_elsewhere(number)))
            }
        };
        match fault {
            Some((code, message)) => faults.push(Fault::new(format!("/candidates/{rank}"), code, message)),
            None => found.extend(row),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults.into()) }
}

/// The numbers of the other live sessions in which some of these candidates are expected.
async fn elsewhere(
    tx: &Tx,
    session: Option<JurySessionId>,
    candidates: &[CandidateId],
) -> Result<HashMap<CandidateId, String>, JuryError> {
    use jury_passage::Column;
    let mut live = jury_passage::Entity::find()
        .filter(Column::CandidateId.is_in(candidates.iter().copied()))
        .filter(Column::Live.eq(true));
    if let Some(session) = session {
        live = live.filter(Column::SessionId.ne(session));
    }
    let live: Vec<(CandidateId, JurySessionId)> = live
        .select_only()
        .columns([Column::CandidateId, Column::SessionId])
        .into_tuple()
        .all(tx.conn())
        .await?;
    let others = jury_session::Entity::find()
        .filter(jury_session::Column::Id.is_in(live.iter().map(|(_, session)| *session)))
        .all(tx.conn())
        .await?;
    let numbers: HashMap<_, _> = others.into_iter().map(|row| (row.id, row.number)).collect();
    let told = |(candidate, session)| Some((candidate, numbers.get(&session).cloned()?));
    Ok(live.into_iter().filter_map(told).collect())
}

/// Writes the passages of these candidates, and forgets those of the others.
pub(super) async fn seat(tx: &Tx, whole: &mut Whole, chosen: Vec<candidate::Model>) -> Result<(), JuryError> {
    let session = whole.session.id;
    jury_passage::Entity::delete_many()
        .filter(jury_passage::Column::SessionId.eq(session))
        .filter(jury_passage::Column::CandidateId.is_not_in(chosen.iter().map(|row| row.id)))
        .exec(tx.conn())
        .await?;
    let mut before: HashMap<CandidateId, Passing> =
        whole.passages.drain(..).map(|one| (one.candidate.id, one)).collect();
    for candidate in chosen {
        let passing = match before.remove(&candidate.id) {
            Some(known) => known,
            None => expect(tx, session, candidate).await?,
        };
        whole.passages.push(passing);
    }
    give_turns(tx, whole).await
}

/// Expects a candidate, at the end of the list until turns are given.
async fn expect(tx: &Tx, session: JurySessionId, candidate: candidate::Model) -> Result<Passing, JuryError> {
    let row = jury_passage::Model {
        id: tx.new_id(),
        session_id: session,
        candidate_id: candidate.id,
        position: 0,
        live: true,
        attempt: candidate.attempts + 1,
        starts_at: None,
        presence: Presence::Expected,
        presence_reason: None,
        identity_document: candidate::IdentityDocument::None,
        heard_at: None,
        proposal: None,
        decision: None,
        decision_reason: None,
        recommendations: String::new(),
        observations: String::new(),
        decided_at: None,
        version: 1,
    };
    let insert = jury_passage::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await.map_err(|error| {
        // Chosen for another session at the same instant.
        if db::is_unique_violation(&error) {
            JuryError::fault("/candidates", "elsewhere", labels::faults::UNKNOWN_CANDIDATE)
        } else {
            error.into()
        }
    })?;
    Ok(Passing { row, candidate })
}
