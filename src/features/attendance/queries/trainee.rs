//! The page of a trainee, by the link of a message.

use entity::ids::TrainingSignatureId;
use entity::training_document::{self, PaperState};
use entity::training_signature::{self, Party};
use entity::{attendance, document, enrolment, enrolment_link, training_session, training_slot};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;

use super::super::{AttendanceError, load};
use crate::authz::hash_token;
use crate::features::enrolments::EnrolmentError;

/// A paper of a trainee, with its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The paper.
    pub row: training_document::Model,
    /// Its file: signed when it was.
    pub file: document::Model,
    /// What they have to sign of it, while they have not.
    pub to_sign: Option<TrainingSignatureId>,
}

/// All that a trainee finds by their link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trainee {
    /// Their enrolment.
    pub enrolment: enrolment::Model,
    /// Its session.
    pub session: training_session::Model,
    /// The half-days, in their order.
    pub slots: Vec<training_slot::Model>,
    /// What is known of them.
    pub lines: Vec<attendance::Model>,
    /// Their papers, latest first.
    pub papers: Vec<Paper>,
}

impl Trainee {
    /// What is known of a half-day.
    #[must_use]
    pub fn line(&self, slot: &training_slot::Model) -> Option<&attendance::Model> {
        self.lines.iter().find(|row| row.slot_id == slot.id)
    }
}

/// What a link leads to.
///
/// # Errors
/// The link is over, what the database answers.
pub async fn by_link(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<Trainee, AttendanceError> {
    let link = enrolment_link::Entity::find()
        .filter(enrolment_link::Column::TokenHash.eq(hash_token(token)))
        .one(conn)
        .await?;
    let link = link.filter(|link| load::PURPOSES.contains(&link.purpose) && *link.expires_at > now);
    let link = link.ok_or(EnrolmentError::LinkOver)?;
    let enrolment = enrolment::Entity::find_by_id(link.enrolment_id).one(conn).await?;
    let enrolment = enrolment.filter(|row| row.erased_at.is_none()).ok_or(EnrolmentError::LinkOver)?;
    let session = training_session::Entity::find_by_id(enrolment.session_id).one(conn).await?;
    let session = session.ok_or(AttendanceError::NotFound)?;
    let slots = load::slots(conn, session.id).await?;
    let lines =
        attendance::Entity::find().filter(attendance::Column::EnrolmentId.eq(enrolment.id)).all(conn).await?;
    let papers = papers(conn, &enrolment).await?;
    Ok(Trainee { enrolment, session, slots, lines, papers })
}

/// The papers of a trainee that stand and have a file.
async fn papers(
    conn: &impl ConnectionTrait,
    enrolment: &enrolment::Model,
) -> Result<Vec<Paper>, AttendanceError> {
    let rows = training_document::Entity::find()
        .filter(training_document::Column::EnrolmentId.eq(enrolment.id))
        .order_by_desc(training_document::Column::IssuedAt)
        .all(conn)
        .await?;
    let given: Vec<_> = rows.into_iter().filter(|row| is_given(row.state)).collect();
    let wanted = given.iter().filter_map(|row| row.signed_document_id.or(row.document_id));
    let files = document::Entity::find().filter(document::Column::Id.is_in(wanted)).all(conn).await?;
    let open = given.iter().filter(|row| row.state == PaperState::ToSign).map(|row| row.id);
    let asked = training_signature::Entity::find()
        .filter(training_signature::Column::TrainingDocumentId.is_in(open))
        .filter(training_signature::Column::Party.eq(Party::Trainee))
        .filter(training_signature::Column::SignedAt.is_null())
        .all(conn)
        .await?;
    let with = |row: training_document::Model| {
        let id = row.signed_document_id.or(row.document_id)?;
        let file = files.iter().find(|file| file.id == id).cloned()?;
        let to_sign = asked.iter().find(|one| one.training_document_id == row.id).map(|one| one.id);
        Some(Paper { row, file, to_sign })
    };
    Ok(given.into_iter().filter_map(with).collect())
}

/// Whether a paper in a state is given to whom it is about.
const fn is_given(state: PaperState) -> bool {
    matches!(state, PaperState::Issued | PaperState::ToSign)
}
