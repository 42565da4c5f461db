//! The whole of a file.

use std::collections::HashMap;

use entity::candidate_piece::CandidatePieceKind;
use entity::epreuve::EpreuveKind;
use entity::ids::CandidateId;
use entity::{candidate, candidate_immersion, candidate_piece, candidate_stay, document, epreuve, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use time::Date;

use super::acquired::{AcquiredBloc, acquired};
use super::referential::{SkillLine, positioning, published};
use crate::db;
use crate::features::candidates::CandidateError;
use crate::features::candidates::dossier::Dossier;
use crate::features::candidates::pieces::Situation;

/// A structure that followed the candidate for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Its name.
    pub structure: String,
    /// First day.
    pub since: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

/// A file and all that goes with it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The file.
    pub dossier: Dossier,
    /// What the positioning found, skill by skill of the referential.
    pub positioning: Vec<SkillLine>,
    /// The pieces that are there, oldest first.
    pub pieces: Vec<candidate_piece::Model>,
    /// The documents, typeset and received, oldest first.
    pub documents: Vec<document::Model>,
    /// The structures, oldest first.
    pub stays: Vec<Stay>,
    /// The blocs that juries gave, once this was told.
    pub acquired: Vec<AcquiredBloc>,
    /// What decides of the mandatory pieces.
    pub situation: Situation,
}

impl Whole {
    /// The kinds of the pieces that are there.
    #[must_use]
    pub fn kinds(&self) -> Vec<CandidatePieceKind> {
        self.pieces.iter().map(|piece| piece.kind).collect()
    }
}

/// All that goes with a file.
///
/// # Errors
/// What the database answers.
pub async fn whole(conn: &impl ConnectionTrait, dossier: Dossier) -> Result<Whole, CandidateError> {
    let row = &dossier.candidate;
    let id = row.id;
    Ok(Whole {
        positioning: positioning(conn, row).await?,
        pieces: pieces(conn, id).await?,
        documents: candidate_documents(conn, id).await?,
        stays: stays(conn, id).await?,
        acquired: acquired(conn, id).await?,
        situation: situation(conn, row).await?,
        dossier,
    })
}

/// The pieces that are there, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn pieces(
    conn: &impl ConnectionTrait,
    id: CandidateId,
) -> Result<Vec<candidate_piece::Model>, db::Error> {
    let found = candidate_piece::Entity::find()
        .filter(candidate_piece::Column::CandidateId.eq(id))
        .filter(candidate_piece::Column::RemovedAt.is_null())
        .order_by_asc(candidate_piece::Column::Id)
        .all(conn)
        .await?;
    Ok(found)
}

/// The documents of a file, typeset and received, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn candidate_documents(
    conn: &impl ConnectionTrait,
    id: CandidateId,
) -> Result<Vec<document::Model>, db::Error> {
    let found = document::Entity::find()
        .filter(document::Column::SubjectKind.eq("candidate"))
        .filter(document::Column::SubjectId.eq(id.0))
        .order_by_asc(document::Column::Id)
        .all(conn)
        .await?;
    Ok(found)
}

async fn stays(conn: &impl ConnectionTrait, id: CandidateId) -> Result<Vec<Stay>, db::Error> {
    let rows = candidate_stay::Entity::find()
        .filter(candidate_stay::Column::CandidateId.eq(id))
        .order_by_asc(candidate_stay::Column::Since)
        .order_by_asc(candidate_stay::Column::Id)
        .all(conn)
        .await?;
    let named = rows.iter().map(|row| row.structure_id);
    let structures = structure::Entity::find().filter(structure::Column::Id.is_in(named)).all(conn).await?;
    let names: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row.name)).collect();
    let stay = |row: candidate_stay::Model| Stay {
        structure: names.get(&row.structure_id).cloned().unwrap_or_default(),
        since: row.since,
        until: row.until,
    };
    Ok(rows.into_iter().map(stay).collect())
}

/// What decides of the mandatory pieces of a file.
///
/// # Errors
/// What the database answers.
pub async fn situation(
    conn: &impl ConnectionTrait,
    row: &candidate::Model,
) -> Result<Situation, CandidateError> {
    let immersions = candidate_immersion::Entity::find()
        .filter(candidate_immersion::Column::CandidateId.eq(row.id))
        .filter(candidate_immersion::Column::VoidedAt.is_null())
        .count(conn)
        .await?;
    let referential = match row.referential_id {
        Some(id) => Some(id),
        None => published(conn, row.certification_version_id).await?.map(|found| found.id),
    };
    let read_by_jury = match referential {
        Some(id) => {
            epreuve::Entity::find()
                .filter(epreuve::Column::ReferentialId.eq(id))
                .filter(epreuve::Column::Kind.eq(EpreuveKind::Dossier))
                .count(conn)
                .await?
        }
        None => 0,
    };
    Ok(Situation { immersed: immersions > 0, jury_reads: read_by_jury > 0 })
}
