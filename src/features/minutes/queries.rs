//! Reads of minutes and appeals, besides [`super::Book`].

use std::collections::HashMap;

use entity::candidate_appeal::AppealOutcome;
use entity::certificate::CertificateState;
use entity::ids::{CandidateId, DocumentId, JuryPassageId, JurySessionId};
use entity::jury_passage::Column as PassageColumn;
use entity::jury_session::{Column, JuryState};
use entity::{
    account, candidate, candidate_appeal, certificate, certification_version, document, jury_code,
    jury_minutes, jury_passage, jury_session, structure,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::deadlines::{self, Wait};
use super::load::SUBJECT;
use super::{Book, MinutesError};
use crate::authz::{Actor, Facts, visible};
use crate::db;
use crate::features::candidates::{Dossier, dossier};
use crate::features::certificates::gather::Source;
use crate::features::juries::Whole;
use crate::features::juries::load::facts;
use crate::rules::deadline::day_in_zone;
use crate::rules::referential::{JuryRules, ResultRules};
use crate::rules::territory::PARIS;

/// How results become decisions in a session, and what follows.
///
/// # Errors
/// What the database answers.
pub async fn result_rules(
    conn: &impl ConnectionTrait,
    id: JurySessionId,
) -> Result<ResultRules, MinutesError> {
    Ok(Source::load(conn, id).await?.referential.results)
}

/// A document of the minutes of a session.
///
/// # Errors
/// [`MinutesError::NotFound`].
pub fn document(book: &Book, id: DocumentId) -> Result<document::Model, MinutesError> {
    let mut all = book.records.iter().flat_map(|record| record.documents.iter());
    all.find(|row| row.id == id && row.subject_kind == SUBJECT).cloned().ok_or(MinutesError::NotFound)
}

/// The names of accounts.
///
/// # Errors
/// What the database answers.
pub async fn names_of(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = entity::ids::AccountId>,
) -> Result<HashMap<entity::ids::AccountId, String>, MinutesError> {
    let rows = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The code that a member may still use for minutes, the last one sent.
///
/// # Errors
/// What the database answers.
pub async fn open_code(
    conn: &impl ConnectionTrait,
    minutes: entity::ids::JuryMinutesId,
    member: entity::ids::JuryMemberId,
) -> Result<Option<jury_code::Model>, MinutesError> {
    let found = jury_code::Entity::find()
        .filter(jury_code::Column::MinutesId.eq(minutes))
        .filter(jury_code::Column::MemberId.eq(member))
        .filter(jury_code::Column::UsedAt.is_null())
        .order_by_desc(jury_code::Column::Id);
    Ok(found.one(conn).await?)
}

/// The appeals of a candidate, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn appeals(
    conn: &impl ConnectionTrait,
    id: CandidateId,
) -> Result<Vec<candidate_appeal::Model>, MinutesError> {
    let found = candidate_appeal::Entity::find()
        .filter(candidate_appeal::Column::CandidateId.eq(id))
        .order_by_desc(candidate_appeal::Column::Id);
    Ok(found.all(conn).await?)
}

/// A candidate whom the actor may see, and their appeals, the latest first.
///
/// # Errors
/// No such candidate, what the database answers.
pub async fn appeals_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: CandidateId,
) -> Result<(Dossier, Vec<candidate_appeal::Model>), MinutesError> {
    let dossier = Dossier::get(conn, actor, id).await?;
    Ok((dossier, appeals(conn, id).await?))
}

/// The passage whose decision a candidate was told last.
///
/// # Errors
/// What the database answers.
pub async fn told_passage(
    conn: &impl ConnectionTrait,
    id: CandidateId,
) -> Result<Option<jury_passage::Model>, MinutesError> {
    let found = jury_passage::Entity::find()
        .filter(PassageColumn::CandidateId.eq(id))
        .filter(PassageColumn::Decision.is_not_null())
        .order_by_desc(PassageColumn::Id);
    Ok(found.one(conn).await?)
}

/// The session whose decision the open appeal of a candidate contests.
///
/// # Errors
/// What the database answers.
pub async fn contested_session(
    conn: &impl ConnectionTrait,
    id: CandidateId,
) -> Result<Option<JurySessionId>, MinutesError> {
    let open = candidate_appeal::Entity::find()
        .filter(candidate_appeal::Column::CandidateId.eq(id))
        .filter(candidate_appeal::Column::SettledAt.is_null());
    let Some(open) = open.one(conn).await? else { return Ok(None) };
    let passage = jury_passage::Entity::find_by_id(open.passage_id).one(conn).await?;
    Ok(passage.map(|passage| passage.session_id))
}

/// The certificates of some passages that still count, or would again.
///
/// # Errors
/// What the database answers.
pub async fn standing_certificates(
    conn: &impl ConnectionTrait,
    passages: &[JuryPassageId],
) -> Result<Vec<certificate::Model>, MinutesError> {
    let found = certificate::Entity::find()
        .filter(certificate::Column::PassageId.is_in(passages.iter().copied()))
        .filter(certificate::Column::State.is_in([CertificateState::Valid, CertificateState::Suspended]))
        .order_by_asc(certificate::Column::Id);
    Ok(found.all(conn).await?)
}

/// The certificates of a passage that were revoked, which says that what was told no longer stands.
///
/// # Errors
/// What the database answers.
pub async fn revoked_certificates(
    conn: &impl ConnectionTrait,
    passage: JuryPassageId,
) -> Result<Vec<certificate::Model>, MinutesError> {
    let found = certificate::Entity::find()
        .filter(certificate::Column::PassageId.eq(passage))
        .filter(certificate::Column::State.eq(CertificateState::Revoked))
        .order_by_asc(certificate::Column::Id);
    Ok(found.all(conn).await?)
}

