//! What juries decided of somebody, and what was delivered, as far as whoever asks may know it.

use std::collections::{HashMap, HashSet};

use entity::candidate::JuryDecision;
use entity::certificate::{self, CertificateState};
use entity::ids::{CandidateId, JurySessionId};
use entity::jury_session::{self, JuryState};
use entity::{jury_passage, jury_ruling};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::authz::{Actor, visible};
use crate::db;
use crate::features::candidates::veil;
use crate::rules::deadline::day_in_zone;

/// A decision of a jury.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Number of the session.
    pub session: String,
    /// Whether whoever asks may open it.
    pub opens: bool,
    /// What the jury decided.
    pub decision: JuryDecision,
    /// The day, where the jury sat.
    pub decided_on: Option<Date>,
    /// Codes of what was acquired.
    pub acquired: Vec<String>,
    /// Numbers of what was delivered, and counts or counted, that whoever asks may see.
    pub certificates: Vec<String>,
}

/// The decisions about somebody, the latest first. A structure knows those that were told.
///
/// # Errors
/// What the database answers.
pub async fn decided(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: CandidateId,
) -> Result<Vec<Decided>, db::Error> {
    let passages = jury_passage::Entity::find()
        .filter(jury_passage::Column::CandidateId.eq(id))
        .filter(jury_passage::Column::Decision.is_not_null())
        .order_by_desc(jury_passage::Column::Id)
        .all(conn)
        .await?;
    if passages.is_empty() {
        return Ok(Vec::new());
    }
    let known: &[JuryState] = if veil::is_for(actor) {
        &[JuryState::Closed]
    } else {
        &[JuryState::Signed, JuryState::Checked, JuryState::Validated, JuryState::Closed]
    };
    let sessions = jury_session::Entity::find()
        .filter(jury_session::Column::Id.is_in(passages.iter().map(|row| row.session_id)))
        .filter(jury_session::Column::State.is_in(known.iter().copied()))
        .all(conn)
        .await?;
    let sessions: HashMap<JurySessionId, jury_session::Model> =
        sessions.into_iter().map(|row| (row.id, row)).collect();
    let open = jury_session::Entity::find()
        .filter(visible::jury_sessions(actor))
        .filter(jury_session::Column::Id.is_in(sessions.keys().copied()))
        .all(conn)
        .await?;
    let open: HashSet<JurySessionId> = open.into_iter().map(|row| row.id).collect();
    let rulings = jury_ruling::Entity::find()
        .filter(jury_ruling::Column::PassageId.is_in(passages.iter().map(|row| row.id)))
        .filter(jury_ruling::Column::Acquired.eq(true))
        .order_by_asc(jury_ruling::Column::Unit)
        .all(conn)
        .await?;
    let delivered = certificate::Entity::find()
        .filter(visible::certificates(actor))
        .filter(certificate::Column::CandidateId.eq(id))
        .filter(certificate::Column::State.ne(CertificateState::Superseded))
        .order_by_asc(certificate::Column::Id)
        .all(conn)
        .await?;
    let one = |passage: &jury_passage::Model| {
        let session = sessions.get(&passage.session_id)?;
        let own = rulings.iter().filter(|row| row.passage_id == passage.id);
        let certificates = delivered.iter().filter(|row| row.passage_id == Some(passage.id));
        Some(Decided {
            session: session.number.clone(),
            opens: open.contains(&session.id),
            decision: passage.decision?,
            decided_on: passage.decided_at.map(|at| day_in_zone(*at, &session.zone)),
            acquired: own.map(|row| row.unit.clone()).collect(),
            certificates: certificates.map(|row| row.number.clone()).collect(),
        })
    };
    Ok(passages.iter().filter_map(one).collect())
}
