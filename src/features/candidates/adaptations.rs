//! Measures agreed for a candidate (domain reference, 4.8 and 7): what is done, never what it comes from. The text is sealed
//! with the key of the installation, for the file it belongs to; a copy of the database alone tells nothing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::ids::CandidateId;
use entity::{candidate, candidate_adaptation};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use super::dossier::Dossier;
use super::error::CandidateError;
use super::input::TypedAdaptation;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::{Reading, record_reading};

/// A measure that may be written: its text is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The sealed text.
    pub measure: Vec<u8>,
    /// When the candidate said yes.
    pub consented_on: Date,
}

/// A measure that is read.
#[derive(Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The row.
    pub row: candidate_adaptation::Model,
    /// What was agreed.
    pub measure: String,
}

impl std::fmt::Debug for Agreed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Agreed").field("id", &self.row.id).finish_non_exhaustive()
    }
}

/// What a text is sealed for.
fn context(candidate: CandidateId) -> String {
    format!("candidate-adaptation:{candidate}")
}

/// Reads and seals what was typed, before any transaction.
///
/// # Errors
/// Every fault, the refusal of the policy, a key that cannot be read.
pub fn seal(
    app: &App,
    actor: &Actor,
    dossier: &Dossier,
    typed: &TypedAdaptation,
) -> Result<Sealed, CandidateError> {
    let _allowed = allows(actor, Permission::CandidateAdaptation, &dossier.facts())?;
    let (measure, consented_on) = typed.read(dossier.today(app.now()))?;
    let measure = app.seal(&context(dossier.candidate.id), measure.as_bytes())?;
    Ok(Sealed { measure, consented_on })
}

/// The measures of a candidate, those in force first, then the latest. Reading them is kept in the journal.
///
/// # Errors
/// The refusal of the policy, a value that does not open, what the database answers.
pub async fn read(app: &Arc<App>, actor: &Actor, dossier: &Dossier) -> Result<Vec<Agreed>, CandidateError> {
    let facts = dossier.facts();
    let _allowed = allows(actor, Permission::CandidateAdaptation, &facts)?;
    let mut rows = candidate_adaptation::Entity::find()
        .filter(candidate_adaptation::Column::CandidateId.eq(dossier.candidate.id))
        .order_by_desc(candidate_adaptation::Column::Id)
        .all(app.db.read())
        .await?;
    rows.sort_by_key(|row| row.ended_at.is_some());
    let agreed = rows.into_iter().map(|row| opened(app, row)).collect::<Result<Vec<_>, _>>()?;
    if !agreed.is_empty() {
        let asked = (Permission::CandidateAdaptation, &facts);
        record_reading(app, actor, asked, Reading::Adaptations(&dossier.candidate)).await?;
    }
    Ok(agreed)
}

/// The measures in force of some candidates, read by somebody of the jury that hears them, who holds this right on that session.
/// Each file that has one is kept in the journal.
///
/// # Errors
/// The refusal of the policy, a value that does not open, what the database answers.
pub async fn read_for_jury(
    app: &Arc<App>,
    actor: &Actor,
    asked: (Permission, &Facts),
    candidates: &[&candidate::Model],
) -> Result<HashMap<CandidateId, Vec<String>>, CandidateError> {
    let _allowed = allows(actor, asked.0, asked.1)?;
    let ids: Vec<CandidateId> = candidates.iter().map(|row| row.id).collect();
    let found = measures(app, app.db.read(), &ids).await?;
    for row in candidates.iter().filter(|row| found.contains_key(&row.id)) {
        record_reading(app, actor, asked, Reading::Adaptations(row)).await?;
    }
    Ok(found)
}

/// Those of some candidates for whom a measure is in force: the fact alone, for the minutes.
///
/// # Errors
/// What the database answers.
pub async fn adapted(
    conn: &impl ConnectionTrait,
    candidates: &[CandidateId],
) -> Result<HashSet<CandidateId>, CandidateError> {
    let found: Vec<CandidateId> = candidate_adaptation::Entity::find()
        .filter(candidate_adaptation::Column::CandidateId.is_in(candidates.iter().copied()))
        .filter(candidate_adaptation::Column::EndedAt.is_null())
        .select_only()
        .column(candidate_adaptation::Column::CandidateId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(found.into_iter().collect())
}

/// The measures in force of some candidates, and nothing else of them, whoever asks.
///
/// # Errors
/// A value that does not open, what the database answers.
pub async fn measures(
    app: &App,
    conn: &impl ConnectionTrait,
    candidates: &[CandidateId],
) -> Result<HashMap<CandidateId, Vec<String>>, CandidateError> {
    let rows = candidate_adaptation::Entity::find()
        .filter(candidate_adaptation::Column::CandidateId.is_in(candidates.iter().copied()))
        .filter(candidate_adaptation::Column::EndedAt.is_null())
        .order_by_asc(candidate_adaptation::Column::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<CandidateId, Vec<String>> = HashMap::new();
    for row in rows {
        let agreed = opened(app, row)?;
        found.entry(agreed.row.candidate_id).or_default().push(agreed.measure);
    }
    Ok(found)
}

fn opened(app: &App, row: candidate_adaptation::Model) -> Result<Agreed, CandidateError> {
    let bytes = app.unseal(&context(row.candidate_id), &row.measure)?;
    Ok(Agreed { measure: String::from_utf8_lossy(&bytes).into_owned(), row })
}