/// How the appeals about the passages of a session ended, the latest last.
///
/// # Errors
/// What the database answers.
pub async fn settled_appeals(
    conn: &impl ConnectionTrait,
    whole: &Whole,
) -> Result<Vec<candidate_appeal::Model>, MinutesError> {
    let found = candidate_appeal::Entity::find()
        .filter(candidate_appeal::Column::PassageId.is_in(whole.passages.iter().map(|one| one.row.id)))
        .filter(candidate_appeal::Column::SettledAt.is_not_null())
        .order_by_asc(candidate_appeal::Column::Id);
    Ok(found.all(conn).await?)
}

/// Whether somebody may say that the joint body of the branch validated a list: the account that the rules name, or whoever
/// validates where they name none.
///
/// # Errors
/// What the database answers.
pub async fn signs_for_branch(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    rules: &JuryRules,
) -> Result<bool, MinutesError> {
    let named = rules.cpnef_signer.as_deref().filter(|_| rules.cpnef_validation);
    let Some(named) = named else { return Ok(true) };
    let Some(id) = actor.account_id() else { return Ok(false) };
    let own = account::Entity::find_by_id(id).one(conn).await?;
    Ok(own.is_some_and(|own| own.email.eq_ignore_ascii_case(named.trim())))
}

/// The passages that an appeal annulled: their jury says no more of them.
///
/// # Errors
/// What the database answers.
pub async fn annulled(
    conn: &impl ConnectionTrait,
    whole: &Whole,
) -> Result<Vec<JuryPassageId>, MinutesError> {
    let settled = settled_appeals(conn, whole).await?;
    let annulled = settled.iter().filter(|one| one.outcome == Some(AppealOutcome::Annulled));
    Ok(annulled.map(|one| one.passage_id).collect())
}

/// What waits for the team after a jury.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Key of the session.
    pub session: JurySessionId,
    /// For what.
    pub wait: Wait,
    /// By when.
    pub due_on: Date,
    /// Number of the session.
    pub number: String,
    /// Name of its structure.
    pub structure_name: String,
    /// What the policy looks at.
    pub facts: Facts,
}

/// The sessions that the actor may see and whose minutes wait for the team.
///
/// # Errors
/// What the database answers.
pub async fn waiting(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Waiting>, db::Error> {
    let states = [JuryState::Signed, JuryState::Checked, JuryState::Validated];
    let rows = jury_session::Entity::find()
        .filter(visible::jury_sessions(actor))
        .filter(Column::State.is_in(states))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let versions = certification_version::Entity::find()
        .filter(certification_version::Column::Id.is_in(rows.iter().map(|row| row.certification_version_id)))
        .all(conn)
        .await?;
    let versions: HashMap<_, _> = versions.into_iter().map(|row| (row.id, row.certification_id)).collect();
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row)).collect();
    let waits = |row: &jury_session::Model| {
        let signed = day_in_zone(*row.signed_at.or(row.frozen_at)?, &row.zone);
        let (wait, due_on) = deadlines::wait(row.state, signed, row.delivered_on)?;
        let structure = structures.get(&row.structure_id)?;
        Some(Waiting {
            session: row.id,
            wait,
            due_on,
            number: row.number.clone(),
            structure_name: structure.name.clone(),
            facts: facts(row, &structure.region, *versions.get(&row.certification_version_id)?),
        })
    };
    Ok(rows.iter().filter_map(waits).collect())
}

/// An appeal that waits for the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingAppeal {
    /// The appeal.
    pub appeal: candidate_appeal::Model,
    /// Number of the candidate.
    pub number: String,
    /// What the policy looks at.
    pub facts: Facts,
}

/// The open appeals of the candidates that the actor may see.
///
/// # Errors
/// What the database answers.
pub async fn waiting_appeals(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<WaitingAppeal>, db::Error> {
    let open = candidate_appeal::Entity::find()
        .filter(candidate_appeal::Column::SettledAt.is_null())
        .order_by_asc(candidate_appeal::Column::Id)
        .all(conn)
        .await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let people = candidate::Entity::find()
        .filter(visible::candidates(actor))
        .filter(candidate::Column::Id.is_in(open.iter().map(|one| one.candidate_id)))
        .all(conn)
        .await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(people.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let versions = certification_version::Entity::find()
        .filter(
            certification_version::Column::Id.is_in(people.iter().map(|row| row.certification_version_id)),
        )
        .all(conn)
        .await?;
    let waits = |appeal: candidate_appeal::Model| {
        let person = people.iter().find(|row| row.id == appeal.candidate_id)?;
        let structure = structures.iter().find(|row| row.id == person.structure_id)?;
        let version = versions.iter().find(|row| row.id == person.certification_version_id)?;
        Some(WaitingAppeal {
            facts: dossier::facts(structure, version),
            number: person.number.clone(),
            appeal,
        })
    };
    Ok(open.into_iter().filter_map(waits).collect())
}

/// The day of an instant, in Paris, where the certifier is.
#[must_use]
pub fn day_of(at: entity::Instant) -> Date {
    day_in_zone(*at, PARIS)
}

/// Whether a session has minutes already.
///
/// # Errors
/// What the database answers.
pub async fn has_minutes(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<bool, MinutesError> {
    let found = jury_minutes::Entity::find().filter(jury_minutes::Column::SessionId.eq(id));
    Ok(found.one(conn).await?.is_some())
}
