//! The pieces of a file that a jury reads (domain reference, 1.5 and S7): by whoever sits with a vote and does not stay apart
//! from the candidate, from the convocation to the end of the deliberation. Each reading is kept in the journal.

use std::sync::Arc;

use entity::candidate_piece::{self, CandidatePieceKind};
use entity::document;
use entity::ids::CandidatePieceId;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{BEFORE_MINUTES, Day};
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::{Reading, record_reading};
use crate::features::candidates::queries;
use crate::features::juries::JuryError;
use crate::features::juries::load::{Passing, Whole};
use crate::rules::jury::quorum;

/// What a jury reads; neither the consent nor what is joined for another reason.
const READ: [CandidatePieceKind; 5] = [
    CandidatePieceKind::PositioningSheet,
    CandidatePieceKind::Livret,
    CandidatePieceKind::ImmersionAgreement,
    CandidatePieceKind::TutorEvaluation,
    CandidatePieceKind::JuryFile,
];

/// Whether somebody sits with a vote in a jury that is to decide: they read what it reads.
#[must_use]
pub fn reads(actor: &Actor, whole: &Whole) -> bool {
    let seated = whole.accepted().find(|one| Some(one.row.expert_id) == actor.expert());
    let votes = seated.is_some_and(|one| quorum::votes(one.row.seat));
    votes && BEFORE_MINUTES.contains(&whole.session.state)
}

/// The pieces of a candidate that somebody reads; none for whoever does not, or stays apart from this candidate.
///
/// # Errors
/// What the database answers.
pub async fn pieces(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    day: &Day,
    one: &Passing,
) -> Result<Vec<candidate_piece::Model>, JuryError> {
    let own = day.whole.accepted().find(|seated| Some(seated.row.expert_id) == actor.expert());
    let apart = own.is_some_and(|seated| day.apart(one.row.id).contains(&seated.row.id));
    if apart || !reads(actor, &day.whole) {
        return Ok(Vec::new());
    }
    let mut found = queries::pieces(conn, one.candidate.id).await?;
    found.retain(|row| READ.contains(&row.kind));
    Ok(found)
}

/// The content of one of them.
///
/// # Errors
/// [`JuryError::NotFound`], what the database or the store answers.
pub async fn open(
    app: &Arc<App>,
    actor: &Actor,
    day: &Day,
    one: &Passing,
    id: CandidatePieceId,
) -> Result<(document::Model, bytes::Bytes), JuryError> {
    let conn = app.db.read();
    let piece = pieces(conn, actor, day, one).await?.into_iter().find(|row| row.id == id);
    let piece = piece.ok_or(JuryError::NotFound)?;
    let found = document::Entity::find_by_id(piece.document_id).one(conn).await?;
    let found = found.ok_or(JuryError::NotFound)?;
    let content = app.storage.get(&found.sha256).await?;
    let facts = day.whole.seat_facts(actor);
    let reading = Reading::Document { document: &found, reference: &one.candidate.number };
    record_reading(app, actor, (Permission::JuryDayView, &facts), reading).await?;
    Ok((found, content))
}
