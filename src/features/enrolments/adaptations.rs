//! Measures agreed for a trainee (domain reference, 4.8): what is done, never what it comes from. The text is sealed with the
//! key of the installation, for the enrolment it belongs to; a copy of the database alone tells nothing.

use std::collections::HashMap;
use std::sync::Arc;

use entity::ids::EnrolmentId;
use entity::{enrolment, enrolment_adaptation, training_session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::dossier::{facts, reference};
use super::error::EnrolmentError;
use super::input::TypedAdaptation;
use crate::app::App;
use crate::authz::{Actor, Permission, allows};
use crate::db::{Reading, record_reading};
use crate::rules::deadline::day_in_zone;

/// A measure that may be written: its text is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The sealed text.
    pub measure: Vec<u8>,
    /// When the person said yes.
    pub consented_on: Date,
}

/// A measure that is read.
#[derive(Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The row.
    pub row: enrolment_adaptation::Model,
    /// What was agreed.
    pub measure: String,
}

impl std::fmt::Debug for Agreed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Agreed").field("id", &self.row.id).finish_non_exhaustive()
    }
}

/// What a text is sealed for.
fn context(enrolment: EnrolmentId) -> String {
    format!("enrolment-adaptation:{enrolment}")
}

/// Reads and seals what was typed, before any transaction.
///
/// # Errors
/// Every fault, the refusal of the policy, a key that cannot be read.
pub fn seal(
    app: &App,
    actor: &Actor,
    (enrolment, session): (&enrolment::Model, &training_session::Model),
    typed: &TypedAdaptation,
) -> Result<Sealed, EnrolmentError> {
    let _allowed = allows(actor, Permission::EnrolmentAdaptation, &facts(enrolment, session))?;
    let (measure, consented_on) = typed.read(day_in_zone(app.now(), &session.zone))?;
    let measure = app.seal(&context(enrolment.id), measure.as_bytes())?;
    Ok(Sealed { measure, consented_on })
}

/// The measures of an enrolment, those in force first, then the latest. Reading them is kept in the journal.
///
/// # Errors
/// The refusal of the policy, a value that does not open, what the database answers.
pub async fn read(
    app: &Arc<App>,
    actor: &Actor,
    (enrolment, session): (&enrolment::Model, &training_session::Model),
) -> Result<Vec<Agreed>, EnrolmentError> {
    let facts = facts(enrolment, session);
    let _allowed = allows(actor, Permission::EnrolmentAdaptation, &facts)?;
    let mut rows = enrolment_adaptation::Entity::find()
        .filter(enrolment_adaptation::Column::EnrolmentId.eq(enrolment.id))
        .order_by_desc(enrolment_adaptation::Column::Id)
        .all(app.db.read())
        .await?;
    rows.sort_by_key(|row| row.ended_at.is_some());
    let agreed = rows.into_iter().map(|row| opened(app, row)).collect::<Result<Vec<_>, _>>()?;
    if !agreed.is_empty() {
        let label = reference(session, enrolment);
        let asked = (Permission::EnrolmentAdaptation, &facts);
        let reading = Reading::EnrolmentAdaptations { id: enrolment.id, reference: &label };
        record_reading(app, actor, asked, reading).await?;
    }
    Ok(agreed)
}

/// The measures in force of some enrolments, and nothing else of them, whoever asks: for those who teach, on the day.
///
/// # Errors
/// A value that does not open, what the database answers.
pub async fn measures(
    app: &App,
    conn: &impl ConnectionTrait,
    enrolments: &[EnrolmentId],
) -> Result<HashMap<EnrolmentId, Vec<String>>, EnrolmentError> {
    let rows = enrolment_adaptation::Entity::find()
        .filter(enrolment_adaptation::Column::EnrolmentId.is_in(enrolments.iter().copied()))
        .filter(enrolment_adaptation::Column::EndedAt.is_null())
        .order_by_asc(enrolment_adaptation::Column::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<EnrolmentId, Vec<String>> = HashMap::new();
    for row in rows {
        let agreed = opened(app, row)?;
        found.entry(agreed.row.enrolment_id).or_default().push(agreed.measure);
    }
    Ok(found)
}

fn opened(app: &App, row: enrolment_adaptation::Model) -> Result<Agreed, EnrolmentError> {
    let bytes = app.unseal(&context(row.enrolment_id), &row.measure)?;
    Ok(Agreed { measure: String::from_utf8_lossy(&bytes).into_owned(), row })
}
